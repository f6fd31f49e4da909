-- Responses of surveys that left the config, each with the one of a survey of the config that counts in its place: the same
-- in every answer and its time, with the same id where there is one. Of the practice $1, or of all.
INSERT INTO double
WITH response AS (
    SELECT f.id, f.practice, f.source, f.source_id, f.digest,
        EXISTS (FROM source s WHERE s.name = f.source AND (s.practice IS NULL OR s.practice = f.practice)) AS stands,
        row_number() OVER (PARTITION BY f.practice, f.source, f.source_id, f.digest ORDER BY f.id) AS nth
    FROM feedback f ANTI JOIN superseded o ON f.id = o.id AND f.version = o.version
    ANTI JOIN (FROM gone WHERE became <> '') g ON f.id = g.id
    WHERE f.kind = 'response' AND f.practice = coalesce($1, f.practice)
)
SELECT a.id, b.id
FROM response a JOIN response b ON a.practice = b.practice AND a.digest = b.digest AND a.nth = b.nth AND a.source_id IS NOT DISTINCT FROM b.source_id
WHERE NOT a.stands AND b.stands
QUALIFY row_number() OVER (PARTITION BY a.id ORDER BY b.source, b.id) = 1
