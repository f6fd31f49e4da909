package model

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// plane draws n rows of two features and a constant; the label leans to one side of a line.
func plane(n int) []row {
	random := rand.New(rand.NewPCG(7, 7))
	rows := make([]row, n)
	for i := range rows {
		a, b := random.Float32()*2-1, random.Float32()*2-1
		t := no
		if random.Float64() < sigmoid(float64(3*a-2*b+1)) {
			t = yes
		}
		rows[i] = row{x: vector{[]uint32{0, 1, 2}, []float32{a, b, 1}}, truth: []truth{t}, weight: 1 + float64(i%3), fold: i % folds}
	}
	return rows
}

func TestLogisticEndsWhereTheGradientIsNearZero(t *testing.T) {
	rows := plane(400)
	examples := recipe{}.examples(rows, 0, -1)
	const cost = 0.5
	w := logistic(examples, 3, cost, 1)
	var g [3]float64
	for i := range g {
		g[i] = float64(w[i])
	}
	for _, r := range examples {
		y := -1.0
		if r.yes {
			y = 1
		}
		p := sigmoid(-r.margin(w))
		for i, at := range r.x.at {
			g[at] -= cost * r.weight * y * p * float64(r.x.val[i])
		}
	}
	for i, v := range g {
		if math.Abs(v) > 0.5 { // of sums of some hundred
			t.Errorf("gradient %d = %.3f at %v, want about 0", i, v, w)
		}
	}
	if w[0] < 1 || w[1] > -0.5 || w[2] < 0.3 {
		t.Errorf("weights %v, want the signs and order of 3, -2, 1", w)
	}
}

func TestLogisticGivesTheSameBitsForTheSameSeed(t *testing.T) {
	examples := recipe{}.examples(plane(200), 0, -1)
	if a, b := logistic(examples, 3, 1, 5), logistic(examples, 3, 1, 5); !slices.Equal(a, b) {
		t.Errorf("weights %v and %v of one seed", a, b)
	}
}

func TestExamplesLeaveOutTheFoldAndTheUnknown(t *testing.T) {
	rows := plane(40)
	rows[1].truth[0] = unknown
	for _, e := range (recipe{}).examples(rows, 0, 2) {
		for i := range rows {
			if e.x == &rows[i].x && (i == 1 || rows[i].fold == 2) {
				t.Errorf("row %d is among the examples", i)
			}
		}
	}
}

func TestBalancedSidesWeighTheSame(t *testing.T) {
	var sum [2]float64
	for _, e := range (recipe{balanced: true}).examples(plane(300), 0, -1) {
		sum[int(flag(e.yes))] += e.weight
	}
	if math.Abs(sum[0]-sum[1]) > 1e-6*sum[0] {
		t.Errorf("weights of the sides %v, want the same", sum)
	}
}

func TestPlattFindsSlopeAndShift(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	z, truths := make([]float64, 20000), make([]truth, 20000)
	for i := range z {
		z[i], truths[i] = random.NormFloat64()*2, no
		if random.Float64() < sigmoid(0.7*z[i]-1) {
			truths[i] = yes
		}
	}
	if a, b := platt(z, truths); math.Abs(a-0.7) > 0.05 || math.Abs(b+1) > 0.1 {
		t.Errorf("platt = %.3f, %.3f, want 0.7, -1", a, b)
	}
}

func TestBestCutIsWhereF1IsBest(t *testing.T) {
	var z []float64
	var truths []truth
	for i := range 200 { // right from 0.5 on, mostly wrong under it
		p := float64(i) / 200
		z = append(z, math.Log((p+0.001)/(1.001-p)))
		truths = append(truths, no)
		if p >= 0.5 {
			truths[i] = yes
		}
	}
	if cut := bestCut(z, truths, 1, 0); math.Abs(cut-0.5) > 0.02 {
		t.Errorf("bestCut = %.3f, want 0.5", cut)
	}
}

func TestPackedWeightsDecideAsTrainedOnes(t *testing.T) {
	l := layout{Blocks: []block{{Name: "words", Bits: 2, Length: 1}}, Dense: 1}
	trained := [][]float32{{0.5, -1, 0.25, 0, 2}, {0.01, 0.02, -0.04, 0, -3}}
	b := pack(l, []string{"a", "b"}, []byte{20, 20, 20, 20}, trained)
	v := vector{[]uint32{0, 1, 2, 4}, []float32{1, 0.5, 2, 0.1}}
	var got [2]float64
	b.logits(&v, got[:])
	for j, w := range trained {
		want := 0.0
		for i, at := range v.at {
			want += float64(w[at] * v.val[i])
		}
		if math.Abs(got[j]-want) > 0.02*math.Abs(want)+0.01 {
			t.Errorf("logit %d = %.4f, want %.4f", j, got[j], want)
		}
	}
}
