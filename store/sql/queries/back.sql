-- What was seen again, whatever became of the run.
INSERT INTO removal SELECT id, $1, $2, true, '' FROM gone SEMI JOIN met ON md5(gone.id)::UUID = met.key
