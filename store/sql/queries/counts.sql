WITH ended AS (
    SELECT key, arg_max(outcome, n) AS outcome FROM delivery GROUP BY key HAVING arg_max(outcome, n) IN ('accepted', 'refused')
), last AS (
    SELECT source, practice, arg_max(state, run) AS state
    FROM ledger l SEMI JOIN source s ON l.source = s.name AND l.practice IS NOT DISTINCT FROM s.practice
    GROUP BY source, practice
), feedbacks AS (
    SELECT count(*) AS n, count(*) FILTER (kind = 'response') AS responses, count(*) FILTER (kind = 'review') AS reviews,
        coalesce(sum(answers), 0) AS answers
    FROM live
)
SELECT n, responses, reviews, answers,
    (SELECT count(*) FROM mention m JOIN live l ON m.feedback = l.id AND m.version = l.version
        JOIN active a ON l.practice = a.practice AND m.model = a.model AND m.taxonomy = a.taxonomy),
    (SELECT count(*) FROM last),
    (SELECT count(*) FROM last WHERE state <> 'complete'),
    (SELECT count(*) FROM outbox o ANTI JOIN ended e ON o.key = e.key),
    (SELECT count(*) FROM alert ANTI JOIN (SELECT alert AS id FROM alert_mark WHERE mark IN ('close', 'useless', 'withdrawn')) USING (id)),
    (SELECT count(*) FROM ended WHERE outcome = 'refused'),
    (SELECT count(*) FROM feedback),
    (SELECT count(*) FROM gone WHERE became = ''),
    (SELECT count(*) FROM page),
    (SELECT count(*) FROM scored s JOIN live l ON s.feedback = l.id AND s.version = l.version
        JOIN active a ON l.practice = a.practice AND s.model = a.model AND s.taxonomy = a.taxonomy WHERE s.unread)
FROM feedbacks
