package survey

import (
	"math"
	"strings"
	"testing"
)

func TestScaleRead(t *testing.T) {
	five, seven := namedScales["csat-5"], namedScales["ces-7"]
	turned := numeric(5, 1)
	for _, c := range []struct {
		name  string
		scale Scale
		cell  string
		came  outcome
		value float64
	}{
		{"a number", five, "4", rated, 4},
		{"a decimal comma", five, "4,5", rated, 4.5},
		{"a label", five, "5 - Excellent", rated, 5},
		{"a label in brackets", five, "2 (poor)", rated, 2},
		{"stars", five, "★★★★☆", rated, 4},
		{"stars in words", five, "3 stars", rated, 3},
		{"out of five", five, "4/5", rated, 4},
		{"out of ten is another scale", five, "4/10", refused, 0},
		{"over the top", five, "9", refused, 0},
		{"below the bottom", five, "-1", refused, 0},
		{"NaN is no number", five, "NaN", refused, 0},
		{"words on a scale of numbers", five, "three", refused, 0},
		{"a date", five, "5.10.2021", refused, 0},
		{"no answer", five, "N/A", unrated, 0},
		{"don't know", five, "Don’t know", unrated, 0},
		{"one is best", turned, "1", rated, 5},
		{"five is worst", turned, "5", rated, 1},
		{"zero of ten is an answer", namedScales["nps"], "0", rated, 1},
		{"ten of ten", namedScales["nps"], "10 - Extremely likely", rated, 5},
		{"seven of seven", seven, "7", rated, 5},
		{"four of seven is the middle", seven, "4", rated, 3},
		{"FFT words", namedScales["fft"], "Neither good nor poor", rated, 3},
		{"FFT don't know is no rating", namedScales["fft"], "Don't know", unrated, 0},
		{"FFT code 1 is very good", namedScales["fft-codes"], "1", rated, 5},
		{"FFT code 5 is very poor", namedScales["fft-codes"], "5", rated, 1},
		{"FFT code 6 is don't know", namedScales["fft-codes"], "6", unrated, 0},
		{"FFT code 7 has no meaning", namedScales["fft-codes"], "7", unscaled, 0},
		{"the wording before 2020", namedScales["fft-recommend"], "extremely unlikely", rated, 1},
		{"satisfied, in German", Scale{Tag: "csat-5", Worst: 1, Best: 5, Words: "satisfied"}, "sehr zufrieden", rated, 5},
		{"a number among the words", Scale{Tag: "csat-5", Worst: 1, Best: 5, Words: "satisfied"}, "2", rated, 2},
	} {
		r, came := c.scale.read(c.cell)
		if came != c.came || r.Valid != (came == rated) || math.Abs(r.Value-c.value) > 1e-9 {
			t.Errorf("%s: %q = %+v, outcome %d; want %v, outcome %d", c.name, c.cell, r, came, c.value, c.came)
		}
		if r.Valid && (r.Raw != c.cell || r.Tag != c.scale.Tag) {
			t.Errorf("%s: raw %q and tag %q, want %q and %q", c.name, r.Raw, r.Tag, c.cell, c.scale.Tag)
		}
	}
}

func TestScaleGuessed(t *testing.T) {
	many := func(cells string) string { return strings.Repeat(cells+" | ", 12) }
	for _, c := range []struct {
		heading, cells string
		want           string // empty: not a rating
	}{
		{"How likely are you to recommend us?", "9 | 10 | 3", "nps-0-10, from 0 (worst) to 10 (best)"},
		{"How likely are you to recommend us? (0-10)", "4 | 5", "nps-0-10, from 0 (worst) to 10 (best)"},
		{"How likely are you to recommend us?", "4 | 5 | 3", ""}, // 5 or 10? not to be guessed
		{"How likely are you to recommend us?", many("4 | 5 | 3"), "csat-5, from 1 (worst) to 5 (best)"},
		{"How satisfied were you with the eye test?", "5 | 4 | 4", "csat-5, from 1 (worst) to 5 (best)"},
		{"How thorough was your eye exam?", "5 | 4 | 4", "csat-5, from 1 (worst) to 5 (best)"},
		{"Frames (1-5)", "5 | 4 | 4", "csat-5, from 1 (worst) to 5 (best)"},
		{"How satisfied were you? (1 = very satisfied, 5 = very dissatisfied)", "5 | 1", "csat-5, from 5 (worst) to 1 (best)"},
		{"Satisfaction", "1 - Very satisfied | 5 - Very dissatisfied | 2 - Satisfied", "csat-5, from 5 (worst) to 1 (best)"},
		{"Satisfaction", "5 - Very satisfied | 1 - Very dissatisfied", "csat-5, from 1 (worst) to 5 (best)"},
		{"It was easy to book", many("7 | 6 | 2"), "ces-7, from 1 (worst) to 7 (best)"},
		{"How much effort did it take to book? (1-7)", "7 | 1", "effort-7, from 7 (worst) to 1 (best)"},
		{"Overall rating", "8 | 9 | 10 | 7 | 3", "scale-1-10, from 1 (worst) to 10 (best)"},
		{"rating", "3 | 9 | 4,5", "csat-5, from 1 (worst) to 5 (best)"},
		{"Rating", "8/10 | 9/10", "scale-1-10, from 1 (worst) to 10 (best)"},
		{"Stars", "★★★★☆ | ★☆☆☆☆", "stars, from 1 (worst) to 5 (best)"},
		{"FFT categorical answer", "1 | 2 | 7 | 5", "fft, codes 1 very good to 5 very poor, 6 don't know"},
		{"Overall, how was your experience of our service?", "Very good | Good", "fft, in words (fft)"},
		{"Q1", "Extremely likely | Likely", "fft-recommend, in words (fft-recommend)"},
		{"How happy are you with the frames?", "Very satisfied | Neutral | Dissatisfied", "csat-5, in words (satisfied)"},
		{"How was reception?", "Excellent | Very good | Fair", "quality-5, in words (quality)"},
		{"How was reception?", "Excellent | Good | Average", "quality-5, in words (rating)"},
		{"How were you welcomed at reception?", "5 | 4 | 2", "csat-5, from 1 (worst) to 5 (best)"},
		{"How were you welcomed at reception?", "5 | 4 | 2.5", ""}, // no mark that a form offers
		{"How were you welcomed at reception?", "0 | 4 | 2", ""},
		{"3. How were you treated by the staff?", "9 | 10 | 8 | 0", "scale-0-10, from 0 (worst) to 10 (best)"},
		{"How did you find your eye exam?", many("9 | 10 | 3"), "scale-1-10, from 1 (worst) to 10 (best)"},
		{"How did our optometrist explain the results?", "5 | 4", "csat-5, from 1 (worst) to 5 (best)"},
		{"How were your new glasses fitted?", "5 | 4", "csat-5, from 1 (worst) to 5 (best)"},
		{"Wie wurden Sie am Empfang begrüßt?", "5 | 4", "csat-5, from 1 (worst) to 5 (best)"},
		{"How were you referred to us?", "1 | 2 | 1", ""}, // codes of a choice
		{"How did you book your appointment?", "1 | 2 | 1", ""},
		{"How did you find us?", "1 | 2 | 1", ""},
		{"How did you find out about our practice?", "1 | 2 | 1", ""},
		{"How many times were you welcomed at reception?", "1 | 2 | 3", ""},
		{"How long did you wait?", "1 | 2 | 3", ""},
		{"How did you find your appointment number?", "71 | 85 | 90", ""},
		{"Year of your first visit", "2019 | 2020", ""},
		{"Waiting time in minutes", "10 | 25 | 45", ""},
		{"How many visits did you rate?", "1 | 2 | 3", ""},
		{"Age", "34 | 5 | 61", ""},
		{"Q7", "1 | 2 | 2", ""},
		{"Comments", "Good | Very good", ""},
		{"Which services did you use?", "Eye test | Frames", ""},
	} {
		var p profile
		for cell := range strings.SplitSeq(c.cells, " | ") {
			p.add(cell)
		}
		g := guess{heading: c.heading, key: key(c.heading), p: &p}
		s, _, ok := g.scale()
		got := ""
		if ok {
			got = s.String()
		}
		if got != c.want {
			t.Errorf("scale of %q with %q = %q, want %q", c.heading, shorten(c.cells, 40), got, c.want)
		}
	}
}

func TestScaleNamed(t *testing.T) {
	for name, want := range map[string]string{
		"1-5": "csat-5, from 1 (worst) to 5 (best)", "5-1": "csat-5, from 5 (worst) to 1 (best)", "NPS": "nps-0-10, from 0 (worst) to 10 (best)",
		"0 to 10": "scale-0-10, from 0 (worst) to 10 (best)", "satisfied": "csat-5, in words (satisfied)", "fft": "fft, in words (fft)",
	} {
		if s, err := scaleNamed(name); err != nil || s.String() != want {
			t.Errorf("scaleNamed(%q) = %v, %v; want %s", name, s, err, want)
		}
	}
	for _, name := range []string{"", "five", "5-5", "1-5000"} {
		if s, err := scaleNamed(name); err == nil {
			t.Errorf("scaleNamed(%q) = %v, want an error", name, s)
		}
	}
}
