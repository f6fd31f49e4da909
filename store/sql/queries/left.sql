-- The files of a source that its last complete run, or one since, met and this one did not.
WITH met AS (
    SELECT url, max(last_run) AS run FROM page
    WHERE practice IS NOT DISTINCT FROM $1 AND source = $2 AND layout IS NOT NULL GROUP BY url
)
SELECT url FROM met
WHERE run <> $3 AND run >= (
    SELECT max(run) FROM ledger
    WHERE practice IS NOT DISTINCT FROM $1 AND source = $2 AND state = 'complete' AND run <> $3
)
ORDER BY url LIMIT 20
