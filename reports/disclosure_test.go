package reports

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"percept/analysis"
)

// TestASmallPartMayBeAnythingItSays: who subtracts what is told of the parts from their total learns of no small part more
// than that it is small.
func TestASmallPartMayBeAnythingItSays(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	hid := 0
	for range 20_000 {
		parts := make([]int, 1+rng.IntN(7))
		for i := range parts {
			parts[i] = rng.IntN(4 + rng.IntN(40))
		}
		with, all := withhold(parts)
		sum, smalls, withheld := 0, 0, 0
		for i, n := range parts {
			switch {
			case with[i] && n < smallCell:
				t.Fatalf("withhold(%v) withholds %d, which is small or nothing", parts, n)
			case with[i]:
				withheld++
			case small(n):
				smalls++
			default:
				continue
			}
			sum += n
		}
		if smalls == 0 && (withheld > 0 || all) {
			t.Fatalf("withhold(%v) = %v, %v, want nothing withheld", parts, with, all)
		}
		if smalls == 0 || all {
			continue
		}
		hid++
		// All but one small part leave from least to most for it.
		least, most := sum-(smalls-1)*(smallCell-1), sum-(smalls-1)-withheld*smallCell
		if withheld > 0 {
			least = 1
		}
		if least > 1 || most < smallCell-1 {
			t.Fatalf("withhold(%v) = %v: a small part is told to be from %d to %d", parts, with, max(least, 1), min(most, smallCell-1))
		}
	}
	if hid < 1000 {
		t.Errorf("only %d tables had something to hide", hid)
	}
}

// looks are the tables that look alike when they are published, by what they look like.
type looks map[string][][]int

// hides fails where a small cell of a table has the same value in all tables that look alike: who knows how percept hides
// would know it.
func (all looks) hides(t *testing.T, what string) {
	t.Helper()
	smalls := 0
	for look, tables := range all {
		for cell := range tables[0] {
			seen := map[int]bool{}
			anySmall := false
			for _, table := range tables {
				seen[table[cell]] = true
				anySmall = anySmall || small(table[cell])
			}
			if anySmall {
				smalls++
			}
			if len(seen) == 1 && anySmall {
				t.Fatalf("%s: cell %d of %v is told by %q", what, cell, tables[0], look)
			}
		}
	}
	if smalls == 0 {
		t.Errorf("%s: nothing was small", what)
	}
}

// tables calls f with all tables of so many cells under most.
func tables(cells, most int, f func([]int)) {
	table := make([]int, cells)
	for {
		f(table)
		i := 0
		for i < cells && table[i] == most-1 {
			table[i] = 0
			i++
		}
		if i == cells {
			return
		}
		table[i]++
	}
}

// TestWhoKnowsTheRulesLearnsNoPart looks at all tables with a total, published as the parts of a total are.
func TestWhoKnowsTheRulesLearnsNoPart(t *testing.T) {
	for cells, most := range map[int]int{2: 40, 3: 26, 4: 22} {
		all := looks{}
		tables(cells, most, func(parts []int) {
			if small(total(parts)) || total(parts) >= most {
				return // few are told of as few; and not all with a larger total are looked at
			}
			f := &figures{}
			with, hide := withhold(parts)
			look := f.countOr("", "", total(parts), hide).Value
			for i, n := range parts {
				look += " " + f.countOr("", "", n, with[i]).Value
			}
			all[look] = append(all[look], slices.Clone(parts))
		})
		all.hides(t, fmt.Sprintf("%d parts", cells))
	}
}

// TestWhoKnowsTheRulesLearnsNoTone looks at all ways to be unhappy, neither and happy, with what the page and the table
// say of them: numbers, shares and their intervals.
func TestWhoKnowsTheRulesLearnsNoTone(t *testing.T) {
	all := looks{}
	for n := smallCell; n < 26; n++ {
		for unhappy := 0; unhappy <= n; unhappy++ {
			for happy := 0; happy <= n-unhappy; happy++ {
				f := &figures{}
				f.count("n", "", n)
				f.tones([2]string{"u", "h"}, [2]string{}, n, unhappy, happy, n >= enough, false)
				look := fmt.Sprint(f.list)
				all[look] = append(all[look], []int{n, unhappy, happy, n - unhappy - happy, n - unhappy, n - happy})
			}
		}
	}
	all.hides(t, "tones")
}

// TestWhoKnowsTheUnhappySinceAChangeLearnsNoneBefore looks at all ways to be unhappy before a change, of which few are, and since
// then, of whom the weekly page tells how many, with what the audit says of the year.
func TestWhoKnowsTheUnhappySinceAChangeLearnsNoneBefore(t *testing.T) {
	all := looks{}
	for before := smallCell; before < 10; before++ {
		for since := smallCell; since < 13; since++ {
			for few := 1; few < smallCell; few++ {
				for unhappy := smallCell; unhappy <= since; unhappy++ {
					d := newDisclosure(1, []int{1}, nil, []int{before, since}, nil, [][]int{{few, unhappy}, {before - few, since - unhappy}})
					if d.has(d.tones, 0, 2) || !d.has(d.tones, 1, 2) {
						continue
					}
					n, bad := before+since, few+unhappy
					for happy := range n - bad + 1 {
						f := &figures{}
						f.tones([2]string{"u", "h"}, [2]string{}, n, bad, happy, n >= enough, true)
						look := fmt.Sprint(before, since, unhappy, f.list)
						all[look] = append(all[look], []int{few, before - few, happy, n - bad - happy})
					}
				}
			}
		}
	}
	all.hides(t, "tones before a change")
}

// TestWhoKnowsTheRulesLearnsNoMonth looks at series of months with the total of the year.
func TestWhoKnowsTheRulesLearnsNoMonth(t *testing.T) {
	for cells, most := range map[int]int{2: 30, 3: 24, 4: 16, 5: 11} {
		all := looks{}
		tables(cells, most, func(months []int) {
			if small(total(months)) || total(months) >= most {
				return // told as one; or not all with the total are looked at
			}
			f := &figures{}
			look := fmt.Sprint(total(months))
			for _, j := range f.joined(months) {
				n := total(months[j[0]:j[1]])
				if small(n) {
					t.Fatalf("joined(%v) leaves %d", months, n)
				}
				look += fmt.Sprint(" ", j, n)
			}
			all[look] = append(all[look], slices.Clone(months))
		})
		all.hides(t, fmt.Sprintf("%d months", cells))
	}
	inside := &figures{small: true}
	if got := inside.joined([]int{3, 0, 9}); len(got) != 3 {
		t.Errorf("inside, months are joined: %v", got)
	}
}

// TestNoPointIsAHandful: points are of enough people, in order, and none of the year is lost.
func TestNoPointIsAHandful(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 2))
	begin := time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC)
	for range 5000 {
		var points []analysis.Point
		weeks := 1 + rng.IntN(60)
		for i := range weeks {
			if n := rng.IntN(1 + rng.IntN(9)); n > 0 {
				points = append(points, analysis.Point{Week: begin.Add(time.Duration(i) * week), People: n, Mean: 2*rng.Float64() - 1})
			}
		}
		first := begin.Add(time.Duration(rng.IntN(weeks)) * week)
		second := first.Add(time.Duration(rng.IntN(20)) * week)
		got := stretches(points, first, second, false)
		n, sum, since := 0, 0.0, 0
		for i, s := range got {
			if s.people < smallCell || s.to.Before(s.from) || i > 0 && !s.from.After(got[i-1].to) {
				t.Fatalf("stretches of %v: %v", points, got)
			}
			n += s.people
			sum += float64(s.people) * s.mean
			if !s.from.Before(first) {
				since += s.people
			}
		}
		want, wantSum, ofYear := 0, 0.0, 0
		for _, p := range points {
			if len(got) > 0 && !p.Week.Before(got[0].from) {
				want += p.People
				wantSum += float64(p.People) * p.Mean
			}
			if !p.Week.Before(first) {
				ofYear += p.People
			}
		}
		if n != want || sum-wantSum > 1e-9 || wantSum-sum > 1e-9 {
			t.Fatalf("stretches of %v have %d people, want %d", points, n, want)
		}
		if before := spoke(points) - ofYear; ofYear >= smallCell && since != ofYear || len(got) > 0 && ofYear >= smallCell && small(before) && n != ofYear {
			t.Fatalf("stretches of %v, of which the year has %d from %s: %v", points, ofYear, first.Format(time.DateOnly), got)
		}
	}
}

// TestASharedAuditTellsNoSmallCount holds an audit of generated practices against the same one for inside: what is small
// there is not told, neither as a figure nor before rounding, and shares of which few are a part or the rest are ranges.
func TestASharedAuditTellsNoSmallCount(t *testing.T) {
	p := harbour(t)
	few := func(value string) bool {
		n, err := strconv.Atoi(value)
		return err == nil && small(n)
	}
	hidden, ranges := 0, 0
	for seed := range uint64(2) {
		w := invent(p, seed+40)
		w.reviews, w.responses = w.reviews[:len(w.reviews)/(1+int(seed))], w.responses[:len(w.responses)/(1+int(seed))]
		s := newStore(t, w)
		o := auditOptions(t, s, p)
		shared := makeAudit(t, s, p, o)
		o.Audience = Internal
		internal := map[string]Figure{}
		for _, f := range makeAudit(t, s, p, o).Figures {
			internal[f.ID] = f
		}
		for _, f := range shared.Figures {
			public := strings.HasPrefix(f.ID, "repl") || strings.HasPrefix(f.ID, "bridge.") || strings.HasPrefix(f.ID, "altered.") || strings.HasPrefix(f.ID, "accuracy.") ||
				strings.HasPrefix(f.ID, "scope.source") || strings.HasSuffix(f.ID, "placed") || strings.HasPrefix(f.ID, "rating") || strings.HasPrefix(f.ID, "letter.") || strings.HasPrefix(f.ID, "metric1.") || strings.HasPrefix(f.ID, "reviews.") || strings.HasPrefix(f.ID, "stars.")
			if few(f.Value) && f.Shown == f.Value && !public {
				t.Errorf("%s (%s) tells %s", f.ID, f.What, f.Shown)
			}
			in, ok := internal[f.ID]
			if !ok {
				continue
			}
			switch {
			case f.Value == "<5":
				hidden++
				if !few(in.Value) {
					t.Errorf("%s is %q, not small, and hidden", f.ID, in.Value)
				}
			case f.Value == "" && in.Value != "" && strings.Contains(f.Shown, " to "):
				ranges++
			}
		}
	}
	if hidden == 0 || ranges == 0 {
		t.Errorf("%d counts hidden and %d shares told as ranges: nothing was tested", hidden, ranges)
	}
}
