package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	_ "embed" // queries
	"fmt"
	"iter"
	"time"

	"percept/analysis"
	"percept/collector"
)

var (
	//go:embed sql/queries/candidates.sql
	candidatesSQL string
	//go:embed sql/queries/touched.sql
	touchedSQL string
	//go:embed sql/queries/take_stock.sql
	takeStockSQL string
	//go:embed sql/queries/series.sql
	seriesSQL string
	//go:embed sql/queries/observations.sql
	observationsSQL string
	//go:embed sql/queries/holes.sql
	holesSQL string
)

// BuildSeries takes stock of the mentions in use, which is what Memory and Conclude go by until it is called again, and
// makes the weeks of the series anew whose mentions are not what they were.
func (s *Store) BuildSeries(ctx context.Context) error {
	err := s.write(ctx, func(b batch) error {
		if err := b.exec(ctx, candidatesSQL); err != nil {
			return err
		}
		first, err := b.firstWeek(ctx, "candidate")
		if err != nil {
			return err
		}
		if err := b.exec(ctx, touchedSQL, first); err != nil {
			return err
		}
		if err := b.rebuild(ctx); err != nil {
			return err
		}
		return b.exec(ctx, takeStockSQL)
	})
	if err != nil {
		return fmt.Errorf("build series: %w", err)
	}
	return nil
}

// rebuild makes the weeks anew that were touched.
func (b batch) rebuild(ctx context.Context) error {
	first, err := b.firstWeek(ctx, "touched")
	if err != nil || first == nil {
		return err
	}
	for _, table := range []string{"series", "summed"} {
		if err := b.exec(ctx, "DELETE FROM "+table+" s USING touched t WHERE s.practice = t.practice AND s.channel = t.channel AND s.week = t.week"); err != nil {
			return err
		}
	}
	if err := b.single(ctx, seriesSQL, first); err != nil {
		return err
	}
	return b.exec(ctx, "INSERT INTO summed FROM touched WHERE digest IS NOT NULL")
}

// single runs a statement with one thread: what several group side by side is more than memory has before they let any of it wait
// in the folder. A statement that fails ends the run.
func (b batch) single(ctx context.Context, query string, args ...any) error {
	if err := b.exec(ctx, "SET threads = 1"); err != nil {
		return err
	}
	if err := b.exec(ctx, query, args...); err != nil {
		return err
	}
	return b.exec(ctx, "RESET threads")
}

// firstWeek is the first Monday in the column week of a table as a parameter, nil where it has none: as one it keeps
// older rows from being read at all.
func (b batch) firstWeek(ctx context.Context, table string) (driver.Value, error) {
	var first sql.NullTime
	err := b.conn.QueryRowContext(ctx, "SELECT min(week) FROM "+table).Scan(&first)
	return moment(first.Time), err
}

// observationsTogether is how many observations are read at a time, whole practices of them.
const observationsTogether = 50_000

// ObservationsSince are what one person said of one touchpoint on one day, through one channel, of the weeks from a
// Monday on: those of one practice after those of another, by their ids. What no week can name
// is left out. No more is held in memory than the largest practice has.
func (s *Store) ObservationsSince(ctx context.Context, channel collector.Kind, monday time.Time) iter.Seq2[[]analysis.Observation, error] {
	return func(yield func([]analysis.Observation, error) bool) {
		spans, err := s.observe(ctx, channel, monday)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, span := range spans {
			obs, err := s.observed(ctx, span)
			if err != nil {
				yield(nil, err)
				return
			}
			for len(obs) > 0 {
				n := 1
				for n < len(obs) && obs[n].Practice == obs[0].Practice {
					n++
				}
				if !yield(obs[:n:n], nil) {
					return
				}
				obs = obs[n:]
			}
		}
	}
}

// A span is the ids of practices from one to another, both included, and how many observations they have.
type span struct {
	from, to string
	n        int
}

// observe puts the observations into the table observed, and says which practices are read together.
func (s *Store) observe(ctx context.Context, channel collector.Kind, monday time.Time) ([]span, error) {
	err := s.write(ctx, func(b batch) error { return b.single(ctx, observationsSQL, string(channel), monday.UTC()) })
	if err != nil {
		return nil, fmt.Errorf("find observations: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	type count struct {
		practice string
		n        int
	}
	counts, err := queryOn(ctx, s.writer, "observations", "SELECT practice, count(*) FROM observed GROUP BY practice ORDER BY practice",
		func(rows *sql.Rows) (c count, err error) { return c, rows.Scan(&c.practice, &c.n) })
	if err != nil {
		return nil, err
	}
	var all []span
	n := 0
	for _, c := range counts {
		if n == 0 || n+c.n > observationsTogether {
			all, n = append(all, span{from: c.practice}), 0
		}
		n += c.n
		all[len(all)-1].to, all[len(all)-1].n = c.practice, n
	}
	return all, nil
}

func (s *Store) observed(ctx context.Context, of span) ([]analysis.Observation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept := make(map[string]string) // one copy of every name
	keep := func(name *string) {
		if _, ok := kept[*name]; !ok {
			kept[*name] = *name
		}
		*name = kept[*name]
	}
	const text = `SELECT practice, touchpoint, source, day, score, voice, text_sig FROM observed
		WHERE practice BETWEEN ? AND ? ORDER BY practice, touchpoint, source, day, voice`
	return queryInto(ctx, s.writer, make([]analysis.Observation, 0, of.n), "observations", text, func(rows *sql.Rows) (o analysis.Observation, err error) {
		err = rows.Scan(&o.Practice, &o.Touchpoint, &o.Source, &o.Day, &o.Score, &o.Review, &o.TextSig)
		keep(&o.Practice)
		keep(&o.Touchpoint)
		keep(&o.Source)
		return o, err
	}, of.from, of.to)
}

// A Hole is a source of a practice that was not read to its end in its last run, or that is collected
// from no longer.
type Hole struct {
	Practice, Source string
	Kind             string    // of the source: "web", "survey"
	Since            time.Time // when it last was complete, zero when it never was
	Ended            bool      // it has left the config
}

// Holes are the sources that no verdict may rest on since they were last complete: those of the config
// that failed, and those that have left it and are not heard any more.
func (s *Store) Holes(ctx context.Context) ([]Hole, error) {
	return query(ctx, s, "holes", holesSQL, func(rows *sql.Rows) (h Hole, err error) {
		var since sql.NullTime
		err = rows.Scan(&h.Practice, &h.Source, &h.Kind, &since, &h.Ended)
		h.Since = since.Time
		return h, err
	})
}

// setVerdicts keeps the verdicts of a run in place of earlier ones about the same weeks.
func (b batch) setVerdicts(ctx context.Context, run string, verdicts []analysis.Verdict) error {
	rows := make([][]driver.Value, len(verdicts))
	for i, v := range verdicts {
		rows[i] = []driver.Value{
			v.Practice, v.Channel, v.Touchpoint, moment(v.Week), string(v.Word), v.Watch,
			moment(v.Flagged), moment(v.Found), moment(v.Since), moment(v.SinceLo), moment(v.SinceHi), v.Effect, v.EffectLo, v.EffectHi,
			int32(v.People), int32(v.Negative), v.Visible, int32(v.WeeksToEnough), v.Statistic, v.Threshold, optional(v.Note), run,
		}
	}
	if err := b.stage(ctx, "staged_verdict", "* FROM verdict", rows); err != nil {
		return err
	}
	if err := b.exec(ctx, "DELETE FROM verdict v USING staged_verdict n WHERE v.practice = n.practice AND v.week = n.week"); err != nil {
		return err
	}
	return b.exec(ctx, "INSERT INTO verdict FROM staged_verdict")
}

// A querier runs a query: the database, or one connection to it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// query collects the rows of a query; what names it in errors.
func query[T any](ctx context.Context, s *Store, what, text string, scan func(*sql.Rows) (T, error), args ...any) ([]T, error) {
	return queryOn(ctx, s.db, what, text, scan, args...)
}

func queryOn[T any](ctx context.Context, on querier, what, text string, scan func(*sql.Rows) (T, error), args ...any) ([]T, error) {
	return queryInto(ctx, on, nil, what, text, scan, args...)
}

// queryInto appends what a query gives to all.
func queryInto[T any](ctx context.Context, on querier, all []T, what, text string, scan func(*sql.Rows) (T, error), args ...any) ([]T, error) {
	rows, err := on.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", what, err)
		}
		all = append(all, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	return all, nil
}
