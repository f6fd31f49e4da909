package reports

import (
	"strconv"

	"percept/analysis"
)

// smallCell is the count of persons below which a shared audit does not say how many.
//
// What is read from persons' words and their answers to surveys is protected; how many public reviews there are, with how
// many stars and which replies, is anybody's to count at the source and is not. Nor is who left a question out.
const smallCell = 5

// leastJoined is what a count and what was left over after it are at least together, so that what was left over may be
// anything from 1 to 4 to a reader who knows that the count without it would have stood alone.
const leastJoined = 2*smallCell - 1

// small reports whether a count is of so few that it is not told.
func small(n int) bool { return n > 0 && n < smallCell }

// withhold says which of the parts of a total must not be told besides the small ones, so that each small one may still be
// anything from 1 to 4 to a reader who subtracts what is told from the total, knows that a small part is under 5 and that
// one withheld is not. Where no part can hide the small ones, all is true: the total must not be told either.
// (Complementary cell suppression; Hundepool et al. 2012, Statistical Disclosure Control, chapter 4.)
func withhold(parts []int) (with []bool, all bool) {
	with = make([]bool, len(parts))
	hidden, sum := 0, 0
	for _, n := range parts {
		if small(n) {
			hidden++
			sum += n
		}
	}
	// One small part can be 4 when the others are at least 1 each, and those withheld 5; it can be 1 when the others
	// can be the rest.
	least := hidden - 1 + smallCell - 1
	if hidden == 0 || sum >= least && sum <= 1+(hidden-1)*(smallCell-1) {
		return with, false
	}
	// The first will do as well as any: one chosen by its size would tell something of the others.
	for i, n := range parts {
		if n < smallCell {
			continue
		}
		with[i] = true
		sum += n
		if least += smallCell; sum >= least {
			return with, false
		}
	}
	return with, true
}

// least adds a count of which only that it is not less is told.
func (f *figures) least(id, what string, n int) Figure {
	return f.add(id, what, strconv.Itoa(n)+" or more", ">="+strconv.Itoa(n))
}

// countOr adds a count of persons of which, where it is withheld, only that it is not small is told.
func (f *figures) countOr(id, what string, n int, withheld bool) Figure {
	if withheld && !small(n) {
		return f.least(id, what, smallCell)
	}
	return f.count(id, what, n)
}

// tones adds how many of n persons are unhappy, and the share of the happy where share asks for it. A shared audit tells
// no part of n that is small, nor the rest where that is.
func (f *figures) tones(ids, whats [2]string, n, unhappy, happy int, share bool) (bad, good Figure) {
	var told bool // unhappy is told as it is
	if rest := n - unhappy; !f.small && unhappy >= smallCell && rest < smallCell {
		bad = f.least(ids[0], whats[0], max(n-smallCell+1, smallCell))
	} else {
		bad = f.count(ids[0], whats[0], unhappy)
		told = !small(unhappy)
	}
	if !share {
		return bad, good
	}
	lo, hi := f.within(happy, n)
	if rest := n - unhappy; !f.small && told && (small(happy) || small(rest-happy)) {
		switch {
		case rest < leastJoined: // both may be small
			lo, hi = 1, rest-1
		case lo == hi:
			lo, hi = rest-smallCell+1, rest-1
		}
	}
	least, most := analysis.Share{K: lo, N: n}, analysis.Share{K: hi, N: n}
	from, _ := least.Interval()
	_, to := most.Interval()
	if lo == hi {
		return bad, f.number(ids[1], whats[1], percent(least.Value(), from, to), least.Value())
	}
	return bad, f.add(ids[1], whats[1], whole(least.Value())+" to "+percent(most.Value(), from, to), "")
}

// within is the range that a count of k of n persons is told to lie in: k alone, but where k or the rest is small.
func (f *figures) within(k, n int) (lo, hi int) {
	switch {
	case f.small:
	case small(k):
		return 1, smallCell - 1
	case small(n - k):
		return n - smallCell + 1, n - 1
	}
	return k, k
}

// joined are the stretches of a series of counts of persons, from the first of them to after the last, that a shared
// audit tells as one: a small count goes with those that follow it until it is one no more, what is left over at the end
// with what comes before. Only where all together are few a small count is left.
func (f *figures) joined(counts []int) [][2]int {
	var all [][2]int
	from, open := 0, 0
	for i, n := range counts {
		if open += n; !f.small && small(open) {
			continue
		}
		all = append(all, [2]int{from, i + 1})
		from, open = i+1, 0
	}
	if from == len(counts) {
		return all
	}
	for len(all) > 0 && total(counts[from:]) < leastJoined {
		from = all[len(all)-1][0]
		all = all[:len(all)-1]
	}
	return append(all, [2]int{from, len(counts)})
}

// apart is every count for itself.
func apart(counts []int) [][2]int {
	all := make([][2]int, len(counts))
	for i := range all {
		all[i] = [2]int{i, i + 1}
	}
	return all
}

func total(counts []int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}
