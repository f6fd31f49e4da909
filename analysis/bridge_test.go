package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

func star(v float64) *float64 { return &v }

func TestBridgeNamesWhatMovedTheMean(t *testing.T) {
	old := RatingPair{Source: "a", Before: star(4), After: star(4), N: 8}
	tests := []struct {
		name                      string
		pairs                     []RatingPair
		new, removed, edited, mix float64
	}{
		{"two bad reviews came", []RatingPair{old, {Source: "a", After: star(1), N: 2}}, -.6, 0, 0, 0},
		{"two bad reviews went", []RatingPair{old, {Source: "a", Before: star(1), N: 2}}, 0, .6, 0, 0},
		{"two were edited", []RatingPair{old, {Source: "a", Before: star(1), After: star(4), N: 2}}, 0, 0, .6, 0},
		{"a poor source came: nobody changed a mind", []RatingPair{old, {Source: "b", After: star(2), N: 8}}, 0, 0, 0, -1},
		{"a poor source went", []RatingPair{old, {Source: "b", Before: star(2), N: 8}}, 0, 0, 0, 1},
		{"a poor source grew with what it always had", []RatingPair{old, {Source: "b", Before: star(2), After: star(2), N: 8}, {Source: "b", After: star(2), N: 16}}, 0, 0, 0, -.5},
		{"all of a source was replaced", []RatingPair{{Source: "a", Before: star(2), N: 5}, {Source: "a", After: star(5), N: 5}}, 3, 0, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b, ok := BridgeRatings(test.pairs)
			if !ok {
				t.Fatal("no bridge")
			}
			got := [4]float64{b.New.Value, b.Removed.Value, b.Edited.Value, b.Mix}
			for i, want := range [4]float64{test.new, test.removed, test.edited, test.mix} {
				if math.Abs(got[i]-want) > 1e-12 {
					t.Errorf("new, removed, edited, mix = %v, want %v", got, [4]float64{test.new, test.removed, test.edited, test.mix})
					break
				}
			}
		})
	}
}

func TestBridgeOfNothingIsNone(t *testing.T) {
	for _, pairs := range [][]RatingPair{nil, {{Source: "a", After: star(5), N: 3}}, {{Source: "a", Before: star(5), N: 3}}} {
		if b, ok := BridgeRatings(pairs); ok {
			t.Errorf("BridgeRatings(%v) = %+v, want none", pairs, b)
		}
	}
}

// Whatever came, went, changed or moved between sources: the parts are the change, the counts are the reviews.
func TestPartsOfABridgeAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 2))
	made := 0
	for range 20_000 {
		var pairs []RatingPair
		var from, to float64
		nFrom, nTo := 0, 0
		for range r.IntN(12) {
			p := RatingPair{Source: string(rune('a' + r.IntN(4))), N: 1 + r.IntN(30)}
			if r.IntN(3) > 0 {
				p.Before = star(float64(1 + r.IntN(5)))
				from += float64(p.N) * *p.Before
				nFrom += p.N
			}
			if r.IntN(3) > 0 {
				p.After = star(float64(1 + r.IntN(5)))
				to += float64(p.N) * *p.After
				nTo += p.N
			}
			pairs = append(pairs, p)
		}
		b, ok := BridgeRatings(pairs)
		if ok != (nFrom > 0 && nTo > 0) {
			t.Fatalf("BridgeRatings(%v) says %v of %d and %d ratings", pairs, ok, nFrom, nTo)
		}
		if !ok {
			continue
		}
		made++
		want := to/float64(nTo) - from/float64(nFrom)
		if got := b.New.Value + b.Removed.Value + b.Edited.Value + b.Mix; math.Abs(got-want) > 1e-9 || math.Abs(b.Change()-want) > 1e-9 {
			t.Fatalf("parts of %v add up to %v, Change is %v, want %v", pairs, got, b.Change(), want)
		}
		if b.NFrom+b.New.N-b.Removed.N != b.NTo {
			t.Fatalf("%d + %d new - %d removed is not %d", b.NFrom, b.New.N, b.Removed.N, b.NTo)
		}
	}
	if made < 10_000 {
		t.Errorf("only %d bridges were made", made)
	}
}
