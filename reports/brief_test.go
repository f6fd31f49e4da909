package reports

import (
	"slices"
	"strings"
	"testing"

	"percept/analysis"
)

// The sentences of the weekly mail are those of the first screen of the weekly page, word for word, and
// the page that is attached is the page.
func TestBriefSaysWhatThePageSays(t *testing.T) {
	p := harbour(t)
	for name, w := range map[string]*world{"quiet": quietly(invent(p, 1)), "worse": invent(p, 1)} {
		if name == "quiet" {
			w.verdicts = map[place]analysis.Verdict{{"review", "exam"}: {Word: analysis.Steady}}
		}
		s := newStore(t, w)
		b, err := NewBrief(t.Context(), s, p, testOptions())
		if err != nil {
			t.Fatal(err)
		}
		page := makeWeekly(t, s, p, testOptions())
		if string(b.Page) != string(page) {
			t.Errorf("%s: the attached page is not the page", name)
		}
		lead := find(checkPage(t, page), "lead")[0]
		if got := inner(find(lead, "changed")[0]); !slices.Contains(b.Lines, got) {
			t.Errorf("%s: the page begins %q, the mail has %q", name, got, b.Lines)
		}
		whole := strings.Join(strings.Fields(inner(lead)), " ")
		said := slices.Concat(b.Lines, b.Next)
		if b.Quote != "" {
			said = append(said, b.By)
		}
		for _, line := range said {
			if !strings.Contains(whole, strings.Join(strings.Fields(line), " ")) {
				t.Errorf("%s: the mail says %q, which the page does not:\n%s", name, line, whole)
			}
		}
		if name == "worse" && (len(b.Lines) < 2 || b.Quote == "" || len(b.Next) == 0) {
			t.Errorf("%s: the brief lacks a reason, a quote or what to do: %+v", name, b.Lines)
		}
	}
}
