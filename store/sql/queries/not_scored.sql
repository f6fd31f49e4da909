SELECT coalesce(s.language, ''), count(*)
FROM scored s
JOIN live l ON s.feedback = l.id AND s.version = l.version
JOIN active a ON l.practice = a.practice AND s.model = a.model AND s.taxonomy = a.taxonomy
WHERE s.unread
GROUP BY ALL
