package store

import (
	"context"
	"database/sql/driver"
	_ "embed" // queries
	"fmt"
	"slices"
	"time"

	"percept/analysis"
	"percept/collector"
)

var (
	//go:embed sql/queries/known.sql
	knownSQL string
	//go:embed sql/queries/fresh.sql
	freshSQL string
	//go:embed sql/queries/keep.sql
	keepSQL string
)

// A Source is a source as the config names it; Practice is empty for one of several practices.
type Source struct{ Practice, Name, Kind string }

// SetSources makes the sources of the config those that count: a source that was taken out of it is no
// hole any more.
func (s *Store) SetSources(ctx context.Context, sources []Source) error {
	rows := make([][]driver.Value, len(sources))
	for i, src := range sources {
		rows[i] = []driver.Value{optional(src.Practice), text(src.Name), src.Kind}
	}
	return s.write(ctx, func(b batch) error { return b.replace(ctx, "source", rows) })
}

// SetPractices makes the practices of the config those of the store: their zones name the weeks.
func (s *Store) SetPractices(ctx context.Context, practices []collector.Practice) error {
	rows := make([][]driver.Value, len(practices))
	for i, p := range practices {
		rows[i] = []driver.Value{p.ID, text(p.Name), p.Zone.String()}
	}
	return s.write(ctx, func(b batch) error {
		if err := b.replace(ctx, "practice", rows); err != nil {
			return err
		}
		return b.replace(ctx, "clock", clockRows(practices))
	})
}

// BeginRun records that a run of a command started and returns its id: ids sort in the order of runs.
func (s *Store) BeginRun(ctx context.Context, command, version string) (string, error) {
	var id string
	err := s.db.QueryRowContext(ctx, `INSERT INTO run
		SELECT printf('%08d', count(*) + 1), ?, ?, NULL, ? FROM run RETURNING id`, command, s.now, version).Scan(&id)
	if err != nil {
		return "", fmt.Errorf("begin run: %w", err)
	}
	return id, nil
}

// EndRun records that it ended.
func (s *Store) EndRun(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, "UPDATE run SET ended_at = ? WHERE id = ?", s.now, id)
	return err
}

// Begin is of collector.Keeper.
func (s *Store) Begin(ctx context.Context, e collector.Entry) error {
	return s.write(ctx, func(b batch) error {
		if err := b.meet(ctx, e.Practice, e.Source); err != nil {
			return err
		}
		return putEntry(ctx, b, e)
	})
}

// meet begins the reading of a source: what is known of it, and nothing met yet. Of what a run met, the
// digest and the place are kept where the source names it by an id.
func (b batch) meet(ctx context.Context, practice, source string) error {
	if err := b.exec(ctx, knownSQL, optional(practice), text(source)); err != nil {
		return err
	}
	return b.exec(ctx, "CREATE OR REPLACE TEMP TABLE met (id VARCHAR, digest VARCHAR, ref VARCHAR)")
}

// Keep is of collector.Keeper: page, feedback, rejections and ledger in one transaction.
func (s *Store) Keep(ctx context.Context, e *collector.Entry, p collector.Page, feedback []collector.Feedback, rejected []collector.Rejection) error {
	once, repeated := distinct(feedback)
	return s.write(ctx, func(b batch) error {
		kept, err := s.keepFeedback(ctx, b, e, once)
		if err != nil {
			return fmt.Errorf("keep feedback of %s: %w", p.URL, err)
		}
		all := repeated
		for i := range once {
			all += once[i].Rows
		}
		e.New += kept.fresh
		e.Edited += kept.edited
		e.Rejected += kept.clashing
		e.Duplicate += all - kept.fresh - kept.edited - kept.clashing
		if err := s.keepPage(ctx, b, e, p); err != nil {
			return fmt.Errorf("keep page %s: %w", p.URL, err)
		}
		if e.Seen, err = b.count(ctx, "SELECT count(*) FROM met"); err != nil {
			return err
		}
		rejected := append(rejected, kept.clashes...)
		rows := make([][]driver.Value, len(rejected))
		for i, r := range rejected {
			rows[i] = []driver.Value{e.Run, optional(e.Practice), text(e.Source), text(r.Ref), text(r.Reason)}
		}
		if err := b.stageInto(ctx, "rejection", rows); err != nil {
			return err
		}
		return putEntry(ctx, b, *e)
	})
}

// Known is of collector.Keeper.
func (s *Store) Known(ctx context.Context, e collector.Entry, feedback []collector.Feedback) (unchanged, standing int, err error) {
	once, _ := distinct(feedback)
	err = s.write(ctx, func(b batch) error {
		if err := s.stageFeedback(ctx, b, e.Run, once); err != nil {
			return err
		}
		if unchanged, err = b.count(ctx, "SELECT count(*) FROM staged_feedback SEMI JOIN live USING (id, digest) ANTI JOIN gone USING (id)"); err != nil {
			return err
		}
		standing, err = b.count(ctx, "SELECT count(*) FROM live ANTI JOIN gone USING (id) WHERE practice = ? AND source = ?", e.Practice, text(e.Source))
		return err
	})
	if err != nil {
		return 0, 0, fmt.Errorf("compare with what is kept: %w", err)
	}
	return unchanged, standing, nil
}

// distinct keeps the first of each id and counts the rows of the others.
func distinct(feedback []collector.Feedback) (once []collector.Feedback, repeated int) {
	seen := make(map[string]bool, len(feedback))
	once = make([]collector.Feedback, 0, len(feedback))
	for _, f := range feedback {
		if seen[f.ID] {
			repeated += f.Rows
			continue
		}
		seen[f.ID] = true
		once = append(once, f)
	}
	return once, repeated
}

// kept is what became of staged feedback, in rows.
type kept struct {
	fresh, edited, clashing int
	clashes                 []collector.Rejection
}

// keepFeedback adds what is new or edited. A response whose id another row of this run has with other
// words is refused by name: two files that both count from 1 must not swallow each other.
func (s *Store) keepFeedback(ctx context.Context, b batch, e *collector.Entry, feedback []collector.Feedback) (k kept, err error) {
	if err := s.stageFeedback(ctx, b, e.Run, feedback); err != nil {
		return k, err
	}
	if slices.ContainsFunc(feedback, func(f collector.Feedback) bool { return f.SourceID != "" }) {
		if err := k.clash(ctx, b); err != nil {
			return k, err
		}
	}
	return k, k.add(ctx, b)
}

func (s *Store) stageFeedback(ctx context.Context, b batch, run string, feedback []collector.Feedback) error {
	err := b.stageEach(ctx, "staged_feedback", "* FROM feedback", func(yield func([]driver.Value) bool) {
		var row []driver.Value
		for i := range feedback {
			if row = appendFeedback(row[:0], &feedback[i], s.now, run); !yield(row) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	return b.stageEach(ctx, "staged_answer", "* FROM answer", func(yield func([]driver.Value) bool) {
		var row []driver.Value
		for i := range feedback {
			for j := range feedback[i].Answers {
				if row = appendAnswer(row[:0], feedback[i].ID, j+1, &feedback[i].Answers[j]); !yield(row) {
					return
				}
			}
		}
	})
}

// add adds what of the staged feedback is new or edited, and counts it.
func (k *kept) add(ctx context.Context, b batch) (err error) {
	if err := b.exec(ctx, freshSQL); err != nil {
		return err
	}
	if k.fresh, err = b.count(ctx, "SELECT coalesce(sum(rows), 0)::INTEGER FROM fresh WHERE version = 1"); err != nil {
		return err
	}
	if k.edited, err = b.count(ctx, "SELECT coalesce(sum(rows), 0)::INTEGER FROM fresh WHERE version > 1"); err != nil {
		return err
	}
	return b.exec(ctx, keepSQL)
}

// clash finds staged responses whose id was met in this run with other words.
func (k *kept) clash(ctx context.Context, b batch) error {
	rows, err := b.conn.QueryContext(ctx, `SELECT n.ref, n.rows, n.source_id, m.ref FROM staged_feedback n JOIN met m ON n.id = m.id
		WHERE n.digest <> m.digest AND n.kind = 'response' AND n.source_id IS NOT NULL ORDER BY n.ref`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var ref, id, other string
		var n int
		if err := rows.Scan(&ref, &n, &id, &other); err != nil {
			return err
		}
		k.clashing += n
		for range n {
			k.clashes = append(k.clashes, collector.Rejection{Ref: ref, Reason: fmt.Sprintf("id %q stands with other answers at %s; give each file a source of its own if both count from 1", id, other)})
		}
	}
	return rows.Err()
}

func appendFeedback(row []driver.Value, f *collector.Feedback, now time.Time, run string) []driver.Value {
	var reply collector.Reply
	if f.Reply != nil {
		reply = *f.Reply
	}
	return append(row,
		f.ID, int32(0), f.Digest(), f.Practice, text(f.Source), string(f.Kind),
		optional(f.SourceID), optional(f.AuthorKey),
		moment(f.Date.Start), moment(f.Date.End), string(f.Date.Precision),
		text(f.Title), text(f.Text), optional(f.Language), optional(analysis.TextSig(f.Text)),
		optional(f.Rating.Raw), optional(f.Rating.Best), optional(f.Rating.Worst), number(f.Rating.Value, f.Rating.Valid), optional(f.Rating.Tag),
		optional(f.URL), optional(f.Subject),
		optional(reply.Text), moment(reply.Date.Start), moment(reply.Date.End), optional(string(reply.Date.Precision)), optional(reply.State),
		text(f.Ref), int32(f.Rows), int32(len(f.Answers)), now, run)
}

func appendAnswer(row []driver.Value, id string, part int, a *collector.Answer) []driver.Value {
	return append(row,
		id, int32(0), int32(part), text(a.Question), text(a.Column), optional(string(a.Asks)), optional(a.Touchpoint),
		text(a.Text), optional(a.Rating.Raw), optional(a.Rating.Best), optional(a.Rating.Worst),
		number(a.Rating.Value, a.Rating.Valid), optional(a.Rating.Tag), optional(a.Ref))
}

// putEntry writes the ledger's line of one source in one run anew.
func putEntry(ctx context.Context, b batch, e collector.Entry) error {
	if err := b.exec(ctx, "DELETE FROM ledger WHERE run = ? AND source = ? AND practice IS NOT DISTINCT FROM ?", e.Run, text(e.Source), optional(e.Practice)); err != nil {
		return err
	}
	notes := make([]string, len(e.Notes))
	for i, n := range e.Notes {
		notes[i] = text(n).(string)
	}
	return b.stageInto(ctx, "ledger", [][]driver.Value{{
		e.Run, optional(e.Practice), text(e.Source), e.Kind, string(e.State), optional(e.Why), moment(e.Started), moment(e.Ended),
		int32(e.Expected), number(e.Published, e.Published > 0), int32(e.Pages), int32(e.Unchanged), int32(e.Seen), int32(e.Rows), int32(e.New), int32(e.Edited), int32(e.Duplicate), int32(e.Empty), int32(e.Rejected), int32(e.Removed), int32(e.Back),
		notes,
	}})
}
