package analysis

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
)

func TestWhyIsAPlainSentenceForEveryReason(t *testing.T) {
	r := optometry(t)
	for _, c := range []struct {
		name string
		text Text
		want []string // of the last mention
	}{
		{"words that name, words denied", Text{Text: "The optometrist was not friendly."},
			[]string{"“optometrist” names the touchpoint", "“friendly”, denied by “not”, speaks against it"}},
		{"a cue", Text{Text: "The frames turned out blue."},
			[]string{"“frames” names the touchpoint", "“turned out” speaks against it: promised otherwise"}},
		{"a cue called by its own words", Text{Text: "They refused my card."},
			[]string{"no touchpoint is named, so it is about the practice as a whole", "“refused” speaks against it"}},
		{"a length of time", Text{Text: "I was seen at the desk within ten minutes."},
			[]string{"“desk” may mean the touchpoint", "“ten minutes” speaks for it: quick"}},
		{"the same word again", Text{Text: "The exam was rushed, rushed, rushed."},
			[]string{"“exam” names the touchpoint", "“rushed” speaks against it"}},
		{"the sentence before", Text{Text: "I had my eye exam in May. It was wonderful."},
			[]string{"taken from what was said just before", "“wonderful” speaks for it"}},
		{"nothing named", Text{Text: "Wonderful!"},
			[]string{"no touchpoint is named, so it is about the practice as a whole", "“Wonderful” speaks for it"}},
		{"the practice as a whole named", Text{Text: "The staff are lovely."},
			[]string{"“staff” names the practice as a whole", "“lovely” speaks for it"}},
		{"the question", Text{Text: "Wonderful!", Question: "How was your eye exam?", Touchpoint: "exam"},
			[]string{"the question asks about it", "“Wonderful” speaks for it"}},
		{"an answer of nothing", Text{Text: "Nothing", Asks: collector.AsksImprove, Touchpoint: "exam"},
			[]string{"the question asks about it", "“nothing” is the answer to what could be better"}},
		{"named twice in an answer", Text{Text: "The exam, the eye test", Asks: collector.AsksImprove},
			[]string{"“exam” names the touchpoint", "it is named in answer to what could be better"}},
		{"an emoji", Text{Text: "The exam 👍"}, []string{"“exam” names the touchpoint", "“👍” speaks for it"}},
		{"irony", Text{Text: "Great exam 🙄"},
			[]string{"“exam” names the touchpoint", "“Great” speaks for it", "“🙄” speaks against it", "a mark of irony turns the praise round"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.text.Explain = true
			s := one(t, r, c.text)
			if len(s.Mentions) == 0 {
				t.Fatal("no mention")
			}
			if d := cmp.Diff(c.want, s.Mentions[len(s.Mentions)-1].Why); d != "" {
				t.Errorf("Why (-want +got):\n%s", d)
			}
		})
	}
}

func TestWhyOfABehaviour(t *testing.T) {
	s := one(t, optometry(t), Text{Text: "She was rude, so rude, and rude again.", Explain: true})
	if len(s.Behaviours) == 0 {
		t.Fatal("no behaviour")
	}
	if d := cmp.Diff([]string{"“rude” speaks against it"}, s.Behaviours[0].Why); d != "" {
		t.Errorf("Why (-want +got):\n%s", d)
	}
}

func TestReasonsAreGivenOnce(t *testing.T) {
	for _, n := range []int{3, few, few + 1, 100} {
		var list, want []string
		for i := range n {
			list = append(list, fmt.Sprint(i/2))
			if i%2 == 0 {
				want = append(want, fmt.Sprint(i/2))
			}
		}
		slices.Reverse(list)
		slices.Reverse(want)
		if d := cmp.Diff(want, distinct(list)); d != "" {
			t.Errorf("%d reasons (-want +got):\n%s", n, d)
		}
	}
}
