package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	_ "embed" // queries
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"percept/collector"
	"percept/reports/alert"
)

var (
	//go:embed sql/queries/alert_fresh.sql
	alertFreshSQL string
	//go:embed sql/queries/alert_feedback.sql
	alertFeedbackSQL string
	//go:embed sql/queries/alert_outages.sql
	alertOutagesSQL string
	//go:embed sql/queries/alert_mended.sql
	alertMendedSQL string
	//go:embed sql/queries/alert_tellings.sql
	alertTellingsSQL string
)

// AlertState is what the rules of alerts decide upon: feedback given since a day that no rule has looked
// at or that waits for a reply, outages, and what was raised before. Slips are the caller's, and so are
// the names of touchpoints.
func (s *Store) AlertState(ctx context.Context, since time.Time) (alert.State, error) {
	var st alert.State
	err := s.write(ctx, func(b batch) error { return b.exec(ctx, alertFreshSQL, since.UTC()) })
	if err != nil {
		return st, fmt.Errorf("find what may need a person: %w", err)
	}
	if err := s.alertFeedback(ctx, &st); err != nil {
		return st, fmt.Errorf("read what may need a person: %w", err)
	}
	st.Outages, err = query(ctx, s, "outages", alertOutagesSQL, func(rows *sql.Rows) (o alert.Outage, err error) {
		var whole sql.NullTime
		var working sql.NullString
		if err := rows.Scan(&o.Practice, &o.Source, &o.State, &o.Why, &whole, &o.Since, &working); err != nil {
			return o, err
		}
		o.LastComplete = whole.Time
		return o, unmarshal(working, &o.Working)
	})
	if err != nil {
		return st, err
	}
	st.Mended, err = query(ctx, s, "mended sources", alertMendedSQL, func(rows *sql.Rows) (m alert.Mended, err error) {
		var whole sql.NullTime
		err = rows.Scan(&m.Practice, &m.Source, &whole)
		m.Whole = whole.Time
		return m, err
	})
	if err != nil {
		return st, err
	}
	st.Raised, err = query(ctx, s, "alerts", `SELECT id, practice, about, to_json(rules)::VARCHAR, happened_at,
			id IN (SELECT alert FROM alert_mark WHERE mark <> 'ack'), id IN (SELECT alert FROM alert_mark WHERE mark = 'withdrawn')
		FROM alert ORDER BY raised_at, id`,
		func(rows *sql.Rows) (r alert.Raised, err error) {
			var rules sql.NullString
			if err := rows.Scan(&r.ID, &r.Practice, &r.About, &rules, &r.At, &r.Closed, &r.Withdrawn); err != nil {
				return r, err
			}
			return r, unmarshal(rules, &r.Rules)
		})
	if err != nil {
		return st, err
	}
	st.Held, err = query(ctx, s, "held alerts", `SELECT h.alert, h.receiver, h.held_at, a.given_at, h.severity, h.item
		FROM held h JOIN alert a ON h.alert = a.id ANTI JOIN told t ON h.alert = t.alert AND h.receiver = t.receiver ORDER BY h.held_at, h.alert`, func(rows *sql.Rows) (h alert.Held, err error) {
		var item sql.NullString
		if err := rows.Scan(&h.Alert, &h.Receiver, &h.At, &h.Given, &h.Severity, &item); err != nil {
			return h, err
		}
		return h, unmarshal(item, &h.Item)
	})
	if err != nil {
		return st, err
	}
	if st.Tellings, err = s.tellings(ctx); err != nil {
		return st, err
	}
	st.Interrupted = map[string][]time.Time{}
	_, err = query(ctx, s, "interruptions", `SELECT receiver, created_at FROM outbox
			WHERE kind IN ('alert', 'slip', 'source', 'many') AND created_at > ? ORDER BY n`, func(rows *sql.Rows) (at time.Time, err error) {
		var receiver string
		err = rows.Scan(&receiver, &at)
		st.Interrupted[receiver] = append(st.Interrupted[receiver], at)
		return at, err
	}, s.now.AddDate(0, 0, -8))
	return st, err
}

// tellings are the messages that alerts of slips and outages stand in.
func (s *Store) tellings(ctx context.Context) ([]alert.Telling, error) {
	return query(ctx, s, "messages about slips", alertTellingsSQL, func(rows *sql.Rows) (t alert.Telling, err error) {
		var content sql.NullString
		m := &t.Message
		if err := rows.Scan(&t.Alert, &m.Key, &m.Receiver, &m.Practice, &m.Kind, &m.Severity, &content, &m.Created, &m.NotBefore, &t.Taken, &t.Tried); err != nil {
			return t, err
		}
		return t, unmarshal(content, &m.Content)
	})
}

// alertFeedback reads what alertFreshSQL found, on the connection that has it.
func (s *Store) alertFeedback(ctx context.Context, st *alert.State) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var first sql.NullTime
	if err := s.writer.QueryRowContext(ctx, "SELECT min(date_start) FROM alerting").Scan(&first); err != nil {
		return err
	}
	rows, err := s.writer.QueryContext(ctx, alertFeedbackSQL, moment(first.Time))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var f alert.Feedback
		var r collector.Rating
		var waiting bool
		var rating sql.NullFloat64
		var mentions, answers sql.NullString
		if err := rows.Scan(&waiting, &f.ID, &f.Version, &f.Practice, &f.Source, &f.Kind, &f.Given, &rating, &r.Raw, &r.Best, &r.Tag,
			&f.Label, &f.Confidence, &f.Title, &f.Text, &f.URL, &f.Private, &f.Replied, &f.ReplyState, &f.First, &mentions, &answers); err != nil {
			return err
		}
		f.Rating = rating.Float64
		f.RatingText = alert.RatingText(f.Rating, r.Raw, r.Best, r.Tag)
		if err := errors.Join(unmarshal(mentions, &f.Mentions), unmarshal(answers, &f.Answers)); err != nil {
			return err
		}
		if waiting {
			st.Waiting = append(st.Waiting, f)
		} else {
			st.Fresh = append(st.Fresh, f)
		}
	}
	return rows.Err()
}

func unmarshal(text sql.NullString, into any) error {
	if !text.Valid {
		return nil
	}
	return json.Unmarshal([]byte(text.String), into)
}

// JudgedPractices are those that any verdict was ever drawn of.
func (s *Store) JudgedPractices(ctx context.Context) (map[string]bool, error) {
	judged := map[string]bool{}
	_, err := query(ctx, s, "judged practices", "SELECT DISTINCT practice FROM verdict", func(rows *sql.Rows) (id string, err error) {
		err = rows.Scan(&id)
		judged[id] = true
		return id, err
	})
	return judged, err
}

// PutDue keeps what is due, all of it or nothing.
func (s *Store) PutDue(ctx context.Context, due alert.Outcome) error {
	if err := s.write(ctx, func(b batch) error { return putOutcome(ctx, b, s.now, due) }); err != nil {
		return fmt.Errorf("keep what is due: %w", err)
	}
	return nil
}

// putOutcome writes what Due decided. A message whose key is there already is not written again.
func putOutcome(ctx context.Context, b batch, now time.Time, o alert.Outcome) error {
	n, err := b.count(ctx, "SELECT coalesce(max(n), 0)::INTEGER FROM outbox")
	if err != nil {
		return err
	}
	tables := map[string][][]driver.Value{}
	for _, r := range o.Looked {
		tables["looked"] = append(tables["looked"], []driver.Value{r.ID, int32(r.Version)})
	}
	for _, a := range o.Raised {
		tables["alert"] = append(tables["alert"], []driver.Value{a.ID, a.Practice, text(a.About), int32(a.Version), a.Kind, string(a.Severity),
			texts(a.Rules), texts(a.Why), optional(a.Touchpoint), moment(a.Given), moment(a.At), now, a.First})
	}
	for _, h := range o.Held {
		item, err := json.Marshal(h.Item)
		if err != nil {
			return err
		}
		tables["held"] = append(tables["held"], []driver.Value{h.Alert, h.Receiver, moment(h.At), string(h.Severity), string(item)})
	}
	for _, t := range o.Told {
		tables["told"] = append(tables["told"], []driver.Value{t.Alert, t.Receiver, optional(t.Key)})
	}
	for _, c := range o.Closings {
		tables["alert_mark"] = append(tables["alert_mark"], []driver.Value{c.Alert, "withdrawn", now, text(c.Why)})
	}
	for _, name := range []string{"looked", "alert", "held", "told", "alert_mark"} {
		if len(tables[name]) == 0 {
			continue
		}
		if err := b.stageInto(ctx, name, tables[name]); err != nil {
			return err
		}
	}
	if len(o.Dropped) > 0 {
		if err := b.exec(ctx, "DELETE FROM outbox WHERE list_contains(?::VARCHAR[], key)", list(o.Dropped)); err != nil {
			return err
		}
	}
	if len(o.Messages) == 0 {
		return nil
	}
	messages := make([][]driver.Value, len(o.Messages))
	for i, m := range o.Messages {
		content, err := json.Marshal(m.Content)
		if err != nil {
			return err
		}
		messages[i] = []driver.Value{int64(n + i + 1), m.Key, m.Receiver, optional(m.Practice), string(m.Kind), string(m.Severity),
			string(content), moment(m.Created), moment(m.NotBefore)}
	}
	if err := b.stage(ctx, "staged_outbox", "* FROM outbox", messages); err != nil {
		return err
	}
	if err := b.exec(ctx, "INSERT INTO outbox FROM staged_outbox s ANTI JOIN outbox o ON s.key = o.key"); err != nil {
		return err
	}
	// What was taken is not needed any more, and pages are big.
	return b.exec(ctx, "UPDATE outbox SET content = NULL WHERE content IS NOT NULL AND key IN (SELECT key FROM delivery WHERE outcome = 'accepted')")
}

func texts(list []string) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = text(t).(string)
	}
	return out
}
