-- The weeks of the series in which something came or went since stock was taken, of any practice and channel: all of a
-- practice that is read or dated otherwise, or of which other reviews came in by two ways, else those of what was scored,
-- labelled or removed, in all its versions. A history is long and a run changes few of its weeks.
CREATE OR REPLACE TEMP TABLE basis AS
SELECT a.practice, concat_ws(' ', a.model, a.taxonomy, p.zone, c.clocks, d.doubles) AS basis
FROM active a
JOIN practice p ON a.practice = p.id
LEFT JOIN (SELECT zone, sum(hash(year, since, until, ahead)) AS clocks FROM clock GROUP BY zone) c ON p.zone = c.zone
LEFT JOIN (SELECT f.practice, sum(hash(d.id)) AS doubles FROM double d JOIN feedback f ON d.id = f.id AND f.version = 1 GROUP BY ALL) d
    ON a.practice = d.practice;
CREATE OR REPLACE TEMP TABLE other AS
SELECT practice FROM (FROM basis EXCEPT SELECT practice, basis FROM stock)
UNION
SELECT practice FROM (SELECT practice, basis FROM stock EXCEPT FROM basis);
CREATE OR REPLACE TEMP TABLE candidate AS
WITH moved AS (
    SELECT feedback AS id FROM scored ANTI JOIN other USING (practice) WHERE n > (SELECT max(scored) FROM stock)
    UNION
    SELECT feedback FROM correction WHERE n > (SELECT max(corrected) FROM stock)
    UNION
    SELECT id FROM removal WHERE run >= (SELECT max(removed) FROM stock)
)
SELECT practice, kind AS channel, week FROM placed SEMI JOIN moved USING (id) WHERE week IS NOT NULL
UNION
SELECT practice, kind, week FROM placed SEMI JOIN other USING (practice) WHERE week IS NOT NULL
UNION
SELECT practice, channel, week FROM summed SEMI JOIN other USING (practice)
