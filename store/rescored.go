package store

import (
	"context"
	"database/sql"
	_ "embed" // queries
	"fmt"
)

var (
	//go:embed sql/queries/rescored.sql
	rescoredSQL string
	//go:embed sql/queries/shifted.sql
	shiftedSQL string
)

// A Reading is the versions of the model and the taxonomy that feedback is read with.
type Reading struct {
	Model    string `json:"model"`
	Taxonomy string `json:"taxonomy"`
}

// A Rescored is what changed for the feedback that one reading had read and another has read again, over all
// practices that went from the one to the other.
type Rescored struct {
	From        Reading `json:"from"`
	To          Reading `json:"to"`
	Practices   int     `json:"practices"`
	Feedback    int     `json:"feedback"`
	Moved       []Move  `json:"moved"`       // only labels that differ
	Touchpoints []Shift `json:"touchpoints"` // all that either reading found, by slug
}

// A Move is how many feedbacks had one label as a whole and have another now; "" where there are no words.
type Move struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Feedback int    `json:"feedback"`
}

// A Shift is what each reading found of a touchpoint.
type Shift struct {
	Touchpoint string `json:"touchpoint"`
	Before     Level  `json:"before"`
	After      Level  `json:"after"`
}

// A Level is a number of mentions and their mean score, 0 where there are none.
type Level struct {
	Mentions int     `json:"mentions"`
	Mean     float64 `json:"mean"`
}

// Rescored compares what is in use now with what was before, wherever Told has not been called since.
func (s *Store) Rescored(ctx context.Context) ([]Rescored, error) {
	var untold int // usually 0, and the joins of all feedback are spared
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM active WHERE model_before IS NOT NULL").Scan(&untold); err != nil {
		return nil, fmt.Errorf("find what was read again: %w", err)
	}
	if untold == 0 {
		return nil, nil
	}
	type pair struct{ from, to Reading }
	at := map[pair]int{}
	var all []Rescored
	_, err := query(ctx, s, "labels of both readings", rescoredSQL, func(rows *sql.Rows) (m Move, err error) {
		var p pair
		var practices int
		err = rows.Scan(&p.from.Model, &p.from.Taxonomy, &p.to.Model, &p.to.Taxonomy, &practices, &m.From, &m.To, &m.Feedback)
		i, known := at[p]
		if !known {
			i, at[p] = len(all), len(all)
			all = append(all, Rescored{From: p.from, To: p.to, Practices: practices, Moved: []Move{}, Touchpoints: []Shift{}})
		}
		all[i].Feedback += m.Feedback
		if m.From != m.To {
			all[i].Moved = append(all[i].Moved, m)
		}
		return m, err
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	_, err = query(ctx, s, "mentions of both readings", shiftedSQL, func(rows *sql.Rows) (t Shift, err error) {
		var p pair
		err = rows.Scan(&p.from.Model, &p.from.Taxonomy, &p.to.Model, &p.to.Taxonomy, &t.Touchpoint,
			&t.Before.Mentions, &t.Before.Mean, &t.After.Mentions, &t.After.Mean)
		if i, known := at[p]; known {
			all[i].Touchpoints = append(all[i].Touchpoints, t)
		}
		return t, err
	})
	return all, err
}

// Told says that the user knows what Rescored found: it is not found again, and what the readings before had found is dropped.
func (s *Store) Told(ctx context.Context) error {
	err := s.write(ctx, func(b batch) error {
		for _, table := range []string{"scored", "mention", "behaviour"} {
			if err := b.exec(ctx, "DELETE FROM "+table+" x USING feedback f, active a WHERE x.feedback = f.id AND x.version = f.version"+
				" AND f.practice = a.practice AND a.model_before IS NOT NULL AND (x.model <> a.model OR x.taxonomy <> a.taxonomy)"); err != nil {
				return err
			}
		}
		return b.exec(ctx, "UPDATE active SET model_before = NULL, taxonomy_before = NULL WHERE model_before IS NOT NULL")
	})
	if err != nil {
		return fmt.Errorf("mark what was told: %w", err)
	}
	return nil
}
