-- Reviews with a reply that stands there, by id: in no order of time, so that the first ones are a sample.
SELECT id, date_start, date_end, date_precision, rating, coalesce(rating_tag, ''), reply_text, reply_start, reply_end, coalesce(reply_precision, '')
FROM dated
WHERE practice = ? AND kind = 'review' AND day >= ?::DATE AND day < ?::DATE
    AND reply_text IS NOT NULL AND coalesce(reply_state, '') NOT IN ('rejected', 'pending')
ORDER BY id
