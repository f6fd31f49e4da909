package analysis_test

import (
	"testing"

	"percept/analysis"
)

func TestRepliedReadsWhatAReplySays(t *testing.T) {
	for text, want := range map[string][2]bool{ // offers, changes
		"Thank you for your kind words.":                                     {false, false},
		"We are sorry. Please contact us on 021 555 0144.":                   {true, false},
		"Please call our manager, we would like to hear more.":               {true, false},
		"We have changed how we call when orders come in.":                   {false, true},
		"Thanks. This has been fixed, and we now send a message the day of.": {false, true},
		"We’ve put a second line in place. Give us a call any time.":         {true, true},
		"Nothing like this has ever happened here.":                          {false, false},
	} {
		r := analysis.Replied{Text: text}
		if got := [2]bool{r.Offers(), r.Changes()}; got != want {
			t.Errorf("%q offers and changes: %v, want %v", text, got, want)
		}
	}
	if a, b := (analysis.Replied{Text: "Thank you, so much!"}), (analysis.Replied{Text: "thank you so MUCH"}); a.Wording() != b.Wording() {
		t.Errorf("wordings %q and %q differ", a.Wording(), b.Wording())
	}
}
