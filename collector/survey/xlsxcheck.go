package survey

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"
)

const maxColumns = 5_000

// sheetFacts is what a sheet's XML holds, counted by a strict reader.
type sheetFacts struct {
	last   int // number of the last row
	stated int // last row that the sheet's dimension states, 0 where it states none
	// numbers counts, by column and cell style, the cells that hold numbers.
	numbers []map[int]int
}

// part finds the XML of a sheet through the workbook's relations.
func (a *archive) part(sheet string) (*zip.File, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			// Strict is the same relation in files of the strict kind.
			Strict string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Relations []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := a.decode("xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	if err := a.decode("xl/_rels/workbook.xml.rels", &rels); err != nil {
		return nil, err
	}
	for _, s := range book.Sheets {
		for _, r := range rels.Relations {
			if !strings.EqualFold(s.Name, sheet) || r.ID != s.ID+s.Strict {
				continue
			}
			target := path.Join("xl", r.Target)
			if strings.HasPrefix(r.Target, "/") {
				target = strings.TrimPrefix(r.Target, "/")
			}
			if f := a.files[strings.ToLower(target)]; f != nil {
				return f, nil
			}
		}
	}
	return nil, errors.New("the workbook does not say where the sheet is")
}

func (a *archive) decode(name string, into any) error {
	f := a.files[name]
	if f == nil {
		return fmt.Errorf("the workbook lacks %s", name)
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	if err := errors.Join(newDecoder(r).Decode(into), r.Close()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func newDecoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = charset.NewReaderLabel
	return d
}

// checkStrings refuses a text of a workbook that is too long to be held: a person did not write it.
func (a *archive) checkStrings() error {
	f := a.files[sharedStrings]
	if f == nil || f.UncompressedSize64 <= maxRecord {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	left := &budget{r: r}
	d := newDecoder(left)
	for n := 0; err == nil; {
		left.left = maxRecord
		var token xml.Token
		token, err = d.Token()
		if e, is := token.(xml.StartElement); is && err == nil && e.Name.Local == "si" {
			n++
			err = d.Skip()
		}
		if errors.Is(err, errBudget) {
			err = fmt.Errorf("text %d takes more than %d MB", n+1, maxRecord>>20)
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return errors.Join(err, r.Close())
}

// checkSheet reads the sheet's XML to its end tag. A streaming reader of spreadsheets may stop at a
// fault as if the sheet ended there; this one says so.
func (a *archive) checkSheet(sheet string) (sheetFacts, error) {
	f, err := a.part(sheet)
	if err != nil {
		return sheetFacts{}, err
	}
	r, err := f.Open()
	if err != nil {
		return sheetFacts{}, err
	}
	s, err := readFacts(r)
	return s, errors.Join(err, r.Close())
}

func readFacts(r io.Reader) (sheetFacts, error) {
	var s sheetFacts
	left := &budget{r: r}
	d := newDecoder(left)
	row, column, style, number, depth, within := 0, 0, 0, false, 0, false
	for {
		if !within { // a row has one budget, and so has each token outside of rows
			left.left = maxRecord
		}
		token, err := d.Token()
		if errors.Is(err, io.EOF) && depth == 0 {
			return s, nil
		}
		switch {
		case errors.Is(err, errBudget) && within:
			return s, fmt.Errorf("row %d takes more than %d MB", row, maxRecord>>20)
		case errors.Is(err, errBudget):
			return s, fmt.Errorf("its XML holds more than %d MB in one piece behind row %d", maxRecord>>20, row)
		}
		if err != nil {
			return s, fmt.Errorf("its XML breaks off after row %d: %w", row, err)
		}
		switch e := token.(type) {
		case xml.Directive:
			return s, errors.New("its XML holds a DTD")
		case xml.EndElement:
			depth--
			within = within && e.Name.Local != "row"
		case xml.StartElement:
			depth++
			switch e.Name.Local {
			case "dimension":
				s.stated = lastRow(attribute(e, "ref"))
			case "row":
				within, left.left = true, maxRecord
				row, column = numbered(attribute(e, "r"), row+1), 0
				s.last = max(s.last, row)
			case "c":
				column = columnOf(attribute(e, "r"), column+1)
				if column > maxColumns {
					return s, fmt.Errorf("row %d has more than %d columns", row, maxColumns)
				}
				style = numbered(attribute(e, "s"), 0)
				t := attribute(e, "t")
				number = t == "" || t == "n"
			case "v":
				if number {
					s.count(column, style)
				}
			}
		}
	}
}

func (s *sheetFacts) count(column, style int) {
	for len(s.numbers) < column {
		s.numbers = append(s.numbers, map[int]int{})
	}
	s.numbers[column-1][style]++
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func numbered(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return n
	}
	return otherwise
}

// columnOf reads the letters of a cell's name: "AB12" is 28.
func columnOf(cell string, otherwise int) int {
	n := 0
	for _, c := range cell {
		if c < 'A' || c > 'Z' || n > maxColumns {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	if n == 0 {
		return otherwise
	}
	return n
}

var trailingNumber = regexp.MustCompile(`[0-9]+$`)

func lastRow(dimension string) int { return numbered(trailingNumber.FindString(dimension), 0) }
