-- Every rating given to $1 from day $2 on that is no mention: overall ones, and answers that were read as none.
WITH since AS (
    SELECT *, CASE WHEN date_trunc('month', date_start) = date_trunc('month', greatest(date_start, date_end - INTERVAL 26 HOUR))
        THEN date_trunc('month', day)::DATE END AS month
    FROM dated WHERE practice = $1 AND day >= $2::DATE
)
SELECT id, kind, coalesce(rating_tag, ''), true, rating, day, last_day, month
FROM since WHERE rating_tag IS NOT NULL OR rating IS NOT NULL
UNION ALL
SELECT d.id, d.kind, coalesce(a.rating_tag, ''), false, a.rating, d.day, d.last_day, d.month
FROM since d JOIN answered a ON d.version_id = a.version_id
LEFT JOIN (SELECT DISTINCT feedback, version, part FROM current_mention WHERE origin = 'rating') m
    ON d.id = m.feedback AND d.version = m.version AND a.part = m.part
WHERE a.rating IS NOT NULL AND m.part IS NULL
ORDER BY ALL
