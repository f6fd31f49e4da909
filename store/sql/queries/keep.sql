INSERT INTO superseded SELECT id, version - 1 FROM fresh WHERE version > 1;
MERGE INTO feedback f USING fresh n ON f.id = n.id AND f.version = n.version WHEN NOT MATCHED THEN INSERT;
INSERT INTO answer
SELECT a.* REPLACE (n.version AS version) FROM staged_answer a JOIN fresh n ON a.feedback = n.id;
INSERT INTO met SELECT id, digest, ref FROM staged_feedback n ANTI JOIN met ON n.id = met.id;
