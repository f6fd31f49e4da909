package analysis

import "testing"

// What people write in a box that they do not mean to fill, with the marks they put to it.
var nonAnswers = []string{
	"n/a", "N/A", "N/A.", "n/a!", "n.a.", "N.A", "(n/a)", "\"N/a\"", "N / A", "n-a", `N\A`, "NA", "na.",
	"None", "none.", "NONE!", "none...", "(none)", "nil.", "-", "--", ".", "...", "?", "x",
	"No comment.", "no comments", "Not applicable.", "Don't know.", "I don't know", "dont know", "idk.", "Not sure.", "unsure.",
	"As above.", "see above", "Same as above.", "Prefer not to say.", "No thanks.", "no thank you!", "Not at this time.", "test.",
}

func TestANonAnswerSaysNothingWhateverTheQuestion(t *testing.T) {
	r := optometry(t)
	for _, question := range []string{"", "What could we do better?", "What was good?", "Please tell us why you gave this score", "How was your eye exam?"} {
		for _, text := range nonAnswers {
			s := one(t, r, Text{Text: text, Question: question, Touchpoint: "exam"})
			if s.Label != Neutral || s.Score != 0 || len(s.Mentions)+len(s.Behaviours) > 0 {
				t.Errorf("Score(%q) to %q = %s (%.2f), mentions %s, want neutral and nothing", text, question, s.Label, s.Score, summary(s.Mentions))
			}
		}
	}
}

func TestNothingMeansWhatTheQuestionMakesOfIt(t *testing.T) {
	r := optometry(t)
	for _, text := range []string{"Nothing.", "nothing!", "Nothing at all.", "No.", "Nope", "None at all.", "None that I can think of", "Nothing springs to mind.", "Nothing, thanks."} {
		for _, c := range []struct{ question, want string }{
			{"What could we do better?", Positive},
			{"What was good?", Negative},
			{"Any other comments?", Neutral},
			{"", Neutral},
		} {
			s := one(t, r, Text{Text: text, Question: c.question})
			if s.Label != c.want || c.want == Neutral && len(s.Mentions) > 0 {
				t.Errorf("Score(%q) to %q = %s (%.2f), mentions %s, want %s", text, c.question, s.Label, s.Score, summary(s.Mentions), c.want)
			}
		}
	}
}

func TestAnAnswerThatOnlyOpensLikeANonAnswerIsRead(t *testing.T) {
	r := optometry(t)
	for _, c := range []struct{ question, text, want string }{
		{"What could we do better?", "None of them said sorry.", Negative},
		{"", "No one called me back.", Negative},
		{"", "Nothing was too much trouble.", Positive},
		{"What was good?", "N/A. The visit was a waste of time.", Negative},
		{"", "No complaints.", Positive},
		{"What could we do better?", "Nothing. Everything is great.", Positive},
	} {
		if s := one(t, r, Text{Text: c.text, Question: c.question}); s.Label != c.want {
			t.Errorf("Score(%q) to %q = %s (%.2f), want %s", c.text, c.question, s.Label, s.Score, c.want)
		}
	}
}
