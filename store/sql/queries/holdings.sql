-- Every feedback of $1 by its source, as Health counts it: when it was first seen, and whether it is live.
SELECT f.source, f.id, f.seen_at, l.id IS NOT NULL
FROM feedback f LEFT JOIN live l ON f.id = l.id
WHERE f.practice = $1 AND f.version = 1
ORDER BY f.source, f.seen_at DESC, f.id
