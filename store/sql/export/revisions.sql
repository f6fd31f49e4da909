-- What the last analysis says of the past otherwise than the one before, since answers came late.
SELECT
    practice, -- the practice's id
    channel, -- review or response
    touchpoint, -- slug of the taxonomy; * is everything together
    kind, -- drop or rise
    what, -- withdrawn, late, moved or ended
    flagged, -- Monday of the week it was flagged in
    was, -- Monday it was said to have begun
    since, -- Monday it is said to have begun now
    cleared -- Monday of the week in which it was over
FROM revision
WHERE $practice = '' OR practice = $practice
ORDER BY practice, channel, flagged, touchpoint, kind, what
