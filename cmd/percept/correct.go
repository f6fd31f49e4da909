package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"percept/analysis"
	"percept/collector/yamlfile"
)

func (a *app) correctCommand() *cobra.Command {
	var c correction
	cmd := &cobra.Command{
		Use:   "correct ID",
		Short: "A person's label of one feedback, which wins over every model",
		Long: `Correct says what a part of a feedback is about and how it felt, or with --feeling none that it is not
about the touchpoint. The label stands as long as the words do, whatever model reads them later; the
latest label of a touchpoint counts. percept explain ID shows the parts; percept analyze draws the
verdicts anew.`,
		Example: `  percept correct HS-10042 --part 2 --touchpoint collection_call --feeling negative
  percept correct 3f9a2c41 --touchpoint exam --feeling none
  percept correct 3f9a2c41 --touchpoint order --feeling negative --words "again"`,
		Args: oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), "correct", false, func(p *pipeline) error { return p.correct(cmd.Context(), args[0], c) })
		},
	}
	f := cmd.Flags()
	f.IntVar(&c.part, "part", 0, "the number of the answer; 0 is a review's text, -1 its title")
	f.StringVar(&c.touchpoint, "touchpoint", "", "what it is about: a `slug` of the taxonomy")
	f.StringVar(&c.feeling, "feeling", "", "negative, neutral, positive, or none: not about it at all")
	f.StringVar(&c.words, "words", "", "the very words that say so; without it the whole part")
	return cmd
}

// A correction is the label as typed.
type correction struct {
	part                       int
	touchpoint, feeling, words string
}

// feelings are the scores of a person's words; none is no score.
var feelings = map[string]float64{"negative": -1, "neutral": 0, "positive": 1, "none": 0}

func (p *pipeline) correct(ctx context.Context, id string, c correction) error {
	f, err := p.one(ctx, id)
	if err != nil {
		return err
	}
	t, err := p.taxonomyFor(f.Practice)
	if err != nil {
		return err
	}
	label, err := c.label(f, t)
	if err != nil {
		return usageError{err}
	}
	if err := p.store.Correct(ctx, label); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s, %s: %s is %s\n", f.ID, partName(c.part), touchpointName(t, c.touchpoint), c.feeling)
	fmt.Fprintln(p.err, "percept: the verdicts know of it after: percept analyze")
	return nil
}

// label checks what was typed against the feedback and its taxonomy.
func (c correction) label(f analysis.Heard, t *analysis.Taxonomy) (analysis.Correction, error) {
	if _, ok := t.Touchpoint(c.touchpoint); !ok {
		var known []string
		for _, tp := range t.Touchpoints {
			known = append(known, tp.ID)
		}
		known = append(known, analysis.General)
		err := fmt.Errorf("--touchpoint %q is not in the taxonomy %s%s", c.touchpoint, t.Name, yamlfile.DidYouMean(c.touchpoint, known))
		if c.touchpoint == "" {
			err = errors.New("correct wants to know what it is about: --touchpoint")
		}
		return analysis.Correction{}, hinted{err, "its touchpoints are " + strings.Join(known, ", ")}
	}
	score, ok := feelings[c.feeling]
	if !ok {
		return analysis.Correction{}, fmt.Errorf("--feeling %q: want negative, neutral, positive or none", c.feeling)
	}
	text, ok := partText(f, c.part)
	if !ok || strings.TrimSpace(text) == "" {
		return analysis.Correction{}, fmt.Errorf("--part %d: this feedback has no words there; percept explain %s shows its parts", c.part, f.ID)
	}
	start, end := strings.Index(text, strings.TrimSpace(text)), len(strings.TrimRight(text, " \n\t\r"))
	if c.words != "" {
		if start = strings.Index(text, c.words); start < 0 {
			return analysis.Correction{}, fmt.Errorf("--words %q do not stand so in part %d", c.words, c.part)
		}
		end = start + len(c.words)
	}
	return analysis.Correction{
		Feedback: f.ID, Version: f.Version, Part: c.part, Touchpoint: c.touchpoint,
		About: c.feeling != "none", Start: start, End: end, Score: score,
	}, nil
}

func partText(f analysis.Heard, part int) (string, bool) {
	for _, p := range (analysis.Reader{}).Parts(&f.Feedback) {
		if p.Number == part {
			return p.Text.Text, true
		}
	}
	return "", false
}
