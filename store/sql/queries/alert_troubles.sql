-- How receivers fail: messages that one refused for good and has not made up for by taking a later one, and the
-- one at the head of its queue that it did not take so far.
WITH last AS (
    SELECT key, max(n) AS n, arg_max(outcome, n) AS outcome, arg_max(coalesce(why, ''), n) AS why, max(tried_at) AS tried_at,
        min(tried_at) FILTER (outcome IN ('failed', 'refused')) AS since
    FROM delivery GROUP BY key
), tried AS (
    SELECT o.receiver, l.*, max(l.n) FILTER (l.outcome = 'accepted') OVER (PARTITION BY o.receiver) AS took
    FROM outbox o JOIN last l ON o.key = l.key
)
SELECT receiver, outcome = 'refused', count(*), min(since), arg_max(why, n)
FROM tried
WHERE outcome IN ('failed', 'refused') AND n > coalesce(took, 0)
GROUP BY receiver, outcome
ORDER BY receiver, outcome
