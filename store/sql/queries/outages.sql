-- The times in which a source of $1 was not read whole and which were over, by a whole reading, at $2 or later. A run that
-- was cut off says nothing about its source.
WITH ended AS (
    SELECT l.*, count(*) FILTER (l.state = 'complete') OVER (PARTITION BY l.source, l.practice ORDER BY l.run) AS wholes
    FROM ledger l SEMI JOIN source s ON l.source = s.name AND l.practice IS NOT DISTINCT FROM s.practice
    WHERE (l.practice = $1 OR l.practice IS NULL) AND l.state <> 'running'
), outage AS (
    SELECT source, practice, wholes, min(started_at) AS since, arg_min(state, run) AS state, arg_min(coalesce(why, ''), run) AS why
    FROM ended WHERE state <> 'complete' GROUP BY ALL
)
SELECT o.source, o.state, o.why, o.since, e.started_at
FROM outage o
JOIN ended e ON e.source = o.source AND e.practice IS NOT DISTINCT FROM o.practice AND e.state = 'complete' AND e.wholes = o.wholes + 1
WHERE e.started_at >= $2
ORDER BY o.since, o.source
