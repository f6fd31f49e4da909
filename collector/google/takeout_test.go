package google_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"percept/collector"
	"percept/collector/google"
	"percept/collector/sourcetest"
)

var now = time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC)

// An export of two locations in a German account, one of them under two accounts, beside what the
// account wrote itself.
const exported = `
-- Takeout/Google Unternehmensprofil/Konto-77/Standort-2001/reviews.json --
{"reviews": [
 {"reviewer": {"displayName": "Ann", "profilePhotoUrl": "https://p.example/a"}, "starRating": "FIVE", "comment": "Good.", "createTime": "2026-01-01T10:00:00Z", "updateTime": "2026-01-01T10:00:00Z", "name": "accounts/77/locations/2001/reviews/R1"},
 {"reviewer": {"displayName": "Ben"}, "starRating": "ONE", "comment": "Late.", "createTime": "2026-01-02T10:00:00Z", "updateTime": "2026-02-02T10:00:00Z", "name": "accounts/77/locations/2001/reviews/R2", "reviewReply": {"comment": "Sorry.", "updateTime": "2026-02-03T10:00:00Z"}}]}
-- Takeout/Google Unternehmensprofil/Konto-99/Standort-2001/reviews-x.json --
{"reviews": [{"reviewer": {"displayName": "Ann"}, "starRating": "THREE", "comment": "Less good.", "createTime": "2026-01-01T10:00:00Z", "updateTime": "2026-03-01T10:00:00Z", "name": "accounts/99/locations/2001/reviews/R1"}]}
-- Takeout/Google Unternehmensprofil/Konto-99/Standort-2001/additionalData.json --
{"attributes": [{"id": {"attributeType": "LISTING_NAME"}, "values": [{"datum": {"listingName": {"text": "Elm Opticians"}}}]}]}
-- Takeout/Google Unternehmensprofil/Konto-99/Standort-2002/reviews.json --
{"reviews": [{"reviewer": {"displayName": "Cat"}, "starRating": "FOUR", "createTime": "2026-01-05T10:00:00Z", "updateTime": "2026-01-05T10:00:00Z", "name": "accounts/99/locations/2002/reviews/R3"}]}
-- Takeout/Maps (Meine Orte)/Reviews.json --
{"type": "FeatureCollection", "features": [{"properties": {"five_star_rating_published": 4, "review_text_published": "Nice trail."}}]}
`

// pack writes an archive as a zip.
func pack(t *testing.T, archive string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range txtar.Parse([]byte(archive)).Files {
		w, err := z.Create(f.Name)
		if err == nil {
			_, err = w.Write(f.Data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "takeout.zip")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func takeout(t *testing.T, o google.TakeoutOptions) *google.Takeout {
	t.Helper()
	src, err := google.NewTakeout(o)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func TestTakeoutIsReadByItsShape(t *testing.T) {
	for _, location := range []string{"2001", "accounts/99/locations/2001", "elm opticians"} {
		got := sourcetest.Run(t, takeout(t, google.TakeoutOptions{Path: pack(t, exported), Location: location}), collector.Query{Now: now})
		if len(got) != 1 || len(got[0].Feedback) != 2 {
			t.Fatalf("location %s: %+v", location, got)
		}
		ann, ben := got[0].Feedback[0], got[0].Feedback[1]
		if ann.SourceID != "R1" || ann.Text != "Less good." || ann.Rating.Value != 3 {
			t.Errorf("of two versions the older was taken: %+v", ann)
		}
		if ben.Reply == nil || ben.Reply.Text != "Sorry." || ben.Rating.Raw != "ONE" {
			t.Errorf("read %+v", ben)
		}
	}
}

func TestTakeoutOfSeveralPractices(t *testing.T) {
	src := takeout(t, google.TakeoutOptions{Path: pack(t, exported), Practices: func(s string) (string, bool) { return "elm", s == "Elm Opticians" }})
	got := sourcetest.Run(t, src, collector.Query{Now: now})
	if len(got) != 2 || len(got[0].Feedback) != 2 || got[0].Feedback[0].Practice != "elm" || len(got[1].Feedback) != 0 {
		t.Fatalf("read %+v", got)
	}
	if len(got[1].Notes) != 1 || !strings.Contains(got[1].Notes[0], "1 review of location 2002 left out") {
		t.Errorf("notes %q", got[1].Notes)
	}
}

func TestTakeoutSaysWhatIsWrong(t *testing.T) {
	mine := "-- Takeout/Maps/Reviews.json --\n{\"features\": [{\"properties\": {\"five_star_rating_published\": 4}}]}\n"
	tests := []struct{ name, archive, location, err string }{
		{"several locations", exported, "", "it has several locations, location 2001 (Elm Opticians), location 2002: say with id:"},
		{"another location", exported, "2009", "location 2009 is not in it"},
		{"reviews by the account", mine, "", "reviews that the account wrote about others"},
		{"another product", "-- Takeout/Keep/note.json --\n{\"text\": \"x\"}\n", "", "no reviews of a Business Profile in it"},
		{"a broken file", "-- T/P/a/l/reviews.json --\n{\"reviews\": [{\"starRating\": \"FIVE\"\n", "", "JSON: unexpected EOF"},
		{"a name in another form", "-- T/P/a/l/reviews.json --\n{\"reviews\": [{\"starRating\": \"FIVE\", \"name\": \"R1\"}]}\n", "", `a review named "R1"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var errs []error
			for p, err := range takeout(t, google.TakeoutOptions{Path: pack(t, tt.archive), Location: tt.location}).Pages(t.Context(), collector.Query{Now: now}) {
				if errs = append(errs, err); err == nil {
					t.Errorf("page %s", p.URL)
				}
			}
			if err := errors.Join(errs...); err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("errors %v, want %q", errs, tt.err)
			}
		})
	}
}

func TestTakeoutUnpacked(t *testing.T) {
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(exported)).Files {
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := sourcetest.Run(t, takeout(t, google.TakeoutOptions{Path: dir, Location: "2002"}), collector.Query{Now: now})
	if len(got[0].Feedback) != 1 || got[0].Feedback[0].SourceID != "R3" {
		t.Errorf("read %+v", got)
	}
}

// Whatever an export holds, it is read or refused, and every review is met once.
func FuzzTakeout(f *testing.F) {
	for _, file := range txtar.Parse([]byte(exported)).Files {
		f.Add(file.Data)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "reviews.json"), body, 0o600); err != nil {
			t.Fatal(err)
		}
		src, err := google.NewTakeout(google.TakeoutOptions{Path: dir, Practices: func(string) (string, bool) { return "elm", true }})
		if err != nil {
			t.Fatal(err)
		}
		ids := make(map[string]bool)
		for p, err := range src.Pages(t.Context(), collector.Query{Now: now}) {
			if err != nil {
				continue
			}
			parsed, err := src.Parse(p)
			if err != nil {
				t.Fatalf("a page that was made here cannot be parsed: %v\n%s", err, p.Body)
			}
			for _, r := range parsed.Feedback {
				if r.SourceID != "" && ids[p.URL+r.SourceID] {
					t.Errorf("review %s stands twice", r.SourceID)
				}
				ids[p.URL+r.SourceID] = true
			}
		}
	})
}
