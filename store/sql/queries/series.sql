-- Weekly series that count people: a person's clauses and ratings on one touchpoint are one voice. Only weeks whose rows
-- are not those they were made from are made anew.
-- Means are summed with compensation and rounded, so that the order of rows on disk leaves no trace.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT practice, channel, week, n.digest FROM resting n FULL JOIN summed o USING (practice, channel, week)
WHERE n.digest IS DISTINCT FROM o.digest;
DELETE FROM series s USING touched t WHERE s.practice = t.practice AND s.channel = t.channel AND s.week = t.week;
DELETE FROM summed s USING touched t WHERE s.practice = t.practice AND s.channel = t.channel AND s.week = t.week;
INSERT INTO series
SELECT practice, kind, touchpoint, week, count(*), count(*) FILTER (mean < 0), round(favg(mean), 9)
FROM (
    SELECT practice, kind, touchpoint, week, voice, round(favg(score), 9) AS mean
    FROM said s SEMI JOIN touched t ON s.practice = t.practice AND s.kind = t.channel AND s.week = t.week
    GROUP BY ALL
)
GROUP BY ALL ORDER BY ALL;
INSERT INTO summed FROM touched WHERE digest IS NOT NULL;
