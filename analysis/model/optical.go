package model

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"text/tabwriter"

	"percept/analysis"
)

// A touched is a unit of a labelled set of touchpoints. Touchpoints are numbered in the order of the journey
// from 1; 0 is General.
type touched struct {
	ID, Text, Context string
	Touchpoints       []struct{ ID, Sentiment int }
	Behaviours        []struct {
		ID       string
		Polarity int
	}
}

// A LabelFigure is how well one touchpoint or behaviour was found.
type LabelFigure struct {
	ID string
	counts
	right int // of those found, with the right sentiment
	// mistaken counts, of the units where it was missed, what was found there and is wrong; the last is nothing.
	mistaken []int
}

// An OpticalFigure is how well touchpoints and behaviours of units were found, by the definitions of F1 over
// all decisions pooled; joint counts a finding only where its sentiment is right too.
type OpticalFigure struct {
	Units                   int
	Touchpoints, Behaviours []LabelFigure
	Empty, KeptEmpty        int // units without a touchpoint, and those where none was found
}

// signBand is how far from 0 a score has a sign.
const signBand = 0.05

func evaluateOptical(ctx context.Context, s *Scorer, o Options) (*Figure, error) {
	body, err := os.ReadFile(filepath.Join(o.Data, opticalSet+".dev.jsonl"))
	if err != nil {
		return nil, err
	}
	var gold []touched
	var texts []analysis.Text
	lines := bufio.NewScanner(bytes.NewReader(body))
	lines.Buffer(nil, len(body)+1)
	for n := 1; lines.Scan(); n++ {
		var g touched
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", opticalSet, n, err)
		}
		gold = append(gold, g)
		texts = append(texts, analysis.Text{ID: g.ID, Text: g.Text, Context: g.Context})
	}
	scored, err := s.scoreAll(ctx, texts, o.Workers)
	if err != nil {
		return nil, err
	}
	f := measureOptical(gold, scored, s.rules.Touchpoints(), s.rules.Behaviours())
	return &Figure{Set: opticalSet, Optical: &f}, nil
}

func measureOptical(gold []touched, scored []analysis.Scored, touchpoints, behaviours []string) OpticalFigure {
	f := OpticalFigure{Units: len(gold)}
	for _, slug := range touchpoints {
		f.Touchpoints = append(f.Touchpoints, LabelFigure{ID: slug, mistaken: make([]int, len(touchpoints)+1)})
	}
	for _, slug := range behaviours {
		f.Behaviours = append(f.Behaviours, LabelFigure{ID: slug})
	}
	for i, g := range gold {
		is, shows := map[string]int{}, map[string]int{}
		for _, t := range g.Touchpoints {
			if t.ID >= 0 && t.ID < len(touchpoints) {
				is[touchpoints[(t.ID+len(touchpoints)-1)%len(touchpoints)]] = t.Sentiment
			}
		}
		for _, b := range g.Behaviours {
			shows[b.ID] = b.Polarity
		}
		found := signs(scored[i].Mentions)
		compare(f.Touchpoints, is, found)
		compare(f.Behaviours, shows, signs(scored[i].Behaviours))
		if len(is) == 0 {
			f.Empty++
			if len(found) == 0 {
				f.KeptEmpty++
			}
		}
		mistakes(f.Touchpoints, is, found)
	}
	return f
}

// compare counts a unit's labels.
func compare(list []LabelFigure, gold, got map[string]int) {
	for j := range list {
		x := &list[j]
		want, is := gold[x.ID]
		have, found := got[x.ID]
		x.add(is, found)
		if is && found && want == have {
			x.right++
		}
	}
}

// mistakes counts what was found in a unit in place of what was missed.
func mistakes(list []LabelFigure, gold, got map[string]int) {
	for j := range list {
		if _, is := gold[list[j].ID]; !is {
			continue
		}
		if _, found := got[list[j].ID]; found {
			continue
		}
		nothing := true
		for k := range list {
			_, wrong := got[list[k].ID]
			if _, right := gold[list[k].ID]; wrong && !right {
				list[j].mistaken[k]++
				nothing = false
			}
		}
		if nothing {
			list[j].mistaken[len(list)]++
		}
	}
}

// signs returns, for each label, the sign of its strongest score.
func signs(spans []analysis.Span) map[string]int {
	best, sign := map[string]float64{}, map[string]int{}
	for _, m := range spans {
		if v, ok := best[m.ID]; ok && math.Abs(m.Score) <= v {
			continue
		}
		best[m.ID], sign[m.ID] = math.Abs(m.Score), 0
		switch {
		case m.Score > signBand:
			sign[m.ID] = 1
		case m.Score < -signBand:
			sign[m.ID] = -1
		}
	}
	return sign
}

// pooled adds the labels up: F1, F1 joint with the sentiment, and the share of right sentiment among those found.
func pooled(list []LabelFigure) (f1, joint, sentiment float64) {
	var all counts
	right := 0
	for _, x := range list {
		all.hit += x.hit
		all.wrong += x.wrong
		all.missed += x.missed
		right += x.right
	}
	return all.f1(), ratio(2*right, 2*all.hit+all.wrong+all.missed), ratio(right, all.hit)
}

func (f *OpticalFigure) write(out io.Writer, name string) error {
	t, tj, ts := pooled(f.Touchpoints)
	b, bj, _ := pooled(f.Behaviours)
	fmt.Fprintf(out, "\n%s: %d units; touchpoints F1 %.3f, joint %.3f, sentiment of found %.3f; behaviours F1 %.3f, joint %.3f; empty kept %.2f of %d\n",
		name, f.Units, t, tj, ts, b, bj, ratio(f.KeptEmpty, f.Empty), f.Empty)
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "label\tsupport\tfound\tprecision\trecall\tF1\tsentiment\tmissed: found instead")
	for _, list := range [][]LabelFigure{f.Touchpoints, f.Behaviours} {
		for _, x := range list {
			fmt.Fprintf(w, "%s\t%d\t%d\t%.3f\t%.3f\t%.3f\t%.3f\t%s\n", x.ID, x.hit+x.missed, x.hit+x.wrong,
				ratio(x.hit, x.hit+x.wrong), ratio(x.hit, x.hit+x.missed), x.f1(), ratio(x.right, x.hit), x.confusion(f.Touchpoints))
		}
	}
	return w.Flush()
}

// confusion lists what was found where the label was missed.
func (x LabelFigure) confusion(list []LabelFigure) string {
	s := ""
	for k, n := range x.mistaken {
		if n == 0 {
			continue
		}
		if k < len(list) {
			s += fmt.Sprintf("%s %d, ", list[k].ID, n)
		} else {
			s += fmt.Sprintf("nothing %d, ", n)
		}
	}
	return s[:max(0, len(s)-2)]
}
