package survey

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
)

// blocks turns the rows of a file into the bodies of pages: comma-separated lines of UTF-8 whose first
// cell is the row's line in the file, followed where one applies by a mark that only the whole file
// can tell:
//
//	17                the row as it stands
//	17 twin 1         equal to an earlier row, of another person
//	17 double of 12   the same row again
//	17 rejected WHY   not to be taken; its cells are left out
//	17 withheld       without consent: no fault, and its cells are left out
//
// Columns that tell who a person is are empty. Where one row is one answer, the rows of a respondent
// stand together and in one block. Rows that may stand in the file again are held as 16-byte hashes.
type blocks struct {
	l    *Layout
	size int
	body []byte
	rows int // in body
	sent bool

	repeats  *repeats
	seen     map[[16]byte]sighting
	personal []int
	raw      rawRow
	id       int
	consent  int
	time     int
	practice int
	// respondent is the column that groups rows, -1 where rows are responses; the groups are gathered until
	// the end of the file.
	respondent int
	gatherer   *gatherer // nil where rows are responses
	scratch    []byte
	err        error // what ended it beside emit
}

type sighting struct {
	row   [8]byte // of the first row's hash
	line  uint32
	twins uint32
}

// newBlocks returns the blocks of a file, all rows of which were shown to its repeats.
func newBlocks(l *Layout, o Options, r *repeats) *blocks {
	b := &blocks{
		l: l, size: o.blockRows(), repeats: r, seen: make(map[[16]byte]sighting),
		raw: newRawRow(l), id: l.find(ID), consent: l.find(Consent), time: l.find(When), practice: l.find(Practice), respondent: -1,
	}
	if l.Long {
		b.respondent, b.gatherer = l.find(Respondent), newGatherer(o.TempDir)
	}
	for i, c := range l.Columns {
		if c.Role == Personal {
			b.personal = append(b.personal, i)
		}
	}
	return b
}

// add takes one row and passes on a block when it is full. It is false when emit wants no more, or after an error.
func (b *blocks) add(r record, emit func([]byte) bool) bool {
	head := strconv.Itoa(r.line)
	if r.bad != "" {
		return b.put([]string{head + " rejected " + r.bad}, emit)
	}
	cells := r.cells
	if b.l.Escapes {
		for i, c := range cells {
			cells[i] = unescape(c)
		}
	}
	if b.consent >= 0 && !blankRow(cells) && !agreed(cell(cells, b.consent)) {
		word := cell(cells, b.consent)
		switch width := len(b.l.Columns); {
		case b.l.Kind == "csv" && len(cells) < width:
			return b.put([]string{head + " rejected " + miscounted(len(cells), width)}, emit)
		case !declined(word):
			return b.put([]string{fmt.Sprintf("%s rejected “%s” is neither yes nor no, and without consent no answer is taken", head, shorten(word, 40))}, emit)
		}
		return b.put([]string{head + " withheld"}, emit)
	}
	mark, rejected := b.mark(cells, r.line)
	if rejected {
		return b.put([]string{head + mark}, emit)
	}
	for _, i := range b.personal {
		if i < len(cells) {
			cells[i] = ""
		}
	}
	group := cells
	if strings.HasPrefix(mark, " double") {
		group = nil
	}
	b.scratch = appendRow(append(append(append(b.scratch[:0], head...), mark...), ','), cells)
	return b.putLine(group, b.scratch, emit)
}

func (b *blocks) put(row []string, emit func([]byte) bool) bool {
	return b.putLine(nil, appendRow(nil, row), emit)
}

// putLine adds a line to the block, or to the group of the respondent that cells name.
func (b *blocks) putLine(cells []string, line []byte, emit func([]byte) bool) bool {
	who := ""
	if b.respondent >= 0 {
		who = strings.TrimSpace(cell(cells, b.respondent))
	}
	if who == "" { // it waits for no other
		b.body = append(b.body, line...)
		b.rows++
		return !b.full() || b.flush(emit)
	}
	b.err = b.gatherer.add(who+"\x00"+cell(cells, b.practice), line)
	return b.err == nil
}

// full keeps a block to its rows, and to 16 MB where these are long.
func (b *blocks) full() bool { return b.rows >= b.size || len(b.body) >= 16<<20 }

func (b *blocks) flush(emit func([]byte) bool) bool {
	body := b.body
	b.body, b.rows, b.sent = make([]byte, 0, len(body)), 0, true
	return emit(body)
}

// close passes on what is left: at least one block, were it without rows.
func (b *blocks) close(emit func([]byte) bool) error {
	more := true
	if b.gatherer != nil {
		err := b.gatherer.each(func(w waiting) bool {
			b.body = append(b.body, w.body...)
			b.rows += w.rows
			more = !b.full() || b.flush(emit)
			return more
		})
		if err != nil {
			return err
		}
	}
	if more && (b.rows > 0 || !b.sent) {
		b.flush(emit)
	}
	return nil
}

// mark compares the row with those before it: by its id, else by what the file wrote, as the stored
// response is named after that. Rows of a respondent are compared whole.
func (b *blocks) mark(cells []string, line int) (mark string, rejected bool) {
	if blankRow(cells) || !b.repeats.may(cells) {
		return "", false
	}
	row := hash(cells...)
	named := b.id >= 0 && !blank(cell(cells, b.id))
	k := row
	switch {
	case named:
		k = hash("id", cell(cells, b.practice), strings.TrimSpace(cells[b.id]))
	case blank(cell(cells, b.respondent)):
		k = hash("raw", b.raw.of(cells))
	}
	s, known := b.seen[k]
	if !known {
		s = sighting{line: uint32(line)}
		copy(s.row[:], row[:])
		b.seen[k] = s
		return "", false
	}
	alike, first := string(s.row[:]) == string(row[:8]), s.line
	if again, ok := b.seen[row]; ok && !alike { // the same as a twin of the first
		alike, first = true, again.line
	}
	switch earlier := strconv.Itoa(int(first)); {
	case alike && (named || b.respondent >= 0 || b.punctual(cells)):
		return " double of " + earlier, false
	case named:
		return " rejected id “" + shorten(cells[b.id], 60) + "” stands with other content on line " + earlier, true
	}
	s.twins++
	b.seen[k] = s
	if !alike {
		b.seen[row] = sighting{line: uint32(line)}
	}
	return " twin " + strconv.Itoa(int(s.twins)), false
}

// punctual reports whether the row has a time to the second: two equal rows are then one answer.
// Times to the minute are shared by people, at a desk with a tablet or after a mailing.
func (b *blocks) punctual(cells []string) bool {
	return b.l.Time.Seconds && b.time >= 0 && !blank(cell(cells, b.time))
}

func hash(fields ...string) [16]byte {
	size := 0
	for _, f := range fields {
		size += len(f) + 8
	}
	b := make([]byte, 0, size)
	for _, f := range fields {
		b = strconv.AppendInt(b, int64(len(f)), 10)
		b = append(append(b, ':'), f...)
	}
	sum := sha256.Sum256(b)
	return [16]byte(sum[:16])
}

// cell returns cell i, empty where the row has none.
func cell(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return cells[i]
}

var vvEscapes = strings.NewReplacer("{newline}", "\n", "{cr}", "\r", "{tab}", "\t", "{lbrace}", "{", "{question_not_shown}", "")

// unescape reads the marks that LimeSurvey writes into its VV files.
func unescape(s string) string {
	if !strings.Contains(s, "{") {
		return s
	}
	return vvEscapes.Replace(s)
}
