-- What came or went for weeks judged before, of practices known before and now.
SELECT practice, min(week), max(week), count(*), sum(greatest(coalesce(n.heard, 0) - coalesce(o.heard, 0), 0)),
    sum(greatest(coalesce(o.heard, 0) - coalesce(n.heard, 0), 0))
FROM (FROM summed WHERE channel = $1) n
FULL JOIN (FROM rested WHERE channel = $1) o USING (practice, week)
WHERE week <= (SELECT max(week) FROM judged WHERE channel = $1) AND n.digest IS DISTINCT FROM o.digest
    AND practice IN (SELECT practice FROM rested WHERE channel = $1)
    AND practice IN (SELECT practice FROM summed WHERE channel = $1)
GROUP BY practice ORDER BY practice
