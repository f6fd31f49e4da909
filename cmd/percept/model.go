package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"percept/analysis"
	"percept/analysis/model"
)

func (a *app) modelCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "model",
		Short: "Train and measure the scorer",
		Long: `Model trains the scorer from labelled texts and measures it. The scorer that comes with percept was
trained by "percept model train"; its card says on what. Training the same files again gives the same bytes.`,
		Example: "  percept model eval --data labelled\n  percept model eval --corrections\n  percept model train --data labelled --out weights.bin",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.modelTrainCommand(), a.modelEvalCommand())
	return cmd
}

func (a *app) modelTrainCommand() *cobra.Command {
	var data, out, themes, card string
	var corpus []string
	cmd := &cobra.Command{
		Use:   "train --data DIR --out FILE",
		Short: "Learn weights from labelled sets and a corpus of units",
		Long: `Train learns the sentiment of texts and aspects from the labelled sets in --data (NAME.train.jsonl) and
touchpoints, behaviours and their sentiment from the corpus, and writes one file of weights.

With --taxonomy it learns a taxonomy of your own instead: a JSONL file whose lines have "text", "themes"
(a list of names) and optionally "question". Sentiment is then that of the built-in weights.`,
		Example: "  percept model train --data labelled --out weights.bin\n  percept model train --taxonomy themes.jsonl --out themes.bin",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o := model.Options{Data: data, Workers: a.workers, Say: a.say}
			for _, name := range []string{out, card} { // before minutes of training, not after
				if _, err := os.Stat(filepath.Dir(name)); err != nil {
					return usageError{err}
				}
			}
			if themes != "" {
				return a.trainThemes(cmd, themes, out, o)
			}
			if data == "" {
				return usageError{hinted{fmt.Errorf("train needs the folder of labelled sets"), "add --data DIR, or --taxonomy FILE for themes of your own"}}
			}
			files, err := corpusOf(corpus)
			if err != nil {
				return err
			}
			taxonomy, err := analysis.BuiltIn("optometry")
			if err != nil {
				return err
			}
			w, c, err := model.Train(cmd.Context(), taxonomy, files, o)
			if err != nil {
				return err
			}
			if err := a.writeWeights(w, out); err != nil || card == "" {
				return err
			}
			s, err := model.With(taxonomy, w)
			if err != nil {
				return err
			}
			if c.Figures, err = model.Evaluate(cmd.Context(), s, o); err != nil && !errors.Is(err, model.ErrNoSets) {
				return err
			}
			var b bytes.Buffer
			if err := c.Write(&b); err != nil {
				return err
			}
			return os.WriteFile(card, b.Bytes(), 0o644)
		},
	}
	f := cmd.Flags()
	f.StringVar(&data, "data", "", "the `folder` of labelled sets")
	f.StringVar(&out, "out", "weights.bin", "the `file` to write the weights to")
	f.StringVar(&card, "card", "", "also measure, and write the model's card to this `file`")
	f.StringSliceVar(&corpus, "corpus", nil, "`files` of labelled units instead of the corpus that comes with percept")
	f.StringVar(&themes, "taxonomy", "", "a JSONL `file` of texts with themes: learn those instead")
	return cmd
}

func corpusOf(names []string) ([]model.CorpusFile, error) {
	if len(names) == 0 {
		return model.Corpus()
	}
	var files []model.CorpusFile
	for _, name := range names {
		more, err := model.ReadCorpus(os.DirFS(filepath.Dir(name)), filepath.Base(name))
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
	}
	return files, nil
}

func (a *app) trainThemes(cmd *cobra.Command, themes, out string, o model.Options) error {
	set, err := model.ReadSet(themes)
	if err != nil {
		return usageError{err}
	}
	built, err := model.BuiltIn()
	if err != nil {
		return err
	}
	w, err := model.TrainThemes(cmd.Context(), built, set, o)
	if err != nil {
		return err
	}
	return a.writeWeights(w, out)
}

func (a *app) writeWeights(w *model.Weights, name string) error {
	var b bytes.Buffer
	if _, err := w.WriteTo(&b); err != nil {
		return err
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s: %d bytes, %s\n", name, b.Len(), w.Version)
	return nil
}

// say prints a line of progress.
func (a *app) say(format string, args ...any) { fmt.Fprintf(a.err, format+"\n", args...) }

func (a *app) modelEvalCommand() *cobra.Command {
	var data, weights, practice string
	var corrections bool
	cmd := &cobra.Command{
		Use:   "eval {--data DIR | --corrections}",
		Short: "Measure the scorer on labelled sets, or on this practice's own text",
		Long: `Eval scores the labelled sets in --data (NAME.dev.jsonl) and prints a table: accuracy and mean F1 in three
and five classes, accuracy by the sign of the score, the expected calibration error of the confidence, then
each touchpoint and behaviour with what was found where it was missed.

With --corrections it measures the scorer that the config uses, or --model, on your own text instead, by the
labels of percept correct. A label says of one part of one feedback whether it is about a touchpoint, and how
it felt; it says nothing of the touchpoints beside it. So precision is over what the scorer finds and a person
judged, recall over what a person found, sentiment over what both found, each with its 95 % Wilson interval and
n. People correct what looks wrong, so errors are over-represented and the scorer is likely better than this
says; only labels of feedback picked by chance, right readings too, measure it fairly.`,
		Example: "  percept model eval --data labelled\n  percept model eval --corrections --practice harbour-street",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case corrections && data != "":
				return usageError{errors.New("--data and --corrections measure on different texts: give one of them")}
			case corrections:
				return a.with(cmd.Context(), "model eval", false, func(p *pipeline) error { return p.evalCorrections(cmd.Context(), practice, weights) })
			case practice != "":
				return usageError{hinted{errors.New("--practice is for --corrections: the labelled sets know no practice"), "add --corrections"}}
			case data == "":
				return usageError{hinted{errors.New("eval needs something to measure by"), "add --data DIR, the folder of labelled sets, or --corrections for your own labels"}}
			}
			return a.evalSets(cmd.Context(), data, weights)
		},
	}
	f := cmd.Flags()
	f.StringVar(&data, "data", "", "the `folder` of labelled sets")
	f.StringVar(&weights, "model", "", "a `file` of weights instead of those that come with percept")
	f.BoolVar(&corrections, "corrections", false, "measure by the labels of percept correct")
	f.StringVar(&practice, "practice", "", "only the corrections of this practice (its `id`)")
	return cmd
}

// evalSets measures on the labelled sets of a folder.
func (a *app) evalSets(ctx context.Context, data, weights string) error {
	w, err := a.readWeights(weights)
	if err != nil {
		return err
	}
	taxonomy, err := analysis.BuiltIn("optometry")
	if err != nil {
		return err
	}
	s, err := model.With(taxonomy, w)
	if err != nil {
		return err
	}
	list, err := model.Evaluate(ctx, s, model.Options{Data: data, Workers: a.workers, Say: a.say})
	if err != nil {
		return err
	}
	return model.WriteFigures(a.out, list)
}

// readWeights reads a file of weights, or those that come with percept for "".
func (a *app) readWeights(name string) (*model.Weights, error) {
	if name == "" {
		return model.BuiltIn()
	}
	body, err := os.ReadFile(name)
	if err != nil {
		return nil, usageError{err}
	}
	w, err := model.ReadWeights(body)
	if err != nil {
		return nil, usageError{fmt.Errorf("%s: %w", name, err)}
	}
	return w, nil
}
