-- What every run saw at every source: new, edited, duplicate, empty and rejected add up to rows.
SELECT
    run, -- the run's id
    practice, -- the practice's id; empty for a source of several
    source, -- the source's name
    kind, -- web, survey or the platform
    state, -- complete, incomplete, failed, or running: cut off
    why, -- what kept it from being complete
    started_at, -- UTC
    ended_at, -- UTC
    nullif(expected, 0) AS expected, -- how many reviews the source says it has, where it says so
    nullif(published, 0) AS published, -- the mean rating that it states itself, on 1 to 5
    pages, -- read
    unchanged, -- of them, those that stand as they were kept
    seen, -- feedback met, each once
    rows, -- rows or reviews met
    new, -- stored as new
    edited, -- stored as a new version
    duplicate, -- known
    empty, -- said nothing
    rejected, -- could not be read; each is in rejections
    removed, -- known feedback that the source no longer has
    back, -- has again
    notes -- what a person should know
FROM ledger
WHERE $practice = '' OR practice = $practice
ORDER BY run, practice NULLS FIRST, source
