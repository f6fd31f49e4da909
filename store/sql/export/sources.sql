-- The sources of the config, and how each was last read.
WITH read AS (
    SELECT *, max(started_at) FILTER (state = 'complete') OVER (PARTITION BY practice, source) AS complete_at
    FROM ledger
    QUALIFY run = max(run) OVER (PARTITION BY practice, source)
)
SELECT
    s.practice, -- its id; empty for a source of several practices
    s.name AS source, -- its name in all tables
    s.kind, -- web, survey or the platform
    r.state, -- complete, incomplete, failed or running (cut off) in its last run; empty before the first
    r.why, -- what kept it from being complete
    r.started_at AS read_at, -- when it was last read (UTC)
    r.complete_at, -- when it was last read whole (UTC)
    nullif(r.expected, 0) AS expected, -- how many reviews it says it has, where it says so
    nullif(r.published, 0) AS published -- the mean rating that it states itself, on 1 to 5
FROM source s
LEFT JOIN read r ON s.name = r.source AND s.practice IS NOT DISTINCT FROM r.practice
WHERE $practice = '' OR s.practice = $practice
ORDER BY s.practice NULLS FIRST, s.name
