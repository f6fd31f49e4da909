package reviews

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"

	"percept/collector"
)

// answering is a platform that gives the first answer once and the second for ever.
type answering struct {
	first, then []byte
	status      int
	asked       int
}

func (a *answering) RoundTrip(r *http.Request) (*http.Response, error) {
	body, status := a.then, a.status
	if a.asked++; a.asked == 1 {
		body, status = a.first, http.StatusOK
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, nil
}

// Whatever a platform answers page after page, every interface is read to an end, within its pages, and what is
// parsed of it adds up.
func FuzzAPI(f *testing.F) {
	for _, a := range answers(f) {
		f.Add(a.Files[0].Data, a.Files[0].Data, 200)
		f.Add(a.Files[0].Data, []byte(`{}`), 200)
	}
	f.Add([]byte(`{"reviews": [{"name": "accounts/1/locations/2/reviews/R1", "starRating": "FIVE"}], "nextPageToken": "x"}`), []byte(`{"nextPageToken": "x"}`), 200)
	f.Add([]byte(`{"reviews": []}`), []byte(`<html>`), 503)
	f.Fuzz(func(t *testing.T, first, then []byte, status int) {
		for _, slug := range Names() {
			const most = 4
			host := &answering{first: first, then: then, status: 100 + max(status, -status)%500}
			format := BuiltIn(slug)
			src, err := NewAPI(APIOptions{
				Format: format, ID: "accounts/1/locations/2", MaxPages: most, Client: &http.Client{Transport: host},
				Key: func(context.Context, bool) (string, error) { return "k", nil },
			})
			if err != nil {
				continue // one that is only read from files
			}
			for p, err := range src.Pages(t.Context(), collector.Query{Now: day0}) {
				if err != nil {
					continue
				}
				if parsed, err := src.Parse(p); err == nil { // the run says what is no answer of the platform
					checkParsed(t, parsed)
				}
			}
			if host.asked > maxReadings*(2*most+2) { // a key that is not accepted is tried twice
				t.Errorf("%s: asked %d times", slug, host.asked)
			}
		}
	})
}

// Whatever a person writes as the description of an interface, it is refused with places, or reads what it finds.
func FuzzFormat(f *testing.F) {
	for _, slug := range Names() {
		data, err := formatFiles.ReadFile("formats/" + slug + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, []byte(`{"reviews": [{"id": 1, "rating": 4, "text": "Good."}]}`))
	}
	f.Add([]byte("name: x\nlist: a[].b\n"), []byte(`{"a": [{"b": 1}, {"b": [[]]}]}`))
	f.Fuzz(func(t *testing.T, text, body []byte) {
		format, err := ParseFormat("f.yaml", text)
		if err != nil {
			return
		}
		if parsed, err := format.Parse(collector.Page{URL: "fuzz", FetchedAt: day0, Body: body}, ParseOptions{}); err == nil {
			checkParsed(t, parsed)
		}
	})
}
