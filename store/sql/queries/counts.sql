-- What stands is what was kept less what has fallen: replaced by a later version, become another, or come in by two ways. That
-- is little, and a history of millions is counted without its ids.
WITH fallen AS MATERIALIZED (
    FROM superseded
    UNION
    SELECT id, version FROM feedback SEMI JOIN (SELECT id FROM gone WHERE became <> '' UNION ALL SELECT id FROM double) USING (id)
), said AS (
    SELECT kind, count(*) AS n, sum(answers) AS answers FROM feedback GROUP BY kind
    UNION ALL
    SELECT kind, -count(*), -sum(answers) FROM feedback SEMI JOIN fallen USING (id, version) GROUP BY kind
), understood AS (
    SELECT practice, model, taxonomy, sum(mentions) AS mentions, count(*) FILTER (unread) AS unread FROM scored GROUP BY ALL
    UNION ALL
    SELECT practice, model, taxonomy, -sum(mentions), -count(*) FILTER (unread)
    FROM scored s SEMI JOIN fallen f ON s.feedback = f.id AND s.version = f.version GROUP BY ALL
), used AS (
    SELECT coalesce(sum(mentions), 0) AS mentions, coalesce(sum(unread), 0) AS unread
    FROM understood SEMI JOIN active USING (practice, model, taxonomy)
)
SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (kind = 'response'), 0), coalesce(sum(n) FILTER (kind = 'review'), 0),
    coalesce(sum(answers), 0), any_value(used.mentions), any_value(used.unread), (SELECT count(*) FROM feedback)
FROM used LEFT JOIN said ON true
