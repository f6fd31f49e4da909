-- How people were treated, across touchpoints, as the scorer in use reads feedback that counts.
WITH part AS MATERIALIZED (
    SELECT d.*, a.model, a.taxonomy
    FROM dated d JOIN active a ON d.practice = a.practice
    WHERE d.row BETWEEN $first AND $last AND ($practice = '' OR d.practice = $practice)
), asked AS (
    SELECT a.version_id, a.part, a.text FROM answer a SEMI JOIN part p ON a.version_id = p.version_id
    WHERE a.rowid BETWEEN $answer_first AND $answer_last
)
SELECT
    b.feedback, -- the feedback's id
    b.version, -- of the feedback
    b.part, -- which text: -1 title, 0 text, 1 and up the answer
    d.practice, -- the practice's id
    d.source, -- the source's name
    d.kind AS channel, -- review or response
    d.day AS date, -- of the feedback, in the practice's zone
    d.week, -- Monday of the week it counts for; empty where the date cannot name one
    b.behaviour, -- slug of the taxonomy
    b.score, -- how it felt, -1 to 1
    b.confidence, -- 0 to 1
    try(decode(encode(CASE b.part WHEN -1 THEN d.title WHEN 0 THEN d.text ELSE a.text END)[b.span_start + 1:b.span_end])) AS words, -- the part itself
    b.span_start, -- byte offset of the words in their text (UTF-8)
    b.span_end, -- the same of their end, exclusive
    b.model, -- version of the scorer
    b.taxonomy -- name and version of the taxonomy
FROM part d
JOIN (FROM behaviour WHERE rowid BETWEEN $behaviour_first AND $behaviour_last) b
    ON b.feedback = d.id AND b.version = d.version AND b.model = d.model AND b.taxonomy = d.taxonomy
LEFT JOIN asked a ON d.version_id = a.version_id AND b.part = a.part
ORDER BY d.row, b.part, b.span_start, b.behaviour
