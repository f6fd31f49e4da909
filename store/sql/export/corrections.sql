-- Labels of persons, in the order given.
SELECT
    c.feedback, -- the feedback's id
    c.version, -- the version that was labelled
    c.part, -- which text: -1 title, 0 text, 1 and up the answer
    f.practice, -- the practice's id
    c.touchpoint, -- slug of the taxonomy
    c.about, -- false: the part is not about the touchpoint
    c.score, -- how it felt, -1 to 1
    try(decode(encode(CASE c.part WHEN -1 THEN f.title WHEN 0 THEN f.text ELSE a.text END)[c.span_start + 1:c.span_end])) AS words, -- the part itself
    c.span_start, -- byte offset of the words in their text (UTF-8)
    c.span_end, -- the same of their end, exclusive
    c.corrected_at, -- when (UTC)
    c.n = max(c.n) OVER (PARTITION BY c.feedback, c.version, c.part, c.touchpoint) AS stands -- false: a later label took its place
FROM correction c
JOIN feedback f ON c.feedback = f.id AND c.version = f.version
LEFT JOIN answered a ON f.version_id = a.version_id AND c.part = a.part
WHERE $practice = '' OR f.practice = $practice
ORDER BY c.n
