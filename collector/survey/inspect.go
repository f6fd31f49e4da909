package survey

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"percept/collector"
)

// The rows that decide what the columns are; the order of dates is decided by all rows.
const (
	sampleRows  = 20_000
	sampleBytes = 32 << 20
)

// A profile is what the sample shows of one column.
type profile struct {
	filled   int            // cells with an answer
	distinct map[string]int // cells by content, up to maxDistinct
	many     bool           // more than maxDistinct
	dates    int            // cells that are dates and nothing else
	serials  int            // cells that are day numbers of our time
	digits   int            // cells of digits alone that may be dates: Unix times, 20250304
	words    int
	prose    int // cells of four words or more
	mails    int
}

const maxDistinct = 2_000

func (p *profile) add(cell string) {
	if blank(cell) && !strings.EqualFold(strings.TrimSpace(cell), "nan") {
		return
	}
	p.filled++
	if p.distinct == nil {
		p.distinct = make(map[string]int)
	}
	switch short := strings.TrimSpace(cell); {
	case p.distinct[short] > 0:
		p.distinct[short]++
	case len(short) <= 200 && len(p.distinct) < maxDistinct:
		p.distinct[strings.Clone(short)] = 1
	default:
		p.many = true
	}
	if n := len(cell); n >= 6 && n <= 64 {
		_, err := parseStamp(cell)
		switch digits := onlyDigits(cell); {
		case err == nil && digits:
			p.digits++
		case err == nil:
			p.dates++
		}
		if mailAddress(cell) {
			p.mails++
		}
	}
	if serialDay(cell) {
		p.serials++
	}
	n := len(strings.Fields(cell))
	p.words += n
	if n >= 4 {
		p.prose++
	}
}

// serialDay reports whether a cell is a day number between 1982 and 2064.
func serialDay(cell string) bool {
	cell = strings.TrimSpace(cell)
	if len(cell) < 5 || len(cell) > 24 || cell[0] < '3' || cell[0] > '5' {
		return false
	}
	t, _, ok := serialTime(cell, false)
	return ok && t.Year() >= 1982 && t.Year() <= 2064
}

func onlyDigits(s string) bool {
	return !strings.ContainsFunc(strings.TrimSpace(s), func(r rune) bool { return r < '0' || r > '9' })
}

// unique is the share of answers that no other row gives.
func (p *profile) unique() float64 {
	if p.filled == 0 {
		return 0
	}
	if p.many {
		return 1
	}
	return float64(len(p.distinct)) / float64(p.filled)
}

// category reports whether the column sorts rows into a few kinds.
func (p *profile) category() bool {
	return !p.many && len(p.distinct) >= 1 && len(p.distinct) <= 60 && p.filled >= 3*len(p.distinct)
}

// sorted returns the contents in a fixed order.
func (p *profile) sorted() []string { return slices.Sorted(maps.Keys(p.distinct)) }

// inspect decides the layout of the file: headings, then columns by their headings and a sample of
// rows, then the order of dates by all rows.
func (t *file) inspect(ctx context.Context, o Options) (Layout, error) {
	l, err := t.readHead(ctx, o)
	if err != nil {
		return l, err
	}
	settled, err := o.Mapping.apply(&l)
	if err != nil {
		return l, err
	}
	rows, err := t.rows(ctx, &l)
	if err != nil {
		return l, err
	}
	var (
		sample   [][]string
		profiles = make([]profile, len(l.Columns))
		size     int
		broken   error
	)
	for len(sample) < sampleRows && size < sampleBytes {
		r, err := rows.next()
		if err != nil {
			broken = err
			break
		}
		if r.bad != "" {
			l.Rows++
			continue
		}
		sample = append(sample, slices.Clone(r.cells))
		for i, cell := range r.cells[:min(len(r.cells), len(profiles))] {
			size += len(cell) + 16
			profiles[i].add(cell)
		}
	}
	d := decider{l: &l, o: o, mapped: len(settled) > 0, settled: settled, profiles: profiles}
	d.decide()
	info, err := t.f.Stat()
	if err != nil {
		return l, err
	}
	orders, codes := newOrders(&l, profiles), newCodes(&l)
	t.repeats = newRepeats(&l, info.Size())
	show := func(cells []string) {
		orders.add(cells)
		codes.add(cells)
		t.repeats.add(cells)
	}
	for _, cells := range sample {
		show(cells)
	}
	l.Rows += len(sample)
	for broken == nil {
		r, err := rows.next()
		if err != nil {
			broken = err
			break
		}
		l.Rows++
		if r.bad == "" {
			show(r.cells)
		}
	}
	if err := ctx.Err(); err != nil {
		return l, err
	}
	codes.note(&l)
	if l.Rows > 0 {
		orders.settle(&l, o)
	}
	if !errors.Is(broken, io.EOF) {
		l.Notes = append(l.Notes, fmt.Sprintf("the file cannot be read to its end: %v", broken))
	}
	l.addFileNotes(t)
	return l, nil
}

// codes counts the numbers of the Friends and Family Test that its scale does not name.
type codes struct {
	columns []int
	scales  []Scale
	met     []map[string]int
}

func newCodes(l *Layout) *codes {
	c := &codes{}
	for i, column := range l.Columns {
		if column.Role == Rating && column.Scale.Codes {
			c.columns = append(c.columns, i)
			c.scales = append(c.scales, column.Scale)
			c.met = append(c.met, make(map[string]int))
		}
	}
	return c
}

func (c *codes) add(cells []string) {
	for n, i := range c.columns {
		if r, came := c.scales[n].read(cell(cells, i)); came == unscaled && (len(c.met[n]) < 20 || c.met[n][r.Raw] > 0) {
			c.met[n][strings.Clone(r.Raw)]++
		}
	}
}

func (c *codes) note(l *Layout) {
	labels := l.labels()
	for n, i := range c.columns {
		for _, code := range slices.Sorted(maps.Keys(c.met[n])) {
			l.Notes = append(l.Notes, fmt.Sprintf("%s with %s in “%s”: not on the scale, so no rating", collector.Plural(c.met[n][code], "row"), code, labels[i]))
		}
	}
}

func (l *Layout) addFileNotes(t *file) {
	if n := t.text.invalid; n > 0 && t.book == nil {
		l.Notes = append(l.Notes, collector.Plural(n, "byte")+" not UTF-8, replaced by “\uFFFD”")
	}
	if n := t.text.nuls; n > 0 && t.book == nil && !strings.HasPrefix(t.text.encoding, "utf-16") {
		l.Notes = append(l.Notes, collector.Plural(n, "NUL byte")+" dropped")
	}
	if t.book == nil {
		return
	}
	if f := t.book.facts; f.stated > f.last {
		l.Notes = append(l.Notes, fmt.Sprintf("the sheet states %d rows and holds %d", f.stated, f.last))
	}
}

// rows reads what stands under the headings.
func (t *file) rows(ctx context.Context, l *Layout) (records, error) {
	rows, err := t.records(ctx)
	if err != nil {
		return nil, err
	}
	if l.HeaderRows == 0 { // the names stand in every row
		return rows, nil
	}
	for skip := -1; ; {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		if r.line == l.Header {
			skip = l.HeaderRows
		}
		if skip--; skip == 0 {
			return rows, nil
		}
	}
}
