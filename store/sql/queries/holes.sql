-- Sources of the config whose last run was not complete, and when they last were.
WITH last AS (
    SELECT source, practice, arg_max(state, run) AS state, arg_max(kind, run) AS kind,
        max(started_at) FILTER (state = 'complete') AS complete_at
    FROM ledger GROUP BY source, practice
)
SELECT p.id, l.source, l.kind, l.complete_at
FROM last l
SEMI JOIN source s ON l.source = s.name AND l.practice IS NOT DISTINCT FROM s.practice
JOIN practice p ON l.practice IS NULL OR l.practice = p.id
WHERE l.state <> 'complete'
ORDER BY ALL
