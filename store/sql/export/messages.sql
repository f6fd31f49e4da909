-- What was sent to receivers and what became of it, without what the messages say.
WITH tried AS (
    SELECT key, arg_max(outcome, n) AS outcome, count(*) AS tries, max(tried_at) AS tried_at FROM delivery GROUP BY key
)
SELECT
    o.key, -- the same for one fact for ever: Message-ID or webhook-id
    o.receiver, -- name in the config
    o.practice, -- the practice's id; empty where it is of several
    o.kind, -- what is told
    o.severity, -- of the worst it tells
    o.created_at, -- when it was written (UTC)
    o.not_before, -- quiet hours end (UTC)
    coalesce(t.outcome, 'waiting') AS outcome, -- accepted, refused, failed (tried again later), again (put back) or waiting
    coalesce(t.tries, 0) AS tries, -- how often it was tried
    t.tried_at -- last (UTC)
FROM outbox o
LEFT JOIN tried t ON o.key = t.key
WHERE $practice = '' OR o.practice = $practice
ORDER BY o.n
