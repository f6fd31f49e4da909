-- Public reviews since a time that have no reply that stands, of all practices, with the mean of their mentions; one
-- without a word has no mention.
SELECT d.id, d.date_start, d.date_end, d.date_precision, d.rating, coalesce(avg(m.score), 0)
FROM dated d
LEFT JOIN current_mention m ON m.feedback = d.id AND m.version = d.version
SEMI JOIN practice p ON d.practice = p.id
ANTI JOIN gone g ON d.id = g.id
WHERE d.kind = 'review' AND d.date_start >= ? AND (d.reply_text IS NULL OR coalesce(d.reply_state, '') IN ('rejected', 'pending'))
GROUP BY d.id, d.date_start, d.date_end, d.date_precision, d.rating
HAVING count(m.score) > 0 OR bool_and(trim(coalesce(d.title, '') || coalesce(d.text, '')) = '')
ORDER BY d.date_start, d.id
