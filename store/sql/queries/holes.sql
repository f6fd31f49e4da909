-- Sources whose last run was not complete, and when they last were; and sources that were complete once
-- and have left the config since.
WITH last AS (
    SELECT source, practice, arg_max(state, run) AS state, arg_max(kind, run) AS kind,
        max(started_at) FILTER (state = 'complete') AS complete_at
    FROM ledger GROUP BY source, practice
), kept AS (
    SELECT l.*, s.name IS NULL AS ended
    FROM last l
    LEFT JOIN (SELECT DISTINCT name, practice FROM source) s ON l.source = s.name AND l.practice IS NOT DISTINCT FROM s.practice
)
SELECT p.id, l.source, l.kind, l.complete_at, l.ended
FROM kept l
JOIN practice p ON l.practice IS NULL OR l.practice = p.id
WHERE CASE WHEN l.ended THEN l.complete_at IS NOT NULL ELSE l.state <> 'complete' END
ORDER BY ALL
