package model

import (
	"bytes"
	_ "embed" // the weights
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

//go:embed weights.bin
var embedded []byte

// magic starts a file of weights.
const magic = "percept weights 2\n"

// maxHeader is how many bytes the head of a file may have.
const maxHeader = 8 << 20

// Weights are all that training found. They are never changed, so any number of scorers may share them.
type Weights struct {
	Version     string   `json:"version"` // a hash of what they were trained from and how
	Touchpoints []string `json:"touchpoints,omitempty"`
	Behaviours  []string `json:"behaviours,omitempty"`

	Whole  *linear `json:"whole"`            // sentiment of a text
	Units  *linear `json:"units,omitempty"`  // touchpoints and behaviours of a clause or sentence
	Topics *linear `json:"topics,omitempty"` // which of its aspects a clause is about
	Aspect *linear `json:"aspect"`           // sentiment of one aspect
	Themes *linear `json:"themes,omitempty"` // a user's own taxonomy, of a whole text

	laidOut sync.Once
	laid    *tables
}

// tables returns the weights as scoring adds them up.
func (w *Weights) tables() *tables {
	w.laidOut.Do(func() { w.laid = newTables(w) })
	return w.laid
}

// banks returns the banks that there are, in the order of a file.
func (w *Weights) banks() []*linear {
	var list []*linear
	for _, b := range []*linear{w.Whole, w.Units, w.Topics, w.Aspect, w.Themes} {
		if b != nil {
			list = append(list, b)
		}
	}
	return list
}

// WriteTo writes the file: magic, the length of a JSON head, the head, then for each bank the squares of
// document frequencies and the weights.
func (w *Weights) WriteTo(out io.Writer) (int64, error) {
	head, err := json.Marshal(w)
	if err != nil {
		return 0, err
	}
	var b bytes.Buffer
	b.WriteString(magic)
	b.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(head))))
	b.Write(head)
	for _, bank := range w.banks() {
		b.Write(bank.squares)
		b.Write(bank.weights)
	}
	return b.WriteTo(out)
}

// ReadWeights reads a file of weights. It keeps parts of body.
func ReadWeights(body []byte) (*Weights, error) {
	rest, ok := bytes.CutPrefix(body, []byte(magic))
	if !ok || len(rest) < 4 {
		return nil, errors.New("no file of percept weights")
	}
	n := binary.LittleEndian.Uint32(rest)
	rest = rest[4:]
	if n > maxHeader || int(n) > len(rest) {
		return nil, errors.New("the head is cut off")
	}
	w := new(Weights)
	if err := json.Unmarshal(rest[:n], w); err != nil {
		return nil, fmt.Errorf("head: %w", err)
	}
	rest = rest[n:]
	if w.Whole == nil || w.Aspect == nil {
		return nil, errors.New("a bank is missing")
	}
	for _, b := range w.banks() {
		var err error
		if rest, err = b.take(rest); err != nil {
			return nil, err
		}
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("%d bytes too many", len(rest))
	}
	return w, w.check()
}

// take cuts the tables of a bank from body.
func (l *linear) take(body []byte) (rest []byte, err error) {
	k := len(l.Labels)
	for _, b := range l.Layout.Blocks {
		if b.Bits < 1 || b.Bits > maxBits {
			return nil, fmt.Errorf("a table of 2^%d", b.Bits)
		}
	}
	if k == 0 || k > maxLabels || len(l.Layout.Blocks) > 16 || l.Layout.Dense < 0 || len(l.Dense) != k*l.Layout.Dense {
		return nil, errors.New("a bank does not add up")
	}
	for _, list := range [][]float32{l.Scale, l.Slope, l.Shift, l.Cut} {
		if len(list) != k {
			return nil, errors.New("a bank does not add up")
		}
	}
	n := l.Layout.hashed()
	if len(body) < n*(1+k) {
		return nil, errors.New("a table is cut off")
	}
	l.squares, l.weights = body[:n:n], body[n:n*(1+k):n*(1+k)]
	return body[n*(1+k):], nil
}

// check reports banks whose layout is not the one that features are made for.
func (w *Weights) check() error {
	same := func(a, b layout) bool { return a.Dense == b.Dense && slices.Equal(a.Blocks, b.Blocks) }
	switch {
	case !same(w.Whole.Layout, wholeLayout) || len(w.Whole.Labels) != verdicts,
		!same(w.Aspect.Layout, aspectLayout) || len(w.Aspect.Labels) != len(three),
		w.Topics != nil && !same(w.Topics.Layout, topicLayout),
		w.Themes != nil && !same(w.Themes.Layout, topicLayout),
		w.Units != nil && (!same(w.Units.Layout, unitLayout(len(w.Touchpoints), len(w.Behaviours))) ||
			!slices.Equal(w.Units.Labels, unitLabels(w.Touchpoints, w.Behaviours))):
		return errors.New("trained by another version of percept")
	}
	return nil
}

// BuiltIn returns the weights that come with percept, read once.
var BuiltIn = sync.OnceValues(func() (*Weights, error) {
	w, err := ReadWeights(embedded)
	if err != nil {
		return nil, fmt.Errorf("embedded weights: %w", err)
	}
	return w, nil
})
