-- What sources no longer had, and had again, in the order noticed.
SELECT
    r.id AS feedback, -- the feedback's id
    f.practice, -- the practice's id
    f.source, -- the source's name
    CASE WHEN r.back THEN 'back' WHEN r.became = '-' THEN 'misread' WHEN r.became <> '' THEN 'replaced' ELSE 'removed' END AS what, -- removed, back, replaced by another, or misread: a better parser finds none
    nullif(nullif(r.became, ''), '-') AS instead, -- the feedback in place of a replaced one
    r.marked_at, -- when it was noticed (UTC)
    r.run -- the run that noticed
FROM removal r
JOIN feedback f ON r.id = f.id AND f.version = 1
WHERE $practice = '' OR f.practice = $practice
ORDER BY r.run, r.id
