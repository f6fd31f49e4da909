-- A date that no one month can hold is in the month of its first day.
SELECT kind, source, date_trunc('month', day)::DATE AS month, count(*)
FROM dated
WHERE practice = ? AND day >= ?::DATE AND day < ?::DATE
GROUP BY ALL ORDER BY kind, source, month
