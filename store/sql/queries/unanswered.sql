-- Public reviews since a time that have no reply that stands, of all practices, with the mean of their mentions.
SELECT d.id, d.date_start, d.date_end, d.date_precision, d.rating, avg(m.score)
FROM dated d
JOIN current_mention m ON m.feedback = d.id AND m.version = d.version
SEMI JOIN practice p ON d.practice = p.id
WHERE d.kind = 'review' AND d.date_start >= ? AND (d.reply_text IS NULL OR coalesce(d.reply_state, '') IN ('rejected', 'pending'))
GROUP BY ALL
ORDER BY d.date_start, d.id
