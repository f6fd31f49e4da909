-- What of the staged feedback is new (no version yet) or edited (the latest version reads otherwise).
-- An id already met in this run is neither: a list that moves shows one review twice.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT n.* REPLACE (coalesce(k.version, 0) + 1 AS version)
FROM staged_feedback n
LEFT JOIN (
    SELECT f.id, f.version, f.digest FROM feedback f
    SEMI JOIN staged_feedback USING (id)
    ANTI JOIN superseded s ON f.id = s.id AND f.version = s.version
) k ON n.id = k.id
ANTI JOIN met ON n.id = met.id
WHERE k.id IS NULL OR k.digest <> n.digest
