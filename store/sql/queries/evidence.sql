SELECT m.feedback, m.version, m.part, m.touchpoint, m.span_start, m.span_end, m.score, m.confidence, m.origin,
    d.kind, d.source, d.date_start, d.date_end, d.date_precision,
    coalesce(d.rating_raw, ''), coalesce(d.rating_best, ''), d.rating, coalesce(d.rating_tag, ''),
    coalesce(a.rating_raw, ''), coalesce(a.rating_best, ''), a.rating, coalesce(a.rating_tag, ''),
    coalesce(a.question, ''),
    CASE m.part WHEN -1 THEN d.title WHEN 0 THEN d.text ELSE coalesce(a.text, '') END,
    coalesce(d.url, ''),
    d.reply_text IS NOT NULL AND coalesce(d.reply_state, '') NOT IN ('rejected', 'pending'), d.id IN (SELECT id FROM gone), d.private, m.voice, m.week
FROM current_mention m
JOIN dated d ON m.feedback = d.id AND m.version = d.version
LEFT JOIN answered a ON d.version_id = a.version_id AND m.part = a.part
WHERE m.practice = ? AND d.date_start >= ?
ORDER BY d.date_start DESC, m.feedback, m.part, m.span_start, m.touchpoint
