package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	_ "embed" // queries
	"fmt"
	"time"

	"github.com/klauspost/compress/zstd"

	"percept/analysis"
	"percept/collector"
	"percept/reports/alert"
)

var (
	//go:embed sql/queries/late.sql
	lateSQL string
	//go:embed sql/queries/rest.sql
	restSQL string
)

// A Memory is what the last detection of a channel left.
type Memory struct {
	Judged      time.Time // Monday of the last week it judged, zero if it never ran
	Alarms      []analysis.Alarm
	Checkpoints []analysis.Checkpoint // without State
	// Touched is the first week whose rows are not what they were; zero where all are.
	Touched time.Time
	Late    []analysis.Late
}

// Memory is what the last detection of a channel left, held against the rows that BuildSeries found.
func (s *Store) Memory(ctx context.Context, channel collector.Kind) (Memory, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var m Memory
	var judged, touched sql.NullTime
	const stock = `SELECT (SELECT max(week) FROM judged WHERE channel = $1), min(week)
		FROM (FROM summed WHERE channel = $1) n FULL JOIN (FROM rested WHERE channel = $1) o USING (practice, week)
		WHERE n.digest IS DISTINCT FROM o.digest`
	err := s.writer.QueryRowContext(ctx, stock, string(channel)).Scan(&judged, &touched)
	if err != nil {
		return m, fmt.Errorf("read what detection rested on: %w", err)
	}
	m.Judged, m.Touched = judged.Time, touched.Time
	if m.Late, err = queryOn(ctx, s.writer, "late rows", lateSQL, func(rows *sql.Rows) (l analysis.Late, err error) {
		l.Channel = string(channel)
		return l, rows.Scan(&l.Practice, &l.First, &l.Last, &l.Weeks, &l.Gained, &l.Lost)
	}, string(channel)); err != nil {
		return m, err
	}
	m.Checkpoints, err = queryOn(ctx, s.writer, "checkpoints", "SELECT week, key FROM checkpoint WHERE channel = ? ORDER BY week",
		func(rows *sql.Rows) (c analysis.Checkpoint, err error) { return c, rows.Scan(&c.Week, &c.Key) }, string(channel))
	if err != nil {
		return m, err
	}
	const text = `SELECT practice, touchpoint, kind, coalesce(source, ''), flagged, found, since, since_lo, since_hi, cleared,
			effect, effect_lo, effect_hi, people, statistic
		FROM alarm WHERE channel = ? ORDER BY practice, flagged, touchpoint, kind, source`
	m.Alarms, err = queryOn(ctx, s.writer, "alarms", text, func(rows *sql.Rows) (a analysis.Alarm, err error) {
		var cleared sql.NullTime
		err = rows.Scan(&a.Practice, &a.Touchpoint, &a.Kind, &a.Source, &a.Flagged, &a.Found, &a.Since, &a.SinceLo, &a.SinceHi, &cleared,
			&a.Effect, &a.EffectLo, &a.EffectHi, &a.N, &a.Statistic)
		a.Cleared = cleared.Time
		return a, err
	}, string(channel))
	return m, err
}

// Past is what a replay from the checkpoint of a week needs; of the zero week, nothing. A week without one is
// an error: rows from there on alone would read as a whole history.
func (s *Store) Past(ctx context.Context, channel collector.Kind, week time.Time) (analysis.Past, error) {
	var p analysis.Past
	if week.IsZero() {
		return p, nil
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return p, err
	}
	defer dec.Close()
	states, err := query(ctx, s, "checkpoint", "SELECT week, key, state FROM checkpoint WHERE channel = ? AND week = ?",
		func(rows *sql.Rows) (c analysis.Checkpoint, err error) {
			if err = rows.Scan(&c.Week, &c.Key, &c.State); err == nil {
				c.State, err = dec.DecodeAll(c.State, nil)
			}
			return c, err
		}, string(channel), week.UTC())
	if err != nil {
		return p, err
	}
	if len(states) == 0 {
		return p, fmt.Errorf("read checkpoint: there is none of %s", day(week))
	}
	p.Checkpoint = states[0]
	p.Voices, err = query(ctx, s, "voices", "SELECT week, data FROM voices WHERE channel = ? AND week BETWEEN ? AND ? ORDER BY week",
		func(rows *sql.Rows) (v analysis.Voices, err error) {
			if err = rows.Scan(&v.Week, &v.Data); err == nil {
				v.Data, err = dec.DecodeAll(v.Data, nil)
			}
			return v, err
		}, string(channel), p.Since().UTC(), week.UTC())
	return p, err
}

// A Detected is what a detection found in one channel, and what it leaves for the next.
type Detected struct {
	Channel collector.Kind
	From    time.Time // the checkpoint it went on from, zero at the beginning
	analysis.Detection
	analysis.Progress
	Late      []analysis.Late
	Revisions []analysis.Revision
}

// Conclude keeps the detections of a run in place of the last ones, and what is due because of them: all of it or nothing.
func (s *Store) Conclude(ctx context.Context, run string, detected []Detected, due alert.Outcome) error {
	err := s.write(ctx, func(b batch) error {
		if err := b.exec(ctx, restSQL); err != nil {
			return err
		}
		var verdicts []analysis.Verdict
		for _, d := range detected {
			if err := b.remember(ctx, d); err != nil {
				return err
			}
			verdicts = append(verdicts, d.Verdicts...)
		}
		if err := b.setVerdicts(ctx, run, verdicts); err != nil {
			return err
		}
		return putOutcome(ctx, b, s.now, due)
	})
	if err != nil {
		return fmt.Errorf("keep what was detected: %w", err)
	}
	return nil
}

func (b batch) remember(ctx context.Context, d Detected) error {
	channel := string(d.Channel)
	for _, table := range []string{"checkpoint", "voices"} {
		if err := b.exec(ctx, "DELETE FROM "+table+" WHERE channel = ? AND week > ?", channel, d.From.UTC()); err != nil {
			return err
		}
	}
	if err := b.exec(ctx, "DELETE FROM voices WHERE channel = ? AND week < ?", channel, d.Oldest.UTC()); err != nil {
		return err
	}
	keep := make([]string, len(d.Keep))
	for i, week := range d.Keep {
		keep[i] = week.UTC().Format(time.DateOnly)
	}
	if err := b.exec(ctx, "DELETE FROM checkpoint WHERE channel = ? AND NOT list_contains(?::VARCHAR[], week::VARCHAR)", channel, list(keep)); err != nil {
		return err
	}
	for _, table := range []string{"judged", "alarm", "late", "revision"} {
		if err := b.exec(ctx, "DELETE FROM "+table+" WHERE channel = ?", channel); err != nil {
			return err
		}
	}
	tables, err := d.rows(channel)
	if err != nil {
		return err
	}
	for _, name := range []string{"judged", "checkpoint", "voices", "alarm", "late", "revision"} {
		if err := b.stageInto(ctx, name, tables[name]); err != nil {
			return err
		}
	}
	return nil
}

// rows are those that a detection adds, by table.
func (d *Detected) rows(channel string) (map[string][][]driver.Value, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return nil, err
	}
	t := make(map[string][][]driver.Value)
	add := func(table string, values ...driver.Value) { t[table] = append(t[table], values) }
	if !d.Week.IsZero() {
		add("judged", channel, moment(d.Week))
	}
	for _, c := range d.Checkpoints {
		add("checkpoint", channel, moment(c.Week), c.Key, enc.EncodeAll(c.State, nil))
	}
	for _, v := range d.Progress.Voices {
		add("voices", channel, moment(v.Week), enc.EncodeAll(v.Data, nil))
	}
	for _, a := range d.Alarms {
		add("alarm", a.Practice, channel, a.Touchpoint, a.Kind, optional(a.Source), moment(a.Flagged), moment(a.Found), moment(a.Since),
			moment(a.SinceLo), moment(a.SinceHi), moment(a.Cleared), a.Effect, a.EffectLo, a.EffectHi, int32(a.N), a.Statistic)
	}
	for _, l := range d.Late {
		add("late", l.Practice, channel, moment(l.First), moment(l.Last), int32(l.Weeks), int32(l.Gained), int32(l.Lost))
	}
	for _, r := range d.Revisions {
		add("revision", r.Practice, channel, r.Touchpoint, r.Kind, r.What, moment(r.Flagged), moment(r.Was), moment(r.Since), moment(r.Cleared))
	}
	return t, nil
}

// Late is what came late for a practice in the last detection, and Revisions what that changed.
func (s *Store) Late(ctx context.Context, practice string) ([]analysis.Late, []analysis.Revision, error) {
	late, err := query(ctx, s, "late rows", "SELECT practice, channel, first, last, weeks, gained, lost FROM late WHERE practice = ? ORDER BY ALL",
		func(rows *sql.Rows) (l analysis.Late, err error) {
			return l, rows.Scan(&l.Practice, &l.Channel, &l.First, &l.Last, &l.Weeks, &l.Gained, &l.Lost)
		}, practice)
	if err != nil {
		return nil, nil, err
	}
	const text = "SELECT practice, channel, touchpoint, kind, what, flagged, was, since, cleared FROM revision WHERE practice = ? ORDER BY ALL"
	revisions, err := query(ctx, s, "revisions", text, func(rows *sql.Rows) (r analysis.Revision, err error) {
		var was, since, cleared sql.NullTime
		err = rows.Scan(&r.Practice, &r.Channel, &r.Touchpoint, &r.Kind, &r.What, &r.Flagged, &was, &since, &cleared)
		r.Was, r.Since, r.Cleared = was.Time, since.Time, cleared.Time
		return r, err
	}, practice)
	return late, revisions, err
}
