WITH last AS (
    SELECT source, practice, max(run) AS run, max(started_at) FILTER (state = 'complete') AS complete_at
    FROM ledger l SEMI JOIN source s ON l.source = s.name AND l.practice IS NOT DISTINCT FROM s.practice
    WHERE practice IS NULL OR practice = $1 GROUP BY source, practice
)
SELECT l.run, coalesce(l.practice, ''), l.source, l.kind, l.state, coalesce(l.why, ''), l.started_at, l.ended_at,
    l.expected, l.pages, l.unchanged, l.seen, l.rows, l.new, l.edited, l.duplicate, l.empty, l.rejected, l.removed, l.back, to_json(l.notes)::VARCHAR,
    (SELECT count(*) FROM live f WHERE f.practice = $1 AND f.source = l.source),
    (SELECT count(*) FROM feedback f WHERE f.practice = $1 AND f.source = l.source AND f.version = 1
        AND f.seen_at > l.started_at - INTERVAL 7 DAY),
    last.complete_at
FROM ledger l JOIN last ON l.source = last.source AND l.practice IS NOT DISTINCT FROM last.practice AND l.run = last.run
ORDER BY l.kind, l.source
