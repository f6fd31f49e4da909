package reports

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"percept/collector"
)

// A Difference is one thing in a pack that is not what was computed again.
type Difference struct {
	Place      string `json:"place"`  // index.html or figures.csv: of a figure; or another file
	Figure     string `json:"figure"` // its id, empty where no figure differs
	What       string `json:"what"`
	Pack       string `json:"pack"`       // what the pack says
	Recomputed string `json:"recomputed"` // what the store says
}

// Verify holds a pack against this audit, which was made again from the store: every figure in the page and in
// figures.csv, every other letter of the page, the config, and the sums of all files. A pack that is not all
// there is not an error but a difference.
func (a *Audit) Verify(pack fs.FS) ([]Difference, error) {
	var all []Difference
	held := map[string][]byte{}
	for _, f := range a.files {
		data, err := readPacked(pack, f.name)
		if errors.Is(err, fs.ErrNotExist) {
			all = append(all, Difference{Place: f.name, What: "file", Pack: "not there", Recomputed: plural(len(f.data), "byte", "bytes")})
			continue
		}
		if err != nil {
			return nil, err
		}
		held[f.name] = data
	}
	all = append(all, sums(held)...)
	names := map[string]string{}
	for _, f := range a.Figures {
		names[f.ID] = f.What
	}
	for _, f := range a.files {
		data, ok := held[f.name]
		if !ok || bytes.Equal(data, f.data) {
			continue
		}
		var found []Difference
		var err error
		switch f.name {
		case indexFile:
			found, err = differ(data, f.data, inPage)
		case figuresFile:
			found, err = differ(data, f.data, inTable)
		case sumsFile:
			continue // what it says of each file was held against that file
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		for i := range found {
			found[i].Place, found[i].What = f.name, names[found[i].Figure]
		}
		if len(found) == 0 {
			line, was, is := firstLine(data, f.data)
			found = []Difference{{Place: f.name, What: fmt.Sprintf("line %d", line), Pack: was, Recomputed: is}}
		}
		all = append(all, found...)
	}
	return all, nil
}

// sums holds the files against the sums that the pack names.
func sums(held map[string][]byte) []Difference {
	var all []Difference
	named := map[string]bool{}
	for line := range strings.Lines(string(held[sumsFile])) {
		want, name, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "  ")
		data, there := held[name]
		if !ok || !there || named[name] {
			all = append(all, Difference{Place: sumsFile, What: "line", Pack: strings.TrimSpace(line), Recomputed: "one line for each file of the pack"})
			continue
		}
		named[name] = true
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != want {
			all = append(all, Difference{Place: name, What: "SHA-256", Pack: want, Recomputed: hex.EncodeToString(sum[:])})
		}
	}
	for name, data := range held {
		if name != sumsFile && !named[name] && held[sumsFile] != nil {
			all = append(all, Difference{Place: name, What: "SHA-256", Pack: "not in " + sumsFile, Recomputed: fmt.Sprintf("%x", sha256.Sum256(data))})
		}
	}
	slices.SortFunc(all, func(a, b Difference) int { return strings.Compare(a.Place+a.What+a.Pack, b.Place+b.What+b.Pack) })
	return all
}

// A shown is what a file says of figures: by id, and the ids in their order.
type shown struct {
	of    map[string][]string // as shown, and the number before it was rounded
	order []string
}

func (s *shown) add(id string, values ...string) {
	if _, ok := s.of[id]; ok {
		id += " (again)" // a second one of the same id is none of ours
	}
	s.of[id] = values
	s.order = append(s.order, id)
}

// differ compares the figures of two files of a kind.
func differ(pack, fresh []byte, read func([]byte) (*shown, error)) ([]Difference, error) {
	was, err := read(pack)
	if err != nil {
		return nil, err
	}
	is, err := read(fresh)
	if err != nil {
		return nil, err
	}
	var all []Difference
	for _, id := range is.order {
		old, ok := was.of[id]
		if !ok {
			all = append(all, Difference{Figure: id, Pack: "not there", Recomputed: is.of[id][0]})
			continue
		}
		for i, v := range is.of[id] {
			if old[i] != v {
				all = append(all, Difference{Figure: id, Pack: old[i], Recomputed: v})
				break
			}
		}
	}
	for _, id := range was.order {
		if _, ok := is.of[id]; !ok {
			all = append(all, Difference{Figure: id, Pack: was.of[id][0], Recomputed: "not there"})
		}
	}
	return all, nil
}

// inPage reads the figures of a page: elements whose id begins with "f-".
func inPage(page []byte) (*shown, error) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	s := &shown{of: map[string][]string{}}
	for n := range root.Descendants() {
		id, value := "", ""
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				id, _ = strings.CutPrefix(a.Val, "f-")
				if id == a.Val {
					id = ""
				}
			case "value":
				value = a.Val
			}
		}
		if n.Type != html.ElementNode || id == "" {
			continue
		}
		var text strings.Builder
		for c := range n.Descendants() {
			if c.Type == html.TextNode {
				text.WriteString(c.Data)
			}
		}
		s.add(id, text.String(), value)
	}
	return s, nil
}

// inTable reads the figures of a table.
func inTable(table []byte) (*shown, error) {
	r := csv.NewReader(bytes.NewReader(table))
	r.FieldsPerRecord = 4
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	s := &shown{of: map[string][]string{}}
	for i, row := range rows {
		if i > 0 {
			s.add(collector.Live(row[0]), collector.Live(row[2]), collector.Live(row[3]), collector.Live(row[1]))
		}
	}
	return s, nil
}

// firstLine finds the first line in which two files differ.
func firstLine(pack, fresh []byte) (number int, was, is string) {
	a, b := strings.Split(string(pack), "\n"), strings.Split(string(fresh), "\n")
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	at := func(lines []string) string {
		if i < len(lines) {
			return lines[i]
		}
		return "no such line"
	}
	was, is = at(a), at(b)
	same := 0 // of both lines alike, that what differs can be seen
	for same < len(was) && same < len(is) && was[same] == is[same] {
		same++
	}
	from := max(0, same-30)
	return i + 1, around(was, from), around(is, from)
}

// around cuts a line to what is shown of it.
func around(s string, from int) string {
	from = min(from, len(s))
	s = s[from:min(len(s), from+80)]
	return strings.ToValidUTF8(s, "")
}
