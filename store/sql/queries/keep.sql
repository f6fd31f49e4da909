INSERT INTO superseded SELECT id, version - 1 FROM fresh WHERE version > 1;
INSERT INTO feedback SELECT n.* REPLACE (f.version AS version) FROM staged_feedback n JOIN fresh f ON n.id = f.id WHERE f.version IS NOT NULL;
INSERT INTO answer
SELECT a.* REPLACE (f.version AS version) FROM staged_answer a JOIN fresh f ON a.feedback = f.id WHERE f.version IS NOT NULL;
INSERT INTO met SELECT id, CASE WHEN named THEN digest END, CASE WHEN named THEN ref END FROM fresh;
