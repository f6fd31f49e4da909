package reports

import (
	"strconv"
	"strings"

	"percept/analysis"
	"percept/reports/redact"
)

// topicsMost is how many topics a card shows.
const topicsMost = 4

// A topicRow is what people talk about within a touchpoint.
type topicRow struct {
	Words           Figure
	People, Unhappy Figure
	badly           bool // most who use the words are unhappy, and their number is told
}

// remarks are the words of the year by person and touchpoint, both channels together: what is told apart is topics, not
// scores. In a shared audit what is masked in quotes, or may not be quoted, is in no topic.
func (a *auditor) remarks() []analysis.Remark {
	var out []analysis.Remark
	for _, t := range a.journey {
		for _, channel := range a.heardChannels {
			for _, v := range a.told(channel, t.ID) {
				r := analysis.Remark{Person: v.Feedback, Touchpoint: t.ID, Score: v.Score}
				for _, e := range v.evidence {
					if e.Private && a.o.masks() {
						continue
					}
					if e.Origin == analysis.FromText && e.Start >= 0 && e.End <= len(e.Words) && e.Start < e.End {
						r.Texts = append(r.Texts, a.legible(e.Words, e.Start, e.End))
					}
				}
				if len(r.Texts) > 0 {
					out = append(out, r)
				}
			}
		}
	}
	return out
}

// legible is a part of a text without what a shared audit masks in it.
func (a *auditor) legible(text string, start, end int) string {
	if !a.o.masks() {
		return text[start:end]
	}
	var b strings.Builder
	at := start
	for _, h := range redact.Find(text) {
		if h.End <= at || h.Start >= end {
			continue
		}
		b.WriteString(text[at:max(at, h.Start)])
		b.WriteString(" | ")
		at = min(h.End, end)
	}
	b.WriteString(text[at:end])
	return b.String()
}

// talkedOf fills in the topics of a card. A touchpoint's own name is none.
func (a *auditor) talkedOf(c *scorecard, topics []analysis.Topic) {
	own := " " + strings.ToLower(c.Name) + " "
	for _, t := range topics {
		if strings.Contains(own, " "+t.Words+" ") {
			continue
		}
		if len(c.Topics) == topicsMost {
			break
		}
		at, what := id(c.ID, "topic"+strconv.Itoa(len(c.Topics)+1)), c.Name+": people who say “"+t.Words+"”"
		bad, _ := a.f.tones([2]string{at + ".unhappy"}, [2]string{what + ", unhappy"}, t.People, t.Negative, 0, false, false)
		c.Topics = append(c.Topics, topicRow{
			Words:  a.f.number(at, c.Name+": words that stand out, with the log-odds ratio in its standard errors", t.Words, t.Z),
			People: a.f.count(at+".n", what, t.People), Unhappy: bad, badly: 2*t.Negative > t.People && (a.f.small || t.Negative >= smallCell),
		})
	}

}
