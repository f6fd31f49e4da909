package reports

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// maskWord stands where a person could be told.
const maskWord = "[name]"

// What is masked without knowing anyone: addresses, telephone numbers, and the names that follow a
// title. Other names need a list of persons; they are not masked here.
var (
	mail   = regexp.MustCompile(`[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+`)
	phone  = regexp.MustCompile(`[+(]?\d[\d ().\-/]{5,20}\d`)
	titled = regexp.MustCompile(`\b(?:Dr|DR|Mr|MR|Mrs|MRS|Ms|MS|Miss|Mx|Prof|Professor|Doctor|Sister|Nurse)\b\.? +` +
		`(\p{Lu}[\p{L}'’\-]*(?: +\p{Lu}[\p{L}'’\-]+)?)`)
	dated = regexp.MustCompile(`^\d{1,4}[.\-/ ]\d{1,2}[.\-/ ]\d{1,4}$`)
)

// persons returns the runs of text to hide, in order, none touching another.
func persons(text string) [][2]int {
	var found [][2]int
	for _, m := range mail.FindAllStringIndex(text, -1) {
		found = append(found, [2]int{m[0], m[1]})
	}
	for _, m := range phone.FindAllStringIndex(text, -1) {
		if telephone(text[m[0]:m[1]]) {
			found = append(found, [2]int{m[0], m[1]})
		}
	}
	for _, m := range titled.FindAllStringSubmatchIndex(text, -1) {
		found = append(found, [2]int{m[2], m[3]})
	}
	slices.SortFunc(found, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	var out [][2]int
	for _, f := range found {
		if n := len(out); n > 0 && f[0] <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], f[1])
			continue
		}
		out = append(out, f)
	}
	return out
}

// telephone tells a telephone number from a date, a price or an order of a few digits.
func telephone(s string) bool {
	if dated.MatchString(s) {
		return false
	}
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= 9 || digits >= 7 && strings.ContainsRune("+(0", rune(s[0]))
}

// Masked replaces what persons finds, as a shared page or message shows it; for words that are not quotes, such as a survey's question.
func Masked(text string) string {
	var b strings.Builder
	at := 0
	for _, h := range persons(text) {
		b.WriteString(text[at:h[0]])
		b.WriteString(maskWord)
		at = h[1]
	}
	b.WriteString(text[at:])
	return b.String()
}
