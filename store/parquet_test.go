package store_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
	"percept/collector/survey"
	"percept/store"
	"percept/store/storetest"
)

const answersSQL = `SELECT 'r' || i AS "Response ID", TIMESTAMPTZ '2026-02-03 09:00:00+02' + to_days(i::INTEGER) AS "Submitted at",
	'a' || i || '@example.org' AS "E-mail", (5 - i)::DOUBLE AS "How was the eye exam?", ['Eye exam', 'Frames'] AS "What did you come for?",
	CASE WHEN i < 2 THEN 'Nobody rang, so I rang.' END AS "What could we do better?", i <> 1 AS "Consent"
	FROM range(3) t(i)`

func openParquet(ctx context.Context, path string) (survey.Columnar, error) {
	p, err := store.OpenParquet(ctx, path)
	if err != nil {
		return nil, err
	}
	return p, nil
}

func TestParquet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "elm's answers.parquet")
	if err := storetest.WriteParquet(t.Context(), path, answersSQL); err != nil {
		t.Fatal(err)
	}
	p, err := store.OpenParquet(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for range 2 { // from the first row each time
		var rows [][]string
		for cells, err := range p.Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, slices.Clone(cells))
		}
		want := [][]string{
			{"r0", "2026-02-03 07:00:00+00", "a0@example.org", "5.0", "Eye exam; Frames", "Nobody rang, so I rang.", "true"},
			{"r1", "2026-02-04 07:00:00+00", "a1@example.org", "4.0", "Eye exam; Frames", "Nobody rang, so I rang.", "false"},
			{"r2", "2026-02-05 07:00:00+00", "a2@example.org", "3.0", "Eye exam; Frames", "", "true"},
		}
		if d := cmp.Diff(want, rows); d != "" {
			t.Errorf("rows (-want +got):\n%s", d)
		}
	}
}

func TestParquetAsSurvey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "answers.parquet")
	if err := storetest.WriteParquet(t.Context(), path, answersSQL); err != nil {
		t.Fatal(err)
	}
	o := survey.Options{Path: path, Name: "answers.parquet", Practice: "elm", Parquet: openParquet}
	l, err := survey.Inspect(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"file: Parquet, 3 rows",
		"id: column 1 “Response ID”",
		"dates: column 2 “Submitted at”, year first",
		"rating: column 4 “How was the eye exam?”, csat-5, from 1 (worst) to 5 (best)",
		"open answer: column 6 “What could we do better?”, asks what to improve",
		"consent: column 7 “Consent”",
		"dropped as personal: E-mail",
	}
	for _, w := range want {
		if !slices.ContainsFunc(l.Describe(), func(d string) bool { return strings.HasPrefix(d, w) }) {
			t.Errorf("no %q in\n%s", w, strings.Join(l.Describe(), "\n"))
		}
	}
	src, err := survey.New(o)
	if err != nil {
		t.Fatal(err)
	}
	var got collector.Parsed
	for page, err := range src.Pages(t.Context(), collector.Query{Now: storetest.Now}) {
		if err != nil {
			t.Fatal(err)
		}
		if got, err = src.Parse(page); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(page.Body, []byte("example.org")) {
			t.Errorf("the block holds what tells who a person is: %s", page.Body)
		}
	}
	if len(got.Feedback) != 2 || got.Empty != 1 {
		t.Fatalf("%+v", got)
	}
	if f := got.Feedback[0]; f.SourceID != "r0" || len(f.Answers) != 2 || f.Answers[0].Rating.Raw != "5.0" || f.Answers[0].Rating.Value != 5 || !f.Date.Start.Equal(time.Date(2026, 2, 3, 7, 0, 0, 0, time.UTC)) {
		t.Errorf("first response %+v", f)
	}
}

func TestParquetThatIsNone(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good.parquet")
	if err := storetest.WriteParquet(t.Context(), good, answersSQL); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string, content []byte) error {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := store.OpenParquet(t.Context(), path)
		if err != nil {
			return err
		}
		defer p.Close()
		for _, err := range p.Rows(t.Context()) {
			if err != nil {
				return err
			}
		}
		return nil
	}
	if err := read("cut.parquet", whole[:len(whole)/2]); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("cut in half: %v", err)
	}
	if err := read("star*.parquet", whole); err == nil || !strings.Contains(err.Error(), "rename it") {
		t.Errorf("a pattern for a name: %v", err)
	}
	for at := 4; at < len(whole); at += len(whole) / 12 { // no flipped byte ends the process
		flipped := bytes.Clone(whole)
		flipped[at] ^= 0x55
		_ = read("flipped.parquet", flipped)
	}
}
