-- What detection rests on becomes what the series were made from.
CREATE OR REPLACE TEMP TABLE unrested AS
SELECT practice, channel, week, n.heard, n.digest FROM summed n FULL JOIN rested o USING (practice, channel, week)
WHERE n.digest IS DISTINCT FROM o.digest;
DELETE FROM rested r USING unrested u WHERE r.practice = u.practice AND r.channel = u.channel AND r.week = u.week;
INSERT INTO rested FROM unrested WHERE digest IS NOT NULL
