package survey

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"percept/collector"
)

// A Scale is how the cells of a rating column are read.
type Scale struct {
	// Tag is the metric's definition, as collector.Rating has it.
	Tag string `json:"tag"`
	// Worst and Best are the ends of a scale of numbers: Worst above Best where 1 is best.
	Worst float64 `json:"worst"`
	Best  float64 `json:"best"`
	// Words names the answers in words, "fft" or "satisfied"; empty for numbers alone.
	Words string `json:"words,omitempty"`
	// Codes is true for the numbers of the Friends and Family Test: 6 is "don't know".
	Codes bool `json:"codes,omitempty"`
}

// String says the scale in words for people.
func (s Scale) String() string {
	switch {
	case s.Codes:
		return s.Tag + ", codes 1 very good to 5 very poor, 6 don't know"
	case s.Words != "":
		return fmt.Sprintf("%s, in words (%s)", s.Tag, s.Words)
	}
	return fmt.Sprintf("%s, from %s (worst) to %s (best)", s.Tag, short(s.Worst), short(s.Best))
}

func short(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// namedScales are the scales that a config may name. Besides them, "W-B" is a scale of numbers from
// W, the worst, to B, the best: "1-10", "5-1".
var namedScales = map[string]Scale{
	"stars":         {Tag: "stars", Worst: 1, Best: 5},
	"csat-5":        {Tag: "csat-5", Worst: 1, Best: 5},
	"nps":           {Tag: "nps-0-10", Worst: 0, Best: 10},
	"nps-0-10":      {Tag: "nps-0-10", Worst: 0, Best: 10},
	"ces":           {Tag: "ces-7", Worst: 1, Best: 7},
	"ces-7":         {Tag: "ces-7", Worst: 1, Best: 7},
	"fft":           {Tag: "fft", Worst: 1, Best: 5, Words: "fft"},
	"fft-codes":     {Tag: "fft", Worst: 5, Best: 1, Codes: true},
	"fft-recommend": {Tag: "fft-recommend", Worst: 1, Best: 5, Words: "fft-recommend"},
}

var rangeName = regexp.MustCompile(`^(\d{1,3})\s*(?:-|–|to|\.\.)\s*(\d{1,3})$`)

// scaleNamed returns the scale that a config names.
func scaleNamed(name string) (Scale, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	if s, ok := namedScales[name]; ok {
		return s, nil
	}
	if _, ok := wordScales[name]; ok {
		return Scale{Tag: wordTags[name], Worst: 1, Best: 5, Words: name}, nil
	}
	if m := rangeName.FindStringSubmatch(name); m != nil {
		worst, _ := strconv.ParseFloat(m[1], 64)
		best, _ := strconv.ParseFloat(m[2], 64)
		if worst != best {
			return numeric(worst, best), nil
		}
	}
	return Scale{}, fmt.Errorf("scale %q is not known: 1-5, 5-1, 0-10, nps, ces, stars, fft, fft-codes, %s", name, strings.Join(wordNames(), ", "))
}

func numeric(worst, best float64) Scale {
	s := Scale{Worst: worst, Best: best}
	switch low, high := min(worst, best), max(worst, best); {
	case low == 1 && high == 5:
		s.Tag = "csat-5"
	case low == 1 && high == 7:
		s.Tag = "csat-7"
	default:
		s.Tag = fmt.Sprintf("scale-%s-%s", short(low), short(high))
	}
	return s
}

// An outcome is what reading a rating came to.
type outcome int

const (
	rated    outcome = iota
	unrated          // empty, or an answer that is no rating: "not applicable"
	unscaled         // a code that the scale does not name
	refused
)

// read reads one cell. Raw is the cell as written, whatever comes of it.
func (s Scale) read(cell string) (collector.Rating, outcome) {
	r := collector.Rating{Raw: strings.TrimSpace(cell), Tag: s.Tag}
	if noRating(r.Raw) {
		return collector.Rating{}, unrated
	}
	r.Best, r.Worst = short(s.Best), short(s.Worst)
	if s.Words != "" {
		r.Best, r.Worst = "", ""
		v, ok := wordScales[s.Words][plainWords(r.Raw)]
		switch {
		case ok && v == 0:
			return r, unrated
		case ok:
			r.Value, r.Valid = v, true
			return r, rated
		}
	}
	if n := strings.Count(r.Raw, "★") + strings.Count(r.Raw, "⭐"); n > 0 && s.Tag != "nps-0-10" {
		return s.value(r, float64(n))
	}
	v, best, ok := leadingNumber(r.Raw)
	switch {
	case !ok && noOpinion[plainWords(r.Raw)]:
		return r, unrated
	case !ok || best != 0 && best != max(s.Best, s.Worst):
		return r, refused
	case s.Codes && v == 6:
		return r, unrated
	case s.Codes && (v < 1 || v > 6) && v == math.Trunc(v):
		return r, unscaled
	}
	return s.value(r, v)
}

// value maps v to 1 to 5, linear from worst to best.
func (s Scale) value(r collector.Rating, v float64) (collector.Rating, outcome) {
	if v < min(s.Worst, s.Best) || v > max(s.Worst, s.Best) {
		return r, refused
	}
	r.Value, r.Valid = 1+4*(v-s.Worst)/(s.Best-s.Worst), true
	return r, rated
}

// leadingNumber reads "4", "4,5", "5 - Excellent", "8/10" and "4 out of 5"; best is 0 where none is stated.
func leadingNumber(s string) (v, best float64, ok bool) {
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || s[n] == '.' || s[n] == ',' || n == 0 && s[n] == '-') {
		n++
	}
	digits := strings.TrimRight(s[:n], ".,")
	v, err := strconv.ParseFloat(strings.Replace(digits, ",", ".", 1), 64)
	if err != nil || n > 8 {
		return 0, 0, false
	}
	rest := strings.TrimSpace(s[n:])
	if rest == "" {
		return v, 0, true
	}
	if m := outOf.FindStringSubmatch(rest); m != nil {
		best, _ = strconv.ParseFloat(m[1], 64)
		return v, best, best > 0
	}
	return v, 0, labelled.MatchString(rest) || s[n-1] == '.'
}

var (
	outOf    = regexp.MustCompile(`^(?:/|out of|of|von|sur)\s*(\d{1,3})$`)
	labelled = regexp.MustCompile(`^[-–—:=.)(|]\s*\PN+$|^(?:stars?|\p{L}[^0-9]{2,40})$`)
)

// noRating are cells that hold no answer to a rating question.
func noRating(s string) bool { return !strings.EqualFold(s, "nan") && blank(s) }

var noOpinion = phrases("don't know; dont know; not applicable; not sure; unsure; no opinion; prefer not to say; can't say; " +
	"i don't know; not relevant; did not use; didn't use; none of these; weiß nicht; ne sait pas; no sé; weet niet")

// plainWords puts an answer in words into the form in which the scales name it.
func plainWords(s string) string {
	s = strings.ToLower(strings.ReplaceAll(s, "’", "'"))
	return strings.Trim(strings.Join(strings.Fields(s), " "), " .!:-")
}
