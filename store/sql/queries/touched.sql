-- The candidates that are not what the series were made from, with what they are now: how many feedbacks, and a digest of
-- all that the detector reads of them. Sums do not depend on the order of rows. $1 is the first of the candidates.
CREATE OR REPLACE TEMP TABLE touched AS
WITH resting AS (
    SELECT m.practice, m.kind AS channel, m.week, count(DISTINCT hash(m.feedback))::INTEGER AS heard,
        sum(hash(m.touchpoint, m.score, m.telling))::VARCHAR AS digest
    FROM current_mention m SEMI JOIN candidate c ON m.practice = c.practice AND m.kind = c.channel AND m.week = c.week
    WHERE m.date_start >= $1::DATE - INTERVAL 1 DAY
    GROUP BY ALL
)
SELECT practice, channel, week, n.heard, n.digest
FROM candidate LEFT JOIN resting n USING (practice, channel, week) LEFT JOIN summed o USING (practice, channel, week)
WHERE n.digest IS DISTINCT FROM o.digest
