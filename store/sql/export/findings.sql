-- Every change that was found in the history, and what was set aside as a burst or a change of sources.
SELECT
    practice, -- the practice's id
    channel, -- review or response
    touchpoint, -- slug of the taxonomy; * is everything together
    kind, -- drop, rise, watch, burst or source
    nullif(source, '') AS source, -- of a burst or a change of sources
    flagged, -- Monday of the week it was flagged in
    found, -- Monday of the week in which it was first said, later than flagged where it was found late
    since, -- Monday of the week in which it began
    since_lo, -- first week of its 80 % range
    since_hi, -- last week of its 80 % range
    cleared, -- Monday of the week in which it was over; empty while it stands or became the new normal
    effect, -- change of the mean score
    effect_lo, -- lower end of its 90 % interval
    effect_hi, -- upper end of its 90 % interval
    people, -- who spoke from since to flagged; of a burst the voices set aside
    statistic -- log of the summed Bayes factors; of a burst the effect in standard deviations
FROM alarm
WHERE $practice = '' OR practice = $practice
ORDER BY practice, channel, flagged, touchpoint, kind, source
