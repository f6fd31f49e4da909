-- The rows that the last reading of each source of $1 alone refused: those of a source of several are not told apart.
SELECT r.source, r.ref, r.reason
FROM rejection r
JOIN (
    SELECT source, max(run) AS run FROM ledger l SEMI JOIN source s ON l.source = s.name AND l.practice = s.practice
    WHERE practice = $1 GROUP BY source
) last ON r.source = last.source AND r.practice = $1 AND r.run = last.run
ORDER BY r.source, r.rowid
