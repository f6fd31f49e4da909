-- The questions of survey responses and their answers, a row each, of feedback as it stands.
SELECT
    f.id AS feedback, -- the response's id
    f.version, -- of the feedback
    a.part, -- 1 for its first answer; mentions and behaviours name it so
    f.practice, -- the practice's id
    f.source, -- the source's name
    a.question, -- as the customer read it
    a.col AS column, -- heading in the file
    nullif(a.asks, '') AS asks, -- praise, improve or why, where the question invites that
    a.touchpoint, -- touchpoint that the question asks about
    nullif(a.text, '') AS text, -- as written
    a.rating, -- brought to 1 (worst) to 5 (best)
    a.rating_tag AS scale, -- definition of the rating
    a.rating_raw AS raw_rating, -- as written
    a.rating_best AS raw_best, -- best there is, as written
    a.rating_worst AS raw_worst, -- worst there is, as written
    a.ref -- where it was found, where a row is an answer
FROM answered a
JOIN feedback f ON a.version_id = f.version_id
WHERE a.row BETWEEN $first AND $last AND ($practice = '' OR f.practice = $practice)
    AND ((f.id, f.version) IN (SELECT (id, version) FROM superseded)) = $earlier
ORDER BY a.row
