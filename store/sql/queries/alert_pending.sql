WITH sent AS (
    SELECT key, arg_max(outcome, n) AS outcome, count(*) FILTER (outcome = 'failed') AS tries, arg_max(coalesce(why, ''), n) AS why,
        arg_max(retry_at, n) AS retry_at, arg_max(asked, n) AS asked, arg_max(coalesce(way, ''), n) AS way
    FROM delivery GROUP BY key
)
SELECT o.key, o.receiver, coalesce(o.practice, ''), o.kind, o.severity, o.content, o.created_at, o.not_before,
    coalesce(s.tries, 0), coalesce(s.why, ''), s.retry_at, coalesce(s.asked, false), coalesce(s.way, '')
FROM outbox o LEFT JOIN sent s ON o.key = s.key
WHERE coalesce(s.outcome, '') <> 'accepted' AND (coalesce(s.outcome, '') = 'refused') = $1
ORDER BY o.n
