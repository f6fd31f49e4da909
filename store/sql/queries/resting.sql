-- What detection will rest on: of every practice, channel and week how many feedbacks, and a digest of all that the
-- detector reads of them. Sums do not depend on the order of rows. What was said is not copied for it: a history is long,
-- and a week's run changes few of its weeks.
CREATE OR REPLACE TEMP TABLE resting AS
SELECT practice, kind AS channel, week, count(DISTINCT hash(feedback))::INTEGER AS heard,
    sum(hash(touchpoint, score, telling))::VARCHAR AS digest
FROM current_mention WHERE week IS NOT NULL GROUP BY ALL;
CREATE OR REPLACE TEMP TABLE touched AS
SELECT practice, channel, week, n.digest FROM resting n FULL JOIN summed o USING (practice, channel, week)
WHERE n.digest IS DISTINCT FROM o.digest
