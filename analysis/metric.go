package analysis

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"percept/collector"
)

// How many answers a number needs. Below FewAnswers only counts are given, below SolidAnswers a number is
// indicative (bands as public reporting of patient surveys has them).
const (
	FewAnswers   = 10
	SolidAnswers = 30
)

// A Tag names a definition of a metric, such as "nps-0-10": two tags never share an axis.
type Tag string

// The definitions with a name of their own. Any other scale is a mean on its own numbers, "SCALE-mean".
const (
	NPS          Tag = "nps-0-10"               // share of 9 and 10 minus share of 0 to 6, -100 to 100
	CSAT         Tag = "csat-t2b"               // share of 4 and 5 of 5
	CES          Tag = "ces-top3of7"            // share of 5, 6 and 7 of 7
	FFT          Tag = "fft-positive"           // share of the two best answers of all, "don't know" too
	FFTRecommend Tag = "fft-recommend-positive" // the same of the wording before 2020, which NHS England says not to compare
	Stars        Tag = "stars-mean"             // mean of 1 to 5
	MeanScore    Tag = "score-mean"             // mean sentiment of what persons said, -1 to 1
)

// Share reports whether a number under the definition is a share of those who answered, in percent.
func (t Tag) Share() bool { return t == CSAT || t == CES || t == FFT || t == FFTRecommend }

// Points are the ends of what one answer is worth under the definition, and how far apart two answers are.
func (t Tag) Points() (lo, hi, unit float64) {
	switch {
	case t.Share():
		return 0, 100, 100
	case t == NPS:
		return -100, 100, 100
	case t == MeanScore:
		return -1, 1, .5
	}
	d := define(strings.TrimSuffix(string(t), "-mean"))
	return d.lo, d.hi, 1
}

// ErrAxis means that numbers of two definitions or two channels were held against each other.
var ErrAxis = errors.New("not on one axis")

// An Axis is what a number may be held against: the answers of one channel under one definition.
type Axis struct {
	Channel collector.Kind `json:"channel"`
	Tag     Tag            `json:"tag"`
}

func (a Axis) String() string { return string(a.Channel) + " " + string(a.Tag) }

// same is the error of holding b against a, nil when they share an axis.
func (a Axis) same(b Axis) error {
	if a != b {
		return fmt.Errorf("%s and %s: %w", a, b, ErrAxis)
	}
	return nil
}

// A shape is how the points of a metric are summed up.
type shape int

const (
	asMean  shape = iota
	asShare       // points are 0 or 100
)

// A definition turns a rating on the common 1 to 5 scale into the points of a metric.
type definition struct {
	tag     Tag
	shape   shape
	lo, hi  float64 // ends of the points
	unrated bool    // whether "don't know" counts as an answer
	points  func(rating float64) float64
}

// define returns the metric of a rating scale, as the tags of collector.Rating name them.
func define(scale string) definition {
	top := func(tag Tag, least float64) definition {
		return definition{tag: tag, shape: asShare, lo: 0, hi: 100, points: func(r float64) float64 {
			if r >= least-1e-6 {
				return 100
			}
			return 0
		}}
	}
	switch scale {
	case "nps-0-10":
		return definition{tag: NPS, lo: -100, hi: 100, points: func(r float64) float64 {
			switch likely := native(r, 0, 10); {
			case likely >= 9-1e-6:
				return 100
			case likely >= 7-1e-6:
				return 0
			}
			return -100
		}}
	case "csat-5":
		return top(CSAT, 4)
	case "ces-7":
		return top(CES, 1+4*(5.-1)/(7-1))
	case "fft", "fft-recommend":
		d := top(FFT, 4)
		d.unrated = true
		if scale == "fft-recommend" {
			d.tag = FFTRecommend
		}
		return d
	}
	d := definition{tag: Tag(scale + "-mean"), lo: 1, hi: 5}
	if scale == "csat-7" {
		d.hi = 7
	}
	if ends, ok := strings.CutPrefix(scale, "scale-"); ok {
		lo, hi, _ := strings.Cut(ends, "-")
		worst, err1 := strconv.ParseFloat(lo, 64)
		best, err2 := strconv.ParseFloat(hi, 64)
		if err1 == nil && err2 == nil {
			d.lo, d.hi = worst, best
		}
	}
	d.points = func(r float64) float64 { return native(r, d.lo, d.hi) }
	return d
}

// native takes a rating on 1 to 5 back to its own scale.
func native(r, lo, hi float64) float64 { return lo + (r-1)/4*(hi-lo) }

// A Metric is a number under one definition, with what it rests on.
type Metric struct {
	Axis
	About    string    `json:"about,omitempty"`    // a touchpoint; empty for the visit as a whole
	Question string    `json:"question,omitempty"` // empty for the overall rating
	N        int       `json:"n"`
	Unrated  int       `json:"unrated,omitempty"` // who answered "don't know"
	Value    *Estimate `json:"estimate,omitempty"`
	Why      string    `json:"why,omitempty"` // why there is no number, or how far it can be trusted
}

// Metric is the number of the answers: shares with Wilson's interval, all else with the adjusted Wald one.
func (a Answers) Metric() Metric {
	m := Metric{Axis: a.axis, About: a.about, Question: a.question, N: a.N(), Unrated: a.unrated}
	if m.N < FewAnswers {
		m.Why = tooFew(m.N)
		return m
	}
	if m.N < SolidAnswers {
		m.Why = fmt.Sprintf("indicative: under %d", SolidAnswers)
	}
	e := a.estimate()
	m.Value = &e
	return m
}

func tooFew(n int) string { return fmt.Sprintf("%d; at least %d needed", n, FewAnswers) }

func (a Answers) estimate() Estimate {
	if a.shape == asShare {
		e := wilson(a.moments.sum/100, a.moments.n)
		return Estimate{100 * e.Value, 100 * e.Lo, 100 * e.Hi}
	}
	m, v := adjusted(a.moments, a.lo, a.hi)
	return spread(a.moments.mean(), m, v, a.lo, a.hi)
}

// spread is an interval about middle for value, cut off at the ends of the scale.
func spread(value, middle, variance, lo, hi float64) Estimate {
	half := z95 * math.Sqrt(variance)
	return Estimate{value, max(lo, min(value, middle-half)), min(hi, max(value, middle+half))}
}

// A Difference is how far a metric moved between two periods.
type Difference struct {
	Axis
	From  int       `json:"n_before"`
	To    int       `json:"n_after"`
	Value *Estimate `json:"estimate,omitempty"`
	Why   string    `json:"why,omitempty"`
}

// Minus is how far the answers are from earlier ones, with the interval of the difference: Newcombe's
// for shares, else of the adjusted Wald means. Answers of another axis or about another thing are
// refused with ErrAxis.
func (a Answers) Minus(before Answers) (Difference, error) {
	if err := a.axis.same(before.axis); err != nil {
		return Difference{}, err
	}
	if err := a.subject(before); err != nil {
		return Difference{}, err
	}
	d := Difference{Axis: a.axis, From: before.N(), To: a.N()}
	if least := min(d.From, d.To); least < FewAnswers {
		d.Why = tooFew(least)
		return d, nil
	}
	var e Estimate
	if a.shape == asShare {
		n := newcombe(wilson(before.moments.sum/100, before.moments.n), wilson(a.moments.sum/100, a.moments.n))
		e = Estimate{100 * n.Value, 100 * n.Lo, 100 * n.Hi}
	} else {
		m1, v1 := adjusted(before.moments, a.lo, a.hi)
		m2, v2 := adjusted(a.moments, a.lo, a.hi)
		e = spread(a.moments.mean()-before.moments.mean(), m2-m1, v1+v2, a.lo-a.hi, a.hi-a.lo)
	}
	d.Value = &e
	return d, nil
}
