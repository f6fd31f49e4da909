-- Overall ratings of a practice by stretches of so many days, counted.
SELECT (d.day - $2::DATE) // $4::INTEGER AS period, d.kind, d.rating_tag, d.rating, count(*)
FROM dated d JOIN practice p ON d.practice = p.id
WHERE d.practice = $1 AND d.rating_tag IS NOT NULL AND d.day >= $2::DATE
    AND timezone(p.zone, timezone('UTC', greatest(d.date_start, d.date_end - INTERVAL 1 MICROSECOND)))::DATE < $3::DATE
GROUP BY ALL ORDER BY ALL
