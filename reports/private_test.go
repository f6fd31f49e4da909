package reports

import (
	"reflect"
	"strings"
	"testing"
)

// Who asked not to be quoted counts as everybody does and is quoted on no page for sharing; the practice's own pages
// have the words.
func TestUnquotedWords(t *testing.T) {
	p := harbour(t)
	open, closed := invent(p, 1), invent(p, 1)
	for _, w := range []*world{open, closed} {
		for i := range w.responses {
			w.responses[i].Answers[0].Text += " Mark zq" + w.responses[i].ID + "."
			w.responses[i].Private = w == closed
		}
	}
	s, free := newStore(t, closed), newStore(t, open)
	pages := func(audience Audience) map[string]string {
		o := testOptions()
		o.Audience = audience
		said, _ := reportOf(t, s, p, o)
		made := map[string]string{"weekly": string(makeWeekly(t, s, p, o)), "evidence": string(makeEvidence(t, s, p, o)), "json": said}
		ao := auditOptions(t, s, p)
		ao.Audience = audience
		a := makeAudit(t, s, p, ao)
		for _, f := range a.files {
			made["audit "+f.name] = string(f.data)
		}
		return made
	}
	for name, text := range pages(Shared) {
		if strings.Contains(text, "zq") {
			t.Errorf("%s for sharing quotes who asked not to be", name)
		}
		if has := strings.Contains(text, "[asked not to be quoted]"); has != (name == "evidence") {
			t.Errorf("%s for sharing says that words are left out: %v", name, has)
		}
	}
	for name, text := range pages(Internal) {
		if wants := name != "audit config.json" && name != "audit pack.json" && name != "audit SHA256SUMS" && name != "json"; wants && !strings.Contains(text, "zq") {
			t.Errorf("%s of the practice's own does not have the words", name)
		}
	}
	o := testOptions()
	o.Audience = Shared
	_, got := reportOf(t, s, p, o)
	_, want := reportOf(t, free, p, o)
	if !reflect.DeepEqual(got.Practices[0].Journey, want.Practices[0].Journey) || !reflect.DeepEqual(got.Practices[0].Vitals, want.Practices[0].Vitals) {
		t.Error("figures differ from those of a practice whose customers may all be quoted")
	}
}
