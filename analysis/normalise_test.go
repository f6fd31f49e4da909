package analysis

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestNormalise(t *testing.T) {
	for _, c := range []struct{ name, given, want string }{
		{"plain text is left alone", "Good. Very good!!", "Good. Very good!!"},
		{"curly quotes become straight", "It wasn’t “good”", `It wasn't "good"`},
		{"long runs of marks shrink", "Why??????????? No......", "Why???? No...."},
		{"letters may repeat", "soooooooo good", "soooooooo good"},
		{"an accent for an apostrophe becomes one", "They don`t care", "They don't care"},
		{"curly runs count as one mark", "’’’’’’’x", "''''x"},
		{"accents are composed", "cafe\u0301", "café"},
		{"what cannot be seen goes", "go\u200bod\u202e\u2066 place\ufeff", "good place"},
		{"bytes that are no text are marked", "a\xff\xfeb", "a\ufffd\ufffdb"},
		{"wide spaces become plain", "very\u00a0good", "very good"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Normalise(c.given).Text; got != c.want {
				t.Errorf("Normalise(%q) = %q, want %q", c.given, got, c.want)
			}
		})
	}
}

func TestGivenLeadsBackToTheWordsAsWritten(t *testing.T) {
	for _, c := range []struct{ given, part, want string }{
		{"It wasn’t good", "wasn't", "wasn’t"},
		{"a cafe\u0301 near", "café", "cafe\u0301"},
		{"so!!!!!!!!! bad", "so!!!!", "so!!!!!!!!!"},
		{"so!!!!!!!!! bad", "bad", "bad"},
		{"gr\u200beat place", "great", "gr\u200beat"},
		{"’’’’’’’x y", "''''x", "’’’’’’’x"},
		{"bad \xff good", "good", "good"},
	} {
		n := Normalise(c.given)
		at := strings.Index(n.Text, c.part)
		if at < 0 {
			t.Fatalf("Normalise(%q) = %q does not hold %q", c.given, n.Text, c.part)
		}
		if got := n.Given(Extent{at, at + len(c.part)}).In(Repair(c.given)); got != c.want {
			t.Errorf("Normalise(%q).Given(%q) = %q, want %q", c.given, c.part, got, c.want)
		}
	}
}

func TestNormaliseReadsAtMost20000Characters(t *testing.T) {
	n := Normalise(strings.Repeat("é ", 30_000))
	if got := utf8.RuneCountInString(n.Text); got != maxScored {
		t.Errorf("kept %d characters, want %d", got, maxScored)
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"", "plain", "It wasn’t “good”……………", "e\u0301\u0301\u0301", "\xff\xc3", "‮abc‬", "!!!!!!!!\u200b!!!!", "\u1100\u1161\u11a8", "’’’’’’’x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, given string) {
		n, repaired := Normalise(given), Repair(given)
		if !utf8.ValidString(n.Text) || !norm.NFC.IsNormalString(n.Text) {
			t.Fatalf("Normalise(%q) = %q is not UTF-8 in NFC", given, n.Text)
		}
		before := 0
		for i, r := range n.Text {
			e := n.Given(Extent{i, i + utf8.RuneLen(r)})
			if e.Start < before || e.End <= e.Start || e.End > len(repaired) {
				t.Fatalf("Normalise(%q): character %d comes from %v, after %d, of %d bytes", given, i, e, before, len(repaired))
			}
			if !onRune(repaired, e.Start) || !onRune(repaired, e.End) {
				t.Fatalf("Normalise(%q): character %d comes from %v, within a character", given, i, e)
			}
			before = e.Start
		}
	})
}

// onRune reports whether i is a boundary between characters of s.
func onRune(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }
