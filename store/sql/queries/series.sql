-- Weekly series that count people: a person's clauses and ratings on one touchpoint are one voice. Only weeks whose rows
-- are not those they were made from are made anew; $1 is the first of them.
-- Means are summed with compensation and rounded, so that the order of rows on disk leaves no trace.
INSERT INTO series
SELECT practice, kind, touchpoint, week, count(*), count(*) FILTER (mean < 0), round(favg(mean), 9)
FROM (
    SELECT practice, kind, touchpoint, week, voice, round(favg(score), 9) AS mean
    FROM current_mention s SEMI JOIN touched t ON s.practice = t.practice AND s.kind = t.channel AND s.week = t.week
    WHERE s.week >= $1::DATE AND s.date_start >= $1::DATE - INTERVAL 1 DAY
    GROUP BY ALL
)
GROUP BY ALL ORDER BY ALL
