-- The parts of feedback that are about a touchpoint, as they count now: a person's corrections in place of the scorer's labels.
WITH part AS MATERIALIZED (
    SELECT d.*, a.model, a.taxonomy
    FROM dated d JOIN active a ON d.practice = a.practice
    WHERE d.row BETWEEN $first AND $last AND ($practice = '' OR d.practice = $practice)
), said AS (
    SELECT m.feedback, m.version, m.part, m.touchpoint, m.span_start, m.span_end, m.score, m.confidence, m.origin, 'model' AS by
    FROM mention m
    SEMI JOIN part p ON m.feedback = p.id AND m.version = p.version AND m.model = p.model AND m.taxonomy = p.taxonomy
    ANTI JOIN label l ON m.feedback = l.feedback AND m.version = l.version AND m.part = l.part AND m.touchpoint = l.touchpoint AND m.origin = 'text'
    WHERE m.rowid BETWEEN $mention_first AND $mention_last
    UNION ALL
    SELECT l.feedback, l.version, l.part, l.touchpoint, l.span_start, l.span_end, l.score, 1, 'text', 'person'
    FROM label l WHERE l.about
), asked AS (
    SELECT a.version_id, a.part, a.text FROM answer a SEMI JOIN part p ON a.version_id = p.version_id
    WHERE a.rowid BETWEEN $answer_first AND $answer_last
)
SELECT
    m.feedback, -- the feedback's id
    m.version, -- of the feedback
    m.part, -- which text: -1 title, 0 text, 1 and up the answer
    p.practice, -- the practice's id
    p.source, -- the source's name
    p.kind AS channel, -- review or response
    p.day AS date, -- of the feedback, in the practice's zone
    p.week, -- Monday of the week it counts for; empty where the date cannot name one
    m.touchpoint, -- slug of the taxonomy
    m.score, -- how it felt, -1 to 1
    m.confidence, -- 0 to 1
    m.origin, -- text, or rating where a question's rating speaks and no words do
    m.by AS labelled_by, -- model, or person: a correction
    CASE m.origin WHEN 'text' THEN
        try(decode(encode(CASE m.part WHEN -1 THEN p.title WHEN 0 THEN p.text ELSE a.text END)[m.span_start + 1:m.span_end]))
    END AS words, -- the part itself
    m.span_start, -- byte offset of the words in their text (UTF-8)
    m.span_end, -- the same of their end, exclusive
    p.model, -- version of the scorer
    p.taxonomy -- name and version of the taxonomy
FROM part p
JOIN said m ON m.feedback = p.id AND m.version = p.version
LEFT JOIN asked a ON p.version_id = a.version_id AND m.part = a.part
ORDER BY p.row, m.part, m.span_start, m.touchpoint
