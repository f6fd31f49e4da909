-- Every version of a feedback that a person has labelled, what was edited or removed since too: the label is of those words.
CREATE OR REPLACE TEMP TABLE todo AS
SELECT f.version_id, f.rowid AS row, row_number() OVER (ORDER BY f.id, f.version) AS n
FROM feedback f SEMI JOIN label l ON f.id = l.feedback AND f.version = l.version
WHERE f.practice = $1
