-- What detection will rest on: of every practice, channel and week how many feedbacks, and a digest of
-- all that the detector reads of them. Sums do not depend on the order of rows.
CREATE OR REPLACE TEMP TABLE resting AS
SELECT practice, kind AS channel, week, count(DISTINCT feedback)::INTEGER AS heard,
    sum(hash(touchpoint, source, day, score, voice, text_sig))::VARCHAR AS digest
FROM said GROUP BY ALL
