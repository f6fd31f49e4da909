package model

// A value is a dense feature that is not zero.
type value struct {
	at uint32 // which
	is float32
}

// dense writes dense features one after another.
type dense struct {
	list []value
	at   uint32 // of the next
}

// put writes the next feature.
func (d *dense) put(x float32) {
	if x != 0 {
		d.list = append(d.list, value{d.at, x})
	}
	d.at++
}

// again writes the latest size features again, of which those from one on are not zero.
func (d *dense) again(from, size int) {
	for _, x := range d.list[from:] {
		d.list = append(d.list, value{x.at + uint32(size), x.is})
	}
	d.at += uint32(size)
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}
