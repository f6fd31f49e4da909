SELECT id, source, coalesce(url, ''), date_start, date_end, date_precision,
    coalesce(rating_raw, ''), coalesce(rating_best, ''), rating, coalesce(rating_tag, ''),
    trim(coalesce(title, '') || coalesce(text, '')) = '', id IN (SELECT id FROM gone),
    reply_text IS NOT NULL AND coalesce(reply_state, '') NOT IN ('rejected', 'pending'),
    reply_start, reply_end, coalesce(reply_precision, ''), coalesce(reply_state, '')
FROM dated
WHERE practice = ? AND kind = 'review' AND day >= ?::DATE AND day < ?::DATE
ORDER BY date_start, id
