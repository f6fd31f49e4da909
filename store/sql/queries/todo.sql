CREATE OR REPLACE TEMP TABLE todo AS
SELECT l.id, l.version, row_number() OVER (ORDER BY l.id) AS n
FROM live l JOIN active a ON l.practice = a.practice
ANTI JOIN scored s ON l.id = s.feedback AND l.version = s.version AND a.model = s.model AND a.taxonomy = s.taxonomy
WHERE l.practice = ?
