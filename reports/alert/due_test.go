package alert

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"percept/analysis"
)

var johannesburg = func() *time.Location {
	z, err := time.LoadLocation("Africa/Johannesburg")
	if err != nil {
		panic(err)
	}
	return z
}()

func settings(change func(*Receiver)) Settings {
	r := Receiver{Name: "desk", Zone: johannesburg, Budget: 2, Digest: 450}
	if change != nil {
		change(&r)
	}
	p := Practice{ID: "elm", Name: "Elm Street", Zone: johannesburg, Owner: func(touchpoint string) string { return map[string]string{"exam": "Anna"}[touchpoint] }}
	return Settings{Rules: DefaultRules(), Receivers: []Receiver{r}, Practices: []Practice{p}}
}

func review(id string, rating float64, text string) Feedback {
	return Feedback{ID: id, Version: 1, Practice: "elm", Source: "site", Kind: "review", Given: created.Add(-26 * time.Hour),
		Rating: rating, RatingText: RatingText(rating, "", "", "stars"), Label: "negative", Text: text}
}

// said is an outcome in a line: the messages' kinds with their rules, what is held, who is silent.
func said(o Outcome) string {
	var out []string
	for _, m := range o.Messages {
		s := string(m.Kind)
		for _, i := range m.Content.Items {
			s += " " + strings.Join(i.Rules, "+")
		}
		if m.Content.More > 0 {
			s += fmt.Sprintf(" and %d", m.Content.More)
		}
		if wait := m.NotBefore.Sub(m.Created); wait > 0 {
			s += " in " + wait.String()
		}
		out = append(out, s)
	}
	for _, h := range o.Held {
		out = append(out, "held "+strings.Join(h.Item.Rules, "+"))
	}
	return strings.Join(out, "; ")
}

func TestDue(t *testing.T) {
	first := func(f Feedback) Feedback { f.First = true; return f }
	given := func(f Feedback, at time.Time) Feedback { f.Given = at; return f }
	response := func(f Feedback) Feedback { f.Kind = "response"; return f }
	worse := Slip{Verdict: analysis.Verdict{Practice: "elm", Channel: "review", Touchpoint: "exam", Word: analysis.Worse, Flagged: created.AddDate(0, 0, -7)}, Sentence: "Eye exam is worse", Name: "Eye exam"}
	outage := Outage{Practice: "elm", Source: "site", State: "failed", Since: created.Add(-time.Hour), Working: []string{"survey"}}
	many := func(n int, rating float64, text string) (list []Feedback) {
		for i := range n {
			list = append(list, review(fmt.Sprintf("f%05d", i), rating, text))
		}
		return list
	}
	for _, c := range []struct {
		name    string
		state   State
		receive func(*Receiver)
		want    string
	}{
		{"nothing happened: nothing is said", State{}, nil, ""},
		{"a good review is nobody's alarm", State{Fresh: []Feedback{review("a", 5, "Lovely, no pain at all")}}, nil, ""},
		{"one star with words is severe", State{Fresh: []Feedback{review("a", 1, "Rude")}}, nil, "alert one-star+low-rating"},
		{"one star without words is not", State{Fresh: []Feedback{review("a", 1, "")}}, nil, "alert low-rating"},
		{"severe words, whatever the stars", State{Fresh: []Feedback{review("a", 3, "I want a REFUND, or my solicitor writes")}}, nil, "alert words"},
		{"severe words in the survey", State{Fresh: []Feedback{response(Feedback{ID: "a", Practice: "elm", Kind: "response", Given: created, Label: "negative", Answers: []Answer{{"Why?", "an infection"}}})}}, nil, "alert words"},
		{"severe words that only seem to be praise", State{Fresh: []Feedback{response(Feedback{ID: "a", Practice: "elm", Kind: "response", Given: created, Label: "positive", Confidence: .4, Text: "An infection"})}}, nil, "alert words"},
		{"severe words in what is praise", State{Fresh: []Feedback{response(Feedback{ID: "a", Practice: "elm", Kind: "response", Given: created, Label: "positive", Confidence: .9, Text: "No pain at all, lovely"})}}, nil, ""},
		{"a low rating in the survey is for the page", State{Fresh: []Feedback{response(review("a", 1, "Meh"))}}, nil, ""},
		{"within the budget it interrupts, over it it waits", State{Fresh: many(4, 2, "Slow")}, nil, "alert low-rating; alert low-rating; held low-rating; held low-rating"},
		{"what interrupted this week counts", State{Fresh: many(1, 2, "Slow"), Interrupted: map[string][]time.Time{"desk": {created.AddDate(0, 0, -6), created.AddDate(0, 0, -1)}}}, nil, "held low-rating"},
		{"what interrupted last week does not", State{Fresh: many(1, 2, "Slow"), Interrupted: map[string][]time.Time{"desk": {created.AddDate(0, 0, -8), created.AddDate(0, 0, -7)}}}, nil, "alert low-rating"},
		{"severe ones are told over the budget", State{Fresh: many(3, 1, "Rude")}, nil, "alert one-star+low-rating; alert one-star+low-rating; alert one-star+low-rating"},
		{"thousands of severe ones are one message", State{Fresh: many(10_000, 1, "Rude")}, nil,
			"many" + strings.Repeat(" one-star+low-rating", 20) + " and 9980"},
		{"the first import is one message", State{Fresh: []Feedback{first(review("a", 1, "Rude")), first(review("b", 2, "Slow"))}}, nil, "first one-star+low-rating low-rating"},
		{"what is old raises nothing", State{Fresh: []Feedback{given(review("a", 1, "Rude"), created.AddDate(0, 0, -40))}}, nil, ""},
		{"a rule fires once for a feedback, whatever its version", State{Fresh: []Feedback{review("a", 1, "Rude")}, Raised: []Raised{{Practice: "elm", About: "a", Rules: []string{"one-star", "low-rating"}}}}, nil, ""},
		{"an edit that fires another rule is told", State{Fresh: []Feedback{review("a", 1, "Rude. My solicitor writes")}, Raised: []Raised{{Practice: "elm", About: "a", Rules: []string{"one-star", "low-rating"}}}}, nil, "alert words"},
		{"another practice's receiver hears nothing", State{Fresh: many(1, 1, "Rude")}, func(r *Receiver) { r.Practices = []string{"oak"} }, ""},
		{"no reply after a week waits for the digest", State{Waiting: []Feedback{given(review("a", 2, "Slow"), created.AddDate(0, 0, -8))}}, nil, "held unanswered"},
		{"no reply yet is nothing", State{Waiting: []Feedback{given(review("a", 2, "Slow"), created.AddDate(0, 0, -6))}}, nil, ""},
		{"who closed it waits for no reply", State{Waiting: []Feedback{given(review("a", 2, "Slow"), created.AddDate(0, 0, -8))}, Raised: []Raised{{Practice: "elm", About: "a", Rules: []string{"low-rating"}, Closed: true}}}, nil, ""},
		{"a rejected reply is told", State{Waiting: []Feedback{{ID: "a", Practice: "elm", Kind: "review", Given: created, ReplyState: "rejected"}}}, nil, "alert rejected-reply"},
		{"a slip is told", State{Slips: []Slip{worse}}, nil, "slip slip"},
		{"a slip is told once, even when a late file moves its alarm", State{Slips: []Slip{worse}, Raised: []Raised{{Practice: "elm", About: "slip review exam", Rules: []string{"slip"}, At: created.AddDate(0, 0, -21)}}}, nil, ""},
		{"a second slip of the same touchpoint is told", State{Slips: []Slip{worse}, Raised: []Raised{{Practice: "elm", About: "slip review exam", Rules: []string{"slip"}, At: created.AddDate(0, -6, 0)}}}, nil, "slip slip"},
		{"a collector that failed has its own message", State{Outages: []Outage{outage}}, nil, "source source"},
		{"an outage is told once", State{Outages: []Outage{outage}, Raised: []Raised{{Practice: "elm", About: "source site", At: outage.Since}}}, nil, ""},
		{"one that was mended and fails again in the same week waits for the digest", State{Outages: []Outage{outage}, Raised: []Raised{{Practice: "elm", About: "source site", At: outage.Since.Add(-24 * time.Hour), Closed: true, Withdrawn: true}}}, nil, "held source"},
		{"one that a person closed is told no second time", State{Outages: []Outage{outage}, Raised: []Raised{{Practice: "elm", About: "source site", At: outage.Since, Closed: true}}}, nil, ""},
		{"one that was mended weeks ago and fails again is told", State{Outages: []Outage{outage}, Raised: []Raised{{Practice: "elm", About: "source site", At: outage.Since.AddDate(0, 0, -20), Closed: true, Withdrawn: true}}}, nil, "source source"},
		{"quiet hours hold what is not severe", State{Fresh: many(1, 2, "Slow")}, func(r *Receiver) { r.Quiet = Quiet{From: 18 * 60, To: 9 * 60} }, "alert low-rating in 1h0m0s"},
		{"quiet hours let the severe through", State{Fresh: many(1, 1, "Rude")}, func(r *Receiver) { r.Quiet = Quiet{From: 18 * 60, To: 9 * 60} }, "alert one-star+low-rating"},
		{"unless they are to hold it too", State{Fresh: many(1, 1, "Rude")}, func(r *Receiver) { r.Quiet = Quiet{From: 18 * 60, To: 9 * 60, Severe: true} }, "alert one-star+low-rating in 1h0m0s"},
		{"the digest goes out at its time", State{Held: []Held{{Alert: "x", Receiver: "desk", At: created.Add(-24 * time.Hour), Item: Item{Rules: []string{"low-rating"}}, Severity: Normal}}}, nil, "digest low-rating"},
		{"what a person has closed is left out of it", State{Raised: []Raised{{ID: "x", Practice: "elm", About: "a", Closed: true}}, Held: []Held{{Alert: "x", Receiver: "desk", At: created.Add(-24 * time.Hour), Item: Item{Rules: []string{"low-rating"}}, Severity: Normal}}}, nil, ""},
		{"and not before", State{Held: []Held{{Alert: "x", Receiver: "desk", At: created.Add(-10 * time.Minute), Item: Item{Rules: []string{"low-rating"}}, Severity: Normal}}}, nil, ""},
		{"an unknown practice is nobody's", State{Fresh: []Feedback{{ID: "a", Practice: "gone", Kind: "review", Rating: 1, Text: "x", Given: created}}}, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := said(Due(c.state, settings(c.receive), created)); got != c.want {
				t.Errorf("Due = %q, want %q", got, c.want)
			}
		})
	}
}

// A digest says how old a thing is when it goes out, not when it was put aside.
func TestDigestSaysTheAgeOfItsDay(t *testing.T) {
	state := keep(State{}, Due(State{Fresh: []Feedback{review("a", 2, "Slow")}}, settings(func(r *Receiver) { r.Budget = 0 }), created), created)
	out := Due(state, settings(nil), created.Add(24*time.Hour))
	if len(out.Messages) != 1 || out.Messages[0].Content.Items[0].Age != "2 days ago" || state.Held[0].Item.Age != "a day ago" {
		t.Errorf("%d messages from %+v, want one of a thing 2 days old", len(out.Messages), state.Held)
	}
}

// A source that brings in many practices fails once: one message, one alert, and no names of other
// practices' own sources in it.
func TestOutageOfSeveralPracticesIsOneMessage(t *testing.T) {
	set := settings(func(r *Receiver) { r.Practices = []string{"elm"} })
	set.Owner, set.Zone = "Office", johannesburg
	for _, id := range []string{"oak", "ash"} {
		set.Practices = append(set.Practices, Practice{ID: id, Name: id, Zone: johannesburg, Owner: func(string) string { return "" }})
	}
	o := Outage{Source: "survey:group.csv", State: "failed", Why: "no such file", Since: created.Add(-time.Hour)}
	out := Due(State{Outages: []Outage{o}}, set, created)
	if len(out.Raised) != 1 || len(out.Messages) != 1 {
		t.Fatalf("%d alerts and %d messages, want one of each", len(out.Raised), len(out.Messages))
	}
	m := out.Messages[0]
	if want := "percept: collector failed: survey:group.csv, several practices"; m.Content.Subject != want {
		t.Errorf("subject %q, want %q", m.Content.Subject, want)
	}
	i := m.Content.Items[0]
	if want := []string{"survey:group.csv could not be read since 16 November 2026 07:00: no such file"}; !slices.Equal(i.Why, want) || i.Owner != "Office" {
		t.Errorf("why %q of %q, want %q of Office", i.Why, i.Owner, want)
	}
	raised := []Raised{{About: out.Raised[0].About, At: out.Raised[0].At}}
	if again := Due(State{Outages: []Outage{o}, Raised: raised}, set, created.Add(time.Hour)); len(again.Messages) != 0 {
		t.Errorf("the same outage is told again: %s", said(again))
	}
}

// The key is made of what happened, never of the clock.
func TestKeysAreStable(t *testing.T) {
	state := State{Fresh: []Feedback{review("a", 1, "Rude")}}
	a, b := Due(state, settings(nil), created).Messages[0], Due(state, settings(nil), created.Add(3*time.Hour)).Messages[0]
	if a.Key != b.Key || len(a.Key) != 32 {
		t.Errorf("keys %q and %q", a.Key, b.Key)
	}
	state.Fresh[0].Version = 2
	if c := Due(state, settings(nil), created).Messages[0]; c.Key == a.Key {
		t.Error("another version has the same key")
	}
	other := settings(func(r *Receiver) { r.Name = "phone" })
	if c := Due(state, other, created).Messages[0]; c.Key == a.Key {
		t.Error("another receiver has the same key")
	}
}

// A shared receiver reads no names, an internal one does; nobody's link runs a script.
func TestItemsAreMaskedAndSafe(t *testing.T) {
	f := review("a", 1, "Dr Marlowe said ring 082 555 0199\x1b[31m")
	f.URL, f.Mentions = "javascript:alert(1)", []Mention{{"exam", "Eye exam", -.8}}
	shared := settings(func(r *Receiver) {
		r.Mask = func(s string) string { return strings.ReplaceAll(s, "Marlowe", "[name]") }
	})
	item := Due(State{Fresh: []Feedback{f}}, shared, created).Messages[0].Content.Items[0]
	if strings.Contains(item.Text, "Marlowe") || strings.Contains(item.Text, "\x1b") || item.URL != "" || item.Owner != "Anna" {
		t.Errorf("shared item %+v", item)
	}
	item = Due(State{Fresh: []Feedback{f}}, settings(nil), created).Messages[0].Content.Items[0]
	if !strings.Contains(item.Text, "Marlowe") {
		t.Errorf("internal item %+v", item)
	}
}

// Who asked not to be quoted is told of, without the words where others may read along.
func TestUnquotedItems(t *testing.T) {
	f := review("a", 1, "The infection came back.")
	f.Private, f.Title, f.Answers = true, "A bad week", []Answer{{"What could we do better?", "Wash your hands"}}
	shared := settings(func(r *Receiver) { r.Mask = func(s string) string { return s } })
	item := Due(State{Fresh: []Feedback{f}}, shared, created).Messages[0].Content.Items[0]
	if item.Text != unquoted || item.Title != "" || item.Answers != nil || !item.Private {
		t.Errorf("shared item %+v", item)
	}
	if said := fmt.Sprintf("%+v", item); strings.Contains(said, "infection") || !strings.Contains(said, "says words that the rule looks for") {
		t.Errorf("shared item %s, want no word that the rule found", said)
	}
	item = Due(State{Fresh: []Feedback{f}}, settings(nil), created).Messages[0].Content.Items[0]
	if item.Text != f.Text || len(item.Answers) != 1 || !item.Private {
		t.Errorf("internal item %+v", item)
	}
}

// keep puts an outcome into the state, as the store does.
func keep(s State, o Outcome, now time.Time) State {
	for _, a := range o.Raised {
		s.Raised = append(s.Raised, Raised{ID: a.ID, Practice: a.Practice, About: a.About, Rules: a.Rules, At: a.At})
	}
	s.Held = append(s.Held, o.Held...)
	s.Held = slices.DeleteFunc(s.Held, func(h Held) bool {
		return slices.ContainsFunc(o.Told, func(t Ticket) bool { return t.Alert == h.Alert })
	})
	if s.Interrupted == nil {
		s.Interrupted = map[string][]time.Time{}
	}
	for _, m := range o.Messages {
		if m.Kind.interrupts() {
			s.Interrupted[m.Receiver] = append(s.Interrupted[m.Receiver], now)
		}
	}
	return s
}

// A year of days: no week has more interruptions than the budget but for the severe ones, every severe
// one is told by itself, and what waited is told in a digest, once.
func TestAYearStaysWithinTheBudget(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	set := settings(func(r *Receiver) { r.Quiet = Quiet{From: 19 * 60, To: 7 * 60} })
	var state State
	var interruptions []time.Time
	severe, told, waited := 0, map[string]int{}, 0
	for day := range 365 {
		now := created.AddDate(0, 0, day)
		state.Fresh = nil
		for i := range random.IntN(4) {
			rating := float64(1 + random.IntN(5))
			f := review(fmt.Sprintf("d%d-%d", day, i), rating, "Some words")
			f.Given = now.Add(-time.Duration(random.IntN(30)) * time.Hour)
			state.Fresh = append(state.Fresh, f)
			if rating == 1 {
				severe++
			}
		}
		o := Due(state, set, now)
		for _, m := range o.Messages {
			for _, item := range m.Content.Items {
				told[item.Feedback]++
			}
			switch {
			case m.Kind == Digest:
				waited += len(m.Content.Items) + m.Content.More
			case m.Severity == Severe:
				severe--
			default:
				interruptions = append(interruptions, now)
			}
		}
		state = keep(state, o, now)
	}
	if severe != 0 {
		t.Errorf("%d severe alerts were not sent by themselves", severe)
	}
	for i, at := range interruptions {
		n := 0
		for _, other := range interruptions[i:] {
			if other.Sub(at) < week {
				n++
			}
		}
		if n > 2 {
			t.Errorf("%d interruptions in the week from %s, want at most 2", n, at)
		}
	}
	if waited == 0 {
		t.Error("nothing ever waited for a digest: the test shows nothing")
	}
	for id, n := range told {
		if n != 1 {
			t.Errorf("%s was told %d times", id, n)
		}
	}
}

func TestWords(t *testing.T) {
	p := newPhrases([]string{"refund*", "data breach", "pain"})
	for text, want := range map[string]string{
		"They REFUNDED me": "refunded", "a data\nbreach!": "data breach", "data and breach": "", "painting": "", "Pain, pain": "pain",
		"p\u200bain": "pain", "": "", "re fund": "",
	} {
		if got := strings.Join(p.find(nil, text), ","); got != want {
			t.Errorf("find(%q) = %q, want %q", text, got, want)
		}
	}
}

// Quiet hours and digests hold on the days the clock changes.
func TestHoursAcrossSummerTime(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		u, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	quiet := Quiet{From: 22 * 60, To: 7 * 60}
	for _, c := range []struct{ now, want string }{
		{"2026-03-28T23:00:00Z", "2026-03-29T06:00:00Z"}, // spring forward that night
		{"2026-10-24T22:30:00Z", "2026-10-25T07:00:00Z"}, // back
		{"2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z"},
	} {
		if got := quiet.until(at(c.now), london); !got.Equal(at(c.want)) {
			t.Errorf("until(%s) = %s, want %s", c.now, got, c.want)
		}
	}
	half := Clock(90) // 01:30 is left out on 29 March, and twice on 25 October
	if got := half.After(at("2026-03-28T12:00:00Z"), london); got.Format(time.DateOnly) != "2026-03-29" {
		t.Errorf("01:30 on the spring day is %s", got)
	}
	a := half.After(at("2026-10-24T12:00:00Z"), london)
	if b := half.After(a, london); b.Sub(a) < 24*time.Hour {
		t.Errorf("01:30 comes twice: %s and %s", a, b)
	}
}

func TestRuleCheck(t *testing.T) {
	for _, r := range DefaultRules() {
		if err := r.Check(); err != nil {
			t.Errorf("%s: %v", r.Name, err)
		}
	}
	for _, r := range []Rule{{}, {Rating: 6}, {Rating: 1, Severity: "loud"}, {Slip: true, Rating: 1}, {Slip: true, Source: true}, {Words: []string{"!"}}, {Reply: "late"},
		{Touchpoint: "exam", Score: -2}, {Score: -.5, Rating: 1}, {Unanswered: -1}, {Rating: 1, Channel: "post"}} {
		if r.Check() == nil {
			t.Errorf("Check(%+v) = nil", r)
		}
	}
}
