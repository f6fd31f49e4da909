-- What persons said of touchpoints, added up: a person's clauses and ratings of one day are one score.
SELECT practice, kind, touchpoint, count(*), round(fsum(score), 9), round(fsum(score * score), 9)
FROM (
    SELECT practice, kind, touchpoint, day, voice, favg(score) AS score
    FROM current_mention
    WHERE ($1 = '' OR practice = $1) AND week IS NOT NULL AND day >= $2::DATE AND day < $3::DATE
    GROUP BY ALL
)
GROUP BY ALL ORDER BY ALL
