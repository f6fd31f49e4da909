-- The surveys of a practice that left the config, and that the source $2 was not compared with since it last stored
-- something. Of the practice $1, or of all.
CREATE OR REPLACE TEMP TABLE departed AS
SELECT DISTINCT p.id AS practice, l.source FROM ledger l JOIN practice p ON p.id = coalesce(l.practice, p.id)
WHERE l.kind = 'survey' AND p.id = coalesce($1, p.id)
    AND NOT EXISTS (FROM source s WHERE s.name = l.source AND coalesce(s.practice, p.id) = p.id)
    AND NOT EXISTS (FROM compared c WHERE c.practice = p.id AND c.source = $2 AND c.departed = l.source)
