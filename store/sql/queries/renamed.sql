-- Responses of surveys that left the config, each with the one of source $1 that counts in its place: the same in every
-- answer and its time, with the same id where there is one. A survey was renamed where at least 95 % of its responses have
-- such a one in $1, and one of them has words or an id: people of two surveys can give the same ratings on the same days.
-- What a response said in any version will do, or one change of mind in $1 would part what was one survey.
INSERT INTO double
WITH said AS (
    SELECT DISTINCT f.id, f.practice, f.source, f.source_id, f.digest
    FROM feedback f SEMI JOIN departed d ON f.practice = d.practice AND f.source = d.source
    ANTI JOIN (FROM gone WHERE became <> '') g ON f.id = g.id
    WHERE f.kind = 'response'
    UNION ALL
    SELECT DISTINCT id, practice, source, source_id, digest FROM feedback
    WHERE kind = 'response' AND source = $1 AND practice IN (SELECT practice FROM departed)
), response AS (
    SELECT *, row_number() OVER (PARTITION BY practice, source, source_id, digest ORDER BY id) AS nth FROM said
), pair AS (
    SELECT a.id, min(b.id) AS of FROM response a JOIN response b
        ON a.practice = b.practice AND a.digest = b.digest AND a.nth = b.nth AND a.source_id IS NOT DISTINCT FROM b.source_id
    WHERE a.source <> $1 AND b.source = $1 GROUP BY a.id
), telling AS (
    SELECT f.id FROM feedback f SEMI JOIN pair USING (id)
    WHERE f.source_id IS NOT NULL OR f.text <> '' OR f.version_id IN (SELECT version_id FROM answered WHERE text <> '' AND rating_raw IS NULL)
), renamed AS (
    SELECT practice, source FROM (SELECT DISTINCT id, practice, source FROM response WHERE source <> $1) r
    LEFT JOIN pair p ON r.id = p.id LEFT JOIN (SELECT DISTINCT id FROM telling) t ON r.id = t.id
    GROUP BY ALL HAVING count(p.id) >= 0.95 * count(*) AND count(t.id) > 0
)
SELECT p.id, p.of FROM pair p JOIN (SELECT DISTINCT id, practice, source FROM response) r USING (id)
SEMI JOIN renamed n ON r.practice = n.practice AND r.source = n.source
ANTI JOIN double d ON p.id = d.id
