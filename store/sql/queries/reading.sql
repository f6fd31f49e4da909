-- The feedbacks with words given to $1 from $2 and before $3, and whether a touchpoint was found for them.
WITH said AS (
    SELECT id FROM live l WHERE practice = $1 AND date_start >= $2 AND date_start < $3
        AND (trim(coalesce(title, '') || coalesce(text, '')) <> '' OR EXISTS (
            FROM answer a WHERE a.feedback = l.id AND a.version = l.version AND trim(coalesce(a.text, '')) <> ''))
), placed AS (
    SELECT DISTINCT feedback AS id FROM current_mention WHERE practice = $1 AND touchpoint <> 'general'
)
SELECT id, placed.id IS NOT NULL FROM said LEFT JOIN placed USING (id) ORDER BY id
