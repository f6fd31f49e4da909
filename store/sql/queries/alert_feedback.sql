-- $1 is the first date of all: what was given before it is not read at all. A source's first import is every run up to the first that read any of it to an end.
WITH begun AS (
    SELECT l.source, p.id AS practice, min(l.run) AS run
    FROM ledger l JOIN practice p ON l.practice IS NULL OR l.practice = p.id
    WHERE l.state IN ('complete', 'incomplete') AND l.rows > 0 GROUP BY ALL
), touched AS (
    SELECT m.feedback, m.version, m.touchpoint, round(favg(m.score), 4) AS score
    FROM alerting t JOIN current_mention m ON m.feedback = t.id AND m.version = t.version
    WHERE m.date_start IS NULL OR m.date_start >= $1
    GROUP BY ALL
), mentioned AS (
    SELECT feedback, version, to_json(list({'touchpoint': touchpoint, 'score': score} ORDER BY score, touchpoint))::VARCHAR AS list
    FROM touched GROUP BY ALL
), answered AS (
    SELECT f.id AS feedback, f.version, to_json(list({'question': w.question, 'text': w.text} ORDER BY w.part))::VARCHAR AS list
    FROM alerting t JOIN feedback f ON t.id = f.id AND t.version = f.version JOIN answered w ON f.version_id = w.version_id
    WHERE w.text <> '' GROUP BY ALL
)
SELECT t.waiting, d.id, d.version, d.practice, d.source, d.kind,
    CASE WHEN d.date_precision IN ('exact', 'day') THEN d.date_start ELSE least(d.date_end, d.seen_at) END,
    d.rating, coalesce(d.rating_raw, ''), coalesce(d.rating_best, ''), coalesce(d.rating_tag, ''), coalesce(s.label, ''), coalesce(s.confidence, 0), d.title, d.text, coalesce(d.url, ''), d.private,
    d.reply_text IS NOT NULL AND coalesce(d.reply_state, '') NOT IN ('rejected', 'pending'), coalesce(d.reply_state, ''),
    b.run IS NULL OR d.run <= b.run, m.list, w.list
FROM alerting t
JOIN live d ON t.id = d.id AND t.version = d.version AND (d.date_start IS NULL OR d.date_start >= $1)
JOIN active a ON d.practice = a.practice
LEFT JOIN begun b ON d.source = b.source AND d.practice = b.practice
LEFT JOIN scored s ON d.id = s.feedback AND d.version = s.version AND a.model = s.model AND a.taxonomy = s.taxonomy
LEFT JOIN mentioned m ON d.id = m.feedback AND d.version = m.version
LEFT JOIN answered w ON d.id = w.feedback AND d.version = w.version
ORDER BY coalesce(d.date_start, d.seen_at), d.id
