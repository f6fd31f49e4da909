-- What the source has no more, with the feedback of the same person and day that this run saw first in its
-- place: an edit, where the source has no ids. Only where each has one counterpart.
CREATE OR REPLACE TEMP TABLE absent AS
WITH a AS (
    SELECT id, source_id, author_key, date_start, date_end FROM live
    ANTI JOIN met ON md5(live.id)::UUID = met.key ANTI JOIN gone USING (id)
    WHERE practice = $1 AND source = $2
), n AS (
    SELECT id, author_key, date_start, date_end FROM feedback SEMI JOIN met ON md5(feedback.id)::UUID = met.key
    WHERE practice = $1 AND source = $2 AND run = $3 AND version = 1 AND source_id IS NULL AND date_start IS NOT NULL
), pair AS (
    SELECT a.id, n.id AS became FROM a JOIN n USING (author_key, date_start, date_end) WHERE a.source_id IS NULL
    QUALIFY count(*) OVER (PARTITION BY a.id) = 1 AND count(*) OVER (PARTITION BY n.id) = 1
)
SELECT a.id, coalesce(became, '') AS became, a.date_start BETWEEN seen.first AND seen.last AS between_seen
FROM a LEFT JOIN pair USING (id),
    (SELECT min(date_start) AS first, max(date_start) AS last FROM live SEMI JOIN met ON md5(live.id)::UUID = met.key
        WHERE practice = $1 AND source = $2) seen
