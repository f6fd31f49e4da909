DELETE FROM stock;
INSERT INTO stock
SELECT practice, basis, (SELECT coalesce(max(n), 0) FROM scored), (SELECT coalesce(max(n), -1) FROM correction), (SELECT coalesce(max(run), '') FROM removal)
FROM basis
