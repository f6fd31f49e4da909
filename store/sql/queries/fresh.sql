-- The staged feedback that this run has not met yet, with the version that it becomes: 1 where it is new, one more where
-- the latest version reads otherwise, 0 where it stands as it is kept. What the run has met is neither new nor
-- edited: a list that moves shows one review twice.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT s.*, CASE WHEN k.key IS NULL OR k.digest <> s.digest THEN coalesce(k.version, 0) + 1 ELSE 0 END AS version
FROM staged s
LEFT JOIN known k ON s.key = k.key
ANTI JOIN met ON s.key = met.key
