package analysis_test

import (
	"math"
	"testing"
	"time"

	"percept/analysis"
	"percept/collector"
)

func TestXmRLimits(t *testing.T) {
	// Mean 5, moving ranges 2, 2, 2: limits 5 ± 2.66 · 2.
	x, ok := analysis.NewXmR([]float64{4, 6, 4, 6})
	if !ok || x.Mean != 5 || math.Abs(x.Lo+.32) > 1e-12 || math.Abs(x.Hi-10.32) > 1e-12 || !x.Trial {
		t.Errorf("NewXmR = %+v, %v", x, ok)
	}
	// One moving range far above the others is left out: 20 ranges of 1 and one of 60, mean 3.8, screen 12.4.
	values := make([]float64, 22)
	for i := range values {
		values[i] = float64(i % 2)
	}
	values[21] = 60
	x, _ = analysis.NewXmR(values)
	if got := x.Hi - x.Mean; math.Abs(got-2.66) > 1e-9 || x.Trial {
		t.Errorf("half width = %v, want 2.66: %+v", got, x)
	}
	if _, ok := analysis.NewXmR([]float64{1, 2}); ok {
		t.Error("two values have limits")
	}
}

func TestAnswerReviews(t *testing.T) {
	now := time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)
	day := 24 * time.Hour
	given := func(days int, reply float64, replied bool) analysis.Reviewed {
		r := analysis.Reviewed{Given: collector.At(now.Add(-time.Duration(days) * day)), Replied: replied}
		if reply >= 0 {
			r.Reply = collector.At(r.Given.Start.Add(time.Duration(reply * float64(day))))
		}
		return r
	}
	tests := []struct {
		name    string
		reviews []analysis.Reviewed
		want    analysis.Answering
	}{
		{"none", nil, analysis.Answering{}},
		{"a young one does not count yet", []analysis.Reviewed{given(3, -1, false)}, analysis.Answering{}},
		{"half by the second of three", []analysis.Reviewed{given(30, 1, true), given(30, 4, true), given(30, 9, true)},
			analysis.Answering{Answered: analysis.Share{K: 3, N: 3}, Half: 4 * day, Reached: true}},
		{"who waits counts with the time waited", []analysis.Reviewed{given(30, 1, true), given(30, -1, false), given(30, -1, false)},
			analysis.Answering{Answered: analysis.Share{K: 1, N: 3}}},
		// Of four at risk one is answered (3/4 left), one leaves, then of two one (3/8 left).
		{"one who left early weighs less", []analysis.Reviewed{given(40, 1, true), given(10, -1, false), given(40, 20, true), given(40, 30, true)},
			analysis.Answering{Answered: analysis.Share{K: 3, N: 4}, Half: 20 * day, Reached: true}},
		{"a reply without a day is an answer, and no time", []analysis.Reviewed{given(30, -1, true)},
			analysis.Answering{Answered: analysis.Share{K: 1, N: 1}, Undated: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := analysis.AnswerReviews(tt.reviews, now, 7*day); got != tt.want {
				t.Errorf("AnswerReviews = %+v, want %+v", got, tt.want)
			}
		})
	}
}
