package analysis

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/collector/yamlfile"
)

var updateErrors = flag.Bool("update-errors", false, "rewrite the messages of testdata/taxonomy")

// TestBadTaxonomies reads every file of testdata/taxonomy, one way each of writing a bad one, and
// compares the whole message with the .txt beside it.
func TestBadTaxonomies(t *testing.T) {
	files, err := filepath.Glob("testdata/taxonomy/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, f := range files {
		name := filepath.Base(f)
		t.Run(strings.TrimSuffix(name, ".yaml"), func(t *testing.T) {
			body, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			_, err = ParseTaxonomy(name, body)
			if err == nil {
				t.Fatal("no error")
			}
			got, golden := err.Error()+"\n", strings.TrimSuffix(f, ".yaml")+".txt"
			if *updateErrors {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestATaxonomyThatWouldChokeTheParserIsRefusedOnce(t *testing.T) {
	_, err := ParseTaxonomy("big.yaml", []byte("name: "+strings.Repeat("[", 100_000)))
	if want := "big.yaml:1:39: nested more than 32 deep"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestMistakesOfManyPhrasesAreCut(t *testing.T) {
	_, err := ParseTaxonomy("many.yaml", []byte("name: a\nversion: 1\ntouchpoints:\n  - id: a\n    name: a\n    phase: a\n    phrases:\n"+strings.Repeat("      - \"*\"\n", 150)))
	var ms yamlfile.Mistakes
	if !errors.As(err, &ms) || len(ms) != 101 || ms[100].Message != "and 50 more" {
		t.Errorf("%d mistakes, want 100 and one for the rest: %.200v", len(ms), err)
	}
}

func TestOptometryJourney(t *testing.T) {
	tax, err := BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range tax.Touchpoints {
		got = append(got, p.Phase+" "+p.ID+": "+p.Name)
	}
	want := []string{
		"before appointment: Making an appointment",
		"before reminder: Reminder call",
		"arrival reception: Arrival at reception",
		"arrival administration: Administration prior to appointment",
		"clinical pretest: Pre-test checks",
		"clinical exam: Eye exam",
		"dispensing selection: Fitting of appliances",
		"dispensing quote: Quote for appliance",
		"dispensing order: Finalise order and account",
		"collection collection_call: Call for collection of account",
		"collection fitment: Fitment of appliance",
		"collection settlement: Settlement of account",
		"after recall: Set up reminder call for follow up",
		"after aftercare: After service assessment call",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	var traits []string
	for _, b := range tax.Traits {
		traits = append(traits, b.ID)
	}
	if d := cmp.Diff(strings.Fields("personal_attention continuity manners detail honesty reliability flexibility complaint_handling"), traits); d != "" {
		t.Error(d)
	}
}

func TestBuiltInNames(t *testing.T) {
	if d := cmp.Diff([]string{"dental", "optometry", "restaurant", "service", "veterinary"}, BuiltInNames()); d != "" {
		t.Error(d)
	}
	_, err := BuiltIn("../words/english")
	if want := `no built-in taxonomy "../words/english"; there are dental, optometry, restaurant, service, veterinary`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestAspectResolvesPlainWords(t *testing.T) {
	tax, err := BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		words, want string
		ok          bool
	}{
		{"exam", "exam", true},
		{"collection_call", "collection_call", true},
		{"collection call", "collection_call", true},
		{"Making an appointment", "appointment", true},
		{"the waiting room", "reception", true},
		{"frames", "selection", true},
		{"price", "quote", true},
		{"general", General, true},
		{"zeppelins", "", false},
		{"", "", false},
	} {
		if got, ok := tax.Aspect(c.words); got != c.want || ok != c.ok {
			t.Errorf("Aspect(%q) = %q, %v, want %q, %v", c.words, got, ok, c.want, c.ok)
		}
	}
}

func TestPhrases(t *testing.T) {
	e, err := readEnglish()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		phrase, text string
		want         string // what is matched, empty for nothing
	}{
		{"make appointment", "I made an appointment.", "made an appointment"},
		{"book online", "booking online", "booking online"},
		{"=fitting", "fit", ""},
		{"=fitting", "a fitting", "fitting"},
		{"call * back", "they never called me right back", "called me right back"},
		{"call * back", "called the one two three four back", ""},
		{"call * back", "I called. Back home", ""},
		{"wait <n> minute", "waited 45 minutes", "waited 45 minutes"},
		{"wait <n> minute", "waited forty minutes", "waited forty minutes"},
		{"follow-up/recall visit", "a follow-up visit", "follow-up visit"},
		{"follow-up/recall visit", "a follow up visit", "follow up visit"},
		{"follow-up/recall visit", "the recall visit", "recall visit"},
		{"did not call", "they didn't call", "didn't call"},
		{"did not call", "they didnt call", "didnt call"},
		{"can not see", "I cannot see", "cannot see"},
		{"tell us", "We were told our time", ""},
		{"10/10", "I give it 10/10", "10/10"},
	} {
		p := newPhrases(newVocabulary(e))
		if err := p.add(c.phrase, 0); err != nil {
			t.Fatal(err)
		}
		toks, found := p.in(c.text)
		got := ""
		if len(found) > 0 {
			got = c.text[toks[found[0].first].Start:toks[found[0].last-1].End]
		}
		if got != c.want {
			t.Errorf("%q in %q matches %q, want %q", c.phrase, c.text, got, c.want)
		}
	}
}

func TestNoWordIsListedTwice(t *testing.T) {
	e, err := readEnglish()
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]string{e.answers.None, e.answers.Nothing, e.answers.All, e.neutral} {
		sorted := slices.Sorted(slices.Values(list))
		for i := 1; i < len(sorted); i++ {
			if sorted[i] == sorted[i-1] {
				t.Errorf("%q is listed twice", sorted[i])
			}
		}
	}
}

func FuzzParseTaxonomy(f *testing.F) {
	files, err := filepath.Glob("testdata/taxonomy/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		tax, err := ParseTaxonomy("fuzz.yaml", body)
		if err != nil {
			return
		}
		r, err := NewRules(tax)
		if err != nil {
			t.Fatalf("a taxonomy that parses makes no rules: %v", err)
		}
		one(t, r, Text{Text: review})
	})
}
