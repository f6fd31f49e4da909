package alert

import (
	"slices"
	"strings"
	"testing"
)

func TestLintReply(t *testing.T) {
	for draft, want := range map[string]string{
		"Thank you for telling us. We take every concern seriously. Please ring us on 021 555 0100 and ask for the manager on duty.": "",
		"We are sorry to read this, and would like to hear more. Our doors are open from Monday to Saturday.":                        "",
		"Dear reviewer, feedback like this helps us to improve how we work. We cannot discuss anybody's care in public.":             "",
		"We hold ourselves to a high standard and are sorry that we fell short.":                                                     "",
		"You were a patient of ours.":                             "patient status",
		"As our patient you should know better.":                  "patient status",
		"Sorry about your last visit.":                            "patient status",
		"Our records show otherwise.":                             "patient status",
		"We have no record of you.":                               "patient status",
		"Thank you for choosing us!":                              "patient status",
		"We saw you in the shop":                                  "patient status",
		"You’re a valued customer":                                "patient status",
		"on 14 November we were short of staff":                   "date",
		"on 2026-11-14 we were closed":                            "date",
		"Last Tuesday was busy":                                   "date",
		"that was two weeks ago":                                  "date",
		"Your glasses were ready":                                 "treatment",
		"The prescription was right":                              "treatment",
		"We remade them, the optometrist recommended varifocals":  "treatment,treatment",
		"We offered R1 200 back":                                  "money",
		"You paid £45":                                            "money,money",
		"We have refunded it":                                     "money",
		"Dr Marlowe is sorry":                                     "name",
		"Hi Thandi,\nsorry":                                       "name",
		"Our receptionist Sam was new":                            "name",
		"We're sorry, Mr. Invented, that your eye test took long": "name,treatment",
	} {
		var kinds []string
		for _, f := range LintReply(draft) {
			kinds = append(kinds, f.Kind)
			if draft[f.Start:f.End] != f.Words || f.Why == "" {
				t.Errorf("%q: finding %+v is not at its place", draft, f)
			}
		}
		if got := strings.Join(kinds, ","); got != want {
			t.Errorf("LintReply(%q) = %q, want %q", draft, got, want)
		}
	}
}

func TestLintReplyIsLinear(t *testing.T) {
	if n := len(LintReply(strings.Repeat("your ", 4000))); n != 0 {
		t.Errorf("%d findings", n)
	}
	if !slices.ContainsFunc(LintReply(strings.Repeat("word ", 3000)+"Dr Marlowe"), func(f Finding) bool { return f.Kind == "name" }) {
		t.Error("the end of a long draft is not read")
	}
}
