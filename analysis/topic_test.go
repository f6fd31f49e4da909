package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// remarks are those of so many persons of a touchpoint, who say the texts in turn.
func remarks(touchpoint string, n int, score float64, texts ...string) []Remark {
	var all []Remark
	for i := range n {
		all = append(all, Remark{Person: fmt.Sprint(touchpoint, score, i), Touchpoint: touchpoint, Texts: texts[i%len(texts) : i%len(texts)+1], Score: score})
	}
	return all
}

func TestTopicsAreWhatPeopleTalkAboutThere(t *testing.T) {
	var said []Remark
	said = append(said, remarks("call", 8, -.8, "The SMS never came.", "got no sms that Sarah promised", "your text message was late, SMS too", "no text messages from Sarah at all")...)
	said = append(said, remarks("call", 3, .9, "sms the same day, thanks", "They sent an SMS.", "good")...)
	said = append(said, remarks("exam", 12, .7, "He explained the machine.", "a thorough check, the puff of air", "and the machine was fine")...)
	said = append(said, remarks("frames", 12, .5, "many frames to choose from", "helped me to choose frames", "designer frames, fair prices")...)
	for i := range 20 { // one who repeats himself is one
		said = append(said, Remark{Person: "again", Touchpoint: "call", Texts: []string{"parking parking parking"}, Score: -float64(i%2) - .1})
	}
	topics, err := Topics(said, 4)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for at, list := range topics {
		for _, x := range list {
			got[at] += fmt.Sprintf("%s %d/%d; ", x.Words, x.Negative, x.People)
		}
	}
	for at, want := range map[string]string{"call": "sms 6/8; ", "exam": "machine 0/8; ", "frames": "frames 0/12; "} {
		if !strings.HasPrefix(got[at], want) {
			t.Errorf("topics of %s = %s, want %s", at, got[at], want)
		}
	}
	for _, never := range []string{"sarah", "parking", "good", "the"} {
		if strings.Contains(got["call"], never) {
			t.Errorf("topics of call = %s: %q is a name, one person's, a feeling or a word of function", got["call"], never)
		}
	}
}

// TestTopicsByHand computes one ratio with its error by the formulas of the paper.
func TestTopicsByHand(t *testing.T) {
	said := append(remarks("a", 10, 1, "parking"), remarks("b", 10, 1, "lenses")...)
	said = append(said, remarks("b", 2, 2, "parking")...)
	topics, err := Topics(said, 2)
	if err != nil || len(topics["a"]) != 1 {
		t.Fatalf("Topics = %v, %v", topics, err)
	}
	x := topics["a"][0]
	prior := 50 * 12. / 22
	want := math.Log((10+prior)/(10+50-10-prior)) - math.Log((2+prior)/(12+50-2-prior))
	if z := want / math.Sqrt(1/(10+prior)+1/(2+prior)); math.Abs(x.LogOdds-want) > 1e-12 || math.Abs(x.Z-z) > 1e-12 || x.Elsewhere != 2 {
		t.Errorf("Topics = %+v, want log-odds %v, z %v, 2 elsewhere", x, want, z)
	}
}

// TestTopicsAreFewWhereAllTalkAlike: words drawn alike for all touchpoints stand out of few.
func TestTopicsAreFewWhereAllTalkAlike(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 7))
	var words []string
	for i := range 60 {
		words = append(words, "w"+strings.Repeat(string(rune('a'+i%26)), 2)+string(rune('a'+i/26))+"k")
	}
	found, tested := 0, 0
	for range 20 {
		var said []Remark
		for i := range 400 {
			r := Remark{Person: fmt.Sprint(i), Touchpoint: fmt.Sprint("t", rng.IntN(8))}
			for range 5 {
				r.Texts = append(r.Texts, words[rng.IntN(len(words))])
			}
			said = append(said, r)
		}
		topics, err := Topics(said, 5)
		if err != nil {
			t.Fatal(err)
		}
		for _, list := range topics {
			found += len(list)
		}
		tested += 8 * len(words)
	}
	if share := float64(found) / float64(tested); share > .01 {
		t.Errorf("%d of %d words stand out by chance, %.3f", found, tested, share)
	}
}
