package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"percept/analysis"
	"percept/collector"
)

// wantedHalf is how far to either side an interval should reach that is good enough to act on.
const wantedHalf = 0.10

// agreed is how the scorer reads what persons have labelled.
type agreed struct {
	practices int
	readers   []string // each scorer once, with its taxonomy
	gone      int      // labels whose words are not there any more
	all       analysis.Agreement
	list      []analysis.Agreement // by touchpoint, in the order of the journey; those nobody labelled too
}

// evalCorrections measures the scorer, or weights in its place, by the labels of percept correct.
func (p *pipeline) evalCorrections(ctx context.Context, practice, weights string) error {
	if err := p.knows(practice); err != nil {
		return err
	}
	found, err := p.agree(ctx, practice, weights)
	if err != nil {
		return fmt.Errorf("measure by corrections: %w", err)
	}
	if p.json {
		return p.encode(found.json())
	}
	return p.sayAgreed(found)
}

func (p *pipeline) agree(ctx context.Context, practice, weights string) (agreed, error) {
	var found agreed
	scorers := p.cfg.scorers()
	defer scorers.close()
	sums := map[string]*analysis.Agreement{}
	for _, id := range p.touchpoints() {
		sums[id] = &analysis.Agreement{Touchpoint: id}
	}
	for _, pc := range p.cfg.Practices {
		if practice != "" && pc.ID != practice {
			continue
		}
		heard, labels, err := p.store.Labelled(ctx, pc.ID)
		if err != nil {
			return found, err
		}
		if len(labels) == 0 {
			continue
		}
		t := p.cfg.taxonomyOf(pc)
		s, err := scorers.of(t)
		if weights != "" {
			s, err = scorerWith(t, weights)
		}
		if err != nil {
			return found, err
		}
		list, gone, err := analysis.Reader{Scorer: s, Asks: t.Asks}.Agree(ctx, heard, labels)
		if err != nil {
			return found, fmt.Errorf("%s: %w", pc.ID, err)
		}
		found.practices++
		found.gone += gone
		model, taxonomy := s.Version()
		if by := model + " with " + analysis.EditionName(taxonomy); !slices.Contains(found.readers, by) {
			found.readers = append(found.readers, by)
		}
		for _, a := range list {
			if sums[a.Touchpoint] == nil {
				sums[a.Touchpoint] = &analysis.Agreement{Touchpoint: a.Touchpoint}
			}
			sums[a.Touchpoint].Add(a)
			found.all.Add(a)
		}
	}
	found.list = inOrder(sums, p.touchpoints())
	return found, nil
}

// inOrder lists the sums as order has them, others after, by slug.
func inOrder(sums map[string]*analysis.Agreement, order []string) []analysis.Agreement {
	var list []analysis.Agreement
	for _, a := range sums {
		list = append(list, *a)
	}
	place := func(a analysis.Agreement) int {
		if i := slices.Index(order, a.Touchpoint); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(list, func(a, b analysis.Agreement) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(a.Touchpoint, b.Touchpoint))
	})
	return list
}

func (p *pipeline) sayAgreed(f agreed) error {
	if f.all.Labels() == 0 {
		fmt.Fprintf(p.out, "unmeasured: no person has labelled anything; %d labels of one kind give +-%.0f points at worst\n",
			analysis.Share{}.More(wantedHalf), 100*wantedHalf)
		fmt.Fprintln(p.err, "percept: hint: percept explain ID shows a reading, percept correct ID labels it, right or wrong")
		return nil
	}
	fmt.Fprintf(p.out, "%s of %s, as read by %s\n\n", count(f.all.Labels(), "label"), count(f.practices, "practice"), line(strings.Join(f.readers, ", ")))
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "touchpoint\tlabels\tprecision\trecall\tF1\tsentiment")
	for _, a := range f.list {
		writeAgreement(w, p.touchpointNamed(a.Touchpoint), a)
	}
	writeAgreement(w, "all together", f.all)
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "\nfor +-%.0f points, if the shares of all together stay: %s\n", 100*wantedHalf, moreOf(f.all))
	if f.gone > 0 {
		fmt.Fprintf(p.err, "percept: note: the words of %s are gone and not measured\n", count(f.gone, "label"))
	}
	fmt.Fprintln(p.err, "percept: note: people label what looked wrong, so errors are over-represented; label pieces picked by chance, right readings too, for a fair figure")
	return nil
}

func writeAgreement(w *tabwriter.Writer, name string, a analysis.Agreement) {
	overlap := a.Overlap()
	lo, hi := overlap.Interval()
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", line(name), collector.Thousands(a.Labels()), shareText(a.Precision()), shareText(a.Recall()),
		shareBetween(analysis.F1(overlap.Value()), analysis.F1(lo), analysis.F1(hi), overlap.N), shareText(a.Sentiment()))
}

func shareText(s analysis.Share) string {
	lo, hi := s.Interval()
	return shareBetween(s.Value(), lo, hi, s.N)
}

func shareBetween(v, lo, hi float64, n int) string {
	if n == 0 {
		return "unmeasured"
	}
	return fmt.Sprintf("%.2f (%.2f to %.2f) of %s", v, lo, hi, collector.Thousands(n))
}

// moreOf says how many more labels each figure needs.
func moreOf(a analysis.Agreement) string {
	var parts []string
	for _, x := range []struct {
		share analysis.Share
		what  string
	}{
		{a.Precision(), "%s more where the scorer finds a touchpoint (precision)"},
		{a.Recall(), "%s more where a person does (recall)"},
		{a.Sentiment(), "%s more where both do (sentiment)"},
	} {
		if more := x.share.More(wantedHalf); more > 0 {
			parts = append(parts, fmt.Sprintf(x.what, collector.Thousands(more)))
		}
	}
	if len(parts) == 0 {
		return "no more labels are needed"
	}
	return strings.Join(parts, ", ")
}

// touchpointNamed is the name of a touchpoint in the first taxonomy that has it.
func (p *pipeline) touchpointNamed(id string) string {
	for _, pc := range p.cfg.Practices {
		if tp, ok := p.cfg.taxonomyOf(pc).Touchpoint(id); ok {
			return tp.Name
		}
	}
	return id
}

// The shapes of eval --corrections --json; a share of nothing is null.
type (
	agreedJSON struct {
		Practices   int             `json:"practices"`
		Gone        int             `json:"gone"`
		Readers     []string        `json:"readers"`
		All         agreementJSON   `json:"all"`
		Touchpoints []agreementJSON `json:"touchpoints"`
	}
	agreementJSON struct {
		Touchpoint string     `json:"touchpoint,omitempty"`
		Labels     int        `json:"labels"`
		Precision  *shareJSON `json:"precision"`
		Recall     *shareJSON `json:"recall"`
		F1         *shareJSON `json:"f1"`
		Sentiment  *shareJSON `json:"sentiment"`
	}
	shareJSON struct {
		Value float64 `json:"value"`
		Lo    float64 `json:"lo"`
		Hi    float64 `json:"hi"`
		N     int     `json:"n"`
		More  int     `json:"more,omitempty"` // labels until +-10 points
	}
)

func (f agreed) json() agreedJSON {
	j := agreedJSON{Practices: f.practices, Gone: f.gone, Readers: append([]string{}, f.readers...), All: agreementOf(f.all), Touchpoints: []agreementJSON{}}
	for _, a := range f.list {
		j.Touchpoints = append(j.Touchpoints, agreementOf(a))
	}
	return j
}

func agreementOf(a analysis.Agreement) agreementJSON {
	j := agreementJSON{Touchpoint: a.Touchpoint, Labels: a.Labels(), Precision: shareOf(a.Precision()), Recall: shareOf(a.Recall()), Sentiment: shareOf(a.Sentiment())}
	if overlap := shareOf(a.Overlap()); overlap != nil {
		j.F1 = &shareJSON{Value: analysis.F1(overlap.Value), Lo: analysis.F1(overlap.Lo), Hi: analysis.F1(overlap.Hi), N: overlap.N}
	}
	return j
}

func shareOf(s analysis.Share) *shareJSON {
	if s.N == 0 {
		return nil
	}
	lo, hi := s.Interval()
	return &shareJSON{s.Value(), lo, hi, s.N, s.More(wantedHalf)}
}
