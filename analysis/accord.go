package analysis

import (
	"fmt"

	"percept/collector"
)

// An Accord is a touchpoint of a practice of which reviews and survey say the same: that it is worse, or
// better, in one week and each by itself. Their numbers are not added up: they have no common scale.
type Accord struct {
	Practice, Touchpoint string
	Word                 Word // Worse or Better
	Reviews, Survey      Verdict
}

// Accords finds where the channels agree, in the order of the survey's verdicts.
func Accords(verdicts []Verdict) []Accord {
	type place struct{ practice, touchpoint string }
	reviews := make(map[place]Verdict)
	for _, v := range verdicts {
		if v.Channel == string(collector.Review) && v.changed() {
			reviews[place{v.Practice, v.Touchpoint}] = v
		}
	}
	var all []Accord
	for _, v := range verdicts {
		r, ok := reviews[place{v.Practice, v.Touchpoint}]
		if ok && v.Channel == string(collector.Response) && v.Word == r.Word && !v.Since.After(r.Week) && !r.Since.After(v.Week) {
			all = append(all, Accord{Practice: v.Practice, Touchpoint: v.Touchpoint, Word: v.Word, Reviews: r, Survey: v})
		}
	}
	return all
}

// changed reports whether the verdict is of a change that stands.
func (v Verdict) changed() bool { return v.Word == Worse || v.Word == Better }

// Sentence says the accord of a touchpoint by its name: "reviews and survey agree: Quote is worse, ...".
func (a Accord) Sentence(name string) string {
	const day = "2 January 2006"
	since := fmt.Sprintf("since the week of %s", a.Survey.Since.Format(day))
	if !a.Survey.Since.Equal(a.Reviews.Since) {
		since = fmt.Sprintf("in the reviews since the week of %s, in the survey since that of %s", a.Reviews.Since.Format(day), a.Survey.Since.Format(day))
	}
	return fmt.Sprintf("reviews and survey agree: %s is %s, %s", name, a.Word, since)
}
