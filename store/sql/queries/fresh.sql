-- The staged feedback that this run has not met yet, with the version that it becomes: 1 where it is new, one more where
-- the latest version reads otherwise, NULL where it stands as it is kept. What the run has met is neither new nor
-- edited: a list that moves shows one review twice.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT n.n, n.id, n.digest, n.ref, n.source_id IS NOT NULL AS named,
    CASE WHEN k.id IS NULL OR k.digest <> n.digest THEN coalesce(k.version, 0) + 1 END AS version
FROM staged_feedback n
LEFT JOIN known k ON n.id = k.id
ANTI JOIN met ON n.id = met.id
