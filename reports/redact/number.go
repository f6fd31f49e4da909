package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A number is groups of digits that stand together, as a telephone number is written.
type number struct {
	start, end int
	digits     string // 0 to 9
	lengths    []int
	seps       []string // between the groups
}

// numbers finds what is written in digits, the longest reading first.
func (s *scanner) numbers() {
	for i := 0; i < len(s.groups); {
		n := 1
		for ; n < 12 && i+n < len(s.groups) && separates(s.text[s.groups[i+n-1].end:s.groups[i+n].start]); n++ {
		}
		took := 1
		for k := n; k > 0; k-- {
			x := s.number(i, k)
			if kind, ok := s.kind(x); ok {
				if kind != "" {
					s.add(x.start, x.end, kind)
				}
				took = k
				break
			}
		}
		i += took
	}
}

// separates reports whether groups of one number may have gap between them.
func separates(gap string) bool {
	if len(gap) > 3 {
		return false
	}
	for _, r := range gap {
		if !strings.ContainsRune(" \u00a0-.()/\u2013", r) {
			return false
		}
	}
	return gap != "" && gap != ". "
}

// number joins k groups from the i-th.
func (s *scanner) number(i, k int) number {
	x := number{start: s.groups[i].start, end: s.groups[i+k-1].end}
	var b strings.Builder
	for j := i; j < i+k; j++ {
		g := s.groups[j]
		n := 0
		for _, r := range s.text[g.start:g.end] {
			b.WriteByte(ascii(r))
			n++
		}
		x.lengths = append(x.lengths, n)
		if j > i {
			x.seps = append(x.seps, s.text[s.groups[j-1].end:g.start])
		}
	}
	x.digits = b.String()
	if x.start > 0 && s.text[x.start-1] == '(' && strings.Contains(strings.Join(x.seps, ""), ")") {
		x.start--
	}
	if x.start > 0 && s.text[x.start-1] == '+' {
		x.start--
	}
	return x
}

// ascii is the digit that r stands for in its script: decimal digits stand in runs of ten from zero.
func ascii(r rune) byte {
	if r <= unicode.MaxASCII {
		return byte(r)
	}
	zero := r
	for r-zero < 9 && unicode.IsDigit(zero-1) {
		zero--
	}
	return '0' + byte(r-zero)
}

// kind says what a number tells; empty and true where it is surely nothing of a person, a date for one.
func (s *scanner) kind(x number) (Kind, bool) {
	cue := s.about(x.start)
	n, prefix := len(x.digits), s.text[max(0, x.start-3):x.start]
	plus := s.text[x.start] == '+' || strings.HasSuffix(prefix, "+")
	glued := x.start > 0 && isASCIILetter(s.text[x.start-1]) || x.end < len(s.text) && isASCIILetter(s.text[x.end])
	switch {
	case x.date():
		if cue&cueBirth != 0 || s.birthAfter(x.end) {
			return Birth, true
		}
		return "", true
	case priced(prefix) || x.decimal():
		return "", len(x.lengths) == 1
	case glued:
		return "", false // a reference, looked for by its words
	case n == 13 && southAfrican(x.digits) && x.tight(),
		n == 10 && nhs(x.digits) && x.is(3, 3, 4) && !strings.Contains(strings.Join(x.seps, ""), "-") && x.tight() && cue&cuePhone == 0,
		n == 10 && cue&cueIdentity != 0 && x.tight(),
		x.is(3, 2, 4) && x.tight() && social(x.digits),
		n == 9 && cue&cueIdentity != 0 && x.tight(),
		n == 13 && cue&cueIdentity != 0 && x.tight(),
		n >= 13 && n <= 19 && luhn(x.digits) && x.tight() && (len(x.lengths) == 1 || x.lengths[0] == 4):
		return Identity, true
	case n == 10 && x.is(10) && nhs(x.digits) && x.digits[0] != '0' && cue&(cuePhone|cueReference) == 0:
		return Identity, true
	case cue&cueReference != 0 && len(x.lengths) == 1 && n >= 4:
		return Reference, true
	case x.telephone(plus, cue&cuePhone != 0):
		return Phone, true
	case len(x.lengths) == 1 && n >= 9:
		return Reference, true
	}
	return "", false
}

func (x number) is(lengths ...int) bool {
	if len(lengths) != len(x.lengths) {
		return false
	}
	for i, n := range lengths {
		if x.lengths[i] != n {
			return false
		}
	}
	return true
}

// tight reports whether single spaces or hyphens alone stand between the groups.
func (x number) tight() bool {
	for _, sep := range x.seps {
		if sep != " " && sep != "-" && sep != "\u00a0" {
			return false
		}
	}
	return true
}

// date reports whether three groups are a day, a month and a year in any usual order.
func (x number) date() bool {
	if len(x.lengths) != 3 || x.seps[0] != x.seps[1] || !strings.Contains("/.- ", x.seps[0]) {
		return false
	}
	a, b, c := x.lengths[0], x.lengths[1], x.lengths[2]
	first, second, third := value(x.digits[:a]), value(x.digits[a:a+b]), value(x.digits[a+b:])
	switch {
	case b > 2:
		return false
	case a == 4:
		return c <= 2 && first > 1850 && first < 2200 && second >= 1 && second <= 12 && third >= 1 && third <= 31
	case c == 4 && third > 1850 && third < 2200, c == 2 && x.seps[0] != " ":
		return a <= 2 && first >= 1 && second >= 1 && (first <= 31 && second <= 12 || first <= 12 && second <= 31)
	}
	return false
}

func value(digits string) int {
	v := 0
	for _, d := range []byte(digits) {
		v = 10*v + int(d-'0')
	}
	return v
}

// decimal reports whether a point of the number stands before decimals, as in 1.25 and 350.00.
func (x number) decimal() bool {
	for i, sep := range x.seps {
		if sep == "." && x.lengths[i+1] <= 2 && len(x.lengths) < 5 {
			return true
		}
	}
	return false
}

// priced reports whether a currency stands before a number.
func priced(prefix string) bool {
	prefix = strings.TrimRight(prefix, " +-")
	for _, c := range []string{"R", "$", "\u00a3", "\u20ac", "ZAR", "USD", "GBP", "EUR", "Rs"} {
		if rest, ok := strings.CutSuffix(prefix, c); ok {
			last, _ := utf8.DecodeLastRuneInString(rest)
			return rest == "" || !isLetter(last)
		}
	}
	return false
}

// telephone reports whether a number is written as a telephone number; cued says that words before it say so.
func (x number) telephone(plus, cued bool) bool {
	n, last := len(x.digits), x.lengths[len(x.lengths)-1]
	for i, sep := range x.seps {
		if strings.Contains(sep, "/") && x.lengths[i+1] < 6 {
			return false
		}
	}
	if last < 3 && len(x.lengths) > 1 && x.lengths[0] < 4 && !(plus || cued || x.digits[0] == '0' && n == 10 && len(x.lengths) == 5) {
		return false
	}
	zero := x.digits[0] == '0'
	switch {
	case plus:
		return n >= 9 && n <= 15
	case strings.HasPrefix(x.digits, "00"):
		return n >= 11 && n <= 17
	case zero:
		return n == 10 || n == 11 || n == 9 && len(x.lengths) > 1
	case x.is(3, 3, 4), x.is(1, 3, 3, 4) && x.digits[0] == '1', x.is(3, 7), x.is(10), x.is(2, 2, 3, 4) && x.digits[:2] == "27", x.is(11) && x.digits[:2] == "27":
		return true
	case x.is(3, 4) && x.seps[0] == "-":
		return true
	}
	return cued && n >= 7 && n <= 15
}

// luhn is the check of cards and South African identity numbers (ISO/IEC 7812-1).
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 && sum > 0
}

// southAfrican reports whether 13 digits are an identity number: a date of birth, and the check.
func southAfrican(d string) bool {
	month, day := value(d[2:4]), value(d[4:6])
	return month >= 1 && month <= 12 && day >= 1 && day <= 31 && luhn(d)
}

// nhs is the check of NHS numbers: weights 10 to 2, modulo 11.
func nhs(d string) bool {
	sum := 0
	for i := range 9 {
		sum += int(d[i]-'0') * (10 - i)
	}
	check := (11 - sum%11) % 11
	return check != 10 && check == int(d[9]-'0')
}

// social reports whether nine digits may be a social security number, as the Social Security Administration
// gives them out.
func social(d string) bool {
	area := value(d[:3])
	return area > 0 && area != 666 && area < 900 && value(d[3:5]) > 0 && value(d[5:]) > 0
}
