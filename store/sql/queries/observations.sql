SELECT practice, touchpoint, source, day, round(favg(score), 9), voice, coalesce(min(text_sig), '')
FROM said
WHERE kind = ? AND week >= ? AND practice BETWEEN ? AND ?
GROUP BY practice, touchpoint, source, day, voice
ORDER BY practice, touchpoint, source, day, voice
