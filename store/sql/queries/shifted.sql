-- The mentions of each touchpoint before and after, over the feedback that both readings share. What a person has
-- labelled is left out: no reading moves it.
WITH said AS (
    SELECT r.*, m.part, m.touchpoint, m.origin, m.score, false AS after
    FROM reread r JOIN mention m ON m.feedback = r.id AND m.version = r.version AND m.model = r.model_before AND m.taxonomy = r.taxonomy_before
    UNION ALL
    SELECT r.*, m.part, m.touchpoint, m.origin, m.score, true AS after
    FROM reread r JOIN mention m ON m.feedback = r.id AND m.version = r.version AND m.model = r.model AND m.taxonomy = r.taxonomy
)
SELECT model_before, taxonomy_before, model, taxonomy, touchpoint,
    count(*) FILTER (NOT after), coalesce(round(favg(score) FILTER (NOT after), 9), 0),
    count(*) FILTER (after), coalesce(round(favg(score) FILTER (after), 9), 0)
FROM said s
ANTI JOIN label l ON l.feedback = s.id AND l.version = s.version AND l.part = s.part AND l.touchpoint = s.touchpoint AND s.origin = 'text'
GROUP BY ALL ORDER BY ALL
