-- The latest versions that are kept of a source, found once a run: a page of ten reviews must not search a million.
-- Ids stand there as numbers, as digests do: every block of a file is compared with all of them.
CREATE OR REPLACE TEMP TABLE known AS
SELECT md5(f.id)::UUID AS key, f.version, f.digest FROM feedback f
ANTI JOIN superseded s ON f.id = s.id AND f.version = s.version
WHERE f.source = $2 AND f.practice IS NOT DISTINCT FROM coalesce($1, f.practice)
