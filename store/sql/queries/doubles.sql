-- Reviews that a source passed on from their site, each with the one that counts in its place: that of the site's own
-- source, else of another that passed it on, the first by name. They are one where the site has one id for both; or where one
-- author, or nobody by name and a long text, said the same within a day, or gave the same stars without a word. Of the
-- practice $1, or of all.
INSERT INTO double
WITH review AS (
    SELECT f.id, f.practice, f.source, f.site IS NULL AS own, coalesce(f.site, s.kind, f.source) AS site,
        CASE WHEN f.site IS NULL THEN f.source_id ELSE f.site_id END AS named, f.author_key, f.date_start, f.text_sig,
        trim(regexp_replace(lower(coalesce(f.text, '')), '\s+', ' ', 'g')) AS words, f.rating_raw
    FROM feedback f ANTI JOIN superseded o ON f.id = o.id AND f.version = o.version
    ANTI JOIN (FROM gone WHERE became <> '') g ON f.id = g.id
    LEFT JOIN (SELECT DISTINCT practice, name, kind FROM source) s ON s.name = f.source AND s.practice = f.practice
    WHERE f.kind = 'review' AND f.practice = coalesce($1, f.practice)
), pair AS (
    SELECT a.id, b.id AS of, b.own, b.source
    FROM review a JOIN review b ON a.practice = b.practice AND a.site = b.site AND a.named = b.named
    WHERE NOT a.own AND a.source <> b.source AND (b.own OR b.source < a.source)
    UNION ALL
    SELECT a.id, b.id, b.own, b.source
    FROM review a JOIN review b ON a.practice = b.practice AND a.site = b.site AND a.words = b.words
    WHERE NOT a.own AND a.source <> b.source AND (b.own OR b.source < a.source)
        AND a.date_start BETWEEN b.date_start - INTERVAL 1 DAY AND b.date_start + INTERVAL 1 DAY
        AND (a.author_key = b.author_key AND (a.words <> '' OR a.rating_raw = b.rating_raw)
            OR a.author_key IS NULL AND b.author_key IS NULL AND a.text_sig IS NOT NULL)
)
SELECT id, of FROM pair QUALIFY row_number() OVER (PARTITION BY id ORDER BY own DESC, source, of) = 1
