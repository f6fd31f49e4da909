package model

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"percept/analysis"
)

// A Labelled is a text of a labelled set.
type Labelled struct {
	ID, SID  string
	Text     string
	Question string
	QType    string
	Aspect   string
	Label    string   // negative, neutral, positive; others are left out
	Label5   string   // or empty
	Score    float64  // -1 to 1
	Themes   []string // of a set of themes
}

// A Set is a file of labelled texts.
type Set struct {
	Name   string // of the file
	SHA256 string
	Rows   []Labelled
}

// ReadSet reads a JSONL file of labelled texts.
func ReadSet(file string) (Set, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return Set{}, err
	}
	sum := sha256.Sum256(body)
	s := Set{Name: filepath.Base(file), SHA256: hex.EncodeToString(sum[:])}
	lines := bufio.NewScanner(bytes.NewReader(body))
	lines.Buffer(nil, len(body)+1)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var r Labelled
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return Set{}, fmt.Errorf("%s: line %d: %w", s.Name, n, err)
		}
		s.Rows = append(s.Rows, r)
	}
	return s, lines.Err()
}

// text is the row as it goes to a scorer.
func (r Labelled) text() analysis.Text {
	return analysis.Text{ID: r.ID, Text: r.Text, Question: r.Question, Aspect: r.Aspect}
}

// told is the row as it goes to a scorer that is told what the unknown question invited.
func (r Labelled) told() analysis.Text {
	t := r.text()
	if r.Question != "" {
		return t
	}
	switch r.QType {
	case "what_good":
		t.Asks = analysis.AsksPraise
	case "could_improve":
		t.Asks = analysis.AsksImprove
	case "nonspecific":
		t.Asks = analysis.AsksWhy
	}
	return t
}
