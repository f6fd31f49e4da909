package survey

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// marksOf reads content block by block and returns its marked lines and how many rows were remembered for them.
// Where all is true, every row is remembered.
func marksOf(t *testing.T, content string, all bool) (lines []string, held int) {
	t.Helper()
	o := Options{Path: write(t, "f.csv", content)}
	f, err := open(t.Context(), o.Path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // read only
	l, err := f.inspect(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if all {
		for i := range f.repeats.again {
			f.repeats.again[i] = ^uint64(0)
		}
	}
	rows, err := f.rows(t.Context(), &l)
	if err != nil {
		t.Fatal(err)
	}
	b := newBlocks(&l, o, f.repeats)
	emit := func(body []byte) bool {
		lines = slices.AppendSeq(lines, strings.Lines(string(body)))
		return true
	}
	for {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			b.close(emit)
			return lines, len(b.seen)
		}
		if err != nil {
			t.Fatal(err)
		}
		b.add(r, emit)
	}
}

// Rows are marked as if all were remembered, and of rows that stand in the file once hardly any is.
func TestRepeatsForgetsNone(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	said := []string{"", "kind  staff", "kind staff ", "kind staff", "très bien", "tre\u0300s bien", "n/a"}
	for _, c := range []struct {
		name string
		head string
		row  func(i int) string
		most int // rows held
	}{
		{"equal rows of several people and spellings", "Date,Rating,Comment\n", func(int) string {
			return fmt.Sprintf("2026-02-%02d 10:15,%d,%s\n", 13+r.IntN(9), 1+r.IntN(2), said[r.IntN(len(said))])
		}, 20_000},
		{"ids that return with the same and with other answers", "Response ID,Date,Rating,Comment\n", func(int) string {
			return fmt.Sprintf("%d,2026-02-13 10:15:%02d,%d,kind\n", r.IntN(9_000), r.IntN(2), 1+r.IntN(2))
		}, 20_000},
		{"no row twice", "Date,Rating,Comment\n", func(i int) string {
			return fmt.Sprintf("2026-02-13 10:15,%d,they were kind and quick and row %d of them\n", 1+r.IntN(5), i)
		}, 600},
	} {
		t.Run(c.name, func(t *testing.T) {
			var file strings.Builder
			file.WriteString(c.head)
			for i := range 20_000 {
				file.WriteString(c.row(i))
			}
			want, _ := marksOf(t, file.String(), true)
			got, held := marksOf(t, file.String(), false)
			if !slices.Equal(got, want) {
				t.Errorf("the lines differ from those of a reading that remembers all rows")
			}
			if held > c.most {
				t.Errorf("%d rows were remembered, want at most %d", held, c.most)
			}
		})
	}
}
