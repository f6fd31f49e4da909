package typeform_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"percept/collector"
)

// FuzzTypeform answers for Typeform with any form and any responses: every reading ends, and what comes of it parses or says why not.
func FuzzTypeform(f *testing.F) {
	one := response("t1", "9", "Shorter waits", answer("f5", "yes_no", "boolean", "true"))
	f.Add(form, `{"total_items": 1, "page_count": 1, "items": [`+one+`]}`)
	f.Add(form, `{"total_items": 2, "page_count": 1, "items": [`+one+`,`+one+`]}`)
	f.Add(`{"fields": [{"id": "f1", "properties": {"fields": [{"id": "f1"}, null, 3]}}]}`, `{"total_items": 9e99, "items": [{"token": 1}, {"token": "t", "answers": {}}]}`)
	f.Add(`[]`, `{"items": [{"token": "t", "answers": [{"field": null, "type": "matrix", "matrix": [1]}]}]}`)
	f.Add(``, `{`)
	f.Fuzz(func(t *testing.T, form, responses string) {
		asked := 0
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			body := form
			if r.URL.Path != "/forms/AbC" {
				body = responses
				if asked++; asked > 20 { // the same page for ever is no list
					body = `{"total_items": 0, "items": []}`
				}
			}
			w.Write([]byte(body)) //nolint:errcheck // the reader may be gone
		}))
		defer s.Close()
		src := open(t, s.URL, key, "1")
		for p, err := range src.Pages(t.Context(), collector.Query{Now: time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC)}) {
			if err != nil {
				continue
			}
			parsed, err := src.Parse(p)
			if sum := len(parsed.Rejected) + parsed.Empty + parsed.Duplicates; err == nil && parsed.Rows < sum {
				t.Errorf("%d rows, of which %d are accounted for", parsed.Rows, sum)
			}
		}
	})
}
