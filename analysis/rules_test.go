package analysis

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
)

// one scores a single text.
func one(tb testing.TB, r *Rules, t Text) Scored {
	tb.Helper()
	s, err := r.Score(context.Background(), []Text{t})
	if err != nil {
		tb.Fatal(err)
	}
	return s[0]
}

func TestHardLines(t *testing.T) {
	r := optometry(t)
	for _, c := range []struct{ text, want string }{
		// Denied praise and denied blame.
		{"I couldn't be happier!", Positive},
		{"I could not be happier with my new frames.", Positive},
		{"It wasn’t good", Negative},
		{"It wasnt good", Negative},
		{"no complaints", Positive},
		{"I have no complaints at all.", Positive},
		{"Never rushed, never pushed.", Positive},
		{"We didn't have to wait.", Positive},
		{"Nobody was rude.", Positive},
		{"Not bad at all", Positive},
		{"They were not helpful and not friendly.", Negative},
		{"Not only quick but kind too.", Positive},
		{"I can't fault them.", Positive},
		{"He was not rude or impatient.", Positive},
		{"Nobody called me back about my complaint.", Negative},
		{"He never listens.", Negative},
		{"There was no pressure to buy.", Positive},
		// Waits, durations and timelines.
		{"long wait", Negative},
		{"Waited an hour.", Negative},
		{"I waited only five minutes.", Positive},
		{"Seen within ten minutes.", Positive},
		{"Three weeks and still nothing.", Negative},
		{"Rang three times and nobody called back.", Negative},
		{"I called on Monday. I called again on Friday. Still no glasses.", Negative},
		// Promises, refusals, money.
		{"They were supposed to be ready on Friday.", Negative},
		{"Ready on Friday, as promised.", Positive},
		{"They refused to refund me.", Negative},
		{"I was charged twice.", Negative},
		// Advice and wishes.
		{"Kindly improve the waiting room.", Negative},
		{"They should send reminders.", Negative},
		{"A seat would have been nice.", Negative},
		// Contrast: the second half decides.
		{"The doctor was fine but the desk was awful.", Negative},
		{"A bit dear, but the service is wonderful.", Positive},
		// Comparison, irony, thanks, loyalty.
		{"Far better than any other optician in town.", Positive},
		{"Great, another three hour wait 🙄", Negative},
		{"Thank you all!", Positive},
		{"I will never go back.", Negative},
		{"Will definitely be back.", Positive},
		{"I would not recommend them to anyone.", Negative},
		{"They treated my mother with care.", Positive},
		// Nothing is judged.
		{"I moved here in May.", Neutral},
		{"I wear hard lenses.", Neutral},
		{"The shop is on the corner.", Neutral},
		{"", Neutral},
	} {
		s := one(t, r, Text{Text: c.text})
		if s.Label != c.want {
			var why []string
			for _, m := range s.Mentions {
				why = append(why, m.ID+": "+strings.Join(m.Why, "; "))
			}
			t.Errorf("Score(%q) = %s (%.2f), want %s; %s", c.text, s.Label, s.Score, c.want, strings.Join(why, " | "))
		}
	}
}

func TestAnAnswerIsReadWithItsQuestion(t *testing.T) {
	r := optometry(t)
	const improve, praise, why = "What could we do better?", "What was good?", "Please tell us why you gave this score"
	for _, c := range []struct{ question, text, want string }{
		{improve, "Nothing", VeryPositive},
		{improve, "Nothing. Everything is great", VeryPositive},
		{improve, "no", VeryPositive},
		{improve, "Can't think of anything", VeryPositive},
		{improve, "Waiting time", Negative},
		{improve, "More chairs", Negative},
		{improve, "Better communication", Negative},
		{improve, "Everything", VeryNegative},
		{improve, "Very helpful staff", Positive},
		{praise, "Nothing", VeryNegative},
		{praise, "Nothing at all", VeryNegative},
		{praise, "The frames", Positive},
		{praise, "Everything", VeryPositive},
		{why, "The frames", Neutral},
		{improve, "n/a", Neutral},
		{praise, "None", Neutral},
		{praise, "Did not answer", Neutral},
		{"", "The frames", Neutral},
	} {
		s := one(t, r, Text{Text: c.text, Question: c.question})
		if got := s.Label5; got != c.want && !(strings.HasSuffix(got, c.want) && s.Label == c.want) {
			t.Errorf("Score(%q) to %q = %s (%.2f), want %s", c.text, c.question, got, s.Score, c.want)
		}
	}
	for _, text := range []string{"n/a", "N/A", "none", "Did not answer", "-", "."} {
		if s := one(t, r, Text{Text: text, Asks: collector.AsksImprove, Touchpoint: "exam"}); len(s.Mentions) > 0 {
			t.Errorf("Score(%q) mentions %v, want nothing", text, s.Mentions)
		}
	}
}

func TestWhatAQuestionInvites(t *testing.T) {
	r := optometry(t)
	for _, c := range []struct {
		question string
		want     collector.Asks
	}{
		{"What could we do better?", collector.AsksImprove},
		{"How could we improve?", collector.AsksImprove},
		{"What did you like least?", collector.AsksImprove},
		{"What did you not like?", collector.AsksImprove},
		{"What went wrong?", collector.AsksImprove},
		{"What was good?", collector.AsksPraise},
		{"What did we do well?", collector.AsksPraise},
		{"What did you enjoy about your visit?", collector.AsksPraise},
		{"Why did you give this score?", collector.AsksWhy},
		{"What is the main reason for your rating?", collector.AsksWhy},
		{"Anything you were satisfied or dissatisfied with?", collector.AsksAnything},
		{"What was good and what could be improved?", collector.AsksAnything},
		{"Any other comments?", collector.AsksAnything},
		{"", collector.AsksAnything},
	} {
		if got := r.asked(newPage(r.find), Text{Question: c.question}); got != c.want {
			t.Errorf("asked(%q) = %q, want %q", c.question, got, c.want)
		}
	}
	if got := r.asked(newPage(r.find), Text{Question: "What was good?", Asks: collector.AsksImprove}); got != collector.AsksImprove {
		t.Errorf("asked = %q, want what the caller says", got)
	}
}

func TestWhatAClauseIsAbout(t *testing.T) {
	r := optometry(t)
	for _, c := range []struct {
		name string
		text Text
		want string // "slug sign words", one a line
	}{
		{"two halves", Text{Text: "The eye exam was thorough, but the prices are too high."},
			"exam + The eye exam was thorough\nquote - but the prices are too high."},
		{"a list of three", Text{Text: "Easy to book, a friendly receptionist and a great selection of frames"},
			"appointment + Easy to book\nreception + a friendly receptionist\nselection + a great selection of frames"},
		{"a pronoun goes on with the story", Text{Text: "I ordered my lenses in May. It took nine weeks."},
			"order - I ordered my lenses in May.\norder - It took nine weeks."},
		{"the question is the default", Text{Text: "Very friendly.", Touchpoint: "reception"},
			"reception + Very friendly."},
		{"what the answer names beats the question", Text{Text: "The exam was rushed.", Touchpoint: "reception"},
			"exam - The exam was rushed."},
		{"nothing named is general", Text{Text: "Wonderful!"}, "general + Wonderful!"},
		{"the context tells where the story is", Text{Text: "It was horrible.", Context: "Then came the air puff. It was horrible. I left."},
			"pretest - It was horrible."},
		{"background is no mention", Text{Text: "My brother lives in town."}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := one(t, r, c.text)
			var got []string
			for _, m := range s.Mentions {
				got = append(got, m.ID+" "+signOf(m.Score)+" "+c.text.Text[m.Start:m.End])
			}
			if d := cmp.Diff(c.want, strings.Join(got, "\n")); d != "" {
				t.Errorf("Score(%q): %s", c.text.Text, d)
			}
		})
	}
}

func signOf(v float64) string {
	switch {
	case v > 0.05:
		return "+"
	case v < -0.05:
		return "-"
	}
	return "0"
}

func TestAspect(t *testing.T) {
	r := optometry(t)
	const text = "The eye exam was excellent. The bill was wrong and nobody said sorry. Parking was easy."
	for _, c := range []struct{ aspect, want string }{
		{"exam", Positive},
		{"Eye exam", Positive},
		{"settlement", Negative},
		{"the bill", Negative},
		{"parking", Positive},
	} {
		if got := one(t, r, Text{Text: text, Aspect: c.aspect}).Label; got != c.want {
			t.Errorf("Score(%q) of %q = %s, want %s", text, c.aspect, got, c.want)
		}
	}
	whole, aspect := one(t, r, Text{Text: text}), one(t, r, Text{Text: text, Aspect: "zeppelin"})
	if whole.Score != aspect.Score {
		t.Errorf("an aspect that is not there scores %.2f, want %.2f as the whole", aspect.Score, whole.Score)
	}
}

func TestMixed(t *testing.T) {
	r := optometry(t)
	if s := one(t, r, Text{Text: "The frames are beautiful. The wait was horrible."}); !s.Mixed {
		t.Errorf("praise and blame: mixed is false")
	}
	if s := one(t, r, Text{Text: "The frames are beautiful. The exam was great."}); s.Mixed {
		t.Errorf("praise twice: mixed is true")
	}
}

// TestBuiltInExamples runs every example of every built-in taxonomy.
func TestBuiltInExamples(t *testing.T) {
	for _, name := range BuiltInNames() {
		tax, err := BuiltIn(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := NewRules(tax)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range tax.all() {
			if len(p.Examples) < 2 {
				t.Errorf("%s: %s has %d examples, want two or more", name, p.ID, len(p.Examples))
			}
			for _, e := range p.Examples {
				s := one(t, r, Text{Text: e.Text})
				if got := spoken(s.Mentions, p.ID); got != e.Is {
					t.Errorf("%s: %q is %s for %s, want %s; found %s", name, e.Text, got, p.ID, e.Is, summary(s.Mentions))
				}
			}
		}
		for _, b := range tax.Traits {
			if len(b.Examples) < 2 {
				t.Errorf("%s: %s has %d examples, want two or more", name, b.ID, len(b.Examples))
			}
			for _, e := range b.Examples {
				s := one(t, r, Text{Text: e.Text})
				if got := spoken(s.Behaviours, b.ID); got != e.Is {
					t.Errorf("%s: %q is %s for %s, want %s; found %s", name, e.Text, got, b.ID, e.Is, summary(s.Behaviours))
				}
			}
		}
	}
}

// spoken is what the spans say of id: positive, negative, neutral or none. The strongest counts.
func spoken(spans []Span, id string) string {
	found, v := false, 0.0
	for _, s := range spans {
		if s.ID == id {
			found = true
			if s.Score*s.Score > v*v {
				v = s.Score
			}
		}
	}
	switch {
	case !found:
		return "none"
	case v > 0.05:
		return Positive
	case v < -0.05:
		return Negative
	}
	return Neutral
}

func summary(spans []Span) string {
	var list []string
	for _, s := range spans {
		list = append(list, s.ID+signOf(s.Score))
	}
	return strings.Join(list, " ")
}

func TestRulesAreSafeForConcurrentUse(t *testing.T) {
	r := optometry(t)
	want := one(t, r, Text{Text: review})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				s, err := r.Score(t.Context(), []Text{{Text: review}})
				if err != nil {
					t.Error(err)
					return
				}
				if d := cmp.Diff(want, s[0]); d != "" {
					t.Errorf("scored otherwise beside others: %s", d)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestScoreStopsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := optometry(t).Score(ctx, []Text{{Text: "Good."}}); err == nil {
		t.Error("no error after the context ended")
	}
}

func FuzzScore(f *testing.F) {
	for _, s := range []string{"", review, "It wasn’t good", "🙄🙄", "\xff\xfe", "no no no not never", "1 hour 2 hours 3-4 hours", "\"great\" \"", "but but but", "a - b - c", "n/a"} {
		f.Add(s, "What could we do better?", "waiting room")
	}
	r := optometry(f)
	f.Fuzz(func(t *testing.T, text, question, aspect string) {
		s := one(t, r, Text{Text: text, Question: question, Aspect: aspect, Context: question + text + aspect})
		given := Repair(text)
		if s.Score < -1 || s.Score > 1 || s.Confidence < 0 || s.Confidence > 1 || s.Label == "" || s.Label5 == "" {
			t.Fatalf("Score(%q) = %+v", text, s)
		}
		for _, m := range append(s.Mentions, s.Behaviours...) {
			if m.Start < 0 || m.End <= m.Start || m.End > len(given) || !onRune(given, m.Start) || !onRune(given, m.End) {
				t.Fatalf("Score(%q): span %+v of %d bytes", text, m, len(given))
			}
			if m.Score < -1 || m.Score > 1 || m.Confidence < 0 || m.Confidence > 1 {
				t.Fatalf("Score(%q): span %+v", text, m)
			}
		}
	})
}
