package model

import "slices"

// A value is a dense feature by itself.
type value struct {
	at uint32 // which
	is float32
}

// A run is dense features one after another: from at on, so many.
type run struct{ at, size uint32 }

// dense writes dense features; those left out are zero.
type dense struct {
	list []value
	runs []run
	flow []float32 // of all runs
	at   uint32    // of the next feature
	from int       // of the runs at hand: none goes on from those before
}

// clear forgets what was written.
func (d *dense) clear() {
	d.list, d.runs, d.flow, d.at, d.from = d.list[:0], d.runs[:0], d.flow[:0], 0, 0
}

// room returns where the next n features are to be written, all of them.
func (d *dense) room(n int) []float32 {
	if k := len(d.runs) - 1; k >= d.from && d.runs[k].at+d.runs[k].size == d.at {
		d.runs[k].size += uint32(n)
	} else {
		d.runs = append(d.runs, run{d.at, uint32(n)})
	}
	d.at += uint32(n)
	from := len(d.flow)
	d.flow = slices.Grow(d.flow, n)[:from+n]
	return d.flow[from:]
}

// put writes the next features.
func (d *dense) put(features ...float32) { copy(d.room(len(features)), features) }

// set writes feature at, which is among those passed over.
func (d *dense) set(at uint32, x float32) { d.list = append(d.list, value{at, x}) }

// values returns what was written and is not zero.
func (d *dense) values() []value {
	list, flow := slices.Clone(d.list), d.flow
	for _, r := range d.runs {
		for i, x := range flow[:r.size] {
			if x != 0 {
				list = append(list, value{r.at + uint32(i), x})
			}
		}
		flow = flow[r.size:]
	}
	return list
}

// flag is 1 or 0, without a jump, which could not be foreseen.
func flag(b bool) float32 {
	n := int32(0)
	if b {
		n = 1
	}
	return float32(n)
}
