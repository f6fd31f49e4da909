WITH ended AS (
    SELECT key, arg_max(outcome, n) AS outcome FROM delivery GROUP BY key HAVING arg_max(outcome, n) IN ('accepted', 'refused')
), last AS (
    SELECT source, practice, arg_max(state, run) AS state
    FROM ledger l SEMI JOIN source s ON l.source = s.name AND l.practice IS NOT DISTINCT FROM s.practice
    GROUP BY source, practice
)
SELECT (SELECT count(*) FROM last),
    (SELECT count(*) FROM last WHERE state <> 'complete'),
    (SELECT count(*) FROM outbox o ANTI JOIN ended e ON o.key = e.key),
    (SELECT count(*) FROM alert ANTI JOIN (SELECT alert AS id FROM alert_mark WHERE mark IN ('close', 'useless', 'withdrawn')) USING (id)),
    (SELECT count(*) FROM ended WHERE outcome = 'refused'),
    (SELECT count(*) FROM gone WHERE became = ''),
    (SELECT count(*) FROM page)
