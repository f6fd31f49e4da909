-- What a practice is read with; how many of the feedbacks with words given from $2 and before $3 a touchpoint was found
-- for; and what persons have corrected.
WITH said AS (
    SELECT id, version FROM live l WHERE practice = $1 AND date_start >= $2 AND date_start < $3
        AND (trim(coalesce(title, '') || coalesce(text, '')) <> '' OR EXISTS (
            FROM answer a WHERE a.feedback = l.id AND a.version = l.version AND trim(coalesce(a.text, '')) <> ''))
), placed AS (
    SELECT DISTINCT feedback AS id FROM current_mention WHERE practice = $1 AND touchpoint <> 'general'
), corrected AS (
    SELECT count(*) AS n, max(corrected_at) AS last FROM label c JOIN live l ON c.feedback = l.id AND c.version = l.version WHERE l.practice = $1
)
SELECT coalesce((SELECT model FROM active WHERE practice = $1), ''), coalesce((SELECT taxonomy FROM active WHERE practice = $1), ''),
    (SELECT count(*) FROM said), (SELECT count(*) FROM said SEMI JOIN placed USING (id)), corrected.n, corrected.last
FROM corrected
