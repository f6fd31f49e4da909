SELECT d.practice, d.id, d.day, d.week IS NOT NULL, d.rating, coalesce(d.rating_tag, ''),
    m.part, m.touchpoint, m.span_start, m.span_end, m.score, m.confidence, m.origin
FROM dated d
LEFT JOIN current_mention m ON d.id = m.feedback AND d.version = m.version
WHERE ($1 = '' OR d.practice = $1) AND d.kind = $2 AND d.day >= $3::DATE AND d.day < $4::DATE
ORDER BY d.practice, d.day, d.date_start, d.id, m.part, m.span_start, m.span_end, m.touchpoint, m.origin, m.score
