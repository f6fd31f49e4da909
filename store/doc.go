// Package store keeps everything in one DuckDB file and is the only importer of its driver.
//
// Tables: practice, run, ledger and rejection (what each run saw), page, body and validator (as they
// came, compressed, and what their hosts named them by), feedback and answer (append-only by version; choice is what answers repeat; superseded,
// removal and missing mark what no longer stands, double what came in by two ways, compared which surveys were looked at for that),
// scored, mention, behaviour (what was understood, with the versions of model and taxonomy),
// active, correction, series (with summed, what its weeks were made from, and stock, up to where), verdict and trial; rested, judged,
// checkpoint, voices, alarm, late and revision (what detection carries from run to run); looked, alert, alert_mark,
// held, told, outbox and delivery (who is
// told what, and how sending went). Views: answered, gone, live, placed, dated, label (the corrections that stand), current_mention,
// reread (what two readings share).
//
// One process writes at a time; a second one is told who holds the file. No keys and no indexes:
// identity is kept by an anti-join inside the transaction that writes. It reads no file but its own,
// writes others only into the one folder that Export was allowed, and loads no extension.
package store
