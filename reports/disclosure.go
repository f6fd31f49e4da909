package reports

import (
	"math"
	"slices"
	"strconv"

	"percept/analysis"
)

// What a page for sharing tells of persons, by one rule: no figure stands for fewer than smallCell of them, and none lets one
// that does be worked out.
//
//   - A count of 1 to 4 is "under 5". Of the others one that would give such a count away is "5 or more" (withhold, edges).
//   - A share, or a mean of answers, from which a count of 1 to 4 could be worked out is a range (bounds).
//   - Weeks, months and sources of few are counted as one with others (edges), and so are the points of charts.
//   - A list is no count: where fewer than 5 spoke one of them is quoted, and what would let a list be tallied is left out.
//
// What is read from persons' words and their answers to surveys is protected; how many public reviews there are, with how
// many stars and which replies, is anybody's to count at the source and is not. Nor is who left a question out, nor what
// nobody did: 0 is told. Words are quoted to be read, and who reads many may count what they say.

// smallCell is the count of persons below which a page for sharing does not say how many.
const smallCell = 5

// leastJoined is what a count and what was left over after it are at least together, so that what was left over may be
// anything from 1 to 4 to a reader who knows that the count without it would have stood alone.
const leastJoined = 2*smallCell - 1

// small reports whether a count is of so few that it is not told.
func small(n int) bool { return n > 0 && n < smallCell }

// edges are the places between counts, from 0 to how many there are, at which a page for sharing parts a series: what it
// tells is of whole stretches between them. Of no series is such a stretch small, and therefore nothing that adding and
// subtracting stretches gives, unless all together is. Those wanted first are taken first.
func edges(wanted []int, series ...[]int) []int {
	before := make([][]int, len(series)) // sums
	for i, counts := range series {
		before[i] = make([]int, len(counts)+1)
		for j, n := range counts {
			before[i][j+1] = before[i][j] + n
		}
	}
	at := []int{0, len(series[0])}
	for _, x := range wanted {
		i, known := slices.BinarySearch(at, x)
		if known || i == 0 || i == len(at) {
			continue
		}
		few := func(sum []int) bool { return small(sum[x]-sum[at[i-1]]) || small(sum[at[i]]-sum[x]) }
		if !slices.ContainsFunc(before, few) {
			at = slices.Insert(at, i, x)
		}
	}
	return at
}

// upTo are 0 to n.
func upTo(n int) []int {
	all := make([]int, n+1)
	for i := range all {
		all[i] = i
	}
	return all
}

// between are the stretches between edges.
func between(at []int) [][2]int {
	all := make([][2]int, 0, len(at))
	for i := 1; i < len(at); i++ {
		all = append(all, [2]int{at[i-1], at[i]})
	}
	return all
}

// steps is how many units of their scale n answers with a mean lie from an end of it, together: of so many persons at most
// the answer is another one.
func steps(n int, mean, end, unit float64) int {
	return int(math.Ceil(float64(n)*math.Abs(mean-end)/unit - 1e-6))
}

// bounds is the range that the mean of n persons' answers on a scale is told to lie in: the mean alone, but where few can
// have answered anything else than an end of the scale, as many as 1 to 4 of them.
func bounds(n int, mean, lo, hi, unit float64) (from, to float64) {
	few := unit / float64(n)
	top, bottom := small(steps(n, mean, hi, unit)), small(steps(n, mean, lo, unit))
	switch {
	case !top && !bottom:
		return mean, mean
	case steps(n, lo, hi, unit) < leastJoined: // both may be few
		return lo + few, hi - few
	case top:
		return hi - (smallCell-1)*few, hi - few
	}
	return lo + few, lo + (smallCell-1)*few
}

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
	return f.add(id, what, english.count(n)+" or more", ">="+strconv.Itoa(n))
}

// countOr adds a count of persons of which, where it is withheld, only that it is not small is told.
func (f *figures) countOr(id, what string, n int, withheld bool) Figure {
	if withheld && !small(n) {
		return f.least(id, what, smallCell)
	}
	return f.count(id, what, n)
}

// tones adds how many of n persons are unhappy, and the share of the happy where share asks for it. A shared audit tells
// no part of n that is small, nor the rest where that is; neither where they are withheld.
func (f *figures) tones(ids, whats [2]string, n, unhappy, happy int, share, withheld bool) (bad, good Figure) {
	var told bool // unhappy is told as it is
	switch rest := n - unhappy; {
	case withheld:
		bad = f.countOr(ids[0], whats[0], unhappy, true)
	case !f.small && unhappy >= smallCell && rest < smallCell:
		bad = f.least(ids[0], whats[0], max(n-smallCell+1, smallCell))
	default:
		bad = f.count(ids[0], whats[0], unhappy)
		told = !small(unhappy)
	}
	if !share || withheld {
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
// audit tells as one. Only where all together are few a small count is left.
func (f *figures) joined(counts []int, others ...[]int) [][2]int {
	if f.small {
		return apart(counts)
	}
	return between(edges(upTo(len(counts)), append([][]int{counts}, others...)...))
}

// apart is every count for itself.
func apart(counts []int) [][2]int { return between(upTo(len(counts))) }

func total(counts []int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}
