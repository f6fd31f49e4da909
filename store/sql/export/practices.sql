-- The practices of the config.
SELECT
    p.id, -- as the config names it
    p.name, -- as people call it
    p.zone, -- IANA name of its time zone: days and weeks are of it
    a.model, -- version of the scorer its feedback is read with; empty before the first reading
    a.taxonomy -- name and version of its taxonomy
FROM practice p
LEFT JOIN active a ON p.id = a.practice
WHERE $practice = '' OR p.id = $practice
ORDER BY p.id
