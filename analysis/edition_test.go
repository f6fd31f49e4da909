package analysis

import (
	"strings"
	"testing"
)

func TestEditionChangesWithWhatIsUnderstood(t *testing.T) {
	const corner = "name: corner\nversion: 1\ntouchpoints:\n" +
		"  - {id: desk, name: The desk, phase: arrival, phrases: [desk, receptionist]}\n"
	edition := func(body string) string {
		taxonomy, err := ParseTaxonomy("corner.yaml", []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		return taxonomy.Edition()
	}
	was := edition(corner)
	if EditionName(was) != "corner@1" || was == "corner@1" || EditionName("corner@1") != "corner@1" {
		t.Errorf("edition %q is named %q, want corner@1 and a digest", was, EditionName(was))
	}
	for _, c := range []struct {
		name, old, new string
		same           bool
	}{
		{"a comment", "name: corner", "# of a shop\nname: corner", true},
		{"a phase", "arrival", "entering", true},
		{"an example", "receptionist]", "receptionist], examples: [{text: The desk is kind., is: positive}]", true},
		{"a phrase", "receptionist]", "reception]", false},
		{"a name, by which a survey asks", "The desk", "Reception", false},
		{"the version", "version: 1", "version: 2", false},
		{"a phrase that is bad news", "receptionist]", "receptionist], bad: [left standing]", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if is := edition(strings.Replace(corner, c.old, c.new, 1)); (is == was) != c.same {
				t.Errorf("edition %s after %s, want the same: %v", is, was, c.same)
			}
		})
	}
}
