SELECT practice, channel, touchpoint, week, word, watch, flagged, found, since, since_lo, since_hi, effect, effect_lo, effect_hi,
    people, negative, visible, weeks_to_enough, statistic, threshold, coalesce(note, '')
FROM verdict
WHERE practice = ? AND week = (SELECT max(week) FROM verdict WHERE practice = ?)
ORDER BY channel, touchpoint
