package redact

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A labelled is a line of the labelled set: words as people write them, the spans marked as [[kind|words]].
type labelled struct {
	ID, Marked string
	text       string
	spans      []Span
}

// unmark takes the marks out and notes where they were.
func (l *labelled) unmark(t testing.TB) {
	t.Helper()
	var b strings.Builder
	rest := l.Marked
	for {
		before, mark, found := strings.Cut(rest, "[[")
		b.WriteString(before)
		if !found {
			break
		}
		inside, after, closed := strings.Cut(mark, "]]")
		kind, words, divided := strings.Cut(inside, "|")
		if !closed || !divided || !strings.Contains(fmt.Sprint(Kinds), kind) {
			t.Fatalf("%s: mark %q", l.ID, inside)
		}
		start := b.Len()
		b.WriteString(words)
		l.spans = append(l.spans, Span{start, b.Len(), Kind(kind)})
		rest = after
	}
	l.text = b.String()
}

func readLabelled(t testing.TB, name string) []labelled {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []labelled
	seen := map[string]bool{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var l labelled
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil || l.ID == "" || seen[l.ID] {
			t.Fatalf("%s: line %q: %v", name, lines.Text(), err)
		}
		seen[l.ID] = true
		l.unmark(t)
		all = append(all, l)
	}
	return all
}

// counts of one kind, in spans: a marked span is found when all its letters and digits are masked, whatever the mask
// says; a found one is right when it overlaps a marked one.
type counts struct{ marked, found, masks, right int }

func (c counts) recall() float64    { return float64(c.found) / float64(max(1, c.marked)) }
func (c counts) precision() float64 { return float64(c.right) / float64(max(1, c.masks)) }

func measure(t *testing.T, all []labelled) map[Kind]*counts {
	t.Helper()
	of := map[Kind]*counts{}
	for _, k := range Kinds {
		of[k] = &counts{}
	}
	for _, l := range all {
		found := Find(l.text)
		missed := false
		for _, m := range l.spans {
			of[m.Kind].marked++
			hidden := 0
			for _, f := range found {
				hidden += max(0, min(f.End, m.End)-max(f.Start, m.Start))
			}
			if hidden == m.End-m.Start {
				of[m.Kind].found++
			} else {
				missed = true
			}
		}
		for _, f := range found {
			of[f.Kind].masks++
			right := false
			for _, m := range l.spans {
				right = right || f.Start < m.End && m.Start < f.End
			}
			if right {
				of[f.Kind].right++
			}
			missed = missed || !right
		}
		if missed {
			t.Logf("%s: %s  ->  %s", l.ID, l.Marked, Text(l.text))
		}
	}
	return of
}

// floors of recall and precision. Direct identifiers are all but names and references.
var floors = map[Kind][2]float64{
	Name: {.97, .98}, Phone: {.98, .98}, Mail: {.98, .98}, Birth: {.98, .98}, Identity: {.98, .98}, Address: {.98, .95}, Reference: {.95, .95}, Link: {.98, .95},
}

func TestRedactionFindsWhatIsMarkedAndLittleElse(t *testing.T) {
	for _, name := range []string{"dev.jsonl", "held.jsonl", "second.jsonl"} {
		t.Run(name, func(t *testing.T) {
			all := readLabelled(t, name)
			of := measure(t, all)
			for _, k := range Kinds {
				c := of[k]
				t.Logf("%-9s  marked %3d  recall %.3f  precision %.3f", k, c.marked, c.recall(), c.precision())
				if c.marked == 0 {
					t.Errorf("no %s is marked", k)
				}
				if c.recall() < floors[k][0] || c.precision() < floors[k][1] {
					t.Errorf("%s: recall %.3f, precision %.3f, want at least %v", k, c.recall(), c.precision(), floors[k])
				}
			}
		})
	}
}
