-- Weekly series that count people: a person's clauses and ratings on one touchpoint are one voice.
DELETE FROM series;
INSERT INTO series
SELECT practice, kind, touchpoint, week, count(*), count(*) FILTER (mean < 0), avg(mean)
FROM (
    SELECT practice, kind, touchpoint, week, voice, avg(score) AS mean
    FROM current_mention WHERE week IS NOT NULL GROUP BY ALL
)
GROUP BY ALL ORDER BY ALL;
