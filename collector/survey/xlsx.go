package survey

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"percept/collector/yamlfile"
)

// A workbook is one sheet of an XLSX file, checked to its end before a row of it is believed.
type workbook struct {
	x     *excelize.File
	sheet string
	facts sheetFacts
	// dates says of each column whether its numbers are dates, by their number format.
	dates    []bool
	date1904 bool
	unpacked string // Options.TempDir where it was made, else empty
}

// openWorkbook opens the stated sheet of a workbook of size bytes, or its first visible one that holds a row.
func openWorkbook(r io.ReaderAt, size int64, parts *archive, o Options) (*workbook, error) {
	w := &workbook{}
	if o.TempDir != "" && parts.partLimit() == heldPart {
		if err := os.MkdirAll(o.TempDir, 0o700); err != nil {
			return nil, err
		}
		w.unpacked = o.TempDir
	}
	x, err := excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: max(parts.size, smallArchive), UnzipXMLSizeLimit: parts.partLimit(), TmpDir: w.unpacked,
	})
	if err != nil {
		return nil, fmt.Errorf("not a workbook that can be read: %w", err)
	}
	w.x = x
	err = parts.checkStrings()
	if err == nil {
		err = w.pick(parts, o.Mapping.Sheet)
	}
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// Close removes what was unpacked.
func (w *workbook) Close() error {
	err := w.x.Close()
	if w.unpacked != "" {
		_ = os.Remove(w.unpacked) // it holds more where another workbook is read
	}
	return err
}

// pick takes the stated sheet, or the first visible one that holds a row.
func (w *workbook) pick(parts *archive, stated string) error {
	names := w.x.GetSheetList()
	if stated != "" {
		if i, err := w.x.GetSheetIndex(stated); err != nil || i < 0 {
			return fmt.Errorf("there is no sheet %q%s", stated, yamlfile.DidYouMean(stated, names))
		}
		names = []string{stated}
	}
	for _, n := range names {
		if visible, err := w.x.GetSheetVisible(n); stated == "" && (err != nil || !visible) {
			continue
		}
		facts, err := parts.checkSheet(n)
		if err != nil {
			return fmt.Errorf("sheet %q: %w", n, err)
		}
		if w.sheet, w.facts = n, facts; facts.last > 0 {
			return w.dateColumns()
		}
	}
	if w.sheet == "" {
		return errors.New("the workbook has no visible sheet")
	}
	return fmt.Errorf("sheet %q is empty", w.sheet)
}

// dateColumns finds the columns whose numbers are mostly dates.
func (w *workbook) dateColumns() error {
	props, err := w.x.GetWorkbookProps()
	if err != nil {
		return err
	}
	w.date1904 = props.Date1904 != nil && *props.Date1904
	w.dates = make([]bool, len(w.facts.numbers))
	for c, styles := range w.facts.numbers {
		dated, all := 0, 0
		for style, n := range styles {
			all += n
			if w.isDateStyle(style) {
				dated += n
			}
		}
		w.dates[c] = all > 0 && dated*2 > all
	}
	return nil
}

func (w *workbook) isDateStyle(style int) bool {
	s, err := w.x.GetStyle(style)
	if err != nil {
		return false
	}
	if s.CustomNumFmt != nil {
		return isDateFormat(*s.CustomNumFmt)
	}
	n := s.NumFmt
	return n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58
}

// isDateFormat reports whether a number format shows days or years: letters outside of quotes,
// brackets and escapes.
func isDateFormat(code string) bool {
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false
			}
			i += 1 + end
		case '[':
			i += max(0, strings.IndexByte(code[i:], ']'))
		case 'y', 'Y', 'd', 'D':
			return true
		}
	}
	return false
}

// records streams the sheet. Blank rows are no rows; a sheet that ends before its last row is an error.
func (w *workbook) records() (records, error) {
	rows, err := w.x.Rows(w.sheet)
	if err != nil {
		return nil, err
	}
	return &sheetReader{w: w, rows: rows}, nil
}

type sheetReader struct {
	w    *workbook
	rows *excelize.Rows
	line int
}

func (s *sheetReader) next() (record, error) {
	for s.rows.Next() {
		s.line++
		cells, err := s.rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return record{}, fmt.Errorf("row %d: %w", s.line, err)
		}
		if blankRow(cells) {
			continue
		}
		for c := range min(len(cells), len(s.w.dates)) {
			if s.w.dates[c] {
				cells[c] = unserial(cells[c], s.w.date1904)
			}
		}
		return record{line: s.line, cells: cells}, nil
	}
	if err := s.rows.Close(); err != nil {
		return record{}, err
	}
	if s.line < s.w.facts.last {
		return record{}, fmt.Errorf("sheet %q holds %d rows, but reading ended after row %d", s.w.sheet, s.w.facts.last, s.line)
	}
	return record{}, io.EOF
}

func blankRow(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// unserial writes a serial day number as a date, with the time of day where it has one. Anything
// else stays as it is.
func unserial(cell string, date1904 bool) string {
	t, clock, ok := serialTime(cell, date1904)
	switch {
	case !ok:
		return cell
	case clock:
		return t.Format("2006-01-02 15:04:05")
	}
	return t.Format("2006-01-02")
}

// serialTime reads a day number: days since 1899-12-30, or since 1904-01-01 in the 1904 system.
// Its fraction is the time of day, to the second. The 60th of the 1900 system, a day that never was,
// and what lies before it, are not read.
func serialTime(cell string, date1904 bool) (t time.Time, clock, ok bool) {
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil || math.IsNaN(v) || v <= 60 || v > 2958465 {
		return t, false, false
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	days := math.Floor(v)
	seconds := int(math.Round((v - days) * 86400))
	return epoch.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second), seconds > 0, true
}
