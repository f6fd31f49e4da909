-- What is to be read, with the rows that its answers lie between: rows of one import lie together, and a batch reads no others.
CREATE OR REPLACE TEMP TABLE listed AS
SELECT t.*, a.first, a.last
FROM todo t
LEFT JOIN (
    SELECT w.version_id, min(w.rowid) AS first, max(w.rowid) AS last
    FROM answer w SEMI JOIN todo u ON w.version_id = u.version_id GROUP BY ALL
) a ON t.version_id = a.version_id;
DROP TABLE todo
