-- Ratings as they were given, counted: of one practice or of all, from a day and before another, in the practice's
-- zone. A rating whose date may lie outside counts in neither. A question has the touchpoint that its answers were read
-- with, also where the answer is "don't know" and was read with none.
WITH within AS (
    FROM dated WHERE ($1 = '' OR practice = $1) AND day >= $2::DATE AND last_day < $3::DATE
), asked AS (
    SELECT w.practice, w.kind, a.rating_tag, a.question, w.id AS feedback, w.version, a.part, a.touchpoint, a.rating
    FROM within w JOIN answered a ON w.version_id = a.version_id
    WHERE a.rating_tag IS NOT NULL
), about AS (
    SELECT a.practice, a.question, min(m.touchpoint) AS touchpoint
    FROM asked a JOIN current_mention m ON a.feedback = m.feedback AND a.version = m.version AND a.part = m.part
    WHERE m.origin = 'rating' GROUP BY ALL
)
SELECT practice, kind, rating_tag, '' AS touchpoint, '' AS question, rating, count(*)
FROM within WHERE rating_tag IS NOT NULL GROUP BY ALL
UNION ALL
SELECT a.practice, a.kind, a.rating_tag, coalesce(b.touchpoint, a.touchpoint, ''), a.question, a.rating, count(*)
FROM asked a LEFT JOIN about b ON a.practice = b.practice AND a.question = b.question
GROUP BY ALL
ORDER BY ALL
