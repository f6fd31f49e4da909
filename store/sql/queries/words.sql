-- The texts of every version of some feedback.
WITH asked AS (SELECT unnest($1::VARCHAR[]) AS id)
SELECT id, version, -1, title FROM feedback WHERE id IN (FROM asked)
UNION ALL
SELECT id, version, 0, text FROM feedback WHERE id IN (FROM asked)
UNION ALL
SELECT feedback, version, part, coalesce(text, '') FROM answer WHERE feedback IN (FROM asked)
