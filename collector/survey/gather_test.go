package survey

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"percept/collector"
)

// The rows of a respondent stand together however far apart they are in the file, and what waits for them
// takes no more memory than it may.
func TestGathererKeepsRespondentsWhole(t *testing.T) {
	const people, answers = 2000, 3
	g := newGatherer(filepath.Join(t.TempDir(), "percept.unpacked"))
	g.limit = 64 << 10
	for a := range answers {
		for i := range people {
			if err := g.add(fmt.Sprintf("R%d", i), fmt.Appendf(nil, "%d answers %d\n", i, a)); err != nil {
				t.Fatal(err)
			}
			if g.held >= g.limit {
				t.Fatalf("%d bytes wait, want less than %d", g.held, g.limit)
			}
		}
	}
	seen := make(map[string]bool)
	err := g.each(func(w waiting) bool {
		var want strings.Builder
		for a := range answers {
			fmt.Fprintf(&want, "%s answers %d\n", strings.TrimPrefix(w.who, "R"), a)
		}
		if string(w.body) != want.String() || w.rows != answers || seen[w.who] {
			t.Errorf("%q stands with %d rows:\n%s", w.who, w.rows, w.body)
		}
		seen[w.who] = true
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != people {
		t.Errorf("%d respondents, want %d", len(seen), people)
	}
	if err := g.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(g.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder stays: %v", err)
	}
}

// Rows that name nobody wait for no others: they are passed on at once, as blocks of rows.
func TestRowsOfNobodyDoNotWait(t *testing.T) {
	b := newBlocks(&Layout{Long: true, Columns: []Column{{Role: Respondent}, {}}}, Options{BlockRows: 3}, nil)
	var blocks []string
	emit := func(body []byte) bool { blocks = append(blocks, string(body)); return true }
	for i, who := range []string{"", "R1", "", "", "R1", ""} {
		if !b.putLine([]string{who, "x"}, fmt.Appendf(nil, "%d\n", i), emit) {
			t.Fatal(b.err)
		}
	}
	if want := []string{"0\n2\n3\n"}; !slices.Equal(blocks, want) || b.gatherer.held == 0 {
		t.Errorf("blocks %q before the end, want %q", blocks, want)
	}
	if err := b.close(emit); err != nil {
		t.Fatal(err)
	}
	if all := strings.Join(blocks, ""); len(all) != 12 || !strings.Contains(all, "1\n4\n") {
		t.Errorf("blocks %q, want all six rows, those of R1 together", blocks)
	}
}

// A file whose rows take more than may wait in memory is read by way of a temporary file, of which nothing stays.
func TestLongFileIsGatheredOnDisk(t *testing.T) {
	const people = 40
	long := strings.Repeat("kind, and all was explained. ", heldAnswers/people/50)
	var b strings.Builder
	b.WriteString("Respondent ID,Question,Answer\n")
	for _, q := range []string{"What did we do well?", "What could we do better?"} {
		for i := range people {
			fmt.Fprintf(&b, "R%d,%s,%d: %s\n", i, q, i, strings.ReplaceAll(long, ",", ""))
		}
	}
	dir := filepath.Join(t.TempDir(), "percept.unpacked")
	src, err := New(Options{Path: write(t, "long.csv", b.String()), Practice: "elm", TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for p, err := range src.Pages(t.Context(), collector.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(dir); p.Part == 0 && err != nil { // the last block comes when the file is closed
			t.Errorf("while it is read: %v", err)
		}
		parsed, err := src.Parse(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range parsed.Feedback {
			found++
			if who := strings.TrimPrefix(f.SourceID, "R") + ": kind"; len(f.Answers) != 2 || !strings.HasPrefix(f.Answers[0].Text, who) || !strings.HasPrefix(f.Answers[1].Text, who) ||
				f.Answers[0].Asks != collector.AsksPraise || f.Answers[1].Asks != collector.AsksImprove {
				t.Errorf("%s has %d answers, want its own two in the order of the file", f.SourceID, len(f.Answers))
			}
		}
	}
	if found != people {
		t.Errorf("%d responses, want %d", found, people)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder stays: %v", err)
	}
}
