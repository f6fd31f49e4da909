SELECT date_start, date_end, date_precision, rating, coalesce(rating_tag, ''),
    reply_text IS NOT NULL AND coalesce(reply_state, '') NOT IN ('rejected', 'pending'),
    reply_start, reply_end, coalesce(reply_precision, '')
FROM dated
WHERE practice = ? AND kind = 'review' AND day >= ?::DATE AND day < ?::DATE
ORDER BY date_start, id
