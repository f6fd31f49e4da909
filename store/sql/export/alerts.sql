-- The work list: what needed a person, and what became of it.
WITH mark AS (
    SELECT alert, min(marked_at) FILTER (mark = 'ack') AS acked, min(marked_at) FILTER (mark <> 'ack') AS closed,
        bool_or(mark = 'useless') AS useless, bool_or(mark = 'withdrawn') AS withdrawn, arg_min(why, marked_at) FILTER (mark = 'withdrawn') AS why
    FROM alert_mark GROUP BY alert
)
SELECT
    a.id, -- as messages and percept alert list show it
    nullif(a.practice, '') AS practice, -- the practice's id; empty where it concerns several
    a.about, -- a feedback's id, or what names a slip or an outage
    nullif(a.version, 0) AS version, -- of the feedback
    a.kind, -- review, response, slip or source
    a.severity, -- of the rules that raised it
    a.rules, -- names of the rules
    a.why, -- what each of them saw
    a.touchpoint, -- slug of the taxonomy, where it is about one
    a.given_at, -- when the feedback was given (UTC)
    a.happened_at, -- week of a slip, start of an outage (UTC)
    a.raised_at, -- when it was raised (UTC)
    m.acked AS acknowledged_at, -- when a person took it (UTC)
    m.closed AS closed_at, -- when it was closed (UTC)
    CASE WHEN m.withdrawn THEN 'itself' WHEN m.closed IS NOT NULL THEN 'person' END AS closed_by, -- person, or itself: mended, or withdrawn by later data
    m.why AS closed_why, -- where it closed by itself
    coalesce(m.useless, false) AS useless -- a person said that it was not worth an interruption
FROM alert a
LEFT JOIN mark m ON a.id = m.alert
WHERE $practice = '' OR a.practice = $practice
ORDER BY a.raised_at, a.id
