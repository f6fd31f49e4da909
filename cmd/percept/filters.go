package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"percept/analysis"
)

// A tally of bad lines: each is named on standard error, and any makes the filter exit 3.
type tally struct {
	*app
	bad int
}

func (t *tally) line(number int, err error) {
	t.bad++
	fmt.Fprintf(t.err, "percept: line %d: %s\n", number, line(err.Error()))
}

func (t *tally) end(err error) error {
	if err == nil && t.bad > 0 {
		return errIncomplete
	}
	return err
}

// inputs opens the files named, or standard input for none and for "-".
func (a *app) inputs(args []string, fn func(name string, r io.Reader) error) error {
	if len(args) == 0 {
		args = []string{"-"}
	}
	for _, name := range args {
		if err := a.input(name, fn); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) input(name string, fn func(name string, r io.Reader) error) error {
	if name == "-" {
		return fn(name, a.in)
	}
	f, err := os.Open(name)
	if err != nil {
		return usageError{err}
	}
	return errors.Join(fn(name, f), f.Close())
}

// buffered runs fn with a buffered standard output and flushes it.
func (a *app) buffered(fn func(w io.Writer) error) error {
	w := bufio.NewWriterSize(a.out, 1<<16)
	return errors.Join(fn(w), w.Flush())
}

func (a *app) scoreCommand() *cobra.Command {
	var taxonomy, weights string
	cmd := &cobra.Command{
		Use:   "score [FILE...]",
		Short: "A filter: texts in, touchpoints and sentiment out",
		Long: `Score reads JSONL (or CSV with a header) with id and text, and optionally question, context, aspect,
channel and lang, and writes one JSON object a text in the same order:
  {"id","score","label","label5","confidence","touchpoints":[{"id","score","confidence","start","end"}],
   "behaviours":[{"id","score","confidence"}]}
start and end are byte offsets into the text as given. A text whose lang, or whose words under it, are of
a language that cannot be scored is answered with {"id","unread":true,"language"}. A bad line is named and
skipped (exit 3).`,
		Example: `  echo '{"id":1,"text":"Lovely frames, but nobody rang."}' | percept score`,
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := loadTaxonomy(taxonomy, func(p string) string { return p })
			if err != nil {
				return usageError{err}
			}
			scorer, err := scorerWith(t, weights)
			if err != nil {
				return err
			}
			bad := &tally{app: a}
			// Not buffered: a program that asks line by line waits for each answer.
			err = a.inputs(args, func(_ string, r io.Reader) error {
				return analysis.ScoreLines(cmd.Context(), r, a.out, scorer, a.workers, bad.line)
			})
			return bad.end(err)
		},
	}
	cmd.Flags().StringVar(&taxonomy, "taxonomy", "optometry", "a built-in taxonomy or a taxonomy `file`")
	cmd.Flags().StringVar(&weights, "model", "", "a `file` of weights that percept model train wrote, in place of the built-in ones")
	return cmd
}

func (a *app) detectCommand() *cobra.Command {
	var alpha float64
	cmd := &cobra.Command{
		Use:   "detect [FILE]",
		Short: "A filter: scored observations in, slips out",
		Long: `Detect reads CSV with practice,touchpoint,source,date,score,rating and optionally review,textsig, replays
it week by week and writes one row an alarm:
  practice,touchpoint,kind,week_flagged,estimated_start_week,start_lo,start_hi,effect,effect_lo,effect_hi,
  week_cleared,n,statistic
What is said of a week uses rows up to that week only. touchpoint * is the practice as a whole.`,
		Example: "  percept detect observations.csv > alarms.csv\n  percept detect --alpha 0.1 < observations.csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			if !(alpha > 0 && alpha <= 10) {
				return usageError{fmt.Errorf("--alpha %v: want more than 0 and at most 10 false alarms a practice and year", alpha)}
			}
			bad := &tally{app: a}
			var obs []analysis.Observation
			err := a.inputs(args, func(name string, r io.Reader) error {
				some, err := analysis.ReadObservations(r, bad.line)
				obs = append(obs, some...)
				return err
			})
			if err != nil {
				return err
			}
			found, err := analysis.Detect(cmd.Context(), obs, analysis.DetectOptions{Alpha: alpha, Workers: a.workers})
			if err != nil {
				return err
			}
			return bad.end(a.buffered(func(w io.Writer) error { return analysis.WriteAlarms(w, found.Alarms) }))
		},
	}
	cmd.Flags().Float64Var(&alpha, "alpha", 0.5, "false alarms a practice and year that are accepted")
	return cmd
}

func (a *app) extractCommand() *cobra.Command {
	var address, asOf, profile string
	var suggest bool
	cmd := &cobra.Command{
		Use:   "extract FILE...",
		Short: "A filter: saved pages, answers and exports in, reviews and responses out",
		Long: `Extract finds the reviews in saved pages (JSON-LD, microdata, RDFa, or by a profile of selectors), in
saved answers and exports of platforms (JSON, CSV, a Takeout of Google as zip; those too that collect
refuses) and the responses in survey files, and stores nothing. One JSON object a review with case (the file),
url, format, subject, id, author, rating (1-5), rating_raw, best, worst, date, date_precision, title,
text and the reply; then a line with the aggregate and one with next_url where the page has them, and
{"case","done":true}. A profile.json beside a page is used unasked.

With --suggest it proposes a profile for one page without markup, found by the block that repeats, and
says what that profile reads; save it, compare it with the page, and name it in the config.`,
		Example: "  percept extract --url https://practice.example/reviews saved.html\n  percept extract --suggest saved.html > profile.yaml",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{hinted{errors.New("extract needs a file"), "see: percept extract --help"}}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			var when time.Time
			if asOf != "" {
				t, err := time.Parse(time.DateOnly, asOf)
				if err != nil {
					return usageError{fmt.Errorf("--as-of %q: want a date such as 2026-11-16", asOf)}
				}
				when = t
			}
			x := extraction{app: a, url: address, asOf: when, profile: profile}
			if suggest {
				if len(args) > 1 {
					return usageError{errors.New("--suggest reads one page")}
				}
				return a.buffered(func(w io.Writer) error { return x.suggest(w, args[0]) })
			}
			bad := 0
			err := a.buffered(func(w io.Writer) error {
				for _, name := range args {
					if err := x.file(cmd.Context(), w, name); err != nil {
						var usage usageError
						if errors.As(err, &usage) {
							return err
						}
						bad++
						if !errors.Is(err, errIncomplete) { // told already
							fmt.Fprintf(a.err, "percept: %s: %s\n", line(name), line(err.Error()))
						}
					}
				}
				return nil
			})
			if err == nil && bad > 0 {
				err = errIncomplete
			}
			return err
		},
	}
	cmd.Flags().StringVar(&address, "url", "", "the `address` the page was saved from")
	cmd.Flags().StringVar(&asOf, "as-of", "", "the `date` it was saved on: without it \"a month ago\" is no date")
	cmd.Flags().StringVar(&profile, "profile", "", "a `file` of selectors for a page without markup")
	cmd.Flags().BoolVar(&suggest, "suggest", false, "propose a profile for a page without markup")
	cmd.MarkFlagsMutuallyExclusive("suggest", "profile")
	return cmd
}

// beside is the path of a file in the folder of another, or "" where there is none.
func beside(file, name string) string {
	path := filepath.Join(filepath.Dir(file), name)
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}
