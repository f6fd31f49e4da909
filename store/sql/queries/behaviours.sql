SELECT b.feedback, b.version, b.part, b.behaviour, b.span_start, b.span_end, b.score, b.confidence,
    d.kind, d.source, d.date_start, d.date_end, d.date_precision,
    CASE b.part WHEN -1 THEN d.title WHEN 0 THEN d.text ELSE coalesce(w.text, '') END,
    coalesce(d.url, ''), d.private,
    coalesce((SELECT string_agg(DISTINCT m.touchpoint, ' ' ORDER BY m.touchpoint) FROM mention m
        WHERE m.feedback = b.feedback AND m.version = b.version AND m.model = b.model AND m.taxonomy = b.taxonomy
            AND m.part = b.part AND m.origin = 'text' AND m.span_start < b.span_end AND b.span_start < m.span_end), '')
FROM behaviour b
JOIN dated d ON b.feedback = d.id AND b.version = d.version
JOIN active a ON d.practice = a.practice AND b.model = a.model AND b.taxonomy = a.taxonomy
LEFT JOIN answer w ON d.version_id = w.version_id AND b.part = w.part
WHERE d.practice = ? AND d.date_start >= ?
ORDER BY d.date_start DESC, b.feedback, b.part, b.span_start, b.behaviour
