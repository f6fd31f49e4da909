-- Sources with an open alert whose last run was whole, and when that began; or that have left the config. A run that was
-- cut off says nothing about its source.
WITH last AS (
    SELECT source, practice, arg_max(state, run) AS state, max(started_at) FILTER (state = 'complete') AS whole_at
    FROM ledger l SEMI JOIN source s ON l.source = s.name AND l.practice IS NOT DISTINCT FROM s.practice
    WHERE l.state <> 'running' GROUP BY ALL
)
SELECT DISTINCT a.practice, substr(a.about, length('source ') + 1), CASE WHEN s.name IS NOT NULL THEN l.whole_at END
FROM alert a
ANTI JOIN (FROM alert_mark WHERE mark <> 'ack') m ON a.id = m.alert
LEFT JOIN source s ON a.about = 'source ' || s.name AND a.practice = coalesce(s.practice, '')
LEFT JOIN last l ON s.name = l.source AND s.practice IS NOT DISTINCT FROM l.practice
WHERE a.kind = 'source' AND (s.name IS NULL OR l.state = 'complete')
ORDER BY ALL
