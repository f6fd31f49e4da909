-- Everything percept keeps. Rules: no keys, no indexes (identity is kept by anti-join inside one
-- transaction), times are UTC, feedback is append-only by version.

CREATE TABLE setting (name VARCHAR, value VARCHAR);
CREATE TABLE practice (id VARCHAR, name VARCHAR, zone VARCHAR);
-- How many seconds the clocks of a zone are ahead of UTC, in [since, until), which lies in one year: the year is what
-- makes finding it a hash join.
CREATE TABLE clock (zone VARCHAR, year INTEGER, since TIMESTAMP, until TIMESTAMP, ahead INTEGER);
-- The sources of the config as it stands; practice is NULL for a source of several.
CREATE TABLE source (practice VARCHAR, name VARCHAR, kind VARCHAR);

CREATE TABLE run (id VARCHAR, command VARCHAR, started_at TIMESTAMP, ended_at TIMESTAMP, version VARCHAR);

CREATE TABLE ledger (
    run VARCHAR, practice VARCHAR, source VARCHAR, kind VARCHAR, state VARCHAR, why VARCHAR,
    started_at TIMESTAMP, ended_at TIMESTAMP,
    expected INTEGER, published DOUBLE, pages INTEGER, unchanged INTEGER, seen INTEGER,
    rows INTEGER, new INTEGER, edited INTEGER, duplicate INTEGER, empty INTEGER, rejected INTEGER, removed INTEGER, back INTEGER,
    notes VARCHAR[]
);
CREATE TABLE rejection (run VARCHAR, practice VARCHAR, source VARCHAR, ref VARCHAR, reason VARCHAR);

-- digest is the sha256 of what the page holds; last_run met it last.
CREATE TABLE page (
    run VARCHAR, practice VARCHAR, source VARCHAR, url VARCHAR, part INTEGER, fetched_at TIMESTAMP, content_type VARCHAR,
    digest VARCHAR, layout VARCHAR, last_run VARCHAR
);
-- Pages as they came, zstd in pieces: DuckDB takes 2,048 rows at a time into memory, and so many whole pages have no room there.
CREATE TABLE body (digest VARCHAR, n INTEGER, piece BLOB);
-- What a host last named the page at an address by (RFC 9110, 8.8), and which of the pages that was.
CREATE TABLE validator (practice VARCHAR, source VARCHAR, url VARCHAR, digest VARCHAR, etag VARCHAR, last_modified VARCHAR);

-- One row a version, by which its answers name it. A date lies in [date_start, date_end); date_precision says how much is known.
CREATE TABLE feedback (
    version_id BIGINT, id VARCHAR, version INTEGER, digest UUID, practice VARCHAR, source VARCHAR, kind VARCHAR,
    source_id VARCHAR, author_key VARCHAR,
    date_start TIMESTAMP, date_end TIMESTAMP, date_precision VARCHAR,
    title VARCHAR, text VARCHAR, language VARCHAR, text_sig VARCHAR,
    rating_raw VARCHAR, rating_best VARCHAR, rating_worst VARCHAR, rating DOUBLE, rating_tag VARCHAR,
    url VARCHAR, subject VARCHAR, site VARCHAR, site_id VARCHAR,
    reply_text VARCHAR, reply_start TIMESTAMP, reply_end TIMESTAMP, reply_precision VARCHAR, reply_state VARCHAR,
    private BOOLEAN, -- words that are not to be shown to others
    ref VARCHAR, rows INTEGER, answers INTEGER, seen_at TIMESTAMP, run VARCHAR
);
-- Versions that a later one replaced: few, so that the current ones are a cheap anti-join.
CREATE TABLE superseded (id VARCHAR, version INTEGER);
-- Marks set by complete runs only: the source has a feedback no more, or shows another, became, in its
-- place (empty: none; "-": a better parser finds none on the page it was read from). The latest mark of an id stands, "back" lifts one.
CREATE TABLE removal (id VARCHAR, marked_at TIMESTAMP, run VARCHAR, back BOOLEAN, became VARCHAR);
-- What a complete run missed, where one such run is not enough to call it removed.
CREATE TABLE missing (id VARCHAR, run VARCHAR);
-- Reviews that a source passed on from the site they were written on, and the feedback, of that site's own source or of
-- another that passed it on, which counts in their place; and responses of a survey that was renamed in the config.
CREATE TABLE double (id VARCHAR, of VARCHAR);
-- Which survey that left the config a source was compared with since it last stored something.
CREATE TABLE compared (practice VARCHAR, source VARCHAR, departed VARCHAR);

-- part is 1 for the first answer of a response; text is NULL where it has no words.
CREATE TABLE answer (version_id BIGINT, part INTEGER, choice INTEGER, text VARCHAR, ref VARCHAR);
-- What answers repeat: the question, and the rating that was chosen. One may stand there twice.
CREATE TABLE choice (
    id INTEGER, question VARCHAR, col VARCHAR, asks VARCHAR, touchpoint VARCHAR,
    rating_raw VARCHAR, rating_best VARCHAR, rating_worst VARCHAR, rating DOUBLE, rating_tag VARCHAR
);

-- What was understood of one version of a feedback by one version of model and taxonomy, and how many mentions that
-- was: with the practice, so that they are counted without their rows. n grows with every batch that was read.
CREATE TABLE scored (
    n BIGINT, feedback VARCHAR, version INTEGER, practice VARCHAR, model VARCHAR, taxonomy VARCHAR, mentions INTEGER,
    score DOUBLE, label VARCHAR, label5 VARCHAR, mixed BOOLEAN, confidence DOUBLE, scored_at TIMESTAMP,
    language VARCHAR, unread BOOLEAN -- unread: words in a language that the scorer does not know, not scored
);
-- part: -1 title, 0 text, 1 and up an answer; span_start and span_end are byte offsets into it.
CREATE TABLE mention (
    feedback VARCHAR, version INTEGER, part INTEGER, touchpoint VARCHAR, span_start INTEGER, span_end INTEGER,
    score DOUBLE, confidence DOUBLE, origin VARCHAR, model VARCHAR, taxonomy VARCHAR
);
CREATE TABLE behaviour (
    feedback VARCHAR, version INTEGER, part INTEGER, behaviour VARCHAR, span_start INTEGER, span_end INTEGER,
    score DOUBLE, confidence DOUBLE, model VARCHAR, taxonomy VARCHAR
);
-- Which model and taxonomy a practice is read with now, and with which it was before: NULL for a first reading, and
-- once the user has been told what changed.
CREATE TABLE active (
    practice VARCHAR, model VARCHAR, taxonomy VARCHAR, model_before VARCHAR, taxonomy_before VARCHAR
);
-- A person's label of one part of one version; the latest of a touchpoint stands, over every model.
-- about false means that the part is not about the touchpoint.
CREATE TABLE correction (
    feedback VARCHAR, version INTEGER, part INTEGER, touchpoint VARCHAR, about BOOLEAN,
    span_start INTEGER, span_end INTEGER, score DOUBLE, corrected_at TIMESTAMP, n BIGINT
);

CREATE TABLE series (
    practice VARCHAR, channel VARCHAR, touchpoint VARCHAR, week DATE, people INTEGER, negative INTEGER, mean DOUBLE
);
-- How many feedbacks each week of the series was made from, and the digest of their rows.
CREATE TABLE summed (practice VARCHAR, channel VARCHAR, week DATE, heard INTEGER, digest VARCHAR);
-- What the series were made with: how each practice was read and dated, and the last scored.n, correction.n and
-- removal.run that they hold. Only weeks of what came since can differ; a migration that changes what is summed empties this.
CREATE TABLE stock (practice VARCHAR, basis VARCHAR, scored BIGINT, corrected BIGINT, removed VARCHAR);
CREATE TABLE verdict (
    practice VARCHAR, channel VARCHAR, touchpoint VARCHAR, week DATE, word VARCHAR, watch BOOLEAN,
    flagged DATE, found DATE, since DATE, since_lo DATE, since_hi DATE, effect DOUBLE, effect_lo DOUBLE, effect_hi DOUBLE,
    people INTEGER, negative INTEGER, visible DOUBLE, weeks_to_enough INTEGER,
    statistic DOUBLE, threshold DOUBLE, note VARCHAR, run VARCHAR
);

-- Changes that a practice made, each with the test that was fixed when it was written down; rows are only added.
CREATE TABLE trial (
    id INTEGER, practice VARCHAR, touchpoint VARCHAR, what VARCHAR, date DATE, recorded_at TIMESTAMP, channel VARCHAR, tag VARCHAR,
    baseline_from DATE, people INTEGER, mean DOUBLE, sd DOUBLE, effect DOUBLE, need INTEGER, already INTEGER
);

-- What detection rests on from run to run: the rows of every week by their digest; where a replay may
-- start; what was said by the last run, and what came late and changed it.
CREATE TABLE rested (practice VARCHAR, channel VARCHAR, week DATE, heard INTEGER, digest VARCHAR);
CREATE TABLE judged (channel VARCHAR, week DATE);
CREATE TABLE checkpoint (channel VARCHAR, week DATE, key VARCHAR, state BLOB);
CREATE TABLE voices (channel VARCHAR, week DATE, data BLOB);
CREATE TABLE alarm (
    practice VARCHAR, channel VARCHAR, touchpoint VARCHAR, kind VARCHAR, source VARCHAR,
    flagged DATE, found DATE, since DATE, since_lo DATE, since_hi DATE, cleared DATE,
    effect DOUBLE, effect_lo DOUBLE, effect_hi DOUBLE, people INTEGER, statistic DOUBLE
);
CREATE TABLE late (
    practice VARCHAR, channel VARCHAR, first DATE, last DATE, weeks INTEGER, gained INTEGER, lost INTEGER
);
CREATE TABLE revision (
    practice VARCHAR, channel VARCHAR, touchpoint VARCHAR, kind VARCHAR, what VARCHAR,
    flagged DATE, was DATE, since DATE, cleared DATE
);

-- Versions of feedback that the rules of alerts have looked at: none is looked at twice.
CREATE TABLE looked (feedback VARCHAR, version INTEGER);
-- The work list: one row for each thing that needs a person. about is a feedback's id, or names a slip or
-- an outage; happened_at is a slip's week or an outage's start, else raised_at.
CREATE TABLE alert (
    id VARCHAR, practice VARCHAR, about VARCHAR, version INTEGER, kind VARCHAR, severity VARCHAR,
    rules VARCHAR[], why VARCHAR[], touchpoint VARCHAR, given_at TIMESTAMP, happened_at TIMESTAMP, raised_at TIMESTAMP, first BOOLEAN
);
-- What a person said of an alert: ack, close or useless; or withdrawn, which closes it by itself, and why: a slip that
-- later data does not show, or a source that is mended.
CREATE TABLE alert_mark (alert VARCHAR, mark VARCHAR, marked_at TIMESTAMP, why VARCHAR);
-- Items that wait for the digest of a receiver, until told has them. told names the message that an alert went into;
-- without a key it went into none.
CREATE TABLE held (alert VARCHAR, receiver VARCHAR, held_at TIMESTAMP, severity VARCHAR, item VARCHAR);
CREATE TABLE told (alert VARCHAR, receiver VARCHAR, key VARCHAR);

-- What is to be sent, written in the transaction that caused it. key never changes for one fact; n is the
-- order in which a receiver gets them. content is JSON.
CREATE TABLE outbox (
    n BIGINT, key VARCHAR, receiver VARCHAR, practice VARCHAR, kind VARCHAR, severity VARCHAR, content VARCHAR,
    created_at TIMESTAMP, not_before TIMESTAMP
);
-- How sending went, in order: accepted and refused end a message, again puts a refused one back, failed is tried
-- anew. asked: the receiver itself named retry_at. way is a hash of the way to the receiver as the config had it.
CREATE TABLE delivery (
    n BIGINT, key VARCHAR, outcome VARCHAR, why VARCHAR, tried_at TIMESTAMP, retry_at TIMESTAMP, asked BOOLEAN, way VARCHAR
);

-- Answers with what they chose; row says where they lie.
CREATE VIEW answered AS
SELECT a.version_id, a.part, c.question, c.col, c.asks, c.touchpoint, coalesce(a.text, '') AS text,
    c.rating_raw, c.rating_best, c.rating_worst, c.rating, c.rating_tag, a.ref, a.rowid AS row
FROM answer a JOIN choice c ON a.choice = c.id;

-- The removals that stand.
CREATE VIEW gone AS
SELECT id, arg_max(became, run) AS became FROM removal GROUP BY id HAVING NOT arg_max(back, run);

-- Feedback as it stands: the latest version of each; row says where in the file it lies. What was removed at the source was
-- said all the same, and counts for its week as before: no verdict changes because words were taken down. What became another
-- does not, nor what came in by two ways.
CREATE VIEW live AS
SELECT f.*, f.rowid AS row FROM feedback f
ANTI JOIN superseded s ON f.id = s.id AND f.version = s.version
ANTI JOIN (FROM gone WHERE became <> '') g ON f.id = g.id
ANTI JOIN double d ON f.id = d.id;

-- Every version with the first and the last day that the date may be, and the ISO week of both, in the practice's zone;
-- week is NULL where the date cannot name one. telling is a digest of who said it where and when, row where it lies.
CREATE VIEW placed AS
WITH zoned AS (
    SELECT f.*, f.rowid AS row, p.zone, greatest(f.date_start, f.date_end - INTERVAL 1 MICROSECOND) AS date_last
    FROM feedback f JOIN practice p ON f.practice = p.id
), told AS (
    SELECT d.* EXCLUDE (zone, date_last),
        (d.date_start + to_seconds(coalesce(a.ahead, 0)))::DATE AS day, (d.date_last + to_seconds(coalesce(b.ahead, 0)))::DATE AS last_day
    FROM zoned d
    LEFT JOIN clock a ON d.zone = a.zone AND year(d.date_start) = a.year AND d.date_start >= a.since AND d.date_start < a.until
    LEFT JOIN clock b ON d.zone = b.zone AND year(d.date_last) = b.year AND d.date_last >= b.since AND d.date_last < b.until
)
SELECT *, CASE WHEN date_trunc('week', day) = date_trunc('week', last_day) THEN date_trunc('week', day)::DATE END AS week,
    hash(source, day, coalesce(author_key, id), text_sig) AS telling
FROM told;

-- live, placed.
CREATE VIEW dated AS
SELECT p.* FROM placed p
ANTI JOIN superseded s ON p.id = s.id AND p.version = s.version
ANTI JOIN (FROM gone WHERE became <> '') g ON p.id = g.id
ANTI JOIN double d ON p.id = d.id;

CREATE VIEW label AS
SELECT * FROM correction QUALIFY row_number() OVER (PARTITION BY feedback, version, part, touchpoint ORDER BY n DESC) = 1;

-- Mentions of live feedback by the model and taxonomy in use, a person's labels in place of the model's.
CREATE VIEW current_mention AS
WITH read AS (
    SELECT m.* FROM mention m
    ANTI JOIN label l ON m.feedback = l.feedback AND m.version = l.version AND m.part = l.part AND m.touchpoint = l.touchpoint
        AND m.origin = 'text'
    UNION ALL
    SELECT l.feedback, l.version, l.part, l.touchpoint, l.span_start, l.span_end, l.score, 1, 'text', a.model, a.taxonomy
    FROM label l JOIN live f ON l.feedback = f.id AND l.version = f.version JOIN active a ON f.practice = a.practice
    WHERE l.about
)
SELECT r.*, d.practice, d.kind, d.source, d.date_start, d.day, d.week, coalesce(d.author_key, d.id) AS voice, d.text_sig, d.telling
FROM read r
JOIN dated d ON r.feedback = d.id AND r.version = d.version
JOIN active a ON d.practice = a.practice AND r.model = a.model AND r.taxonomy = a.taxonomy;

-- Live feedback that was read with what came before and is read with what is in use now, with both labels of the whole.
CREATE VIEW reread AS
SELECT a.*, l.id, l.version, b.label AS label_before, n.label AS label
FROM active a
JOIN live l ON l.practice = a.practice
JOIN scored b ON b.feedback = l.id AND b.version = l.version AND b.model = a.model_before AND b.taxonomy = a.taxonomy_before
JOIN scored n ON n.feedback = l.id AND n.version = l.version AND n.model = a.model AND n.taxonomy = a.taxonomy
WHERE a.model <> a.model_before OR a.taxonomy <> a.taxonomy_before;
