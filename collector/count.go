package collector

import (
	"strconv"
	"strings"
)

// A Count notes how many of something were met. The counts of all pages of a source that say the same are one.
type Count struct {
	N    int
	Noun string // of one: "response"
	Says string // of them: "without leave to be quoted"
}

func (c Count) String() string { return Plural(c.N, c.Noun) + " " + c.Says }

// Plural is a number with its noun: "1 row", "4,812 rows", "2 entries".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return Thousands(n) + " " + stem + "ies"
	}
	return Thousands(n) + " " + noun + "s"
}

// Thousands writes 6507 as 6,507.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
