-- How many feedbacks each pair of readings shares, by the labels of the whole before and after.
WITH shared AS (
    SELECT model_before, taxonomy_before, model, taxonomy, count(DISTINCT practice) AS practices FROM reread GROUP BY ALL
)
SELECT model_before, taxonomy_before, model, taxonomy, s.practices, r.label_before, r.label, count(*)
FROM reread r JOIN shared s USING (model_before, taxonomy_before, model, taxonomy)
GROUP BY ALL ORDER BY ALL
