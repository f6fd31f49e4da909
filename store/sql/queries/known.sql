-- The latest versions that are kept of a source, found once a run: a page of ten reviews must not search a million.
CREATE OR REPLACE TEMP TABLE known AS
SELECT f.id, f.version, f.digest FROM feedback f
ANTI JOIN superseded s ON f.id = s.id AND f.version = s.version
WHERE f.source = $2 AND f.practice IS NOT DISTINCT FROM coalesce($1, f.practice)
