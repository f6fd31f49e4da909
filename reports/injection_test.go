package reports

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"percept/analysis"
	"percept/collector"
)

// breaking are payloads that differ in how they break out; the pages of a browser's test hold all.
var breaking = []string{
	`</script><script>pwned(1)</script>`, `"><svg onload=pwned(1)>`, `' onmouseover='pwned(1)`, `__f__function(){pwned(1)}__f__`, `</q></p></li></ol></details></section></main><h1>Closed</h1>`,
}

func TestHostileTextIsShownAsText(t *testing.T) {
	for _, hostile := range breaking {
		t.Run(hostile, func(t *testing.T) {
			t.Parallel()
			p := harbour(t)
			p.Name = hostile
			w := invent(p, 1)
			for i := range w.reviews {
				w.reviews[i].Text += " " + hostile
				w.reviews[i].URL = "javascript:alert(1)//" + hostile
				if i%2 == 0 {
					w.reviews[i].URL = "https://reviews.example/?q=" + hostile
				}
				w.reviews[i].Rating.Raw = hostile
			}
			for i := range w.responses {
				w.responses[i].Answers[0].Text += " " + hostile
				w.responses[i].Answers[0].Question = hostile
				w.responses[i].Rating.Raw, w.responses[i].Rating.Tag = hostile, hostile
			}
			w.review.Source, w.review.State, w.review.Why, w.survey.Kind = hostile, collector.Failed, hostile, hostile
			v := w.verdicts[place{"review", "collection_call"}]
			v.Note = hostile
			w.verdicts[place{"review", "collection_call"}] = v
			root := checkPage(t, makeWeekly(t, newStore(t, w), p, testOptions()))
			if title := inner(find2(root, "title")); !strings.HasPrefix(title, hostile) {
				t.Errorf("title = %q, want it to begin with %q", title, hostile)
			}
			if got := len(find(root, "voice")); got < 30 {
				t.Errorf("page lists %d voices, want at least 30: text broke out of its element", got)
			}
			if found := find(root, "banner"); !strings.Contains(inner(found[0]), hostile) {
				t.Errorf("banner = %q, want %q in it", inner(found[0]), hostile)
			}
			for _, q := range find(root, "chart") {
				if text := inner(q); strings.Contains(text, hostile) {
					t.Errorf("a chart holds words from outside: %q", text)
				}
			}
			behind := checkPage(t, makeEvidence(t, newStore(t, w), p, testOptions()))
			if got := len(find(behind, "voice")); got < 300 {
				t.Errorf("the page behind it lists %d feedbacks, want at least 300: text broke out of its element", got)
			}
		})
	}
}

func TestAuditShowsHostileTextAsText(t *testing.T) {
	for _, hostile := range breaking {
		t.Run(hostile, func(t *testing.T) {
			t.Parallel()
			p := harbour(t)
			p.Name = hostile
			w := invent(p, 1)
			for i := range w.reviews {
				w.reviews[i].Text += " " + hostile
				w.reviews[i].URL = "javascript:alert(1)//" + hostile
				w.reviews[i].Rating.Raw = hostile
			}
			for i := range w.responses {
				w.responses[i].Answers[0].Text += " " + hostile
				w.responses[i].Answers[1].Question = hostile
				w.responses[i].Rating.Raw, w.responses[i].Rating.Tag = hostile, hostile
			}
			w.review.Source, w.review.State, w.review.Why, w.survey.Kind = hostile, collector.Failed, hostile, hostile
			w.note = hostile
			s := newStore(t, w)
			o := auditOptions(t, s, p)
			brand, err := NewBrand(hostile, "#ffee00", nil)
			if err != nil {
				t.Fatal(err)
			}
			o.Brand, o.Model = brand, hostile
			o.Owner = func(string) string { return hostile }
			a := makeAudit(t, s, p, o)
			root := checkPage(t, a.Page)
			if title := inner(find2(root, "title")); !strings.HasPrefix(title, hostile) {
				t.Errorf("title = %q, want it to begin with %q", title, hostile)
			}
			if got := len(find(root, "voice")); got < 30 {
				t.Errorf("page lists %d quotes, want at least 30: text broke out of its element", got)
			}
			for _, q := range find(root, "chart") {
				if text := inner(q); strings.Contains(text, hostile) {
					t.Errorf("a chart holds words from outside: %q", text)
				}
			}
			if found, err := a.Verify(packOf(a)); err != nil || len(found) > 0 {
				t.Errorf("Verify of what was written = %v, %v", found, err)
			}
		})
	}
}

// find2 returns the first element of a name.
func find2(root *html.Node, name string) *html.Node {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			return n
		}
	}
	return root
}

func TestIndexShowsHostileNamesAsText(t *testing.T) {
	for _, hostile := range payloads {
		t.Run(hostile, func(t *testing.T) {
			t.Parallel()
			p := harbour(t)
			p.Name = hostile
			w := &world{practice: p}
			w.review.Source, w.review.State = hostile, collector.Failed
			root := checkPage(t, makeIndex(t, newStore(t, w), []collector.Practice{p}, testOptions()))
			if got := inner(find(root, "name")[0]); got != strings.TrimSpace(hostile) {
				t.Errorf("name = %q, want %q", got, hostile)
			}
		})
	}
}

func TestChartOptionsKeepMarkersAsText(t *testing.T) {
	h := &heatMap{}
	for _, hostile := range payloads {
		h.Rows = append(h.Rows, heatRow{Name: strings.ReplaceAll(hostile, "\n", " ")}) // one line of text each
	}
	c, err := paint.paint(t.Context(), h.options(), "x", "hostile", 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "<img", "<b ", "<meta", "<style", "</svg"} {
		if strings.Contains(string(c.Inside), bad) {
			t.Errorf("chart holds %q: %s", bad, c.Inside)
		}
	}
	if got := strings.Count(string(c.Inside), "<text"); got != len(payloads) {
		t.Errorf("chart shows %d names, want %d", got, len(payloads))
	}
}

func TestLinksLeadToWebAddressesOnly(t *testing.T) {
	for address, want := range map[string]string{
		"https://reviews.example/a#b":       "https://reviews.example/a#b",
		"http://reviews.example/":           "http://reviews.example/",
		"javascript:alert(1)":               "",
		"JaVaScRiPt://x/%0aalert(1)":        "",
		"data:text/html,x":                  "",
		"file:///etc/passwd":                "",
		"//reviews.example/":                "",
		"group.csv":                         "",
		"https://":                          "",
		"https://user:word@reviews.example": "",
		"":                                  "",
	} {
		if got := link(address); got != want {
			t.Errorf("link(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestSharedPageMasksPersonsAndInternalDoesNot(t *testing.T) {
	p := harbour(t)
	w := &world{practice: p}
	w.review = collector.Entry{Source: "web:x", Kind: "web", State: collector.Complete}
	text := "Dr Marlowe was late. Write to me@mail.example or call 082 555 01 23."
	day := now.AddDate(0, 0, -10)
	w.reviews = []collector.Feedback{{ID: "one", Practice: p.ID, Kind: collector.Review, SourceID: "one", Rows: 1, Text: text,
		Date: collector.OnDay(day.Year(), day.Month(), day.Day(), p.Zone)}}
	w.understood = []analysis.Understood{{Feedback: "one", Version: 1, Mentions: []analysis.Mention{{Feedback: "one", Version: 1, Touchpoint: "exam", End: 20, Score: -.9, Confidence: 1, Origin: analysis.FromText}}}}
	s := newStore(t, w)
	for audience, want := range map[Audience]string{
		"":       "Dr [name] was late. Write to [mail] or call [phone].",
		Shared:   "Dr [name] was late. Write to [mail] or call [phone].",
		Internal: text,
	} {
		o := testOptions()
		o.Audience = audience
		page := makeWeekly(t, s, p, o)
		got := inner(find2(find(checkPage(t, page), "#words-exam")[0], "q"))
		if got != want {
			t.Errorf("audience %q reads %q, want %q", audience, got, want)
		}
		if audience != Internal && (strings.Contains(string(page), "Marlowe") || strings.Contains(string(page), "mail.example")) {
			t.Errorf("audience %q: a masked person stands elsewhere on the page", audience)
		}
		behind := makeEvidence(t, s, p, o)
		if got := inner(find2(find(checkPage(t, behind), "entries")[0], "q")); got != want {
			t.Errorf("audience %q reads %q behind the numbers, want %q", audience, got, want)
		}
		if audience != Internal && (strings.Contains(string(behind), "Marlowe") || strings.Contains(string(behind), "mail.example")) {
			t.Errorf("audience %q: a masked person stands behind the numbers", audience)
		}
	}
}
