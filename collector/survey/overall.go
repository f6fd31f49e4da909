package survey

import (
	"strings"
)

// overall finds the rating of the response as a whole: the Friends and Family Test, then the
// likelihood to recommend, then what is called overall, then a rating without a question. A question
// that names something else stays an answer, whatever its scale.
func (d *decider) overall() {
	best := 0
	var only []int
	for i, c := range d.l.Columns {
		if c.Role != Rating {
			continue
		}
		only = append(only, i)
		if c.Touchpoint != "" {
			continue
		}
		if rank := c.overall(); rank > best {
			best, d.l.Overall = rank, i+1
		}
	}
	if d.l.Long && d.l.Overall == 0 && len(only) > 0 {
		d.l.Overall = only[0] + 1
	}
}

// overall ranks a column as the rating of the response, 0 where it is not.
func (c Column) overall() int {
	k := key(heading(c.asked()))
	recommends := recommend.MatchString(k)
	whole := bareRating[k] || namesNothing(k)
	test := experience.MatchString(k) || strings.Contains(k, "friends and family") || strings.Contains(" "+k+" ", " fft ")
	switch {
	case c.Scale.Tag == "fft" && (test || whole || bareText[k]):
		return 5
	case c.Scale.Tag == "fft-recommend" && (test || whole || bareText[k] || recommends):
		return 4
	case recommends, c.Scale.Tag == "nps-0-10":
		return 3
	case strings.Contains(k, "overall") && whole:
		return 2
	case bareRating[k]:
		return 1
	}
	return 0
}

// namesNothing reports whether a question is made of words that say how much of what one rates, and
// of nothing but the visit, the service or the practice to rate: "Overall, how satisfied were you with
// your visit?" and not "Overall, how was your eye exam?".
func namesNothing(k string) bool {
	for w := range strings.FieldsSeq(k) {
		if !plainQuestion[w] && (len(w) > 2 || w[0] < '0' || w[0] > '9') {
			return false
		}
	}
	return true
}

var plainQuestion = set("overall general whole all in of on at from to for with by a an the this that is are was were be been being did do does would will you your " +
	"yours we us our ours i my me it and or not out please now today recent recently last latest most how what which much well " +
	"rate rated rating ratings score scores scored scale star stars satisfied satisfaction dissatisfied unsatisfied happy unhappy pleased feel felt " +
	"think thinking thought about say describe give given opinion level question quality impression impressions csat nps " +
	"very extremely completely fully totally somewhat neither nor neutral good great bad poor fair excellent terrible best worst high highest low lowest better worse " +
	"where means being one five ten q customer patient client " +
	"visit visits visited visiting experience experiences experienced service services practice clinic branch store shop surgery")

var bareRating = phrases("rating; ratings; score; stars; star rating; overall rating; overall score; satisfaction; csat; nps; bewertung; puntuación; note; how would you rate us; how would you rate your visit; how was your visit; how did we do; your rating")
