-- Sources that were not read whole in their last run, since the first such run after a whole one. A run that was cut
-- off says nothing about its source. One that brings in several practices is one line with no practice: what works
-- beside it is then what several share too, since a practice's own sources are no business of the others.
WITH ended AS (
    SELECT l.* FROM ledger l SEMI JOIN source s ON l.source = s.name AND l.practice IS NOT DISTINCT FROM s.practice
    WHERE l.state <> 'running'
), last AS (
    SELECT source, practice, arg_max(state, run) AS state, arg_max(coalesce(why, ''), run) AS why,
        max(run) FILTER (state = 'complete') AS whole, max(started_at) FILTER (state = 'complete') AS whole_at
    FROM ended GROUP BY ALL
)
SELECT coalesce(l.practice, ''), l.source, l.state, l.why, l.whole_at,
    (SELECT min(e.started_at) FROM ended e WHERE e.source = l.source AND e.practice IS NOT DISTINCT FROM l.practice
        AND (l.whole IS NULL OR e.run > l.whole)),
    (SELECT to_json(list(o.source ORDER BY o.source))::VARCHAR FROM last o WHERE o.state = 'complete' AND (o.practice IS NULL OR o.practice = l.practice))
FROM last l
WHERE l.state <> 'complete' AND (l.practice IS NULL OR l.practice IN (SELECT id FROM practice))
ORDER BY l.practice NULLS FIRST, l.source
