package reports

import (
	"bytes"
	"encoding/json"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"percept/analysis"
	"percept/collector"
	"percept/reports/alert/alerttest"
	"percept/store"
)

func TestJSONIsWhatIsPublished(t *testing.T) {
	published := alerttest.Published(t, filepath.Join("..", "docs", "report.schema.json"))
	p := harbour(t)
	broken := invent(p, 2)
	broken.review.State, broken.review.Why = collector.Incomplete, "page 2 of 4: status 503"
	for name, w := range map[string]*world{"a year": invent(p, 1), "a hole": broken, "nothing": {practice: p}} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t, w)
			if name == "a year" {
				track(t, s, analysis.Trial{Practice: p.ID, Touchpoint: "fitment", What: "A second fitting", Channel: collector.Response, Date: lastWeek.Add(-9 * week)})
			}
			var body bytes.Buffer
			if err := JSON(t.Context(), &body, s, []collector.Practice{p}, withInsights(t, s, p)); err != nil {
				t.Fatal(err)
			}
			for _, wrong := range published.Check(body.Bytes()) {
				t.Error(wrong)
			}
		})
	}
}

// reportOf is the JSON of a practice, as it is written and as it is read again.
func reportOf(t *testing.T, s *store.Store, p collector.Practice, o Options) (string, jsonReport) {
	t.Helper()
	var body bytes.Buffer
	if err := JSON(t.Context(), &body, s, []collector.Practice{p}, o); err != nil {
		t.Fatal(err)
	}
	var got jsonReport
	if err := json.Unmarshal(body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return body.String(), got
}

// TestJSONSaysWhatThePageSays compares the numbers of the two.
func TestJSONSaysWhatThePageSays(t *testing.T) {
	p := harbour(t)
	s := newStore(t, invent(p, 1))
	o := withInsights(t, s, p)
	o.Audience = Internal // the other leaves small counts unsaid
	_, got := reportOf(t, s, p, o)
	one := got.Practices[0]
	root := checkPage(t, makeWeekly(t, s, p, o))
	if changed := inner(find(root, "changed")[0]); one.Headline.Changed != changed {
		t.Errorf("headline %q, want %q", one.Headline.Changed, changed)
	}
	var people, unhappy int
	for _, x := range one.Journey {
		for _, c := range x.Channels {
			people, unhappy = people+*c.People, unhappy+*c.Unhappy
			if (c.Verdict == analysis.Worse) != (x.ID == "collection_call" && c.Channel == "review") || (c.Effect != nil) != (c.Since != "") {
				t.Errorf("%s in %s: %+v", x.ID, c.Channel, c)
			}
		}
	}
	chips := 0
	for _, cell := range find(root, "cell") {
		chips += len(find(cell, "chip"))
	}
	if n := len(one.Journey) * 2; chips != n || people == 0 || unhappy == 0 || unhappy >= people {
		t.Errorf("%d verdicts, want %d as on the page; %d people, %d unhappy", n, chips, people, unhappy)
	}
	sum := 0.0
	for _, part := range one.Bridge.Parts {
		sum += part.Value
	}
	if math.Abs(sum-(one.Bridge.To-one.Bridge.From)) > 1e-9 {
		t.Errorf("parts add up to %v, want %v", sum, one.Bridge.To-one.Bridge.From)
	}
	if len(one.Vitals) != vitalsShown {
		t.Errorf("%d vital signs, want %d", len(one.Vitals), vitalsShown)
	}
	for _, v := range one.Vitals {
		if v.Value == nil || *v.N == 0 || len(v.Periods) != vitalPeriods || v.Usual == nil || v.Usual.Lo > v.Usual.Hi {
			t.Errorf("%s: %+v", v.Tag, v)
		}
	}
	o.Audience = Shared
	if shared, _ := reportOf(t, s, p, o); strings.Contains(shared, "Marlowe") {
		t.Error("the shared report names a person")
	}
	o.Only = "another"
	var body bytes.Buffer
	if err := JSON(t.Context(), &body, s, []collector.Practice{p}, o); err != nil || strings.Contains(body.String(), p.ID) {
		t.Errorf("a report of another practice is %.200s, %v", body.String(), err)
	}
}
