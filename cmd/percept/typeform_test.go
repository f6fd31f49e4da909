package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"percept/store"
)

// A form of Typeform is shown by doctor, collected, left alone while it stands, and known to the export of the same form.
func TestTypeformFromDoctorToExport(t *testing.T) {
	var items atomic.Value
	response := func(token, day, words string, score int) string {
		return fmt.Sprintf(`{"token": %q, "submitted_at": "%sT10:00:00Z", "answers": [{"field": {"id": "f1", "type": "nps"}, "type": "number", "number": %d},
			{"field": {"id": "f2", "type": "long_text"}, "type": "text", "text": %q}]}`, token, day, score, words)
	}
	first := []string{response("tok2", "2026-05-21", "The eye exam was thorough.", 9), response("tok1", "2026-05-20", "Nobody rang about my glasses.", 2)}
	items.Store(first)
	asked := 0
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("Authorization") != "Bearer tfp_secret" {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `{"code": "AUTHENTICATION_FAILED", "description": "Authentication credentials not found"}`)
			return
		}
		if r.URL.Path == "/forms/AbC" {
			fmt.Fprint(w, `{"id": "AbC", "fields": [{"id": "f1", "title": "How likely are you to recommend us?", "type": "nps"}, {"id": "f2", "title": "What could we do better?", "type": "long_text"}]}`)
			return
		}
		all := items.Load().([]string)
		fmt.Fprintf(w, `{"total_items": %d, "page_count": 1, "items": [%s]}`, len(all), strings.Join(all, ","))
	}))
	defer host.Close()
	dir := t.TempDir()
	config := filepath.Join(dir, "percept.yaml")
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	by := func(source string) {
		write("percept.yaml", fmt.Sprintf("web: {allow: [%q]}\npractices:\n  - id: elm\n    sources: [%s]\n", host.Listener.Addr(), source))
	}
	says := func(code int, args []string, want ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		if got := run(t.Context(), append(args, "--config", config, "--now", "2026-06-01"), nil, &out, &errs); got != code {
			t.Errorf("%q = %d, want %d", args, got, code)
		}
		text := out.String() + errs.String()
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%q says\n%s\nwant %q", args, text, w)
			}
		}
		if strings.Contains(text, "tfp_secret") {
			t.Errorf("%q tells the token", args)
		}
	}
	form := fmt.Sprintf("{type: typeform, name: visits, id: AbC, url: %q, key_file: typeform.token}", host.URL)
	write("typeform.token", "wrong\n")
	by(form)
	says(exitIncomplete, []string{"doctor"}, "status 403", "the key was not accepted: a personal token with the scopes forms:read and responses:read")
	write("typeform.token", "tfp_secret\n")
	says(exitDone, []string{"doctor"}, "ok       typeform:AbC", "“How likely are you to recommend us?”, nps-0-10, from 0 (worst) to 10 (best), of the response as a whole", "“What could we do better?”, asks what to improve")
	says(exitDone, []string{"collect"}, "elm  visits  complete: 2 read = 2 stored")
	asked = 0
	says(exitDone, []string{"collect", "--source", "typeform"}, "unchanged, 2 rows known")
	if asked != 2 {
		t.Errorf("%d requests for a form that stands, want that for the form and that for its first page", asked)
	}
	items.Store(append([]string{response("tok3", "2026-05-22", "Kind people.", 10)}, first...))
	says(exitDone, []string{"collect"}, "3 read = 1 stored + 2 duplicate")
	says(exitDone, []string{"status"}, "visits")
	says(exitDone, []string{"collect", "--reparse"}, "0 new, 0 read otherwise, 0 gone")
	by("{type: survey, name: visits, path: export.csv}")
	write("export.csv", "#,How likely are you to recommend us?,What could we do better?,Start Date (UTC),Submit Date (UTC),Network ID\n"+
		"tok1,2,Nobody rang about my glasses.,2026-05-20 09:58:00,2026-05-20 10:00:00,n1\ntok2,9,The eye exam was thorough.,2026-05-21 09:58:00,2026-05-21 10:00:00,n2\n")
	says(exitDone, []string{"collect"}, "2 read = 2 stored") // as versions: its columns have other names
	if left, err := filepath.Glob(filepath.Join(dir, "*unpacked*")); err != nil || len(left) > 0 {
		t.Errorf("answers are left on the disk: %q, %v", left, err)
	}
	s, err := store.Open(t.Context(), filepath.Join(dir, "percept.duckdb"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	counts, err := s.Counts(t.Context())
	if err != nil || counts.Responses != 3 {
		t.Errorf("%d responses, %v, want 3", counts.Responses, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
