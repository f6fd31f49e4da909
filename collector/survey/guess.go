package survey

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// A guess finds the scale of one column.
type guess struct {
	heading, key string
	p            *profile
	must         bool // the config says that it is a rating

	numbers  map[float64]int
	all      int // answers but "don't know"
	numeric  int
	best     float64 // as "8/10" states it
	stars    int
	towards  int // labels that say the higher number is the better one, less those that say the opposite
	labelled bool
}

// scale returns the scale, or why a column that looks like ratings is not read as such.
func (g *guess) scale() (s Scale, why string, ok bool) {
	if g.p.filled == 0 || g.p.many || len(g.p.distinct) > 60 && !g.must {
		return s, "", false
	}
	if s, ok := g.inWords(); ok {
		return s, "", true
	}
	g.tally()
	switch {
	case g.all == 0:
		return s, "", false
	case g.stars*10 >= g.all*6:
		return namedScales["stars"], "", true
	case g.numeric*10 < g.all*6:
		return s, "", false
	case !g.must && !about.MatchString(g.key) && !recommend.MatchString(g.key) && !g.labelled && g.best == 0 && !bareRating[g.key] && !statedRange.MatchString(g.heading) && !(manner.MatchString(g.key) && g.marks()):
		if g.marks() && strings.Count(g.key, " ") >= 3 && !choice.MatchString(g.key) {
			return s, "its numbers may be codes of a choice", false
		}
		return s, "", false
	case !g.must && choice.MatchString(g.key) && !recommend.MatchString(g.key) && !g.labelled && !statedRange.MatchString(g.heading):
		return s, "", false
	}
	return g.inNumbers()
}

func (g *guess) inWords() (Scale, bool) {
	if !g.must && (bareText[g.key] || asksText.MatchString(g.key) && !about.MatchString(g.key)) {
		return Scale{}, false
	}
	fft := strings.Contains(g.key, "fft") || strings.Contains(g.key, "friends and family") || experience.MatchString(g.key)
	for _, name := range []string{"fft", "fft-recommend", "satisfied", "agree", "quality", "rating", "easy", "likely", "often"} {
		hits, valued, all, own := 0, 0, 0, false
		for v, n := range g.p.distinct {
			w := plainWords(v)
			value, known := wordScales[name][w]
			all += n
			if known || noOpinion[w] {
				hits += n
			}
			if known && value > 0 {
				valued += n
			}
			own = own || w == "neither good nor poor" || w == "very poor" || w == "extremely likely" || w == "extremely unlikely" || w == "very good" && name == "quality"
		}
		if hits*10 < all*8 || valued == 0 {
			continue
		}
		if (name == "fft" || name == "fft-recommend" || name == "quality") && !own && !fft {
			continue
		}
		return Scale{Tag: wordTags[name], Worst: 1, Best: 5, Words: name}, true
	}
	return Scale{}, false
}

var experience = regexp.MustCompile(`\boverall how was your experience of our service\b`)

// tally counts the numbers, and what their labels say about which end is the better one.
func (g *guess) tally() {
	g.numbers = make(map[float64]int)
	for _, v := range g.p.sorted() {
		n := g.p.distinct[v]
		if strings.EqualFold(v, "nan") || noOpinion[plainWords(v)] {
			continue
		}
		g.all += n
		if strings.ContainsAny(v, "★⭐☆") {
			g.stars += n
			continue
		}
		x, best, ok := leadingNumber(v)
		if !ok {
			continue
		}
		g.numeric += n
		g.numbers[x] += n
		g.best = max(g.best, best)
		if label := strings.TrimLeft(v, "0123456789.,-–—:=() "); label != "" && best == 0 {
			g.labelled = true
			g.towards += direction(x, plainWords(strings.TrimRight(label, ")")))
		}
	}
}

// marks reports whether every answer is a whole number from 1 to 10, or from 0 where the numbers go beyond 5: how people
// mark what they rate. Codes of a choice may look the same.
func (g *guess) marks() bool {
	high := 0.0
	for x := range g.numbers {
		if x < 0 || x > 10 || x != math.Trunc(x) {
			return false
		}
		high = max(high, x)
	}
	return g.numeric == g.all && (high > 5 || g.numbers[0] == 0)
}

// direction is 1 where the label of a low number is bad or of a high number good, -1 for the opposite.
func direction(x float64, label string) int {
	for _, name := range wordNames() {
		v, ok := wordScales[name][label]
		if !ok || v == 0 || v == 3 {
			continue
		}
		if x <= 2 == (v <= 2) {
			return 1
		}
		return -1
	}
	return 0
}

var labelOfOne = regexp.MustCompile(`\b1\s*(?:=|is|means|:|-|–)\s*([a-z' ]{3,30}?)\s*(?:[,;)/]|\band\b|\bto\b|$)`)

var statedRange = regexp.MustCompile(`(?i)(?:^|[^0-9])([01])\s*(?:-|–|to|bis|à|=[^0-9]{1,40})\s*(5|7|10)(?:[^0-9]|$)`)

func (g *guess) inNumbers() (s Scale, why string, ok bool) {
	defer func() {
		if ok && g.towards < 0 {
			s.Worst, s.Best = s.Best, s.Worst
			why = "1 is best, as its labels say"
		}
	}()
	high := 0.0
	over, tens, inside := 0, 0, 0
	for x, n := range g.numbers {
		high = max(high, x)
		if x > 5 && x <= 10 {
			over += n
			tens++
		}
		if x >= 0 && x <= 10 && x*2 == math.Trunc(x*2) {
			inside += n
		}
	}
	zeros := g.numbers[0]
	if strings.Contains(g.key, "fft") && high <= 9 && zeros == 0 && !recommend.MatchString(g.key) {
		return namedScales["fft-codes"], "", true
	}
	if inside*10 < g.numeric*9 && !bareRating[g.key] && !g.must {
		return s, "", false // a count or a measure
	}
	recommends, eases := recommend.MatchString(g.key), ease.MatchString(g.key)
	if m := statedRange.FindStringSubmatch(g.heading); m != nil {
		if one := labelOfOne.FindStringSubmatch(strings.ToLower(g.heading)); one != nil {
			g.towards += direction(1, plainWords(one[1]))
		}
		low, _ := strconv.ParseFloat(m[1], 64)
		top, _ := strconv.ParseFloat(m[2], 64)
		return g.known(low, top), "its heading states the scale", true
	}
	switch {
	case g.best > 0:
		return g.known(boolFloat(zeros == 0), g.best), "its values state the scale", true
	case recommends && (over > 0 || zeros > 0):
		return namedScales["nps-0-10"], "", true
	case (recommends || eases) && g.numeric < 20 && over == 0:
		return s, "no value over 5 decides between a scale of 5 and a longer one", false
	case eases && over > 0 && high <= 7:
		return g.known(1, 7), "", true
	case tens >= 2 && over*10 >= g.numeric*3 && high > 7:
		return g.known(boolFloat(zeros == 0), 10), "", true
	case tens >= 2 && over*10 >= g.numeric*3 && g.numeric >= 20:
		return g.known(1, 7), "", true
	case tens >= 2 && over*10 >= g.numeric*3:
		return s, "a highest value of " + short(high) + " does not decide between a scale of 7 and of 10", false
	}
	return g.known(1, 5), "", true
}

func boolFloat(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

var (
	ease   = regexp.MustCompile(`\beas(?:y|e|ily)\b|\beffort|\bces\b|\bdifficult`)
	effort = regexp.MustCompile(`\bhow much effort\b|\bhow difficult\b`)
)

// known names the scale from low to high by what the heading asks.
func (g *guess) known(low, high float64) Scale {
	s := numeric(low, high)
	switch {
	case low == 0 && high == 10 && recommend.MatchString(g.key):
		s = namedScales["nps-0-10"]
	case effort.MatchString(g.key): // little effort is the good end
		s.Tag, s.Worst, s.Best = "effort-"+short(high), high, low
	case ease.MatchString(g.key) && low == 1:
		s.Tag = "ces-" + short(high)
	case strings.Contains(g.key, "star") && low == 1 && high == 5:
		s = namedScales["stars"]
	}
	return s
}
