-- Runs of percept that wrote to the store.
SELECT
    id, -- in the order of time
    command, -- what was typed
    started_at, -- UTC
    ended_at, -- UTC; empty where it was cut off
    version -- of percept
FROM run
ORDER BY id
