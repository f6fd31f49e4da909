package analysis

import (
	"cmp"
	"math"
	"slices"
)

// A Quadrant is where importance and performance place a touchpoint (Martilla & James 1977, Journal of
// Marketing 41:77); empty where an interval lies across a line.
type Quadrant string

// The quadrants.
const (
	ConcentrateHere  Quadrant = "concentrate here"
	KeepUp           Quadrant = "keep it up"
	LowPriority      Quadrant = "low priority"
	PossibleOverkill Quadrant = "possible overkill"
)

// A Moment is a touchpoint by how much the overall rating goes with it and how it is felt. A moment of
// truth is one with the largest gap between the two.
type Moment struct {
	Touchpoint  string   `json:"touchpoint"`
	Importance  Estimate `json:"importance"`  // share of R squared, 90 %
	Performance Estimate `json:"performance"` // mean score, -1 to 1, 95 %
	// Gap is importance minus performance, each in standard deviations over the touchpoints.
	Gap      float64  `json:"gap"`
	Quadrant Quadrant `json:"quadrant,omitempty"`
	Why      string   `json:"why,omitempty"` // why it is in no quadrant
}

// Moments sets the importance of drivers against what people say of them, the largest gap first. The
// lines are the importance of all being alike, and the mean of their performances.
func Moments(d Drivers, said []Answers) []Moment {
	felt, clear := map[string]Metric{}, map[string]bool{}
	for _, a := range said {
		if a.axis == (Axis{d.Channel, MeanScore}) {
			felt[a.about] = a.Metric()
		}
	}
	var all []Moment
	var importance, performance moments
	for _, x := range d.List {
		m, ok := felt[x.Touchpoint]
		if !ok || m.Value == nil {
			continue
		}
		all = append(all, Moment{Touchpoint: x.Touchpoint, Importance: x.Share, Performance: *m.Value})
		clear[x.Touchpoint] = x.Clear
		importance.add(x.Share.Value, 1)
		performance.add(m.Value.Value, 1)
	}
	if len(all) < 2 {
		return nil
	}
	alike, usual := importance.mean(), performance.mean()
	for i := range all {
		m := &all[i]
		m.Gap = standard(m.Importance.Value, importance) - standard(m.Performance.Value, performance)
		switch important := m.Importance.Lo > alike; {
		case !m.Importance.Apart(alike):
			m.Why = "the interval of its importance lies across the line"
		case important && !clear[m.Touchpoint]:
			m.Why = "its part in the overall rating is not surely more than chance"
		case !m.Performance.Apart(usual):
			m.Why = "the interval of its performance lies across the line"
		default:
			m.Quadrant = quadrant(important, m.Performance.Lo > usual)
		}
	}
	slices.SortFunc(all, func(a, b Moment) int {
		return cmp.Or(cmp.Compare(b.Gap, a.Gap), cmp.Compare(a.Touchpoint, b.Touchpoint))
	})
	return all
}

func quadrant(important, good bool) Quadrant {
	switch {
	case important && good:
		return KeepUp
	case important:
		return ConcentrateHere
	case good:
		return PossibleOverkill
	}
	return LowPriority
}

// standard is v in standard deviations from the mean of m, 0 where nothing varies.
func standard(v float64, m moments) float64 {
	sd := math.Sqrt(m.residual() / m.n)
	if sd < 1e-12 {
		return 0
	}
	return (v - m.mean()) / sd
}
