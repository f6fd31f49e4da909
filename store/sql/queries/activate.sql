-- A reading that takes the place of one whose changes nobody was told of yet is compared with what was before both.
MERGE INTO active a
USING (SELECT unnest($1::VARCHAR[]) AS practice, $2 AS model, $3 AS taxonomy) n ON a.practice = n.practice
WHEN MATCHED AND (a.model <> n.model OR a.taxonomy <> n.taxonomy) THEN UPDATE SET
    model = n.model, taxonomy = n.taxonomy,
    model_before = coalesce(a.model_before, a.model), taxonomy_before = coalesce(a.taxonomy_before, a.taxonomy)
WHEN NOT MATCHED THEN INSERT (practice, model, taxonomy) VALUES (n.practice, n.model, n.taxonomy)
