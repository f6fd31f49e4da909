package reports

import (
	"context"
	"math"
	"slices"
	"strconv"

	"percept/analysis"
)

// A journeyMap is the journey in its order, with how it is felt where it passes from hand to hand.
type journeyMap struct {
	Phases    []mapPhase
	Owned     bool // somebody is named who acts on a touchpoint
	Retold    bool // somebody had to tell the story again
	Handovers []handover
	Thin      []string // handovers that too few spoke of both sides of
}

// Columns is how many columns the map has.
func (j journeyMap) Columns() int {
	n := 4
	if j.Retold {
		n++
	}
	if j.Owned {
		n++
	}
	return n
}

// A mapPhase is a stretch of the journey map.
type mapPhase struct {
	Name string
	Rows []mapRow
}

// A mapRow is one touchpoint of it.
type mapRow struct {
	*scorecard
	Felt   []felt
	Retold string // how many had to tell their story again here, as the card has it; empty for nobody
}

// A felt is how a touchpoint is felt through one channel, as a mark on a line from −1 to +1.
type felt struct {
	*cardSide
	Mean                string // empty where there are too few
	Dot, From, To, Zero string // places on the line
}

// A handover is where the journey passes from one phase to the next, as those feel it who speak of both.
type handover struct {
	From, To string
	Sides    []handoverSide
}

type handoverSide struct {
	Channel   string
	N, Change Figure
	Word      string // higher or lower after, where the interval lies on one side of 0
}

// The line of a mark of the journey map, in the units of its viewBox.
const feltLeft, feltRight = 4, 116

func feltX(v float64) string { return coordinate(feltLeft + (feltRight-feltLeft)*(v+1)/2) }

func (a *auditor) journeyMap(context.Context) error {
	j := &a.page.Journey
	for _, c := range a.page.Cards {
		name := c.Phase
		if c.ID == analysis.General {
			name = "As a whole"
		}
		if n := len(j.Phases); n == 0 || j.Phases[n-1].Name != name {
			j.Phases = append(j.Phases, mapPhase{Name: name})
		}
		row := mapRow{scorecard: c}
		for _, s := range c.Sides {
			f := felt{cardSide: s, Zero: feltX(0)}
			if s.Mean != nil {
				f.Mean, f.Dot, f.From, f.To = signed(s.mean), feltX(s.mean), feltX(s.lo), feltX(s.hi)
			}
			row.Felt = append(row.Felt, f)
		}
		for _, t := range a.treated {
			if t.ID == continuity && t.sides[0].at[c.ID] > 0 {
				row.Retold, j.Retold = a.f.told(id(c.ID, "behaviour", t.ID, t.sides[0].key)), true
			}
		}
		j.Owned = j.Owned || c.Owner != ""
		last := &j.Phases[len(j.Phases)-1]
		last.Rows = append(last.Rows, row)
	}
	a.handovers(j)
	return nil
}

// handovers measures what changes from a phase to the next for the same persons: who speaks of one side alone is not
// compared with others.
func (a *auditor) handovers(j *journeyMap) {
	phase := map[string]string{}
	for _, t := range a.journey {
		if t.ID != analysis.General {
			phase[t.ID] = t.Phase
		}
	}
	felt := map[place]map[string]float64{} // by channel and phase, then person
	for _, channel := range a.heardChannels {
		n := map[place]map[string]float64{}
		for _, t := range a.journey {
			at := place{channel, phase[t.ID]}
			if at.touchpoint == "" {
				continue
			}
			if felt[at] == nil {
				felt[at], n[at] = map[string]float64{}, map[string]float64{}
			}
			for _, v := range a.told(channel, t.ID) {
				k := n[at][v.Feedback]
				felt[at][v.Feedback] = (felt[at][v.Feedback]*k + v.Score) / (k + 1)
				n[at][v.Feedback]++
			}
		}
	}
	for i := 1; i < len(j.Phases); i++ {
		before, after := j.Phases[i-1].Name, j.Phases[i].Name
		if j.Phases[i].Rows[0].ID == analysis.General {
			continue
		}
		h := handover{From: before, To: after}
		for _, channel := range a.heardChannels {
			var changes []float64
			first := felt[place{channel, before}]
			for person, then := range felt[place{channel, after}] {
				if was, ok := first[person]; ok {
					changes = append(changes, then-was)
				}
			}
			if len(changes) < enough {
				continue
			}
			slices.Sort(changes) // sums in one order: the same bytes
			at, what := "handover"+strconv.Itoa(i)+"."+channel, before+" to "+after+", "+channelName(channel)+": "
			mean, lo, hi := meanOf(changes)
			s := handoverSide{Channel: channelName(channel), N: a.f.count(at+".n", what+"people who speak of both", len(changes)),
				Change: a.f.number(at+".change", what+"change of the same persons' mean score", signed(mean)+" (90 % sure: "+signed(lo)+" to "+signed(hi)+")", mean),
				Word:   "not told apart"}
			switch {
			case hi < 0:
				s.Word = "lower after"
			case lo > 0:
				s.Word = "higher after"
			}
			h.Sides = append(h.Sides, s)
		}
		if len(h.Sides) == 0 {
			j.Thin = append(j.Thin, before+" to "+after)
			continue
		}
		j.Handovers = append(j.Handovers, h)
	}
}

// meanOf is the mean of values, at least two, with its 90 % interval by Student's t.
func meanOf(values []float64) (mean, lo, hi float64) {
	n := float64(len(values))
	for _, v := range values {
		mean += v / n
	}
	squares := 0.0
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	half := t95(n-1) * math.Sqrt(squares/(n-1)/n)
	return mean, mean - half, mean + half
}
