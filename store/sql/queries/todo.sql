CREATE OR REPLACE TEMP TABLE todo AS
SELECT l.version_id, l.row, row_number() OVER (ORDER BY l.row) AS n
FROM live l
ANTI JOIN (SELECT feedback, version FROM scored WHERE model = $2 AND taxonomy = $3) s ON l.id = s.feedback AND l.version = s.version
WHERE list_contains($1::VARCHAR[], l.practice)
