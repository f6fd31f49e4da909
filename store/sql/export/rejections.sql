-- Rows that could not be read, and why.
SELECT
    run, -- the run's id
    practice, -- the practice's id; empty for a source of several
    source, -- the source's name
    ref, -- where it stands, such as group.csv:17
    reason -- why
FROM rejection
WHERE $practice = '' OR practice = $practice
