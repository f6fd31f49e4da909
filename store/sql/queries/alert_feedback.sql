-- A source's first import is every run up to the first that read any of it to an end.
WITH begun AS (
    SELECT source, practice, min(run) AS run FROM ledger WHERE state IN ('complete', 'incomplete') AND rows > 0 GROUP BY ALL
), mentioned AS (
    SELECT m.feedback, m.version, m.touchpoint, round(favg(m.score), 4) AS score
    FROM current_mention m SEMI JOIN alerting t ON m.feedback = t.id AND m.version = t.version
    GROUP BY ALL
)
SELECT t.waiting, d.id, d.version, d.practice, d.source, d.kind,
    CASE WHEN d.date_precision IN ('exact', 'day') THEN d.date_start ELSE least(d.date_end, d.seen_at) END,
    d.rating, coalesce(d.rating_raw, ''), coalesce(d.rating_best, ''), coalesce(d.rating_tag, ''), coalesce(s.label, ''), d.title, d.text, coalesce(d.url, ''),
    d.reply_text IS NOT NULL AND coalesce(d.reply_state, '') NOT IN ('rejected', 'pending'), coalesce(d.reply_state, ''),
    NOT EXISTS (SELECT 1 FROM begun b WHERE b.source = d.source AND b.practice IS NOT DISTINCT FROM d.practice AND b.run < f.run
        OR b.source = d.source AND b.practice IS NULL AND b.run < f.run),
    (SELECT to_json(list({'touchpoint': m.touchpoint, 'score': m.score} ORDER BY m.score, m.touchpoint))::VARCHAR FROM mentioned m
        WHERE m.feedback = d.id AND m.version = d.version),
    (SELECT to_json(list({'question': w.question, 'text': w.text} ORDER BY w.part))::VARCHAR FROM answer w
        WHERE w.feedback = d.id AND w.version = d.version)
FROM alerting t
JOIN dated d ON t.id = d.id AND t.version = d.version
JOIN feedback f ON f.id = d.id AND f.version = 1
JOIN active a ON d.practice = a.practice
LEFT JOIN scored s ON d.id = s.feedback AND d.version = s.version AND a.model = s.model AND a.taxonomy = s.taxonomy
ORDER BY coalesce(d.date_start, d.seen_at), d.id
