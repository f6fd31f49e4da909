package reports

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"percept/analysis"
	"percept/collector"
	"percept/reports/alert"
)

// everyAlert is a state in which every rule fires and every kind of message is made.
func everyAlert(now time.Time) (alert.State, alert.Settings) {
	said := func(id, kind, text string, rating float64) alert.Feedback {
		return alert.Feedback{ID: id, Practice: "elm", Source: "web:x.example", Kind: kind, Version: 1, Given: now.Add(-30 * time.Hour), Rating: rating,
			RatingText: alert.RatingText(rating, "", "", "stars"), Text: text, Mentions: []alert.Mention{{Touchpoint: "exam", Name: "Eye exam", Score: -.8}}}
	}
	flagged := time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC)
	slip := analysis.Verdict{Practice: "elm", Channel: "response", Touchpoint: "exam", Word: analysis.Worse, Flagged: flagged, Since: flagged, People: 56}
	refused := said("f4", "review", "Dit was sleg.", 2)
	refused.ReplyState, refused.Given = "rejected", now.AddDate(0, 0, -9)
	s := alert.State{
		Fresh:   []alert.Feedback{said("f1", "review", "Ek wil my refund hê.", 1), said("f2", "response", "Dit was sleg.", 2), said("f3", "review", "Swak.", 2)},
		Waiting: []alert.Feedback{refused},
		Slips: []alert.Slip{{Verdict: slip, Name: "Eye exam",
			Sentence: "Eye exam is worse in the survey since the week of 9 November 2026: -0.81 (likely -0.92 to -0.70) on a scale of -1 to 1, 56 people in 13 weeks"}},
		Withdrawals: []alert.Withdrawal{{Practice: "elm", Channel: "review", Touchpoint: "quote", Flagged: flagged, Name: "Quote for appliance", Why: "week 45 of 2026 gained 12 answers"}},
		Outages: []alert.Outage{
			{Practice: "elm", Source: "web:x.example", State: "incomplete", Why: "page 2 of 4: status 503 Service Unavailable", Since: now.Add(-time.Hour), LastComplete: now.AddDate(0, 0, -7), Working: []string{"survey:x.csv"}},
			{Source: "survey:all.csv", State: "failed", Why: "there is no such file", Since: now.Add(-time.Hour)},
		},
		Raised: []alert.Raised{{ID: "old", Practice: "elm", About: "slip review quote", Rules: []string{"slip"}, At: flagged}},
		Held: []alert.Held{{Alert: "h1", Receiver: "owner", At: now.AddDate(0, 0, -2), Given: now.AddDate(0, 0, -3), Severity: alert.Low,
			Item: alert.Item{ID: "h1", Practice: "elm", PracticeName: "Q", Kind: "review", Severity: alert.Low, Rules: []string{"unanswered"}, Why: []string{"no reply after 7 days"}, Given: "13 November 2026", Age: "a day ago", Feedback: "f9"}}},
		Tellings: []alert.Telling{{Alert: "old", Taken: true, Message: alert.Message{Key: "k", Receiver: "owner"}}},
	}
	owner := func(string) string { return "Q" }
	rules := append(alert.DefaultRules(), alert.Rule{Name: "exam", Severity: alert.Normal, Touchpoint: "exam", Score: -.5})
	return s, alert.Settings{Rules: rules, Zone: time.UTC, Owner: "Q", SourceName: collector.SourceLabel,
		Receivers: []alert.Receiver{{Name: "owner", Zone: time.UTC, Budget: 99, Language: "af", Mask: MaskedIn("af")}},
		Practices: []alert.Practice{{ID: "elm", Name: "Q", Zone: time.UTC, Owner: owner}, {ID: "oak", Name: "Q", Zone: time.UTC, Owner: owner}}}
}

func TestNothingEnglishIsLeftInAfrikaansMails(t *testing.T) {
	af, now := languages()["af"], time.Date(2026, 11, 16, 8, 0, 0, 0, time.UTC)
	form, err := alert.NewForm("", "", PhrasesOf("af"))
	if err != nil {
		t.Fatal(err)
	}
	state, settings := everyAlert(now)
	kinds := map[alert.Kind]bool{}
	var contents []alert.Content
	for _, first := range []bool{false, true} {
		for i := range state.Fresh {
			state.Fresh[i].First = first
		}
		for _, m := range alert.Due(state, settings, now).Messages {
			kinds[m.Kind] = true
			contents = append(contents, m.Content)
		}
	}
	for _, want := range []alert.Kind{alert.OneAlert, alert.SlipAlert, alert.Failure, alert.First, alert.Digest, alert.Withdrawn} {
		if !kinds[want] {
			t.Errorf("no message of kind %s was made", want)
		}
	}
	said := ""
	for _, c := range contents {
		if c.Language != "af" {
			t.Errorf("%q is in %q", c.Subject, c.Language)
		}
		r, err := form.Render(c)
		if err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(strings.NewReader(r.HTML))
		if err != nil {
			t.Fatal(err)
		}
		lines := []string{r.Subject}
		for n := range root.Descendants() {
			if n.Type == html.TextNode && !within(n, "blockquote", "code", "style") {
				lines = append(lines, n.Data)
			}
		}
		for line := range strings.Lines(r.Text) {
			if !strings.HasPrefix(line, "    ") && !strings.Contains(line, "percept alert ") {
				lines = append(lines, line)
			}
		}
		for i, l := range lines {
			lines[i] = strings.NewReplacer("“refund”", "", "percept reply check", "", "(source", "(").Replace(l)
		}
		for _, left := range leftovers(af, lines) {
			t.Errorf("%q is English in the mail\n%s", left, r.Text)
		}
		said += strings.Join(lines, "\n") + "\n"
	}
	for _, source := range []string{"percept: versameling het misluk: opname (all.csv), ", "Bron: opname (all.csv)", "heeltemal gelees: opname (x.csv)", "x.example kon nie"} {
		if !strings.Contains(said, source) {
			t.Errorf("no mail says %q:\n%s", source, said)
		}
	}
	if strings.Contains(said, "survey") || strings.Contains(said, "web:") {
		t.Errorf("a mail names a source by its key:\n%s", said)
	}
}

func TestTheWeeklyMailIsInThePagesLanguage(t *testing.T) {
	p := harbour(t)
	w := invent(p, 1)
	w.review.State, w.review.Why = collector.Incomplete, "page 2 of 4: status 503 Service Unavailable"
	o := afrikaans(testOptions())
	s := newStore(t, w)
	b, err := NewBrief(t.Context(), s, p, lastWeek, o)
	if err != nil || b == nil {
		t.Fatal(b, err)
	}
	all, err := Standings(t.Context(), s, []collector.Practice{p}, o)
	if err != nil {
		t.Fatal(err)
	}
	title, line, subject := PhrasesOf("af").Portfolio(3, 1, lastWeek)
	form, err := alert.NewForm("", "", PhrasesOf("af"))
	if err != nil {
		t.Fatal(err)
	}
	weekly := &alert.Page{Title: b.Title, Lines: b.Lines, By: b.By, Next: b.Next, Holes: b.Holes}
	portfolio := &alert.Page{Title: title, Lines: []string{line}, Rows: []alert.Row{{Practice: "Q", Word: all[0].Word, Holes: all[0].Holes}, {Practice: "Q", Word: all[0].Word, Holes: 2}}}
	for _, c := range []alert.Content{{Subject: "percept: " + b.Title, Language: b.Language, Page: weekly}, {Subject: subject, Language: b.Language, Page: portfolio}} {
		r, err := form.Render(c)
		if err != nil {
			t.Fatal(err)
		}
		if left := leftovers(languages()["af"], strings.Split(names.ReplaceAllString(r.Subject+"\n"+r.Text, ""), "\n")); len(left) > 0 {
			t.Errorf("%q are English in the mail\n%s", left, r.Text)
		}
		if !strings.Contains(r.HTML, `<html lang="af">`) {
			t.Errorf("the mail is not said to be in Afrikaans: %.100s", r.HTML)
		}
	}
	if len(b.Holes) == 0 || len(b.Next) == 0 {
		t.Errorf("the brief lacks a hole or what to do: %+v", b)
	}
}
