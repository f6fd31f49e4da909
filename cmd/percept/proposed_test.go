package main

import (
	"bytes"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// Profiles proposed for saved pages from their structure alone find the reviews that their readers see.
func TestProfilesProposedForSavedPages(t *testing.T) {
	pages := sharedPages(t)
	files, err := filepath.Glob(filepath.Join(pages, "*", "expected.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages in %s: %v", pages, err)
	}
	var seen, found, right int
	for _, file := range files {
		page := filepath.Join(filepath.Dir(file), "page.html")
		want := seenBy(t, file, page)
		if len(want) < 2 {
			continue // no list to be seen: a profile has nothing to select
		}
		seen += len(want)
		got, yaml := proposed(t, page)
		here, fields := 0, 0
		for _, w := range want {
			for _, g := range got {
				if strings.HasPrefix(lettersOf(g.Text), w.text) {
					here++
					if (w.rating == 0 || g.Rating == w.rating) && strings.HasPrefix(g.Date, w.day) && (w.author == "" || lettersOf(g.Author) == w.author) {
						fields++
					}
					break
				}
			}
		}
		found, right = found+here, right+fields
		t.Logf("%-32s %2d of %2d found, %2d right in rating, date and author; proposed: %v", filepath.Base(filepath.Dir(file)), here, len(want), fields, yaml != "")
	}
	t.Logf("%d of %d found, %d right in rating, date and author", found, seen, right)
	if 20*found < 19*seen || 4*right < 3*seen {
		t.Errorf("found %d and right %d of %d reviews, want 95 and 75 of a hundred", found, right, seen)
	}
}

// A seenReview is what a reader of a page sees of a review: author and words without all but letters,
// and a day without a time. Zero is not seen, or vague.
type seenReview struct {
	author, text, day string
	rating            float64
}

// seenBy returns the reviews of an expected.json whose words stand on the page outside its scripts.
func seenBy(t *testing.T, file, page string) []seenReview {
	t.Helper()
	var expected struct {
		Reviews []struct {
			Author, Date  string
			Rating        float64
			TextPrefix    string `json:"text_prefix"`
			DateTolerance int    `json:"date_tolerance_days"`
		}
	}
	data, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(data, &expected)
	}
	if err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	visible := lettersOf(html.UnescapeString(regexp.MustCompile(`(?s)<script.*?</script>|<[^>]*>`).ReplaceAllString(string(body), " ")))
	var list []seenReview
	for _, r := range expected.Reviews {
		w := seenReview{author: lettersOf(r.Author), text: lettersOf(r.TextPrefix), rating: r.Rating}
		if r.DateTolerance == 0 && len(r.Date) >= 10 {
			w.day = r.Date[:10]
		}
		if w.author == "anonymous" {
			w.author = ""
		}
		if w.text != "" && strings.Contains(visible, w.text) {
			list = append(list, w)
		}
	}
	return list
}

type proposedReview struct {
	Format, Author, Text, Date string
	Rating                     float64
}

// proposed returns what the profile that is proposed for a page reads from it.
func proposed(t *testing.T, page string) (list []proposedReview, yaml string) {
	t.Helper()
	var out, errs bytes.Buffer
	if run(t.Context(), []string{"extract", "--suggest", page}, nil, &out, &errs) != exitDone {
		return nil, ""
	}
	yaml = out.String()
	profile := filepath.Join(t.TempDir(), "profile.yaml")
	if err := os.WriteFile(profile, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if code := run(t.Context(), []string{"extract", "--as-of", "2026-11-16", "--profile", profile, page}, nil, &out, &errs); code != exitDone && code != exitIncomplete {
		t.Fatalf("extract with the proposal = %d\n%s", code, errs.String())
	}
	for d := json.NewDecoder(&out); d.More(); {
		var r proposedReview
		if err := d.Decode(&r); err != nil {
			t.Fatal(err)
		}
		if r.Format != "" {
			list = append(list, r)
		}
	}
	return list, yaml
}

func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
