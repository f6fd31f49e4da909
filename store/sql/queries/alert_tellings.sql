-- The messages that alerts of slips and outages stand in, and whether their receiver has them. A message without a try was
-- never on its way.
WITH sent AS (
    SELECT key, bool_or(outcome = 'accepted') AS taken, count(*) FILTER (outcome = 'failed') > 0 AS tried FROM delivery GROUP BY key
)
SELECT t.alert, o.key, o.receiver, coalesce(o.practice, ''), o.kind, o.severity, o.content, o.created_at, o.not_before,
    coalesce(s.taken, false), coalesce(s.tried, false)
FROM told t JOIN alert a ON t.alert = a.id JOIN outbox o ON t.key = o.key LEFT JOIN sent s ON o.key = s.key
WHERE a.kind IN ('slip', 'source')
ORDER BY o.n, t.alert
