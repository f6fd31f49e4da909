package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The demo's five lines are those of the README: the slip that is in the data, the quiet practice,
// the source that fails.
func TestDemoSaysWhatTheReadmeShows(t *testing.T) {
	dir := t.TempDir()
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"demo", "--dir", dir}, nil, &out, &errs); code != exitDone {
		t.Fatalf("demo = %d\n%s", code, errs.String())
	}
	got := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
	if len(got) != 5 {
		t.Fatalf("demo says %d lines, want 5:\n%s", len(got), out.String())
	}
	if want := "report     " + filepath.Join(dir, "reports", "index.html"); got[4] != want {
		t.Errorf("last line %q, want %q", got[4], want)
	}
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "$ go run ./cmd/percept demo\n")
	shown := strings.Split(rest, "\n")
	for i, l := range got[:4] {
		if i >= len(shown) || strings.TrimRight(shown[i], " ") != strings.TrimRight(l, " ") {
			t.Errorf("the README shows another line %d; the demo says\n%s", i+1, l)
		}
	}
	for _, want := range []string{"Harbour Street Optometry: Call for collection of account is worse in the survey since the week of", "Milkwood Eye Care: no reliable change", "Baobab Lane Opticians: no reliable change; baobab-lane.example is incomplete"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the demo does not say %q:\n%s", want, out.String())
		}
	}
	for _, name := range []string{"index.html", "harbour-street/index.html", "milkwood/index.html", "baobab-lane/index.html"} {
		if info, err := os.Stat(filepath.Join(dir, "reports", name)); err != nil || info.Size() > 300<<10 {
			t.Errorf("%s: %v, want a page of at most 300 KB", name, err)
		}
	}
}

// The demo is the same for everyone: two of them write the same pages.
func TestDemoPagesAreTheSameEveryTime(t *testing.T) {
	var pages [2][]byte
	for i := range pages {
		dir := t.TempDir()
		var out, errs bytes.Buffer
		if code := run(t.Context(), []string{"demo", "--dir", dir}, nil, &out, &errs); code != exitDone {
			t.Fatalf("demo = %d\n%s", code, errs.String())
		}
		pages[i] = readFile(t, filepath.Join(dir, "reports", "harbour-street", "index.html"))
	}
	if !bytes.Equal(pages[0], pages[1]) {
		t.Errorf("two demos wrote pages of %d and %d bytes that differ", len(pages[0]), len(pages[1]))
	}
}

// A folder that is not the demo's is left alone.
func TestDemoTouchesNoFolderOfYours(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "percept.yaml")
	if err := os.WriteFile(config, []byte("practices: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"demo", "--dir", dir}, nil, &out, &errs); code != exitFailed || !strings.Contains(errs.String(), "is not of the demo") {
		t.Errorf("demo = %d\n%s", code, errs.String())
	}
	if got := string(readFile(t, config)); got != "practices: []\n" {
		t.Errorf("config is now %q", got)
	}
}
