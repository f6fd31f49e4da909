package reports

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"percept/analysis"
)

// TestHandoversAndActionsRestOnWhatWasSaid computes a handover from the mentions themselves, and reads what an action says
// of effort and effect.
func TestHandoversAndActionsRestOnWhatWasSaid(t *testing.T) {
	p := harbour(t)
	w := invent(p, 1)
	s := newStore(t, w)
	o := auditOptions(t, s, p)
	o.Effort = func(touchpoint string) string {
		return map[string]string{"collection_call": "two <b>afternoons</b>"}[touchpoint]
	}
	a := makeAudit(t, s, p, o)
	root := checkPage(t, a.Page)
	value := func(id string) float64 {
		t.Helper()
		for _, f := range a.Figures {
			if f.ID == id {
				v, err := strconv.ParseFloat(f.Value, 64)
				if err != nil {
					t.Fatal(err)
				}
				return v
			}
		}
		t.Fatalf("no figure %s", id)
		return 0
	}
	phase := map[string]string{}
	for _, x := range testTaxonomy().Touchpoints {
		phase[x.ID] = x.Phase
	}
	reviews := map[string]bool{}
	for _, f := range w.reviews {
		reviews[f.ID] = true
	}
	n, sum := 0.0, 0.0
	for _, u := range w.understood {
		felt, of := map[string]float64{}, map[string]float64{}
		for _, m := range u.Mentions { // a review speaks of a touchpoint once
			felt[phase[m.Touchpoint]] += m.Score
			of[phase[m.Touchpoint]]++
		}
		if reviews[u.Feedback] && of["Dispensing"] > 0 && of["Collection"] > 0 {
			n++
			sum += felt["Collection"]/of["Collection"] - felt["Dispensing"]/of["Dispensing"]
		}
	}
	if got := value("handover4.review.n"); got != n || n < enough {
		t.Errorf("%v speak of both sides of the handover to collection, want %v", got, n)
	}
	if got := value("handover4.review.change"); math.Abs(got-sum/n) > 1e-6 {
		t.Errorf("change at the handover to collection = %v, want %v", got, sum/n)
	}
	if gain := find(root, "#f-action1.gain"); len(gain) != 1 || inner(gain[0]) != "+0.71 (90 % sure: +0.44 to +0.98)" {
		t.Errorf("the first action gains %v at most, want what was lost", gain)
	}
	actions := inner(find(root, "#actions")[0])
	if !strings.Contains(actions, "two <b>afternoons</b>") || !strings.Contains(string(a.Page), "two &lt;b&gt;afternoons&lt;/b&gt;") {
		t.Error("the effort of the config does not stand there as text")
	}
	if blanks := strings.Count(string(a.Page), `class="blank"`); blanks == 0 {
		t.Error("no line to fill in where nobody said who acts")
	}
	if len(find(root, "#letter")) != 1 || !strings.Contains(inner(find(root, "#letter")[0]), "Who finds out what changed at “Call for collection of account”") {
		t.Error("the letter names no decision")
	}
}

func TestAMeanOfValuesByHand(t *testing.T) {
	mean, lo, hi := meanOf([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
	// t of 9 degrees of freedom at 95 % is 1.833; the standard error is 3.02765/√10.
	if math.Abs(mean-5.5) > 1e-12 || math.Abs(hi-mean-1.833*3.0276504/math.Sqrt(10)) > 5e-3 || math.Abs(mean-lo-(hi-mean)) > 1e-12 {
		t.Errorf("meanOf = %v (%v to %v)", mean, lo, hi)
	}
}

func TestANoteDoesNotSayHowFewSpoke(t *testing.T) {
	v := analysis.Verdict{Note: "at this volume only a drop of 1.2 would show; 3 spoke of a change; at least 10 are needed to call it one"}
	shared, inside := &material{in: english, masks: true}, &material{in: english}
	if got := shared.note(v); got != "at this volume only a drop of 1.2 would show; under 5 spoke of a change; at least 10 are needed to call it one" {
		t.Errorf("a shared note says %q", got)
	}
	if got := inside.note(v); got != v.Note {
		t.Errorf("a note for inside says %q", got)
	}
}
