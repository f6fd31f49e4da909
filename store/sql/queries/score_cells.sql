-- What persons said of one touchpoint, added up by source and by blocks of eight weeks: a person's clauses and ratings
-- of one day are one score of a source.
SELECT practice, kind, touchpoint, source, block, count(*), round(fsum(score), 9), round(fsum(score * score), 9)
FROM (
    SELECT practice, kind, touchpoint, source, date_diff('day', DATE '1969-12-29', day) // 56 AS block, favg(score) AS score
    FROM current_mention
    WHERE touchpoint = $1 AND week IS NOT NULL AND day >= $2::DATE AND day < $3::DATE
    GROUP BY practice, kind, touchpoint, source, block, day, voice
)
GROUP BY ALL ORDER BY ALL
