-- Overall ratings only: an answer that asks about a touchpoint is a mention, not an overall rating. A date that no
-- one month can hold is in none.
WITH monthly AS (
    SELECT * FROM dated WHERE date_trunc('month', date_start) = date_trunc('month', greatest(date_start, date_end - INTERVAL 26 HOUR))
), given AS (
    SELECT kind, rating_tag AS tag, day, date_start, rating FROM monthly WHERE practice = $1 AND rating IS NOT NULL AND day >= $2
    UNION ALL
    SELECT d.kind, a.rating_tag, d.day, d.date_start, a.rating
    FROM monthly d JOIN answered a ON d.version_id = a.version_id
    LEFT JOIN (SELECT DISTINCT feedback, version, part FROM current_mention WHERE origin = 'rating') m
        ON d.id = m.feedback AND d.version = m.version AND a.part = m.part
    WHERE d.practice = $1 AND a.rating IS NOT NULL AND m.part IS NULL AND d.day >= $2
)
SELECT kind, coalesce(tag, ''), date_trunc('month', day)::DATE AS month, count(*), round(favg(rating), 9)
FROM given GROUP BY ALL ORDER BY kind, 2, month
