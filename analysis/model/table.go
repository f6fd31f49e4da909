package model

// A table is a hashed block as scoring adds it up, for one bank or for several that have its features in common. A row is a
// byte for each number: the weights of a bank, then the square.
type table struct {
	shape
	rows []byte
}

const (
	bias = 1 << 7 // makes a weight a byte without a sign
	most = 128    // how many rows are added in one go: half of what two bytes have room for
)

// A column is where the numbers of a bank are in a table.
type column struct {
	at, labels int
	length     float32
	part       part // of a strip
}

// A share of a table is a block of a bank, and where to put its column.
type share struct {
	bank  *linear
	block int
	to    *column
}

// newTable returns the table of blocks that have the same features; shares without a bank are left out. A block with fewer
// rows than another has each of its rows several times. Rows are filled up to a multiple of group, a power of two.
func newTable(group int, shares ...share) *table {
	n, bits := 0, 0
	for _, s := range shares {
		if s.bank == nil {
			continue
		}
		b := s.bank.Layout.Blocks[s.block]
		*s.to = column{at: n, labels: len(s.bank.Labels), length: b.Length}
		n += len(s.bank.Labels) + 1
		bits = max(bits, b.Bits)
	}
	t := &table{shape: shape{shift: int32(32 - bits), width: int32((n + group - 1) / group * group), stride: int32(group)}}
	for t.stride < t.width {
		t.stride *= 2
	}
	t.rows = make([]byte, t.stride<<bits)
	for _, s := range shares {
		if s.bank == nil {
			continue
		}
		k, from := len(s.bank.Labels), s.bank.Layout.before(s.block)
		fewer := bits - s.bank.Layout.Blocks[s.block].Bits
		for r := range 1 << bits {
			row, of := t.rows[r*int(t.stride)+s.to.at:][:k+1], from+r>>fewer
			for j, w := range s.bank.weights[of*k:][:k] {
				row[j] = w ^ bias
			}
			row[k] = s.bank.squares[of]
		}
	}
	return t
}

// row is where the row of a feature begins.
func (t *table) row(feature uint32) int32 { return int32(feature>>uint(t.shift)) * t.stride }

// of returns the row of a feature.
func (t *table) of(feature uint32) []byte { return t.rows[t.row(feature):][:t.width] }
