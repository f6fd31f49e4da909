-- What one person said of one touchpoint on one day, through a channel, since a Monday.
CREATE OR REPLACE TEMP TABLE observed AS
SELECT practice, touchpoint, source, day, round(favg(score), 9) AS score, voice, coalesce(min(text_sig), '') AS text_sig
FROM current_mention
WHERE kind = $1 AND week >= $2::DATE AND date_start >= $2::DATE - INTERVAL 1 DAY
GROUP BY practice, touchpoint, source, day, voice
