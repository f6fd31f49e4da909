package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sharedPages are saved pages of real sites, which are not part of this repository: .ci/run names them.
func sharedPages(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("PERCEPT_SHARED")
	if dir == "" {
		t.Skip("SKIPPED: PERCEPT_SHARED names no folder with saved pages; .ci/run does")
	}
	return filepath.Join(dir, "fixtures", "html")
}

// Saved pages served on loopback and collected give the reviews that extract finds in them, and
// collecting again adds nothing.
func TestCollectedPagesGiveWhatExtractFinds(t *testing.T) {
	pages := sharedPages(t)
	server := httptest.NewServer(savedPages(pages))
	defer server.Close()
	dir := t.TempDir()
	var config strings.Builder
	fmt.Fprintf(&config, "web: {allow: [%q]}\npractices:\n", server.Listener.Addr())
	files, err := filepath.Glob(filepath.Join(pages, "*", "page.html"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages in %s: %v", pages, err)
	}
	var want []string
	for _, file := range files {
		folder := filepath.Dir(file)
		name := filepath.Base(folder)
		profile := ""
		if p := beside(file, "profile.json"); p != "" {
			profile = fmt.Sprintf(", profile: %q", p)
		}
		fmt.Fprintf(&config, "  - {id: %s, sources: [{type: web, url: %q%s}]}\n", name, server.URL+"/"+name+"/page.html", profile)
		for _, part := range []string{file, filepath.Join(folder, "page2.html")} {
			if _, err := os.Stat(part); err == nil {
				want = append(want, extracted(t, name, part)...)
			}
		}
	}
	path := filepath.Join(dir, "percept.yaml")
	if err := os.WriteFile(path, []byte(config.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	var first []string
	for range 2 {
		var out, errs bytes.Buffer
		if code := run(t.Context(), []string{"collect", "--config", path, "--now", "2026-11-16"}, nil, &out, &errs); code != exitDone && code != exitIncomplete {
			t.Fatalf("collect = %d\n%s", code, errs.String())
		}
		first = append(first, stored(t, filepath.Join(dir, "percept.duckdb"))...)
		slices.Sort(want)
		if diff := cmp.Diff(want, stored(t, filepath.Join(dir, "percept.duckdb"))); diff != "" {
			t.Errorf("stored reviews (-extracted +stored):\n%s", diff)
		}
	}
	t.Logf("%d reviews of %d pages", len(first)/2, len(files))
}

// savedPages serves folder/page.html by its name, and ?page=N of any path as the one pageN.html there is.
func savedPages(dir string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n := r.URL.Query().Get("page"); n != "" {
			found, err := filepath.Glob(filepath.Join(dir, "*", "page"+n+".html"))
			if err == nil && len(found) == 1 {
				http.ServeFile(w, r, found[0])
				return
			}
		}
		http.FileServer(http.Dir(dir)).ServeHTTP(w, r)
	})
}

// extracted are practice, text and rating of what extract finds in a file, one string a review.
func extracted(t *testing.T, practice, file string) []string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"extract", "--as-of", "2026-11-16", file}, nil, &out, &errs); code != exitDone {
		t.Fatalf("extract %s = %d\n%s", file, code, errs.String())
	}
	var all []string
	for d := json.NewDecoder(&out); d.More(); {
		var r struct {
			Format, Author, Text string
			RatingRaw            string `json:"rating_raw"`
		}
		if err := d.Decode(&r); err != nil {
			t.Fatal(err)
		}
		if r.Format != "" {
			all = append(all, fmt.Sprintf("%s|%s|%s", practice, r.RatingRaw, r.Text))
		}
	}
	return all
}

func stored(t *testing.T, path string) []string {
	t.Helper()
	db, err := sql.Open("duckdb", path+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT practice || '|' || coalesce(rating_raw, '') || '|' || text FROM live")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}
