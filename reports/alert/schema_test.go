package alert

import (
	"path/filepath"
	"strings"
	"testing"

	"percept/reports/alert/alerttest"
)

// What is sent is what the published schema says, with every key there is; and the schema tells a wrong
// one.
func TestPayloadFollowsThePublishedSchema(t *testing.T) {
	s := alerttest.Published(t, filepath.Join("..", "..", "docs", "alert.schema.json"))
	full := message("key")
	full.Content.More, full.Content.Language = 3, "af"
	item := &full.Content.Items[0]
	item.Notes, item.Words, item.Title, item.Answers, item.Source = []string{"x"}, []string{"x"}, "x", []Answer{{"x", "y"}}, "site"
	full.Content.Page = &Page{Title: "x", Lines: []string{"x"}, Quote: "x", By: "x", Next: []string{"x"}, Holes: []string{"x"}, Rows: []Row{{"x", "y", 1}}, Name: "x.html"}
	for _, kind := range []Kind{OneAlert, SlipAlert, Failure, Many, First, Digest, Weekly, Portfolio, Trial} {
		full.Kind = kind
		body, err := Payload(Form{}, full)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := s.Check(body); len(wrong) > 0 {
			t.Errorf("%s: %s\n%s", kind, strings.Join(wrong, "; "), body)
		}
	}
	if wrong := s.Check([]byte(`{"type": "other", "timestamp": 1, "more": true}`)); len(wrong) != 4 {
		t.Errorf("the schema tells %q, want four mistakes", wrong)
	}
}
