package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"percept/analysis"
	"percept/collector"
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
	if err := s.lean(ctx); err != nil {
		return err
	}
	return s.write(ctx, func(b batch) error {
		if err := s.meet(ctx, b, e.Practice, e.Source); err != nil {
			return err
		}
		if err := b.returned(ctx, e.Practice, e.Source); err != nil {
			return fmt.Errorf("count a survey that is back: %w", err)
		}
		return putEntry(ctx, b, e)
	})
}

// Keep is of collector.Keeper: page, feedback, rejections and ledger in one transaction.
func (s *Store) Keep(ctx context.Context, e *collector.Entry, p collector.Page, feedback []collector.Feedback, rejected []collector.Rejection) error {
	once, repeated := distinct(feedback)
	write := s.write
	if p.Layout != nil {
		// Of a file, which can be read again. A block takes a fraction of a second: what ends the run does not take
		// those that wait for their commit with it.
		ctx = context.WithoutCancel(ctx)
		write = func(ctx context.Context, fn func(b batch) error) error { return s.writeBlock(ctx, len(once), fn) }
	}
	return write(ctx, func(b batch) error {
		kept, err := s.keepFeedback(ctx, b, e.Run, once)
		if err != nil {
			return fmt.Errorf("keep feedback of %s: %w", p.URL, err)
		}
		all := repeated
		for i := range once {
			all += once[i].Rows
		}
		if kept.fresh+kept.edited > 0 && !s.compared {
			s.compared = true
			if err := b.compareAnew(ctx, e.Practice, e.Source); err != nil {
				return err
			}
		}
		e.New += kept.fresh
		e.Edited += kept.edited
		e.Rejected += kept.clashing
		e.Duplicate += all - kept.fresh - kept.edited - kept.clashing
		if err := s.keepPage(ctx, b, e, p); err != nil {
			return fmt.Errorf("keep page %s: %w", p.URL, err)
		}
		e.Seen = s.seen
		if err := b.reject(ctx, e, append(rejected, kept.clashes...)); err != nil {
			return err
		}
		return putEntry(ctx, b, *e)
	})
}

// reject keeps the rows that were refused.
func (b batch) reject(ctx context.Context, e *collector.Entry, rejected []collector.Rejection) error {
	if len(rejected) == 0 {
		return nil
	}
	rows := make([][]driver.Value, len(rejected))
	for i, r := range rejected {
		rows[i] = []driver.Value{e.Run, optional(e.Practice), text(e.Source), text(r.Ref), text(r.Reason)}
	}
	return b.stageInto(ctx, "rejection", rows)
}

// Known is of collector.Keeper.
func (s *Store) Known(ctx context.Context, e collector.Entry, feedback []collector.Feedback) (unchanged, standing int, err error) {
	once, _ := distinct(feedback)
	err = s.write(ctx, func(b batch) error {
		if err := b.stageFeedback(ctx, once, marksOf(once), nil); err != nil {
			return err
		}
		const same = "SELECT count(*) FROM staged s SEMI JOIN (FROM known k ANTI JOIN gone ON md5(gone.id)::UUID = k.key) k ON s.key = k.key AND s.digest = k.digest"
		if unchanged, err = b.count(ctx, same); err != nil {
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
	again := func(f collector.Feedback) bool {
		if seen[f.ID] {
			repeated += f.Rows
			return true
		}
		seen[f.ID] = true
		return false
	}
	first := slices.IndexFunc(feedback, again)
	if first < 0 {
		return feedback, 0
	}
	once = slices.Clone(feedback[:first])
	for _, f := range feedback[first+1:] {
		if !again(f) {
			once = append(once, f)
		}
	}
	return once, repeated
}

// kept is what became of staged feedback, in rows.
type kept struct {
	fresh, edited, clashing int
	clashes                 []collector.Rejection
}

// keepFeedback adds what of the feedback is new or edited, and counts it. A response whose id another row of this run
// has with other words is refused by name: two files that both count from 1 must not swallow each other.
func (s *Store) keepFeedback(ctx context.Context, b batch, run string, feedback []collector.Feedback) (k kept, err error) {
	marks := marksOf(feedback)
	fresh, met, err := s.tell(ctx, b, feedback, marks)
	if err != nil {
		return k, err
	}
	if met > 0 {
		if err := k.clash(ctx, b, feedback); err != nil {
			return k, err
		}
	}
	fresh = slices.DeleteFunc(fresh, func(v version) bool { return v.number == 0 })
	for _, v := range fresh {
		if v.number == 1 {
			k.fresh += feedback[v.n].Rows
		} else {
			k.edited += feedback[v.n].Rows
		}
	}
	if k.edited > 0 {
		if err := b.supersede(ctx, feedback, fresh); err != nil {
			return k, err
		}
	}
	return k, s.add(ctx, b, run, feedback, marks.digests, fresh)
}

// supersede marks the versions that later ones replace.
func (b batch) supersede(ctx context.Context, feedback []collector.Feedback, fresh []version) error {
	var rows [][]driver.Value
	for _, v := range fresh {
		if v.number > 1 {
			rows = append(rows, []driver.Value{feedback[v.n].ID, v.number - 1})
		}
	}
	return b.stageInto(ctx, "superseded", rows)
}

// add adds versions of the feedback.
func (s *Store) add(ctx context.Context, b batch, run string, feedback []collector.Feedback, digests []duckdb.UUID, versions []version) error {
	if len(versions) == 0 {
		return nil
	}
	if err := s.readLast(ctx, b); err != nil {
		return err
	}
	first := s.last + 1
	s.last += int64(len(versions))
	values := s.feedback.values[:0]
	for i, v := range versions {
		values = appendFeedback(values, first+int64(i), &feedback[v.n], v.number, digests[v.n], s.now, run)
	}
	if err := s.feedback.add(ctx, b, values); err != nil {
		return err
	}
	return s.addAnswers(ctx, b, first, feedback, versions)
}

// readLast finds the last version_id of the store.
func (s *Store) readLast(ctx context.Context, b batch) error {
	if s.last > 0 {
		return nil
	}
	return b.conn.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM feedback").Scan(&s.last)
}

// addAnswers adds the answers of versions of the feedback, whose ids count from first.
func (s *Store) addAnswers(ctx context.Context, b batch, first int64, feedback []collector.Feedback, versions []version) error {
	if !slices.ContainsFunc(versions, func(v version) bool { return len(feedback[v.n].Answers) > 0 }) {
		return nil
	}
	if s.choices == nil {
		known, err := b.readChoices(ctx)
		if err != nil {
			return err
		}
		s.choices = known
	}
	err := b.appendEach("", "answer", func(yield func([]driver.Value) bool) {
		var row []driver.Value
		for i, v := range versions {
			f := &feedback[v.n]
			id := driver.Value(first + int64(i))
			for j := range f.Answers {
				a := &f.Answers[j]
				if row = append(row[:0], id, int32(j+1), s.choices.of(a), optional(a.Text), optional(a.Ref)); !yield(row) {
					return
				}
			}
		}
	})
	if err != nil {
		return err
	}
	return s.choices.keep(b)
}

// clash finds staged responses whose id was met in this run with other words.
func (k *kept) clash(ctx context.Context, b batch, feedback []collector.Feedback) error {
	rows, err := b.conn.QueryContext(ctx, "SELECT s.n, m.ref FROM staged s JOIN named m ON s.key = m.key WHERE s.digest <> m.digest ORDER BY s.n")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		var other string
		if err := rows.Scan(&n, &other); err != nil {
			return err
		}
		f := &feedback[n]
		if f.Kind != collector.Response {
			continue
		}
		k.clashing += f.Rows
		for range f.Rows {
			k.clashes = append(k.clashes, collector.Rejection{Ref: f.Ref, Reason: fmt.Sprintf("id %q stands with other answers at %s; give each file a source of its own if both count from 1", f.SourceID, other)})
		}
	}
	return rows.Err()
}

func appendFeedback(row []driver.Value, id int64, f *collector.Feedback, version int32, digest duckdb.UUID, now time.Time, run string) []driver.Value {
	var reply collector.Reply
	if f.Reply != nil {
		reply = *f.Reply
	}
	return append(row,
		id, f.ID, version, digest, f.Practice, text(f.Source), string(f.Kind),
		optional(f.SourceID), optional(f.AuthorKey),
		moment(f.Date.Start), moment(f.Date.End), string(f.Date.Precision),
		text(f.Title), text(f.Text), optional(f.Language), optional(analysis.TextSig(f.Text)),
		optional(f.Rating.Raw), optional(f.Rating.Best), optional(f.Rating.Worst), number(f.Rating.Value, f.Rating.Valid), optional(f.Rating.Tag),
		optional(f.URL), optional(f.Subject), optional(f.Site), optional(f.SiteID),
		optional(reply.Text), moment(reply.Date.Start), moment(reply.Date.End), optional(string(reply.Date.Precision)), optional(reply.State),
		f.Private, text(f.Ref), int32(f.Rows), int32(len(f.Answers)), now, run)
}

// putEntry writes the ledger's line of one source in one run anew.
func putEntry(ctx context.Context, b batch, e collector.Entry) error {
	if err := b.exec(ctx, "DELETE FROM ledger WHERE run = ? AND source = ? AND practice IS NOT DISTINCT FROM ?", e.Run, text(e.Source), optional(e.Practice)); err != nil {
		return err
	}
	notes := make([]any, len(e.Notes))
	for i, n := range e.Notes {
		notes[i] = text(n)
	}
	const line = "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::VARCHAR[])"
	return b.exec(ctx, line,
		e.Run, optional(e.Practice), text(e.Source), e.Kind, string(e.State), optional(e.Why), moment(e.Started), moment(e.Ended),
		int32(e.Expected), number(e.Published, e.Published > 0), int32(e.Pages), int32(e.Unchanged), int32(e.Seen), int32(e.Rows), int32(e.New), int32(e.Edited), int32(e.Duplicate), int32(e.Empty), int32(e.Rejected), int32(e.Removed), int32(e.Back),
		notes)
}
