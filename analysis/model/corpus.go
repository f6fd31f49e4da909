package model

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"percept/analysis"
)

// A Piece is a review or an answer of the corpus, cut into units by the person who labelled it.
type Piece struct {
	ID       string        `json:"id"`
	Kind     string        `json:"kind"` // review or answer
	Question string        `json:"question,omitempty"`
	Asks     analysis.Asks `json:"asks,omitempty"`
	Stars    int           `json:"stars,omitempty"` // never a feature
	Outcome  int           `json:"outcome"`         // how the whole ends for the writer, -2 to 2
	Units    []Unit        `json:"units"`
}

// A Unit is a clause or sentence with its labels. The text of a piece is its units joined by spaces.
type Unit struct {
	Text        string         `json:"text"`
	Touchpoints map[string]int `json:"touchpoints,omitempty"` // slug to -1, 0 or 1
	Behaviours  map[string]int `json:"behaviours,omitempty"`  // slug to -1 or 1
	S           int            `json:"s"`                     // sentiment, -2 to 2
	Mixed       bool           `json:"mixed,omitempty"`       // both praise and blame
	// Unsure are the slugs on which two readers disagree; "order:sentiment" where only the sentiment is
	// in doubt, "s" for S. Nothing is learnt of them here.
	Unsure []string `json:"unsure,omitempty"`
}

// text returns the whole piece and where its units lie in it.
func (p *Piece) text() (string, []analysis.Extent) {
	var b strings.Builder
	at := make([]analysis.Extent, len(p.Units))
	for i, u := range p.Units {
		if i > 0 {
			b.WriteByte(' ')
		}
		at[i].Start = b.Len()
		b.WriteString(u.Text)
		at[i].End = b.Len()
	}
	return b.String(), at
}

// A CorpusFile is a file of pieces.
type CorpusFile struct {
	Name, SHA256 string
	Pieces       []Piece
}

//go:embed corpus/*.jsonl
var corpus embed.FS

// Corpus returns the corpus that comes with percept.
func Corpus() ([]CorpusFile, error) {
	names, err := fs.Glob(corpus, "corpus/*.jsonl")
	if err != nil {
		return nil, err
	}
	return ReadCorpus(corpus, names...)
}

// ReadCorpus reads files of pieces, one JSON object a line. A piece without units, a label outside its range
// and an id given twice are errors.
func ReadCorpus(fsys fs.FS, names ...string) ([]CorpusFile, error) {
	seen := map[string]bool{}
	var files []CorpusFile
	for _, name := range names {
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(body)
		f := CorpusFile{Name: path.Base(name), SHA256: hex.EncodeToString(sum[:])}
		lines := bufio.NewScanner(bytes.NewReader(body))
		lines.Buffer(nil, len(body)+1)
		for n := 1; lines.Scan(); n++ {
			p, err := parsePiece(lines.Bytes())
			if err != nil {
				return nil, fmt.Errorf("%s: line %d: %w", f.Name, n, err)
			}
			if seen[p.ID] {
				return nil, fmt.Errorf("%s: line %d: %s is there twice", f.Name, n, p.ID)
			}
			seen[p.ID] = true
			f.Pieces = append(f.Pieces, p)
		}
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		files = append(files, f)
	}
	return files, nil
}

func parsePiece(line []byte) (Piece, error) {
	var p Piece
	if err := json.Unmarshal(line, &p); err != nil {
		return Piece{}, err
	}
	if p.ID == "" || len(p.Units) == 0 {
		return Piece{}, fmt.Errorf("piece %q has no id or no units", p.ID)
	}
	for i, u := range p.Units {
		if strings.TrimSpace(u.Text) == "" {
			return Piece{}, fmt.Errorf("%s: unit %d is empty", p.ID, i+1)
		}
		if u.S < -2 || u.S > 2 {
			return Piece{}, fmt.Errorf("%s: unit %d: s %d is outside -2 to 2", p.ID, i+1, u.S)
		}
		for _, slug := range sorted(u.Touchpoints) {
			if v := u.Touchpoints[slug]; v < -1 || v > 1 {
				return Piece{}, fmt.Errorf("%s: unit %d: %s %d is outside -1 to 1", p.ID, i+1, slug, v)
			}
		}
		for _, slug := range sorted(u.Behaviours) {
			if v := u.Behaviours[slug]; v != -1 && v != 1 {
				return Piece{}, fmt.Errorf("%s: unit %d: %s %d is not -1 or 1", p.ID, i+1, slug, v)
			}
		}
	}
	return p, nil
}

// sorted returns the keys of m in order.
func sorted(m map[string]int) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
