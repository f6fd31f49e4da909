package typeform_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
	"percept/collector/sourcetest"
	"percept/collector/survey"
	"percept/collector/transport"
	"percept/collector/typeform"
)

const form = `{"id": "AbC", "title": "After your visit", "fields": [
	{"id": "f1", "ref": "nps", "title": "How likely are you to recommend us?", "type": "nps", "properties": {"steps": 11}},
	{"id": "g1", "title": "Your visit", "type": "group", "properties": {"fields": [
		{"id": "f2", "ref": "exam", "title": "How was your eye exam?", "type": "opinion_scale", "properties": {"steps": 5, "start_at_one": true}},
		{"id": "f3", "ref": "words", "title": "What could we do better?", "type": "long_text"}]}},
	{"id": "f4", "ref": "mail", "title": "Your e-mail", "type": "email"},
	{"id": "f5", "ref": "ok", "title": "May we use your answers?", "type": "yes_no"}]}`

func answer(id, kind, member, value string) string {
	return fmt.Sprintf(`{"field": {"id": %q, "type": %q, "ref": "r-%[1]s"}, "type": %[3]q, %[3]q: %[4]s}`, id, kind, member, value)
}

func response(token, score, words string, more ...string) string {
	answers := append([]string{answer("f1", "nps", "number", score), answer("f2", "opinion_scale", "number", "2"), answer("f3", "long_text", "text", strconv.Quote(words)),
		answer("f4", "email", "email", `"ann@home.example"`)}, more...)
	return fmt.Sprintf(`{"landing_id": "x", "token": %q, "landed_at": "2026-03-01T09:58:00Z", "submitted_at": "2026-03-01T10:00:00Z",
		"metadata": {"user_agent": "Browser", "network_id": "n1", "referer": "https://x.example/?a@b"}, "hidden": {"practice": "elm"}, "answers": [%s]}`, token, strings.Join(answers, ","))
}

func open(t *testing.T, base string, key func(context.Context, bool) (string, error), version string) *typeform.Source {
	t.Helper()
	client := transport.New(transport.Options{Direct: true, Allow: []string{strings.TrimPrefix(base, "http://")}}).Client()
	src, err := typeform.New(typeform.Options{Form: "AbC", Base: base, Key: key, Client: client, Survey: survey.Options{Practice: "elm", TempDir: filepath.Join(t.TempDir(), "unpacked"), Version: version}})
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func bearer(r *http.Request) string {
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
}

func askForm(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path != "/forms/AbC" {
		return false
	}
	fmt.Fprint(w, form)
	return true
}

// Typeform bears whatever goes wrong on the way. Its list goes on behind the last page, by tokens.
func TestTypeformAsAPlatform(t *testing.T) {
	at := map[string]int{} // where the response behind that with a token stands
	sourcetest.RunPlatform(t, sourcetest.Platform{
		Size: 25, Key: bearer, Other: askForm,
		From: func(r *http.Request) int {
			if q := r.URL.Query(); r.URL.Path != "/forms/AbC/responses" || q.Get("page_size") != "1000" || q.Get("response_type") != "completed" {
				t.Errorf("asked for %s", r.URL)
			}
			before := r.URL.Query().Get("before")
			if before == "" {
				return 0
			}
			return at[before]
		},
		Item: func(id string) string { return response(id, "9", "Shorter waits, "+id) },
		Page: func(items []string, next, total int) string {
			end := next
			if next == 0 {
				end = 1 << 30 // nothing is behind the last, however many came since
			}
			if len(items) > 0 {
				_, rest, _ := strings.Cut(items[len(items)-1], `"token": "`)
				token, _, _ := strings.Cut(rest, `"`)
				at[token] = end
			}
			return fmt.Sprintf(`{"total_items": %d, "page_count": %d, "items": [%s]}`, total, (total+24)/25, strings.Join(items, ","))
		},
		Open: func(t *testing.T, base string, key func(context.Context, bool) (string, error)) collector.Source {
			return open(t, base, key, "")
		},
	})
}

// A host answers with a form and its responses, and counts what it is asked for.
type host struct {
	*httptest.Server
	items []string
	form  string
	asked []string
}

func newHost(t *testing.T, items ...string) *host {
	h := &host{items: items, form: form}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked = append(h.asked, r.URL.Path)
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/forms/AbC" {
			fmt.Fprint(w, h.form)
			return
		}
		fmt.Fprintf(w, `{"total_items": %d, "page_count": 1, "items": [%s]}`, len(h.items), strings.Join(h.items, ","))
	}))
	t.Cleanup(h.Close)
	return h
}

func key(context.Context, bool) (string, error) { return "tfp_1", nil }

// The questions are those of the form, groups too; consent and e-mail addresses are kept out; one page takes two requests.
func TestResponsesAreUnderstood(t *testing.T) {
	h := newHost(t, response("t3", "9", "Shorter waits", answer("f5", "yes_no", "boolean", "true")), response("t2", "3", "Ring me", answer("f5", "yes_no", "boolean", "true")),
		response("t1", "10", "Not to be kept", answer("f5", "yes_no", "boolean", "false")))
	src := open(t, h.URL, key, "")
	now := time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC)
	var got []string
	for _, p := range sourcetest.Run(t, src, collector.Query{Now: now}) {
		for _, f := range p.Feedback {
			s := fmt.Sprintf("%s %s %s %s %s", f.Ref, f.Practice, f.SourceID, f.Rating.Tag, f.Rating.Raw)
			for _, a := range f.Answers {
				s += fmt.Sprintf(" | %s %s%s%s", a.Question, a.Text, a.Rating.Raw, a.Asks)
			}
			got = append(got, s)
		}
		if p.Empty != 1 || len(p.Counts) != 1 || !strings.Contains(p.Counts[0].String(), "1 row without consent") {
			t.Errorf("%d empty, counts %q, want the one without consent, told", p.Empty, p.Counts)
		}
	}
	want := []string{
		"typeform:AbC:1 elm t3 nps-0-10 9 | How was your eye exam? 2 | What could we do better? Shorter waitsimprove",
		"typeform:AbC:2 elm t2 nps-0-10 3 | How was your eye exam? 2 | What could we do better? Ring meimprove",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("responses (-want +got):\n%s", d)
	}
	h.asked = nil
	for p, err := range src.Pages(t.Context(), collector.Query{Now: now}) {
		if err != nil || strings.Contains(string(p.Body), "home.example") || strings.Contains(string(p.Body), "Not to be kept") || strings.Contains(string(p.Body), "Browser") {
			t.Errorf("the page keeps what it must not, %v:\n%s", err, p.Body)
		}
	}
	if d := cmp.Diff([]string{"/forms/AbC", "/forms/AbC/responses"}, h.asked); d != "" {
		t.Errorf("asked (-want +got):\n%s", d)
	}
}

// A form that stands as it was read is not read again; a new response, a deleted one or a new question is noticed.
func TestUnchangedForm(t *testing.T) {
	h := newHost(t, response("t2", "9", "Shorter waits"), response("t1", "3", "Ring me"))
	src := open(t, h.URL, key, "v1")
	var kept collector.Page
	read := func() (unchanged, rows int) {
		t.Helper()
		q := collector.Query{Last: func(_ context.Context, url string) (collector.Page, error) {
			if url != "typeform:AbC" {
				t.Errorf("asked for the kept page of %q", url)
			}
			return kept, nil
		}}
		for p, err := range src.Pages(t.Context(), q) {
			if err != nil {
				t.Fatal(err)
			}
			parsed, err := src.Parse(p)
			if err != nil {
				t.Fatal(err)
			}
			if p.Unchanged {
				return p.Rest, 0
			}
			kept = p
			rows += parsed.Rows
		}
		return 0, rows
	}
	steps := []struct {
		name            string
		change          func()
		unchanged, rows int
	}{
		{"the first time", func() {}, 0, 2},
		{"nothing new", func() {}, 2, 0},
		{"a new response", func() { h.items = append([]string{response("t3", "5", "Fine")}, h.items...) }, 0, 3},
		{"a deleted response", func() { h.items = h.items[:2] }, 0, 2},
		{"a question worded anew", func() { h.form = strings.Replace(form, "eye exam", "eye test", 1) }, 0, 2},
		{"nothing new again", func() {}, 2, 0},
	}
	for _, s := range steps {
		s.change()
		if unchanged, rows := read(); unchanged != s.unchanged || rows != s.rows {
			t.Errorf("%s: %d stand and %d are read, want %d and %d", s.name, unchanged, rows, s.unchanged, s.rows)
		}
	}
}

// What Typeform counts and does not hand out is a hole, and nothing stays behind on the disk.
func TestFewerThanCounted(t *testing.T) {
	h := newHost(t)
	h.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case askForm(w, r):
		case r.URL.Query().Get("before") != "":
			fmt.Fprint(w, `{"total_items": 3, "items": []}`)
		default:
			fmt.Fprintf(w, `{"total_items": 3, "items": [%s]}`, response("t1", "3", "Ring me"))
		}
	})
	dir := t.TempDir()
	client := transport.New(transport.Options{Direct: true, Allow: []string{strings.TrimPrefix(h.URL, "http://")}}).Client()
	src, err := typeform.New(typeform.Options{Form: "AbC", Base: h.URL, Key: key, Client: client, Survey: survey.Options{Practice: "elm", TempDir: dir, Version: "v"}})
	if err != nil {
		t.Fatal(err)
	}
	var faults []error
	rows := 0
	for p, err := range src.Pages(t.Context(), collector.Query{}) {
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if p.ETag != "" {
			t.Error("a hole is marked as whole")
		}
		parsed, err := src.Parse(p)
		if err != nil {
			t.Error(err)
		}
		rows += parsed.Rows
	}
	if rows != 1 || len(faults) != 1 || !strings.Contains(faults[0].Error(), "there are 3 responses; 1 came") {
		t.Errorf("%d rows, %v", rows, faults)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder of unpacked answers is left: %v", err)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, o := range map[string]typeform.Options{
		"needs id":                      {Key: key},
		"needs a key: a personal token": {Form: "AbC"},
		"want the id of the form":       {Form: "https://x.typeform.com/to/AbC?y=1", Key: key},
		"time: zone":                    {Form: "AbC", Key: key, Survey: survey.Options{Mapping: survey.Mapping{Time: survey.TimeMapping{Zone: "Nowhere"}}}},
	} {
		o.Client = http.DefaultClient
		if _, err := typeform.New(o); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("New = %v, want %q", err, name)
		}
	}
	if u, err := url.Parse(typeform.Format().API.Base); err != nil || u.Scheme != "https" {
		t.Errorf("base %v, %v", u, err)
	}
}
