package analysis

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSentences(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"full stops", "Lovely staff. Clean shop.", "Lovely staff.|Clean shop."},
		{"a title is no end", "Dr. Brown was kind. I will return.", "Dr. Brown was kind.|I will return."},
		{"a stop glued to the next word", "Friendly staff.Clean rooms.", "Friendly staff.|Clean rooms."},
		{"exclamation glued", "Great!Would go again", "Great!|Would go again"},
		{"an address is no end", "See www.Example.com for hours.", "See www.Example.com for hours."},
		{"initials are no end", "Ask for J.Smith there.", "Ask for J.Smith there."},
		{"emoji before a capital", "Loved it 😀 Will be back", "Loved it 😀|Will be back"},
		{"emoji within a sentence", "Loved 😀 it all", "Loved 😀 it all"},
		{"lines", "good staff\nbad parking", "good staff|bad parking"},
		{"a wrapped line goes on", "The lady at the desk was very kind to me and to my\nmother.", "The lady at the desk was very kind to me and to my\nmother."},
		{"bullets", "- friendly\n- quick\n• cheap", "friendly|quick|cheap"},
		{"bullets in a row", "• friendly • quick", "friendly|quick"},
		{"numbered lines", "1. Friendly staff\n2. Clean", "Friendly staff|Clean"},
		{"numbers in a row", "1) Late 2) Rude 3) Dear", "Late|Rude|Dear"},
		{"a count is no list number", "We waited 2 hours. 5 staff stood about.", "We waited 2 hours.|5 staff stood about."},
		{"a time is no end", "We came at 9.30 a.m. and left at noon.", "We came at 9.30 a.m. and left at noon."},
		{"wide stops", "很好。Very good。", "很好。|Very good。"},
		{"a bracket stays whole", "Great (really. yes) place. Next.", "Great (really. yes) place.|Next."},
		{"the closing quote stays", "\"Come back Friday.\" I did.", "\"Come back Friday.\"|I did."},
		{"trailing dots", "Waited... and waited. Left.", "Waited... and waited.|Left."},
		{"no stop at all", "very good thanks", "very good thanks"},
		{"nothing", " \n ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			extents, err := Sentences(c.text)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range extents {
				got = append(got, e.In(c.text))
			}
			if g := strings.Join(got, "|"); g != c.want {
				t.Errorf("Sentences(%q) = %q, want %q", c.text, g, c.want)
			}
		})
	}
}

func TestClauses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The doctor was fine, but the desk was rude.", "The doctor was fine|but the desk was rude."},
		{"I like it although it costs more", "I like it|although it costs more"},
		{"The staff were kind and the prices are fair", "The staff were kind|the prices are fair"},
		{"kind and helpful staff", "kind and helpful staff"},
		{"Good frames; poor fit: sad", "Good frames|poor fit|sad"},
		{"Fine (for the price) really", "Fine|for the price|really"},
		{"A well-run shop - no fuss", "A well-run shop|no fuss"},
		{"It cost $1,250.50 at 9:30", "It cost $1,250.50 at 9:30"},
		{"but it works", "but it works"},
		{",,, ;", ""},
	} {
		var got []string
		for _, cl := range clausesOf(t, c.text, []Extent{{0, len(c.text)}}) {
			got = append(got, cl.In(c.text))
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("clauses of %q = %q, want %q", c.text, g, c.want)
		}
	}
}

func TestTokensTakeContractionsApart(t *testing.T) {
	text := "I couldn't say she's rude at 9:30, they'd £45.50 :-) 😀!!"
	var got []string
	for _, tok := range tokens(nil, text, Extent{0, len(text)}) {
		got = append(got, tok.In(text))
	}
	want := []string{"I", "could", "n't", "say", "she", "'s", "rude", "at", "9:30", ",", "they", "'d", "£45.50", ":-)", "😀", "!!"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("tokens(%q): %s", text, d)
	}
}

func TestStemsMeet(t *testing.T) {
	for _, c := range []struct{ base, forms string }{
		{"book", "books booked booking"},
		{"fit", "fitting fitted fits"},
		{"arrive", "arrives arrived arriving"},
		{"try", "tries tried trying"},
		{"call", "called calling calls"},
		{"glass", "glasses"},
		{"query", "queries"},
		{"need", "needed needing needs"},
		{"make", "makes making"},
		{"care", "cares cared caring"},
		{"price", "prices priced pricing"},
	} {
		want := string(stem([]byte(c.base)))
		for _, f := range strings.Fields(c.forms) {
			if got := string(stem([]byte(f))); got != want {
				t.Errorf("stem(%q) = %q, want %q as of %q", f, got, want, c.base)
			}
		}
	}
	for _, c := range [][2]string{{"helpful", "help"}, {"care", "car"}, {"note", "not"}, {"here", "her"}} {
		if a, b := string(stem([]byte(c[0]))), string(stem([]byte(c[1]))); a == b {
			t.Errorf("%s and %s share the stem %q", c[0], c[1], a)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "Good.Bad! 😀 Ok", "1) a 2) b (c. d)", "•••", "a\n\nb。c", "x - y, z; and and and and and"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, given string) {
		text := Normalise(given).Text
		sentences, err := Sentences(text)
		if err != nil {
			t.Fatal(err)
		}
		end := 0
		for _, e := range sentences {
			if e.Start < end || e.End <= e.Start || e.End > len(text) || !onRune(text, e.Start) || !onRune(text, e.End) {
				t.Fatalf("sentence %v of %q (before it %d)", e, text, end)
			}
			end = e.End
		}
		end = 0
		for _, c := range clausesOf(t, text, sentences) {
			s := sentences[c.Sentence]
			if c.Start < end || c.End <= c.Start || c.Start < s.Start || c.End > s.End || !onRune(text, c.Start) || !onRune(text, c.End) {
				t.Fatalf("clause %v in sentence %v of %q", c.Extent, s, text)
			}
			end = c.End
		}
	})
}

func TestProseAgreesWithWhatIsPlain(t *testing.T) {
	seg, err := punkt()
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"I", "it", "GP", "didn't", "check-up", "(ok", "\"fine", "A4", "500mg", "8", "8.05", "9th", "a.m", "e.g", "x,y", "Yahoo",
		"to-no", "glasses", "Elm", "café", "so/so", "no", "b", "U.S", "1,200", "cal", "co-op", "$20", "9:30", "20/25", "-4", "R1,640", "1,", "ok,",
		"one\"", "\"wear\"", "(7)", "(ha)", "evening)", "dr\"", "i.e\"", "she's\"", "x\"", "2020)", "-\"", "fine'\"", "ok\")"}
	for w := range abbreviations {
		words = append(words, w, w+"\"", w+")")
	}
	known := 0
	for _, w := range words {
		for _, mark := range []string{".", "!", "?", "..", "...", "?!", "!!!", ".!", ".\"", ".)", ".'", "!\"", "?)", "!'", ".)\"", "...", "....", "..!", ""} {
			for _, next := range []string{"The", "the", "I", "smith", "Smith", "9", "(and", "\"No", "\"no", "'So", "$5", ".", "...", "£5", "€5", "é", "- a"} {
				for _, space := range []string{" ", "  ", ""} {
					const before = "She spoke of "
					text := before + w + mark + space + next + " and more"
					var end int
					sure, marks := true, 0
					for i := range text {
						if !stops(text[i]) {
							continue
						}
						marks++
						e, ok := ending(text, i)
						sure, end = sure && ok, max(end, e)
					}
					if !sure || marks == 0 || titled(text[:len(before)+len(w)+len(mark)]) {
						continue
					}
					known++
					got, want := seg.Segment(text), 1
					if end > 0 {
						want = 2
					}
					if len(got) != want || end > 0 && got[0].End() != end {
						t.Errorf("Segment(%q) = %v, want %d sentences, the first up to %d", text, got, want, end)
					}
				}
			}
		}
	}
	if known < 1000 {
		t.Errorf("only %d texts are plain", known)
	}
}

// clausesOf cuts the sentences of a text.
func clausesOf(t testing.TB, text string, sentences []Extent) []ReadClause {
	t.Helper()
	e, err := readEnglish()
	if err != nil {
		t.Fatal(err)
	}
	p := newPage(newPhrases(newVocabulary(e)))
	p.text, p.sentences = text, sentences
	p.cut()
	return p.clauses
}
