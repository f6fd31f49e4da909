-- The mentions in use that a week can name, read once: the view behind them works out every date in its
-- practice's zone.
CREATE OR REPLACE TEMP TABLE said AS
SELECT practice, kind, touchpoint, source, day, week, voice, text_sig, feedback, score
FROM current_mention WHERE week IS NOT NULL;
