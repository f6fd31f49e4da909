package store_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
	"percept/collector/reviews"
	"percept/store"
	"percept/store/storetest"
)

// exporting opens a store that may export into the folder returned.
func exporting(t *testing.T, path string) (*store.Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "o'ut")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), path, store.Options{Create: true, Now: storetest.Now, Exports: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, dir
}

// written exports a table and returns what was written.
func written(t *testing.T, s *store.Store, dir, table string, o store.ExportOptions) []byte {
	t.Helper()
	file := filepath.Join(dir, table+"."+string(o.Format))
	for _, x := range store.ExportTables() {
		if x.Name != table {
			continue
		}
		if _, err := s.Export(t.Context(), x, file, o); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	t.Fatalf("there is no table %s", table)
	return nil
}

// objects are the rows of a table, by JSON lines.
func objects(t *testing.T, s *store.Store, dir, table, practice string) []map[string]any {
	t.Helper()
	var all []map[string]any
	for line := range bytes.Lines(written(t, s, dir, table, store.ExportOptions{Format: store.ExportJSONL, Practice: practice})) {
		var o map[string]any
		if err := json.Unmarshal(line, &o); err != nil {
			t.Fatalf("%s: %v in %s", table, err, line)
		}
		all = append(all, o)
	}
	return all
}

// picked are some columns of rows.
func picked(rows []map[string]any, columns ...string) [][]any {
	var all [][]any
	for _, r := range rows {
		var row []any
		for _, c := range columns {
			row = append(row, r[c])
		}
		all = append(all, row)
	}
	return all
}

func TestExportedTablesAreExplained(t *testing.T) {
	s := storetest.New(t)
	columns, err := s.ExportColumns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	of := map[string]int{}
	for _, c := range columns {
		if seen[c.Table+"."+c.Name] || c.Type == "" || len(c.Meaning) < 3 {
			t.Errorf("column %+v stands twice, or says too little", c)
		}
		if strings.HasSuffix(c.Name, "_at") != (c.Type == "TIMESTAMP") && c.Name != "not_before" {
			t.Errorf("%s.%s is %s: what ends in _at, and nothing else, is a moment in UTC", c.Table, c.Name, c.Type)
		}
		seen[c.Table+"."+c.Name] = true
		of[c.Table]++
	}
	for _, table := range store.ExportTables() {
		if of[table.Name] == 0 || table.About == "" || of[table.Name] > 60 {
			t.Errorf("table %s: %d columns, about %q", table.Name, of[table.Name], table.About)
		}
		delete(of, table.Name)
	}
	if len(of) > 0 {
		t.Errorf("columns of no table: %v", of)
	}
}

// story is a store in which a review was edited, one removed, one came by two ways and one was labelled by a person.
func story(t *testing.T) (*store.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "p.duckdb")
	s, err := store.Open(t.Context(), path, store.Options{Create: true, Now: storetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s)
	keep(t, s, "00000002", []collector.Feedback{review("a", "Slow.", 2), review("b", "Gone tomorrow.", 4), review("c", "Twice told.", 5), review("d", "Twice told.", 5)})
	keep(t, s, "00000003", []collector.Feedback{review("a", "Slow, but they rang to say sorry.", 3)})
	label := analysis.Correction{Feedback: review("a", "", 0).ID, Version: 2, Touchpoint: "order", About: true, End: 4, Score: -1}
	if err := s.Correct(t.Context(), label); err != nil {
		t.Fatal(err)
	}
	if err := s.BuildSeries(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	run(t, path, "INSERT INTO removal VALUES ('"+review("b", "", 0).ID+"', '2026-11-10', '00000003', false, '')")
	run(t, path, "INSERT INTO double VALUES ('"+review("d", "", 0).ID+"', '"+review("c", "", 0).ID+"')")
	return exporting(t, path)
}

func TestExportTellsWhatBecameOfFeedback(t *testing.T) {
	s, dir := story(t)
	c := review("c", "", 0).ID
	want := [][]any{
		{"1", 1.0, "2026-11-09", "2026-11-09", "stands", true, nil, nil, "negative"}, // 22:30 UTC on Sunday
		{"2", 1.0, "2026-11-08", "2026-11-02", "stands", true, nil, nil, "negative"},
		{"3", 1.0, "2026-10-01", nil, "stands", true, nil, nil, "negative"}, // a month names no week
		{"b", 1.0, "2026-11-04", "2026-11-02", "removed", true, nil, "Gone tomorrow.", nil},
		{"c", 1.0, "2026-11-04", "2026-11-02", "stands", true, nil, "Twice told.", nil},
		{"d", 1.0, "2026-11-04", "2026-11-02", "double", false, c, "Twice told.", nil},
		{"a", 2.0, "2026-11-04", "2026-11-02", "stands", true, nil, "Slow, but they rang to say sorry.", nil},
	}
	got := picked(objects(t, s, dir, "feedback", ""), "source_id", "version", "date", "week", "state", "counts", "instead", "text", "label")
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("feedback (-want +got):\n%s", d)
	}
	if d := cmp.Diff([][]any{{"a", 1.0, "Slow."}}, picked(objects(t, s, dir, "earlier_feedback", ""), "source_id", "version", "text")); d != "" {
		t.Errorf("earlier feedback (-want +got):\n%s", d)
	}
	if d := cmp.Diff([][]any{{review("b", "", 0).ID, "removed", "2026-11-10T00:00:00Z"}}, picked(objects(t, s, dir, "removals", ""), "feedback", "what", "marked_at")); d != "" {
		t.Errorf("removals (-want +got):\n%s", d)
	}
	if n := len(objects(t, s, dir, "answers", "")); n != 6 {
		t.Errorf("%d answers, want 6", n)
	}
}

func TestExportedMentionsAreThoseThatCount(t *testing.T) {
	s, dir := story(t)
	got := picked(objects(t, s, dir, "mentions", ""), "part", "touchpoint", "origin", "labelled_by", "score", "words", "week")
	want := [][]any{}
	for _, week := range []any{"2026-11-09", "2026-11-02", nil} {
		want = append(want, []any{1.0, "order", "rating", "model", -0.5, nil, week}, []any{2.0, "order", "text", "model", -0.9, "Three weeks", week})
	}
	want = append(want, []any{0.0, "order", "text", "person", -1.0, "Slow", "2026-11-02"})
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("mentions (-want +got):\n%s", d)
	}
	evidence, err := s.Evidence(t.Context(), "elm", monday(1, 5))
	if err != nil || len(evidence) != len(got) {
		t.Errorf("%d mentions exported, reports see %d, %v", len(got), len(evidence), err)
	}
	if d := cmp.Diff([][]any{{"Three weeks and nothing.", -1.0}, {"Three weeks and nothing.", -1.0}, {"Three weeks and nothing.", -1.0}},
		picked(objects(t, s, dir, "behaviours", ""), "words", "score")); d != "" {
		t.Errorf("behaviours (-want +got):\n%s", d)
	}
	if d := cmp.Diff([][]any{{"Slow", true, true, "elm"}}, picked(objects(t, s, dir, "corrections", ""), "words", "about", "stands", "practice")); d != "" {
		t.Errorf("corrections (-want +got):\n%s", d)
	}
}

// What is joined block by block is what is joined at once.
func TestExportInBlocks(t *testing.T) {
	s, dir := story(t)
	for _, table := range store.ExportTables() {
		if !slices.Contains([]string{"feedback", "answers", "mentions", "behaviours", "earlier_feedback", "earlier_answers", "alerts"}, table.Name) {
			continue
		}
		for _, format := range []store.ExportFormat{store.ExportCSV, store.ExportJSONL} {
			whole := written(t, s, dir, table.Name, store.ExportOptions{Format: format})
			blocks := written(t, s, dir, table.Name, store.ExportOptions{Format: format, Block: 2})
			if d := cmp.Diff(string(whole), string(blocks)); d != "" {
				t.Errorf("%s as %s (-whole +blocks):\n%s", table.Name, format, d)
			}
		}
		file := filepath.Join(dir, table.Name+".parquet")
		n, err := s.Export(t.Context(), table, file, store.ExportOptions{Format: store.ExportParquet, Block: 2})
		if err != nil {
			t.Fatal(err)
		}
		p, err := store.OpenParquet(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		read := int64(0)
		for _, err := range p.Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			read++
		}
		if err := p.Close(); err != nil || read != n {
			t.Errorf("%s: %d rows of Parquet read, %d written, %v", table.Name, read, n, err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*.[0-9]*")); err != nil || len(left) > 0 {
		t.Errorf("blocks are left: %v, %v", left, err)
	}
}

func TestExportOfOnePractice(t *testing.T) {
	s, dir := story(t)
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: johannesburg}, {ID: "oak", Name: "Oak", Zone: johannesburg}}); err != nil {
		t.Fatal(err)
	}
	other := review("z", "Of another practice.", 5)
	other.Practice = "oak"
	identity.Name(&other)
	keep(t, s, "00000004", []collector.Feedback{other})
	for _, table := range store.ExportTables() {
		for _, row := range objects(t, s, dir, table.Name, "oak") {
			if of, ok := row["practice"]; ok && of != "oak" {
				t.Errorf("%s of oak holds %v", table.Name, row)
			}
		}
	}
	if d := cmp.Diff([][]any{{"Of another practice."}}, picked(objects(t, s, dir, "feedback", "oak"), "text")); d != "" {
		t.Errorf("feedback of oak (-want +got):\n%s", d)
	}
}

// hostile are texts that a spreadsheet would run, or that are hard to write, as a source of reviews reads them.
var hostile = []string{
	"=HYPERLINK(\"http://x.example\",\"win\")", "+27 82 000 0000 never rings", "- waited\n- waited again", "@home they say", "＝1+1", "＋1 for the staff",
	"－1 for the wait", "＠all", "'=1+1 as somebody inert wrote it", "'Twas lovely", "''Lovely'' she said", "commas, \"quotes\"; semicolons\tand tabs",
	"two\nlines\n=1+1", "fish & chips < 5 > é 👓", "\u200b=1+1", "−5 out of 5", "1,5", "NULL", "true", "\ufeff=2",
}

func hostileStore(t *testing.T) (*store.Store, string) {
	t.Helper()
	s, dir := exporting(t, "")
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "=Elm", Zone: johannesburg}}); err != nil {
		t.Fatal(err)
	}
	var all []collector.Feedback
	for i, words := range hostile {
		f := review(words, words, 4)
		f.Title, f.Subject, f.URL, f.Language, f.Ref = words+" in short", words, words, words, words
		f.Date = collector.OnDay(2026, 10, 1+i, johannesburg)
		f.Reply = &collector.Reply{Text: words + " to you", State: words}
		f.Answers = []collector.Answer{{Question: words, Column: words, Text: words, Rating: collector.Rating{Raw: words, Best: words, Worst: words}}}
		all = append(all, f)
	}
	for _, blank := range []string{" ", "\t", "\r", "\n", "\r\n", "\u00a0 ", "\x00", "\x1b"} {
		all = append(all, review("blank"+blank, blank+"=1+1 and white space", 4))
	}
	keep(t, s, "=1", all)
	return s, dir
}

// A reader of our own holds every cell of every CSV against what a spreadsheet may run.
func TestNoCellOfAnExportRuns(t *testing.T) {
	s, dir := hostileStore(t)
	cells := 0
	for _, table := range store.ExportTables() {
		rows, err := csv.NewReader(bytes.NewReader(written(t, s, dir, table.Name, store.ExportOptions{Format: store.ExportCSV}))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for i, cell := range row {
				cells++
				seen := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
				if seen == "" {
					continue
				}
				if strings.ContainsRune("=+-@＝＋－＠−", []rune(seen)[0]) || strings.ContainsRune("\t\r\n", rune(cell[0])) {
					t.Errorf("%s: %s: cell %q can run", table.Name, rows[0][i], cell)
				}
			}
		}
	}
	if cells < 1000 {
		t.Errorf("%d cells looked at", cells)
	}
}

func TestExportedFeedbackIsReadAgain(t *testing.T) {
	s, dir := hostileStore(t)
	for _, mark := range []bool{false, true} {
		written(t, s, dir, "feedback", store.ExportOptions{Format: store.ExportCSV, Mark: mark})
		src, err := reviews.NewFiles(reviews.FileOptions{Path: filepath.Join(dir, "feedback.csv"), Zone: johannesburg})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for p, err := range src.Pages(t.Context(), collector.Query{Now: storetest.Now}) {
			if err != nil {
				t.Fatal(err)
			}
			parsed, err := src.Parse(p)
			if err != nil || len(parsed.Rejected) > 0 {
				t.Fatalf("parse: %v, rejected %v", err, parsed.Rejected)
			}
			for _, f := range parsed.Feedback {
				if strings.HasSuffix(f.Text, " and white space") {
					continue // which no source keeps
				}
				got = append(got, f.Text)
				want := collector.OnDay(2026, 10, len(got), johannesburg)
				if f.Title != f.Text+" in short" || f.Reply == nil || f.Reply.Text != f.Text+" to you" || f.Rating.Value != 4 || f.Date != want {
					t.Errorf("%q is read again with title %q, reply %+v, rating %v and date %v", f.Text, f.Title, f.Reply, f.Rating.Value, f.Date)
				}
			}
		}
		if d := cmp.Diff(hostile, got); d != "" {
			t.Errorf("texts with mark %v (-stored +read again):\n%s", mark, d)
		}
	}
}

func TestExportedJSONIsAsWritten(t *testing.T) {
	s, dir := hostileStore(t)
	var got []string
	for _, row := range objects(t, s, dir, "feedback", "") {
		if row["title"] != nil {
			got = append(got, row["text"].(string))
		}
	}
	if d := cmp.Diff(hostile, got); d != "" {
		t.Errorf("texts (-stored +exported):\n%s", d)
	}
	if data := written(t, s, dir, "feedback", store.ExportOptions{Format: store.ExportJSONL}); !bytes.Contains(data, []byte("fish & chips < 5 > é 👓")) {
		t.Error("JSON lines escape what needs no escape")
	}
}

// Names, kept pages, keys and what messages say are in no export.
func TestExportLeaksNothing(t *testing.T) {
	s, dir := exporting(t, "")
	fill(t, s)
	if err := s.CheckKey(t.Context(), []byte("canary-key")); err != nil {
		t.Fatal(err)
	}
	f := review("a", "Slow.", 2)
	f.Author, f.Private = "Canary Person", true
	identity.Name(&f)
	e := collector.Entry{Run: "00000002", Practice: "elm", Source: "web:elm", State: collector.Running, Started: storetest.Now}
	if err := s.Begin(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	p := collector.Page{URL: "https://elm.example/canary-page", Body: []byte("canary body"), ETag: "canary-etag", FetchedAt: storetest.Now}
	if err := s.Keep(t.Context(), &e, p, []collector.Feedback{f}, nil); err != nil {
		t.Fatal(err)
	}
	for _, table := range store.ExportTables() {
		for _, format := range []store.ExportFormat{store.ExportCSV, store.ExportJSONL} {
			if data := written(t, s, dir, table.Name, store.ExportOptions{Format: format}); bytes.Contains(bytes.ToLower(data), []byte("canary")) {
				t.Errorf("%s as %s tells a canary", table.Name, format)
			}
		}
	}
	if d := cmp.Diff([][]any{{false, f.AuthorKey}}, picked(objects(t, s, dir, "feedback", ""), "quotable", "author")[3:]); d != "" {
		t.Errorf("who does not want to be quoted (-want +got):\n%s", d)
	}
}

func TestExportStaysInItsFolder(t *testing.T) {
	table := store.ExportTables()[0]
	s, dir := exporting(t, "")
	for _, file := range []string{filepath.Join(t.TempDir(), "x.csv"), filepath.Join(dir, "..", "x.csv")} {
		if _, err := s.Export(t.Context(), table, file, store.ExportOptions{Format: store.ExportCSV}); err == nil || !strings.Contains(err.Error(), "export practices: ") {
			t.Errorf("export to %s: %v, want a refusal", file, err)
		}
	}
	none := storetest.New(t)
	if _, err := none.Export(t.Context(), table, filepath.Join(dir, "x.csv"), store.ExportOptions{Format: store.ExportCSV}); err == nil {
		t.Error("a store without a folder for exports exported")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Export(ctx, table, filepath.Join(dir, "x.csv"), store.ExportOptions{Format: store.ExportCSV}); !errors.Is(err, context.Canceled) {
		t.Errorf("export after the end: %v, want %v", err, context.Canceled)
	}
}

func TestExportedTimesAreUTC(t *testing.T) {
	s, dir := story(t)
	t.Setenv("TZ", "Asia/Tokyo")
	first := objects(t, s, dir, "feedback", "")[0]
	if first["given_at"] != "2026-11-08T22:30:00Z" {
		t.Errorf("given_at = %v", first["given_at"])
	}
	written(t, s, dir, "feedback", store.ExportOptions{Format: store.ExportParquet})
	p, err := store.OpenParquet(t.Context(), filepath.Join(dir, "feedback.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for row, err := range p.Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range p.Columns() {
			if c == "given_at" && row[i] != "2026-11-08 22:30:00+00" {
				t.Errorf("given_at in Parquet = %v", row[i])
			}
		}
		break
	}
}
