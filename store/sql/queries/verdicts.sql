SELECT practice, channel, touchpoint, week, word, watch, flagged, found, since, since_lo, since_hi, effect, effect_lo, effect_hi,
    people, negative, visible, weeks_to_enough, statistic, threshold, coalesce(note, '')
FROM verdict
SEMI JOIN (SELECT practice, max(week) AS week FROM verdict WHERE $1 = '' OR practice = $1 GROUP BY practice) USING (practice, week)
ORDER BY practice, channel, touchpoint
