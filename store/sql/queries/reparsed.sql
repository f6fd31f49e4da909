-- What the versions of a run say otherwise than those before them: words, rating, date, reply, answers, what they are about,
-- and whether they may be quoted.
WITH pair AS (
    SELECT p AS was, f AS now FROM feedback f JOIN feedback p ON p.id = f.id AND p.version = f.version - 1
    WHERE f.run = $1 AND f.source = $3 AND f.practice IS NOT DISTINCT FROM coalesce($2, f.practice)
), said AS (
    SELECT a.version_id, list((a.col, a.question, a.asks, a.touchpoint, a.text, a.rating_raw, a.rating_best, a.rating_worst, a.rating) ORDER BY a.part) AS answers
    FROM answered a SEMI JOIN (SELECT unnest([was.version_id, now.version_id]) AS version_id FROM pair) p ON a.version_id = p.version_id GROUP BY ALL
)
SELECT count(*) FILTER (was.title IS DISTINCT FROM now.title OR was.text IS DISTINCT FROM now.text),
    count(*) FILTER ((was.rating_raw, was.rating_best, was.rating_worst, was.rating, was.rating_tag)
        IS DISTINCT FROM (now.rating_raw, now.rating_best, now.rating_worst, now.rating, now.rating_tag)),
    count(*) FILTER ((was.date_start, was.date_end, was.date_precision) IS DISTINCT FROM (now.date_start, now.date_end, now.date_precision)),
    count(*) FILTER ((was.reply_text, was.reply_state) IS DISTINCT FROM (now.reply_text, now.reply_state)),
    count(*) FILTER (b.answers IS DISTINCT FROM a.answers),
    count(*) FILTER ((was.subject, was.site, was.site_id) IS DISTINCT FROM (now.subject, now.site, now.site_id)),
    count(*) FILTER (was.private IS DISTINCT FROM now.private)
FROM pair LEFT JOIN said b ON b.version_id = was.version_id LEFT JOIN said a ON a.version_id = now.version_id
