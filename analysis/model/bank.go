package model

import (
	"math"
	"sync"
)

// A row is a vector with what is known of each label.
type row struct {
	x      vector
	truth  []truth
	weight float64
	fold   int  // rows of one fold are held out together
	home   bool // of the kind of text that confidence is calibrated for
}

// A truth says whether a label holds; unknown rows teach the label nothing.
type truth int8

const (
	no      truth = -1
	unknown truth = 0
	yes     truth = 1
)

// A recipe is how a bank is trained.
type recipe struct {
	layout   layout
	labels   []string
	cost     float64
	balanced bool    // both sides of a label weigh the same
	sides    int     // of how many labels, the first, exactly one holds; 0 where each stands by itself
	cut      float64 // the probability from which a label is given; 0 for the best of each label
	seed     uint64
	workers  int
}

// learn trains one logistic regression a label on the rows, which are weighed already, leaving out fold out (-1 for none).
func (r recipe) learn(squares []byte, rows []row, out int) *linear {
	trained := make([][]float32, len(r.labels))
	next := make(chan int)
	var group sync.WaitGroup
	for range max(1, r.workers) {
		group.Go(func() {
			for j := range next {
				trained[j] = logistic(r.examples(rows, j, out), r.layout.size(), r.cost, r.seed+uint64(j))
			}
		})
	}
	for j := range r.labels {
		next <- j
	}
	close(next)
	group.Wait()
	return pack(r.layout, r.labels, squares, trained)
}

// examples are the rows that know label j.
func (r recipe) examples(rows []row, j, out int) []example {
	var list []example
	var sum [2]float64
	for i := range rows {
		x := &rows[i]
		if x.truth[j] == unknown || x.fold == out {
			continue
		}
		list = append(list, example{x: &x.x, yes: x.truth[j] == yes, weight: x.weight})
		sum[(x.truth[j]+1)/2] += x.weight
	}
	if !r.balanced || sum[0] == 0 || sum[1] == 0 {
		return list
	}
	for i := range list {
		side := 0
		if list[i].yes {
			side = 1
		}
		list[i].weight *= (sum[0] + sum[1]) / (2 * sum[side])
	}
	return list
}

// squareStep is how finely squares of inverse document frequencies are kept in a byte.
const squareStep = 0.6

// weighAll finds the inverse document frequencies, ln((1+n)/(1+df))+1, applies them, and returns their squares.
func weighAll(l layout, rows []row) []byte {
	df := make([]int, l.hashed())
	for _, r := range rows {
		for _, at := range r.x.at {
			if int(at) < len(df) {
				df[at]++
			}
		}
	}
	squares := make([]byte, len(df))
	for i, n := range df {
		idf := math.Log(float64(1+len(rows))/float64(1+n)) + 1
		squares[i] = byte(min(math.Round(idf*idf/squareStep), math.MaxUint8))
	}
	for i := range rows {
		rows[i].x.weigh(l, squares)
	}
	return squares
}

// heldOut returns, for every row, the logits of a bank that was trained without the row's fold.
func (r recipe) heldOut(squares []byte, rows []row, folds int) [][]float64 {
	out := make([][]float64, len(rows))
	for f := range folds {
		b := r.learn(squares, rows, f)
		for i := range rows {
			if rows[i].fold == f {
				out[i] = make([]float64, len(r.labels))
				b.logits(&rows[i].x, out[i])
			}
		}
	}
	return out
}
