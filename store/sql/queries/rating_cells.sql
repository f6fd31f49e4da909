-- Overall ratings of all practices, counted by source and by blocks of eight weeks. A date that several blocks may hold
-- stands with its first day.
SELECT practice, kind, rating_tag, source, date_diff('day', DATE '1969-12-29', day) // 56 AS block, rating, count(*)
FROM dated
WHERE rating_tag IS NOT NULL AND day >= $1::DATE AND last_day < $2::DATE
GROUP BY ALL ORDER BY ALL
