package model

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"text/tabwriter"

	"percept/analysis"
)

// The sets that are measured, where the folder has them.
var (
	sentimentSets = []string{
		"nhs-sentiment", "nhs-phase1-sentiment", "uci-sentences", "vader-amazon", "vader-tweets", "vader-movie",
		"rt-polarity", "sst", "ratemds-balanced", "ratemds-touchpoint", "mams-acsa",
	}
	opticalSet = "optical-touchpoints"
	themeSet   = "nhs-themes"
)

// ErrNoSets says that a folder has no set to measure by.
var ErrNoSets = errors.New("no labelled set NAME.dev.jsonl to measure by")

// A Figure is how well one set was read.
type Figure struct {
	Set       string
	Sentiment *SentimentFigure
	Optical   *OpticalFigure
	Themes    float64 // micro F1, 0 where the set has none
}

// Evaluate measures s on the files NAME.dev.jsonl in the folder data; what is not there is left out. Themes are measured
// by learning them anew from the train file beside.
func Evaluate(ctx context.Context, s *Scorer, o Options) ([]Figure, error) {
	var list []Figure
	for _, name := range sentimentSets {
		set, err := ReadSet(filepath.Join(o.Data, name+".dev.jsonl"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		scored, err := s.all(ctx, set, o.Workers)
		if err != nil {
			return nil, err
		}
		f := measureSentiment(set.Rows, scored)
		list = append(list, Figure{Set: name, Sentiment: &f})
	}
	for _, more := range []func(context.Context, *Scorer, Options) (*Figure, error){evaluateOptical, evaluateThemes} {
		f, err := more(ctx, s, o)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, *f)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s: %w", o.Data, ErrNoSets)
	}
	return list, nil
}

// all scores the rows of a set.
func (s *Scorer) all(ctx context.Context, set Set, workers int) ([]analysis.Scored, error) {
	texts := make([]analysis.Text, len(set.Rows))
	for i, r := range set.Rows {
		texts[i] = r.text()
		texts[i].Touchpoint = s.Asks(r.Question)
	}
	return s.scoreAll(ctx, texts, workers)
}

// scoreAll scores side by side.
func (s *Scorer) scoreAll(ctx context.Context, texts []analysis.Text, workers int) ([]analysis.Scored, error) {
	workers = max(1, min(workers, len(texts)))
	out := make([]analysis.Scored, len(texts))
	errs := make(chan error, workers)
	for w := range workers {
		from, to := len(texts)*w/workers, len(texts)*(w+1)/workers
		go func() {
			scored, err := s.Score(ctx, texts[from:to])
			copy(out[from:to], scored)
			errs <- err
		}()
	}
	var first error
	for range workers {
		if err := <-errs; err != nil && first == nil {
			first = err
		}
	}
	return out, first
}

func evaluateThemes(ctx context.Context, s *Scorer, o Options) (*Figure, error) {
	train, err := ReadSet(filepath.Join(o.Data, themeSet+".train.jsonl"))
	if err != nil {
		return nil, err
	}
	dev, err := ReadSet(filepath.Join(o.Data, themeSet+".dev.jsonl"))
	if err != nil {
		return nil, err
	}
	w, err := TrainThemes(ctx, s.weights, train, o)
	if err != nil {
		return nil, err
	}
	own, err := With(s.taxonomy, w)
	if err != nil {
		return nil, err
	}
	scored, err := own.all(ctx, dev, o.Workers)
	if err != nil {
		return nil, err
	}
	var c counts
	for i, r := range dev.Rows {
		got := map[string]bool{}
		for _, m := range scored[i].Mentions {
			got[m.ID] = true
		}
		for _, t := range r.Themes {
			c.add(true, got[t])
			delete(got, t)
		}
		c.wrong += len(got)
	}
	return &Figure{Set: themeSet, Themes: c.f1()}, nil
}

// WriteFigures writes one table of all figures, then what was found of each touchpoint and behaviour.
func WriteFigures(out io.Writer, list []Figure) error {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "set\trows\tclasses 3: accuracy\tF1\tby sign\tclasses 5: accuracy\tF1\tcalibration error")
	for _, f := range list {
		if s := f.Sentiment; s != nil {
			of5 := "-\t-"
			if s.Accuracy5 > 0 {
				of5 = fmt.Sprintf("%.3f\t%.3f", s.Accuracy5, s.F1of5)
			}
			fmt.Fprintf(w, "%s\t%d\t%.3f\t%.3f\t%.3f\t%s\t%.3f\n", f.Set, s.Rows, s.Accuracy3, s.F1of3, s.Sign, of5, s.Calibration)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, f := range list {
		if f.Themes > 0 {
			if _, err := fmt.Fprintf(out, "\n%s: micro F1 %.3f, learnt anew from its train file\n", f.Set, f.Themes); err != nil {
				return err
			}
		}
		if f.Optical != nil {
			if err := f.Optical.write(out, f.Set); err != nil {
				return err
			}
		}
	}
	return nil
}
