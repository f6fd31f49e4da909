-- What is already scored by this model and taxonomy stays as it is: a run cut off and repeated adds nothing twice.
CREATE OR REPLACE TEMP TABLE unscored AS
SELECT n.* REPLACE (1 + greatest((SELECT coalesce(max(n), 0) FROM scored), (SELECT coalesce(max(scored), 0) FROM stock)) AS n)
FROM staged_scored n
ANTI JOIN scored s ON n.feedback = s.feedback AND n.version = s.version AND n.model = s.model AND n.taxonomy = s.taxonomy;
INSERT INTO mention SELECT m.* FROM staged_mention m SEMI JOIN unscored u ON m.feedback = u.feedback AND m.version = u.version;
INSERT INTO behaviour SELECT b.* FROM staged_behaviour b SEMI JOIN unscored u ON b.feedback = u.feedback AND b.version = u.version;
INSERT INTO scored FROM unscored;
