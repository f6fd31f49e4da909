-- Overall ratings only: an answer that asks about a touchpoint is a mention, not an overall rating.
WITH given AS (
    SELECT kind, rating_tag AS tag, day, date_start, rating FROM dated WHERE practice = $1 AND rating IS NOT NULL AND day >= $2
    UNION ALL
    SELECT d.kind, a.rating_tag, d.day, d.date_start, a.rating
    FROM dated d JOIN answer a ON d.id = a.feedback AND d.version = a.version
    LEFT JOIN (SELECT DISTINCT feedback, version, part FROM current_mention WHERE origin = 'rating') m
        ON a.feedback = m.feedback AND a.version = m.version AND a.part = m.part
    WHERE d.practice = $1 AND a.rating IS NOT NULL AND m.part IS NULL AND d.day >= $2
)
SELECT kind, coalesce(tag, ''), date_trunc('month', day)::DATE AS month, count(*), round(favg(rating), 9)
FROM given GROUP BY ALL ORDER BY kind, 2, month
