-- The feedbacks with words given to $1 from $2 and before $3, whether a touchpoint was found for them, and the language
-- of those that the scorer does not know.
WITH said AS (
    SELECT id, version FROM live l WHERE practice = $1 AND date_start >= $2 AND date_start < $3
        AND (trim(coalesce(title, '') || coalesce(text, '')) <> '' OR EXISTS (
            FROM answer a WHERE a.version_id = l.version_id AND trim(coalesce(a.text, '')) <> ''))
), placed AS (
    SELECT DISTINCT feedback AS id FROM current_mention WHERE practice = $1 AND touchpoint <> 'general'
)
SELECT said.id, placed.id IS NOT NULL, CASE WHEN s.unread THEN coalesce(s.language, '') END
FROM said LEFT JOIN placed ON said.id = placed.id
LEFT JOIN (
    SELECT s.* FROM scored s JOIN active a ON a.practice = $1 AND s.model = a.model AND s.taxonomy = a.taxonomy
) s ON said.id = s.feedback AND said.version = s.version
ORDER BY said.id
