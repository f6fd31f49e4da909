package store

import (
	"context"
	"database/sql"
	_ "embed" // queries
	"fmt"
	"time"

	"percept/reports/alert"
)

var (
	//go:embed sql/queries/alert_pending.sql
	alertPendingSQL string
	//go:embed sql/queries/alert_list.sql
	alertListSQL string
	//go:embed sql/queries/alert_troubles.sql
	alertTroublesSQL string
)

// Pending are the messages that no receiver has taken yet, in the order they were written; with refused,
// those that a receiver will not have.
func (s *Store) Pending(ctx context.Context, refused bool) ([]alert.Message, error) {
	return query(ctx, s, "outbox", alertPendingSQL, func(rows *sql.Rows) (m alert.Message, err error) {
		var retry sql.NullTime
		var content sql.NullString
		if err := rows.Scan(&m.Key, &m.Receiver, &m.Practice, &m.Kind, &m.Severity, &content, &m.Created, &m.NotBefore,
			&m.Tries, &m.LastError, &retry, &m.Asked, &m.Way); err != nil {
			return m, err
		}
		m.RetryAt = retry.Time
		return m, unmarshal(content, &m.Content)
	}, refused)
}

// Keys are those of every message there ever was.
func (s *Store) Keys(ctx context.Context) (map[string]bool, error) {
	keys := map[string]bool{}
	_, err := query(ctx, s, "outbox", "SELECT key FROM outbox", func(rows *sql.Rows) (key string, err error) {
		err = rows.Scan(&key)
		keys[key] = true
		return key, err
	})
	return keys, err
}

// Mark is of alert.Outbox: one durable line each.
func (s *Store) Mark(ctx context.Context, d alert.Delivery) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO delivery SELECT coalesce(max(n), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM delivery`,
		d.Key, string(d.Outcome), optional(d.Why), d.At.UTC(), moment(d.RetryAt), d.Asked, optional(d.Way))
	if err != nil {
		return fmt.Errorf("mark %s %s: %w", d.Key, d.Outcome, err)
	}
	return nil
}

// A Trouble is a receiver that does not take messages as things stand.
type Trouble struct {
	Receiver string
	Refused  bool // for good; else it is down, or wants them later
	Messages int
	Since    time.Time
	Why      string // of the last try
}

// Troubles are those of all receivers, by name. One that refused a message and took a later one is in none.
func (s *Store) Troubles(ctx context.Context) ([]Trouble, error) {
	return query(ctx, s, "receivers", alertTroublesSQL, func(rows *sql.Rows) (t Trouble, err error) {
		err = rows.Scan(&t.Receiver, &t.Refused, &t.Messages, &t.Since, &t.Why)
		return t, err
	})
}

// A Task is an alert in the work list.
type Task struct {
	alert.Alert
	Raised        time.Time
	Acked, Closed time.Time // zero as long as nobody has
	Useless       bool
	Withdrawn     string // why it was closed by itself; empty where a person did, or nobody
}

// Tasks are the alerts of all time, the oldest first.
func (s *Store) Tasks(ctx context.Context) ([]Task, error) {
	return query(ctx, s, "alerts", alertListSQL, func(rows *sql.Rows) (t Task, err error) {
		var rules, why sql.NullString
		var given, acked, closed sql.NullTime
		if err := rows.Scan(&t.ID, &t.Practice, &t.About, &t.Version, &t.Kind, &t.Severity, &rules, &why, &t.Touchpoint,
			&given, &t.Raised, &acked, &closed, &t.Useless, &t.Withdrawn); err != nil {
			return t, err
		}
		t.Given, t.Acked, t.Closed = given.Time, acked.Time, closed.Time
		if err := unmarshal(rules, &t.Rules); err != nil {
			return t, err
		}
		return t, unmarshal(why, &t.Why)
	})
}

// MarkAlert keeps what a person said of an alert: ack, close or useless.
func (s *Store) MarkAlert(ctx context.Context, id, mark string) error {
	if _, err := s.db.ExecContext(ctx, "INSERT INTO alert_mark VALUES (?, ?, ?, NULL)", id, mark, s.now); err != nil {
		return fmt.Errorf("%s alert %s: %w", mark, id, err)
	}
	return nil
}
