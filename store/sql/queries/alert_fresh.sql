-- Feedback of practices in use that is read by the model in use and that no rule has looked at. $1 is the oldest
-- day that still matters.
CREATE OR REPLACE TEMP TABLE alerting AS
SELECT d.id, d.version, d.date_start, false AS waiting
FROM live d
SEMI JOIN practice p ON d.practice = p.id
JOIN active a ON d.practice = a.practice
SEMI JOIN scored s ON d.id = s.feedback AND d.version = s.version AND a.model = s.model AND a.taxonomy = s.taxonomy
ANTI JOIN looked l ON d.id = l.feedback AND d.version = l.version
WHERE coalesce(d.date_end, d.seen_at) >= $1
UNION ALL
-- What waits for a reply, or has one that the site rejected. What was removed there cannot be answered.
SELECT d.id, d.version, d.date_start, true
FROM live d
SEMI JOIN practice p ON d.practice = p.id
SEMI JOIN looked l ON d.id = l.feedback AND d.version = l.version
ANTI JOIN gone g ON d.id = g.id
WHERE d.kind = 'review' AND coalesce(d.date_end, d.seen_at) >= $1 AND (d.reply_text IS NULL OR d.reply_state IN ('rejected', 'pending'));
