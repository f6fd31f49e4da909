-- Changes that practices made, each with the test fixed when it was written down (percept track).
SELECT
    id, -- number in percept track
    practice, -- the practice's id
    touchpoint, -- slug of the taxonomy
    what, -- in the words of who wrote it down
    date, -- first day of the change, in the practice's zone
    recorded_at, -- when it was written down (UTC)
    channel, -- review or response
    tag AS measure, -- what is measured
    baseline_from, -- first day of the baseline
    people AS baseline_people, -- who spoke in it
    mean AS baseline_mean, -- their mean score
    sd AS baseline_sd, -- its standard deviation
    effect AS wanted_effect, -- rise that is to be seen
    need, -- people after the change, before whom there is no result
    already -- people who had spoken since the change when it was written down
FROM trial
WHERE $practice = '' OR practice = $practice
ORDER BY id
