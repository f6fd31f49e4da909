package reports

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// The files of a data pack.
const (
	figuresFile = "figures.csv"
	configFile  = "config.json"
	packFile    = "pack.json"
	sumsFile    = "SHA256SUMS" // as sha256sum -c reads it
)

// packFormat is the version of the pack's layout.
const packFormat = 1

// A Pack says what an audit was made of, and with what.
type Pack struct {
	Format   int       `json:"format"`
	Practice string    `json:"practice"`
	Now      time.Time `json:"now"`
	Week     string    `json:"week"` // Monday of the last week that was judged
	Audience Audience  `json:"audience"`
	Percept  string    `json:"percept"`
	Model    string    `json:"model"`
	Taxonomy string    `json:"taxonomy"`
	Figures  int       `json:"figures"`
	// Explorable: the page carries the script that makes its charts explorable.
	Explorable bool `json:"explorable"`
}

// A packed is a file of a pack.
type packed struct {
	name string
	data []byte
}

// pack makes the files: the page, its figures, the config, the versions, and the sums of all.
func (a *Audit) pack(p collector.Practice, o AuditOptions, t *analysis.Taxonomy) error {
	info := Pack{
		Format: packFormat, Practice: p.ID, Now: o.Now.UTC(), Week: a.Week.Format(time.DateOnly), Audience: o.Audience,
		Percept: o.Version, Model: o.Model, Taxonomy: t.Name + " " + t.Version, Figures: len(a.Figures), Explorable: o.explorable(),
	}
	manifest, err := asJSON(info)
	if err != nil {
		return err
	}
	config, err := asJSON(o.Config)
	if err != nil {
		return err
	}
	figures, err := figuresCSV(a.Figures)
	if err != nil {
		return err
	}
	a.made = info.Now
	a.files = []packed{{indexFile, a.Page}, {figuresFile, figures}, {configFile, config}, {packFile, manifest}}
	var sums strings.Builder
	for _, f := range a.files {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(f.data), f.name)
	}
	a.files = append(a.files, packed{sumsFile, []byte(sums.String())})
	return nil
}

// Write writes page and pack into a folder, making it, and returns the files.
func (a *Audit) Write(dir string) ([]string, error) {
	var names []string
	for _, f := range a.files {
		name := filepath.Join(dir, f.name)
		if err := writeFile(name, f.data); err != nil {
			return names, err
		}
		names = append(names, name)
	}
	return names, nil
}

// WriteZip writes page and pack into one file; the same audit gives the same bytes.
func (a *Audit) WriteZip(name string) error {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range a.files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: a.made})
		if err != nil {
			return err
		}
		if _, err := w.Write(f.data); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return writeFile(name, b.Bytes())
}

func figuresCSV(all []Figure) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"id", "figure", "shown", "value"}}
	seen := map[string]bool{}
	for _, f := range all {
		if seen[f.ID] {
			return nil, fmt.Errorf("figure %s stands twice", f.ID)
		}
		seen[f.ID] = true
		rows = append(rows, []string{inert(f.ID), inert(f.What), inert(f.Shown), inert(f.Value)})
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// inert is a cell as no spreadsheet takes it for a formula. Numbers are left as they are.
func inert(cell string) string {
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return cell
	}
	return collector.Inert(cell)
}

// packMost is the most bytes a file of a pack is read to.
const packMost = 64 << 20

// ReadPack reads what a pack says it was made of.
func ReadPack(pack fs.FS) (Pack, error) {
	var p Pack
	data, err := readPacked(pack, packFile)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(data, &p); err != nil {
		return p, fmt.Errorf("%s: %w", packFile, err)
	}
	if p.Format != packFormat {
		return p, fmt.Errorf("%s: format %d is not known, only %d", packFile, p.Format, packFormat)
	}
	if p.Practice == "" || p.Now.IsZero() || p.Audience != Shared && p.Audience != Internal {
		return p, fmt.Errorf("%s: no practice, time or audience that an audit can be made of", packFile)
	}
	return p, nil
}

func readPacked(pack fs.FS, name string) (data []byte, err error) {
	f, err := pack.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if data, err = io.ReadAll(io.LimitReader(f, packMost+1)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(data) > packMost {
		return nil, fmt.Errorf("%s has more than %d bytes", name, packMost)
	}
	return data, nil
}
