-- The last ledger line of every source of one practice or of all; a source of several stands with each of them.
WITH asked AS (
    SELECT $1 AS id WHERE $1 <> '' UNION ALL SELECT id FROM practice WHERE $1 = ''
), last AS (
    SELECT source, practice, max(run) AS run, max(started_at) FILTER (state = 'complete') AS complete_at
    FROM ledger l SEMI JOIN source s ON l.source = s.name AND l.practice IS NOT DISTINCT FROM s.practice
    WHERE practice IS NULL OR $1 = '' OR practice = $1 GROUP BY source, practice
), line AS (
    SELECT l.*, last.complete_at
    FROM ledger l JOIN last ON l.source = last.source AND l.practice IS NOT DISTINCT FROM last.practice AND l.run = last.run
), reach AS (
    SELECT a.id, l.* FROM asked a JOIN line l ON l.practice = a.id
    UNION ALL
    SELECT a.id, l.* FROM asked a CROSS JOIN line l WHERE l.practice IS NULL
), held AS (
    SELECT practice, source, count(*) AS n FROM live WHERE $1 = '' OR practice = $1 GROUP BY ALL
), lately AS (
    SELECT r.id, r.source, r.started_at, count(*) AS n
    FROM reach r JOIN feedback f ON f.practice = r.id AND f.source = r.source AND f.seen_at > r.started_at - INTERVAL 7 DAY
    WHERE f.version = 1 GROUP BY ALL
)
SELECT r.id, r.run, coalesce(r.practice, ''), r.source, r.kind, r.state, coalesce(r.why, ''), r.started_at, r.ended_at,
    r.expected, coalesce(r.published, 0), r.pages, r.unchanged, r.seen, r.rows, r.new, r.edited, r.duplicate, r.empty, r.rejected, r.removed, r.back, to_json(r.notes)::VARCHAR,
    coalesce(held.n, 0), coalesce(lately.n, 0), r.complete_at
FROM reach r
LEFT JOIN held ON held.practice = r.id AND held.source = r.source
LEFT JOIN lately ON lately.id = r.id AND lately.source = r.source AND lately.started_at = r.started_at
ORDER BY r.id, r.kind, r.source, r.practice
