WITH marks AS (
    SELECT alert, min(marked_at) FILTER (mark = 'ack') AS acked, min(marked_at) FILTER (mark <> 'ack') AS closed,
        bool_or(mark = 'useless') AS useless, arg_min(why, marked_at) FILTER (mark <> 'ack') AS withdrawn
    FROM alert_mark GROUP BY alert
)
SELECT a.id, a.practice, a.about, a.version, a.kind, a.severity, to_json(a.rules)::VARCHAR, to_json(a.why)::VARCHAR, coalesce(a.touchpoint, ''),
    a.given_at, a.raised_at, m.acked, m.closed, coalesce(m.useless, false), coalesce(m.withdrawn, '')
FROM alert a LEFT JOIN marks m ON a.id = m.alert
ORDER BY a.raised_at, a.severity, a.id
