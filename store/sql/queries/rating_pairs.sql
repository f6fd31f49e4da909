-- Public star ratings of a practice, each as it stood before $2 and as it stands, those given before $3. What was
-- given before $2 and first seen later was there then, as it was first seen. What became another is that one.
WITH rated AS (
    SELECT id, source, min(date_start) AS given,
        coalesce(arg_max_null(CASE WHEN rating_tag = 'stars' THEN rating END, version) FILTER (seen_at < $2),
            arg_min_null(CASE WHEN rating_tag = 'stars' THEN rating END, version)) AS before,
        arg_max_null(CASE WHEN rating_tag = 'stars' THEN rating END, version) AS after
    FROM feedback ANTI JOIN (FROM gone WHERE became <> '') USING (id) ANTI JOIN double USING (id)
    WHERE practice = $1 AND kind = 'review' AND date_start IS NOT NULL GROUP BY ALL
), away AS (
    SELECT id, coalesce(NOT arg_max(back, run) FILTER (marked_at < $2), false) AS then, NOT arg_max(back, run) AS now
    FROM removal GROUP BY id
)
SELECT source, id, CASE WHEN given < $2 AND NOT coalesce(away.then, false) THEN before END AS before,
    CASE WHEN NOT coalesce(away.now, false) THEN after END AS after
FROM rated LEFT JOIN away USING (id)
WHERE given < $3 AND (before IS NOT NULL OR after IS NOT NULL)
ORDER BY source, before, after, id
