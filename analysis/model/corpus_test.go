package model

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"percept/analysis"
)

func TestCorpusNamesOnlyWhatTheTaxonomyHas(t *testing.T) {
	tax, err := analysis.BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := analysis.NewRules(tax)
	if err != nil {
		t.Fatal(err)
	}
	files, err := Corpus()
	if err != nil {
		t.Fatal(err)
	}
	touchpoints, behaviours := rules.Touchpoints(), rules.Behaviours()
	for _, f := range files {
		for _, p := range f.Pieces {
			for _, u := range p.Units {
				for slug := range u.Touchpoints {
					if !slices.Contains(touchpoints, slug) {
						t.Errorf("%s: touchpoint %q", p.ID, slug)
					}
				}
				for slug := range u.Behaviours {
					if !slices.Contains(behaviours, slug) {
						t.Errorf("%s: behaviour %q", p.ID, slug)
					}
				}
				for _, slug := range u.Unsure {
					slug = strings.TrimSuffix(slug, ":sentiment")
					if slug != "s" && !slices.Contains(touchpoints, slug) && !slices.Contains(behaviours, slug) {
						t.Errorf("%s: unsure of %q", p.ID, slug)
					}
				}
			}
		}
	}
}

func TestReadCorpusNamesTheLine(t *testing.T) {
	good := `{"id":"a","units":[{"text":"Lovely frames.","touchpoints":{"selection":1},"s":1}]}`
	for _, tc := range []struct{ name, body, want string }{
		{"no JSON", "{", "c.jsonl: line 1: unexpected end of JSON input"},
		{"no units", `{"id":"a"}`, `c.jsonl: line 1: piece "a" has no id or no units`},
		{"an empty unit", `{"id":"a","units":[{"text":" "}]}`, "c.jsonl: line 1: a: unit 1 is empty"},
		{"a sentiment too strong", `{"id":"a","units":[{"text":"x","s":3}]}`, "c.jsonl: line 1: a: unit 1: s 3 is outside -2 to 2"},
		{"a touchpoint too strong", `{"id":"a","units":[{"text":"x","touchpoints":{"exam":2}}]}`, "c.jsonl: line 1: a: unit 1: exam 2 is outside -1 to 1"},
		{"a behaviour of 0", `{"id":"a","units":[{"text":"x","behaviours":{"manners":0}}]}`, "c.jsonl: line 1: a: unit 1: manners 0 is not -1 or 1"},
		{"an id twice", good + "\n" + good, "c.jsonl: line 2: a is there twice"},
	} {
		_, err := ReadCorpus(fstest.MapFS{"c.jsonl": {Data: []byte(tc.body)}}, "c.jsonl")
		if err == nil || err.Error() != tc.want {
			t.Errorf("%s: error %v, want %q", tc.name, err, tc.want)
		}
	}
}

func TestUnsureLabelsTeachNothing(t *testing.T) {
	u := Unit{Touchpoints: map[string]int{"exam": 1}, Behaviours: map[string]int{"manners": -1}, Unsure: []string{"order"}}
	got := unitTruth(u, []string{"exam", "order", "general"}, []string{"manners"})
	if want := []truth{yes, unknown, no, no, yes}; !slices.Equal(got, want) {
		t.Errorf("unitTruth = %v, want %v", got, want)
	}
}

func FuzzParsePiece(f *testing.F) {
	f.Add([]byte(`{"id":"a","kind":"answer","question":"Why?","units":[{"text":"Cold room","touchpoints":{"reception":-1},"s":-1}]}`))
	f.Add([]byte(`{"id":"b","units":[{"text":"` + "\xff" + `"}]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		p, err := parsePiece(line)
		if err != nil {
			return
		}
		whole, at := p.text()
		for i, u := range p.Units {
			if at[i].In(whole) != u.Text {
				t.Errorf("unit %d is %q in the piece, want %q", i, at[i].In(whole), u.Text)
			}
		}
	})
}
