-- What was said of every touchpoint in every week that was judged.
SELECT
    practice, -- the practice's id
    channel, -- review or response
    touchpoint, -- slug of the taxonomy; * is everything together
    week, -- Monday of the last whole week it rests on
    word AS verdict, -- worse, better, steady or not enough yet
    watch, -- near the limit; not called a change
    flagged, -- Monday of the week of the alarm; empty while quiet
    found, -- Monday of the week in which it was first said
    since, -- Monday of the week in which the change began
    since_lo, -- first week of its 80 % range
    since_hi, -- last week of its 80 % range
    effect, -- change of the mean score; 0 while quiet
    effect_lo, -- lower end of its 90 % interval
    effect_hi, -- upper end of its 90 % interval
    people, -- who spoke in the 13 weeks up to week
    negative, -- those of them with a score under 0
    nullif(visible, 0) AS visible, -- the smallest drop that would have been seen within 8 weeks
    weeks_to_enough, -- about how many weeks are needed before a verdict; 0 when there are enough
    statistic, -- log of the summed Bayes factors
    threshold, -- what it is held against
    nullif(note, '') AS note, -- what else must be known
    run -- the run that judged
FROM verdict
WHERE $practice = '' OR practice = $practice
ORDER BY practice, channel, touchpoint, week
