SELECT f.id, f.version, f.practice, f.kind, f.title, f.text, coalesce(f.language, ''), f.rating, coalesce(f.rating_raw, ''), coalesce(f.rating_tag, ''), a.part,
    coalesce(a.question, ''), coalesce(a.col, ''), coalesce(a.asks, ''), coalesce(a.touchpoint, ''), coalesce(a.text, ''),
    a.rating, coalesce(a.rating_tag, '')
FROM listed t
JOIN feedback f ON t.version_id = f.version_id AND f.rowid BETWEEN $3 AND $4
LEFT JOIN (FROM answered WHERE row BETWEEN $5 AND $6) a ON a.version_id = f.version_id
WHERE t.n BETWEEN $1 AND $2
ORDER BY t.n, a.part
