INSERT INTO superseded SELECT id, version - 1 FROM fresh WHERE version > 1;
INSERT INTO met SELECT id, CASE WHEN named THEN digest END, CASE WHEN named THEN ref END FROM fresh;
