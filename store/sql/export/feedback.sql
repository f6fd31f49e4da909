-- What one person said on one occasion, a public review or a survey response, as it stands.
WITH written AS (
    SELECT f.*, f.rowid AS row, p.zone, greatest(f.date_start, f.date_end - INTERVAL 1 MICROSECOND) AS date_last, g.id AS gone, g.became, d.of
    FROM feedback f
    LEFT JOIN practice p ON f.practice = p.id
    LEFT JOIN gone g ON f.id = g.id
    LEFT JOIN (SELECT id, min(of) AS of FROM double GROUP BY id) d ON f.id = d.id
    WHERE f.rowid BETWEEN $first AND $last AND ($practice = '' OR f.practice = $practice)
        AND ((f.id, f.version) IN (SELECT (id, version) FROM superseded)) = $earlier
), placed_in AS (
    SELECT w.*, (w.date_start + to_seconds(coalesce(a.ahead, 0)))::DATE AS day,
        (w.date_last + to_seconds(coalesce(b.ahead, 0)))::DATE AS last_day,
        (w.reply_start + to_seconds(coalesce(r.ahead, 0)))::DATE AS reply_day
    FROM written w
    LEFT JOIN clock a ON w.zone = a.zone AND year(w.date_start) = a.year AND w.date_start >= a.since AND w.date_start < a.until
    LEFT JOIN clock b ON w.zone = b.zone AND year(w.date_last) = b.year AND w.date_last >= b.since AND w.date_last < b.until
    LEFT JOIN clock r ON w.zone = r.zone AND year(w.reply_start) = r.year AND w.reply_start >= r.since AND w.reply_start < r.until
), understood AS (
    SELECT s.* FROM scored s
    SEMI JOIN written w ON s.feedback = w.id AND s.version = w.version
    JOIN active a ON s.practice = a.practice AND s.model = a.model AND s.taxonomy = a.taxonomy
    WHERE s.rowid BETWEEN $scored_first AND $scored_last
)
SELECT
    f.id, -- names the feedback for ever; every other table calls it feedback
    f.version, -- 1, and one more with every edit at the source
    f.practice, -- the practice's id
    f.source, -- the source's name
    f.kind AS channel, -- review or response (of a survey)
    CASE WHEN f.of IS NOT NULL THEN 'double' WHEN f.became = '-' THEN 'misread' WHEN f.became <> '' THEN 'replaced'
        WHEN f.gone IS NOT NULL THEN 'removed' ELSE 'stands' END AS state, -- stands; removed at the source; double: came in by another way too; replaced by another feedback; misread: a better parser finds none
    state IN ('stands', 'removed') AS counts, -- whether it counts in series, verdicts and reports
    coalesce(f.of, nullif(nullif(f.became, ''), '-')) AS instead, -- the feedback that counts in place of a double or replaced one
    f.day AS date, -- the day it was given, in the practice's zone; where date_precision says less, the first day it may be
    f.last_day AS date_last, -- the last day it may be
    f.date_precision, -- exact, day, week, month or interval; empty: no date
    CASE WHEN date_trunc('week', f.day) = date_trunc('week', f.last_day) THEN date_trunc('week', f.day)::DATE END AS week, -- Monday of its ISO week; empty where the date cannot name one
    CASE f.date_precision WHEN 'exact' THEN f.date_start END AS given_at, -- the moment (UTC) of an exact date
    f.rating, -- overall rating brought to 1 (worst) to 5 (best)
    f.rating_tag AS scale, -- definition of the rating, such as stars, nps-0-10, csat-5; two are never averaged together
    f.rating_raw AS raw_rating, -- as written
    f.rating_best AS raw_best, -- best there is, as written
    f.rating_worst AS raw_worst, -- worst there is, as written
    nullif(f.title, '') AS title, -- as written
    nullif(f.text, '') AS text, -- as written; of a survey response the words are in answers
    f.language, -- BCP 47 tag as the source declares it
    f.author_key AS author, -- keyed hash of the author's name, the same for one person of a site; names are not stored
    NOT f.private AS quotable, -- false: the person does not want the words shown to others
    s.score, -- sentiment of the whole, -1 to 1
    s.label, -- negative, neutral or positive
    s.label5, -- the same in five steps
    s.mixed, -- praise and blame in one
    s.confidence, -- of the label, 0 to 1
    s.mentions, -- how many rows of mentions the scorer made of it
    coalesce(s.unread, false) AS not_scored, -- its words are in a language that the scorer does not know
    s.language AS read_as, -- the language it was taken for
    f.answers, -- how many rows of answers it has
    f.reply_text AS reply, -- the practice's public answer
    f.reply_day AS reply_date, -- its day, in the practice's zone
    f.reply_state, -- published, pending or rejected, where the source says so
    f.url, -- where a person can read it
    f.subject, -- whom it is about, as the page names it
    f.site, -- the platform it was written on, where the source passes on what others have
    f.site_id, -- its id there
    f.source_id, -- the source's own id
    f.ref, -- where it was found, such as group.csv:17
    f.seen_at, -- when this version was first read (UTC)
    f.run -- the run that read it
FROM placed_in f
LEFT JOIN understood s ON f.id = s.feedback AND f.version = s.version
ORDER BY f.row
