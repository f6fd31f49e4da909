package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
	"percept/reports/alert"
	"percept/store"
	"percept/store/storetest"
)

// TestABrokenCheckpointCostsTimeAndNothingElse damages what detection would go on from: it says so, starts from
// the beginning and finds the same.
func TestABrokenCheckpointCostsTimeAndNothingElse(t *testing.T) {
	s := storetest.New(t)
	fill(t, s, collector.Response, 40, 2)
	var log bytes.Buffer
	p := &pipeline{app: &app{log: slog.New(slog.NewTextHandler(&log, nil))}, store: s}
	o := analysis.DetectOptions{Channel: "response", Workers: 1, Until: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)}
	detect := func() store.Detected {
		t.Helper()
		log.Reset()
		d, err := p.detect(t.Context(), collector.Response, o)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	conclude := func(d store.Detected) {
		t.Helper()
		if err := s.Conclude(t.Context(), "00000001", []store.Detected{d}, alert.Outcome{}); err != nil {
			t.Fatal(err)
		}
	}
	first := detect()
	if len(first.Checkpoints) == 0 || len(first.Alarms) == 0 {
		t.Fatalf("%d checkpoints, %d alarms: nothing to prove it by", len(first.Checkpoints), len(first.Alarms))
	}
	conclude(first)
	if again := detect(); again.From.IsZero() || strings.Contains(log.String(), "from the beginning") {
		t.Fatalf("a whole checkpoint is not used: %s", log.String())
	}
	for name, damage := range map[string]func(state []byte) []byte{
		"no state at all": func([]byte) []byte { return []byte{} },
		"cut off":         func(state []byte) []byte { return state[:len(state)/2] },
		"another thing":   func([]byte) []byte { return []byte("not a checkpoint") },
	} {
		t.Run(name, func(t *testing.T) {
			broken := first
			broken.Checkpoints = nil
			for _, c := range first.Checkpoints {
				c.State = damage(c.State)
				broken.Checkpoints = append(broken.Checkpoints, c)
			}
			conclude(broken)
			got := detect()
			if diff := cmp.Diff(first.Detection, got.Detection); diff != "" || !got.From.IsZero() {
				t.Errorf("from %v (-want +got):\n%s", got.From, diff)
			}
			if !strings.Contains(log.String(), "detection starts from the beginning") {
				t.Errorf("log says %q", log.String())
			}
		})
	}
}

// TestChannelsAreJudgedApart holds that public reviews and survey answers may agree and never mix: what one channel
// says is the same to the last bit, whatever the other holds.
func TestChannelsAreJudgedApart(t *testing.T) {
	word := func(d store.Detected) analysis.Word {
		for _, v := range d.Verdicts {
			if v.Touchpoint == "exam" {
				return v.Word
			}
		}
		return ""
	}
	judged := func(t *testing.T, s *store.Store, channel collector.Kind) store.Detected {
		t.Helper()
		p := &pipeline{app: &app{log: slog.New(slog.DiscardHandler)}, store: s}
		d, err := p.detect(t.Context(), channel, analysis.DetectOptions{Channel: string(channel), Workers: 1, Until: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	alone := storetest.New(t)
	fill(t, alone, collector.Response, 40, 2)
	survey := judged(t, alone, collector.Response)
	if word(survey) != analysis.Worse {
		t.Fatalf("the survey says %q, want worse", word(survey))
	}
	for _, c := range []struct {
		name   string
		rating float64
		want   analysis.Word
	}{
		{"reviews agree", 2, analysis.Worse},
		{"reviews contradict", 4.5, analysis.Steady},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := storetest.New(t)
			fill(t, s, collector.Response, 40, 2)
			fill(t, s, collector.Review, 40, c.rating)
			if diff := cmp.Diff(survey.Detection, judged(t, s, collector.Response).Detection); diff != "" {
				t.Errorf("the survey with reviews beside it (-alone +beside):\n%s", diff)
			}
			if got := word(judged(t, s, collector.Review)); got != c.want {
				t.Errorf("the reviews say %q, want %q", got, c.want)
			}
		})
	}
}

// TestChannelsShareOneBudget holds that a practice that is heard through two channels has the false alarms of the
// config, not twice as many: each channel is held against the threshold of half of them. What both say is said together.
func TestChannelsShareOneBudget(t *testing.T) {
	s := storetest.New(t)
	fill(t, s, collector.Response, 40, 2)
	fill(t, s, collector.Review, 40, 2)
	file := filepath.Join(t.TempDir(), "percept.yaml")
	if err := os.WriteFile(file, []byte("zone: UTC\npractices: [{id: elm, name: Elm}]\ndetect: {alpha: 0.4}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := readConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	p := &pipeline{app: &app{log: slog.New(slog.DiscardHandler), now: time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC), workers: 1}, cfg: cfg, store: s, practices: cfg.practices()}
	detected, err := p.judge(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(detected) != 2 {
		t.Fatalf("%d channels judged, want 2", len(detected))
	}
	threshold := func(channel collector.Kind, alpha float64) float64 {
		d, err := p.detect(t.Context(), channel, analysis.DetectOptions{
			Alpha: alpha, Channel: string(channel), Touchpoints: p.touchpoints(), Workers: 1, Until: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC),
		})
		if err != nil {
			t.Fatal(err)
		}
		return d.Verdicts[0].Threshold
	}
	var verdicts []analysis.Verdict
	for _, d := range detected {
		half, whole := threshold(d.Channel, .2), threshold(d.Channel, .4)
		if got := d.Verdicts[0].Threshold; got != half || got <= whole {
			t.Errorf("%s: held against %v, want %v, that of half the budget (all of it: %v)", d.Channel, got, half, whole)
		}
		verdicts = append(verdicts, d.Verdicts...)
	}
	said := strings.Join(p.changesOf(p.practices[0], verdicts), "\n")
	if !strings.Contains(said, "reviews and survey agree: Eye exam is worse, since the week of") {
		t.Errorf("both channels fall, and it is said so: %s", said)
	}
}

// fill stores three feedbacks a week of one practice up to the week of 2 November 2026: the exam is rated 4 or 5, and
// lately, in the last ten weeks, as given.
func fill(t *testing.T, s *store.Store, kind collector.Kind, weeks int, lately float64) {
	t.Helper()
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: time.UTC}}); err != nil {
		t.Fatal(err)
	}
	identity := collector.Identity{Feedback: []byte("0123456789abcdef"), Author: []byte("fedcba9876543210")}
	var all []collector.Feedback
	for w := range weeks {
		for i := range 3 {
			day := time.Date(2026, 11, 2-7*(weeks-1-w)+i, 0, 0, 0, 0, time.UTC)
			rating := float64(4 + (w+i)%2)
			if w >= weeks-10 {
				rating = lately
			}
			f := collector.Feedback{Practice: "elm", Source: "of " + string(kind), Kind: kind, SourceID: fmt.Sprint(len(all)), Rows: 1,
				Date:    collector.OnDay(day.Year(), day.Month(), day.Day(), time.UTC),
				Answers: []collector.Answer{{Question: "Exam?", Column: "exam", Rating: collector.Rating{Raw: fmt.Sprint(rating), Value: rating, Valid: true, Tag: "csat-5"}}}}
			identity.Name(&f)
			all = append(all, f)
		}
	}
	e := collector.Entry{Run: "00000001", Practice: "elm", Source: "of " + string(kind), State: collector.Running, Started: storetest.Now}
	if err := s.Begin(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if err := s.Keep(t.Context(), &e, collector.Page{URL: "survey.csv", Body: []byte("x"), FetchedAt: storetest.Now}, all, nil); err != nil {
		t.Fatal(err)
	}
	_, batches, err := s.Unscored(t.Context(), []string{"elm"}, "m1", "t1")
	if err != nil {
		t.Fatal(err)
	}
	for heard, err := range batches {
		if err != nil {
			t.Fatal(err)
		}
		var understood []analysis.Understood
		for _, h := range heard {
			understood = append(understood, analysis.Understood{Feedback: h.ID, Version: h.Version, Practice: h.Practice, Mentions: []analysis.Mention{{
				Feedback: h.ID, Version: h.Version, Part: 1, Touchpoint: "exam", Score: (h.Answers[0].Rating.Value - 3) / 2, Confidence: 1, Origin: analysis.FromRating,
			}}})
		}
		if err := s.AddScores(t.Context(), "m1", "t1", understood); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Activate(t.Context(), []string{"elm"}, "m1", "t1"); err != nil {
		t.Fatal(err)
	}
	if err := s.BuildSeries(t.Context()); err != nil {
		t.Fatal(err)
	}
}
