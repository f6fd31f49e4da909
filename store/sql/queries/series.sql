-- Means are summed with compensation and rounded, so that the order of rows on disk leaves no trace.
-- Weekly series that count people: a person's clauses and ratings on one touchpoint are one voice.
DELETE FROM series;
INSERT INTO series
SELECT practice, kind, touchpoint, week, count(*), count(*) FILTER (mean < 0), round(favg(mean), 9)
FROM (
    SELECT practice, kind, touchpoint, week, voice, round(favg(score), 9) AS mean
    FROM said GROUP BY ALL
)
GROUP BY ALL ORDER BY ALL;
