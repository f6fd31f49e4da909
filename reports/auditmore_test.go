package reports

import (
	"strings"
	"testing"

	"percept/analysis"
)

func TestAuditReadsRepliesAndHoldsLabelsAgainstPersons(t *testing.T) {
	p := harbour(t)
	w := invent(p, 1)
	copies := 0
	for i := range w.reviews {
		switch r := w.reviews[i].Reply; {
		case r == nil:
		case copies < 3:
			copies++
		default:
			r.Text = "Ask " + w.reviews[i].ID + " for Sarah on 021 555 0144. We have changed how we call."
		}
	}
	s := newStore(t, w)
	o := auditOptions(t, s, p)
	o.LintReply = func(reply string) []string {
		if strings.Contains(reply, "Sarah") {
			return []string{"name"}
		}
		return nil
	}
	o.Agreements = []analysis.Agreement{{Touchpoint: "exam", Hit: 18, Wrong: 2, Missed: 6, Felt: 16}, {Touchpoint: "quote"}}
	o.Agreed = o.Agreements[0]
	o.Agreed.Touchpoint = ""
	a := makeAudit(t, s, p, o)
	root := checkPage(t, a.Page)
	shown := func(id string) string {
		t.Helper()
		found := find(root, "#f-"+id)
		if len(found) != 1 {
			t.Fatalf("figure %s stands %d times", id, len(found))
		}
		return inner(found[0])
	}
	if got := shown("replies.n"); got != "20" {
		t.Errorf("replies read = %s, want 20", got)
	}
	told, open := shown("replies.told"), shown("replies.open")
	if told != open || told < "17" {
		t.Errorf("%s replies tell a name and %s offer to talk, want both of all but the copies", told, open)
	}
	if text := string(a.Page); strings.Contains(text, "Sarah") || !strings.Contains(text, "[name] on [phone]") {
		t.Error("a reply of a shared audit names somebody")
	}
	for id, want := range map[string]string{
		"accuracy.exam.precision": "90 % (95 % sure: 70 to 97) of 20", "accuracy.all.recall": "75 % (95 % sure: 55 to 88) of 24", "accuracy.exam.sentiment": "89 % (95 % sure: 67 to 97) of 18",
		"follow.next": "15 February 2027",
	} {
		if got := shown(id); got != want {
			t.Errorf("%s = %q, want %q", id, got, want)
		}
	}
	if found := find(root, "#f-accuracy.quote.n"); len(found) > 0 {
		t.Error("a touchpoint without labels stands in the table")
	}
	o.Agreements, o.Agreed = nil, analysis.Agreement{}
	if text := inner(checkPage(t, makeAudit(t, s, p, o).Page)); !strings.Contains(text, "no person has labelled any") {
		t.Error("an audit without labels does not say so")
	}
}
