package model

import "testing"

func compoundOfText(t *testing.T, text string) float32 {
	t.Helper()
	s := sheetOf(t, text)
	var all saying
	s.say(&all, 0, len(s.Tokens))
	return all.compound()
}

func TestLexiconReadsNegationCapitalsMarksAndEmoji(t *testing.T) {
	plain := compoundOfText(t, "The staff were good")
	if plain <= 0 || plain >= 1 {
		t.Fatalf("plain praise has %.3f, want between 0 and 1", plain)
	}
	for _, c := range []struct {
		text string
		is   func(got float32) bool
		want string
	}{
		{"The staff were not good", func(g float32) bool { return g < 0 }, "below 0"},
		{"The staff were not there. Good", func(g float32) bool { return g == plain }, "that of plain praise: a full stop ends a negation"},
		{"The staff were GOOD", func(g float32) bool { return g > plain }, "more than plain praise"},
		{"THE STAFF WERE GOOD", func(g float32) bool { return g == plain }, "that of plain praise: all is in capitals"},
		{"The staff were good!!!", func(g float32) bool { return g > plain }, "more than plain praise"},
		{"The staff were bad", func(g float32) bool { return g < 0 }, "below 0"},
		{"😍", func(g float32) bool { return g > 0 }, "above 0"},
		{":(", func(g float32) bool { return g < 0 }, "below 0"},
		{"See you on Friday :-P", func(g float32) bool { return g > 0 }, "above 0: the emoticon is of several tokens"},
		{"No appointments for us", func(g float32) bool { return g < 0 }, "below 0"},
		{"No problem", func(g float32) bool { return g > 0 }, "above 0: the no turns the problem"},
		{"We are at 86 Main Street", func(g float32) bool { return g == 0 }, "0: VADER's 86 is slang"},
		{"The staff were bad but the shop is good", func(g float32) bool { return g > 0 }, "above 0: what comes after the but counts"},
		{"The staff were good but the shop is bad", func(g float32) bool { return g < 0 }, "below 0: what comes after the but counts"},
		{"The shop is in Oak Street", func(g float32) bool { return g == 0 }, "0"},
	} {
		if got := compoundOfText(t, c.text); !c.is(got) {
			t.Errorf("%q has %.3f, want %s", c.text, got, c.want)
		}
	}
}

func TestLexiconIsThere(t *testing.T) {
	l, err := readLexicon()
	if err != nil {
		t.Fatal(err)
	}
	if len(l.ratings) < 7000 {
		t.Errorf("%d entries, want those of VADER, over 7,000", len(l.ratings))
	}
}
