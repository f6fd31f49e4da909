SELECT practice, touchpoint, source, day, round(favg(score), 9), voice, coalesce(min(text_sig), '')
FROM current_mention
WHERE practice = ? AND touchpoint = ? AND kind = ? AND week IS NOT NULL AND day >= ?::DATE
GROUP BY practice, touchpoint, source, day, voice
ORDER BY day, source, voice
