-- What became of public reviews after they were first read: edited, removed, and seen again, the newest first. What a
-- better parser reads otherwise is no change.
WITH mine AS (
    SELECT id, version, source, date_start, date_end, date_precision, rating, coalesce(rating_tag, '') AS tag,
        coalesce(title, '') || chr(10) || coalesce(text, '') AS words, seen_at
    FROM feedback ANTI JOIN double USING (id) WHERE practice = $1 AND kind = 'review'
), newest AS (
    FROM mine QUALIFY row_number() OVER (PARTITION BY id ORDER BY version DESC) = 1
)
SELECT 'edited' AS what, m.seen_at AS noticed, m.id, m.source, m.date_start, m.date_end, m.date_precision, p.rating, m.rating, m.tag, p.words <> m.words
FROM mine m JOIN mine p ON p.id = m.id AND p.version = m.version - 1
WHERE p.words <> m.words OR p.rating IS DISTINCT FROM m.rating
UNION ALL
SELECT CASE WHEN r.back THEN 'back' WHEN r.became <> '' THEN 'edited' ELSE 'removed' END, r.marked_at, n.id, n.source, n.date_start, n.date_end, n.date_precision,
    n.rating, CASE WHEN r.back THEN n.rating ELSE b.rating END, n.tag, b.id IS NOT NULL AND b.words <> n.words
FROM removal r JOIN newest n ON n.id = r.id LEFT JOIN newest b ON b.id = r.became
WHERE r.became <> '-' AND (r.became = '' OR b.id IS NOT NULL)
ORDER BY noticed DESC, id, what
