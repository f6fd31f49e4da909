package web

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"percept/collector"
)

const ratingNumber = `([-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d{1,2}\b)?)`

var (
	ratingOf      = regexp.MustCompile(`(?i)` + ratingNumber + `\s*(?:\*|★|stars?|sterne?|points?)?\s*(?:/|\b(?:out of|of|von|sur|de|su|van|av|af|z|uit|из)\b)\s*` + ratingNumber)
	ratingPercent = regexp.MustCompile(ratingNumber + `\s*%`)
	ratingAlone   = regexp.MustCompile(ratingNumber)
)

// ParseRating puts a rating as a page writes it ("4,5", "8/10", "Rated 4 out of 5", "80 %", "★★★☆☆", "⭐⭐⭐")
// on the scale 1 to 5: raw x 5 / best where a best is stated, as it is where none is. What lies
// outside the stated scale is clamped, and note says so. Outside 1 to 5 without a stated best it is
// an error: nobody can know the scale. Without any number the rating is not valid, and no error.
func ParseRating(raw, best, worst string) (r collector.Rating, note string, err error) {
	r = collector.Rating{Raw: oneLine(raw), Best: oneLine(best), Worst: oneLine(worst)}
	v, scale, ok := ratingValue(r.Raw)
	if !ok {
		return r, "", nil
	}
	top, hasTop := decimal(r.Best)
	bottom, hasBottom := decimal(r.Worst)
	if hasTop && (top <= 0 || hasBottom && bottom >= top) {
		hasTop = false
	}
	if !hasTop && scale > 0 {
		top, hasTop = scale, true
		r.Best = strconv.FormatFloat(scale, 'f', -1, 64)
	}
	r.Tag = "stars"
	if !hasTop {
		if v < 1 || v > 5 {
			return r, "", fmt.Errorf("rating %q is outside 1 to 5 and no best is stated", r.Raw)
		}
		r.Value, r.Valid = v, true
		return r, "", nil
	}
	if v > top || v < 0 || hasBottom && v < bottom {
		note = fmt.Sprintf("rating %q is outside its scale %s to %s and was clamped", r.Raw, cmp.Or(r.Worst, "0"), r.Best)
	}
	r.Value = math.Round(min(max(v*5/top, 1), 5)*1e4) / 1e4
	r.Valid = true
	return r, note, nil
}

// widths writes figures and signs of other alphabets as those of ours, and halves as decimals: "4½", "４／５".
var widths = strings.NewReplacer(halves()...)

func halves() []string {
	out := []string{"½", "0.5", "／", "/", "⁄", "/", "∕", "/", "．", ".", "，", ",", "％", "%", "\u00a0", " "}
	for i := range 10 {
		figure := strconv.Itoa(i)
		out = append(out, figure+"½", figure+".5", figure+" ½", figure+".5", string(rune('０'+i)), figure, string(rune('٠'+i)), figure)
	}
	return out
}

// ratingValue finds the number, and the scale where the text itself names it.
func ratingValue(s string) (v, scale float64, ok bool) {
	if full := strings.Count(s, "★") + strings.Count(s, "⭐") + strings.Count(s, "🌟"); full > 0 {
		half, empty := strings.Count(s, "½"), strings.Count(s, "☆")
		v := float64(full) + float64(half)/2
		switch {
		case half > 1 || strings.ContainsAny(widths.Replace(strings.ReplaceAll(s, "½", "")), "0123456789"): // "★ 4.5": the number says it
		case empty > 0:
			return v, float64(full + half + empty), true
		default:
			return v, 0, true
		}
	}
	s = widths.Replace(s)
	if m := ratingOf.FindStringSubmatch(s); m != nil {
		v, ok1 := decimal(m[1])
		scale, ok2 := decimal(m[2])
		if ok1 && ok2 && scale > 0 {
			return v, scale, true
		}
	}
	if m := ratingPercent.FindStringSubmatch(s); m != nil {
		v, ok := decimal(m[1])
		return v, 100, ok
	}
	if m := ratingAlone.FindStringSubmatch(s); m != nil {
		v, ok := decimal(m[1])
		return v, 0, ok
	}
	return 0, 0, false
}

func decimal(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(s), ",", ".", 1), 64)
	return v, err == nil && !math.IsInf(v, 0) && !math.IsNaN(v)
}

var countDigits = regexp.MustCompile(`\d[\d.,'’\s\x{a0}\x{2009}\x{202f}]*`)

// parseCount reads "1 024", "1,024", "1.024" and "87 reviews"; false where there is no number.
func parseCount(s string) (int, bool) {
	m := countDigits.FindString(s)
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, m)
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 0 && n < 1e9
}
