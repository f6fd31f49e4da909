-- The texts of every version of some feedback.
WITH asked AS (SELECT unnest($1::VARCHAR[]) AS id)
SELECT id, version, -1, title FROM feedback WHERE id IN (FROM asked)
UNION ALL
SELECT id, version, 0, text FROM feedback WHERE id IN (FROM asked)
UNION ALL
SELECT f.id, f.version, a.part, coalesce(a.text, '') FROM answer a JOIN feedback f ON a.version_id = f.version_id WHERE f.id IN (FROM asked)
