package reviews

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"percept/collector"
	"percept/collector/survey"
)

// FileOptions say what a Files reads and how.
type FileOptions struct {
	// Path is a file or a pattern such as /data/reviews/*.csv; Name is how the config writes it.
	Path, Name string
	// Kind is the type of the source; empty is "reviews". With a built-in format's, the source has the
	// name of the platform alone, which its interface has too: what was imported is known to it.
	Kind   string
	Zone   *time.Location // of times that state none; nil is UTC
	Fields Fields
	// Practices finds the practice that Subject names; nil where all rows are of one practice.
	Practices func(subject string) (id string, ok bool)
	// BlockRows is how many rows of a table make a page; 0 is 2,000.
	BlockRows int
}

// Files reads files of reviews: tables (CSV, TSV, XLSX), JSON and JSON lines. It implements
// collector.Source.
type Files struct{ o FileOptions }

var _ collector.Source = (*Files)(nil)

// maxFile bounds a file in JSON, in bytes: it is read whole.
const maxFile = 64 << 20

// NewFiles returns the Source of the files at o.Path.
func NewFiles(o FileOptions) (*Files, error) {
	if _, err := filepath.Match(o.Path, ""); err != nil || o.Path == "" {
		return nil, fmt.Errorf("reviews: path %q is no file and no pattern", o.Path)
	}
	if o.Name == "" {
		o.Name = o.Path
	}
	if o.BlockRows <= 0 {
		o.BlockRows = 2_000
	}
	switch o.Fields.Order {
	case "", survey.DayFirst, survey.MonthFirst, survey.YearFirst:
	default:
		return nil, fmt.Errorf("reviews: order is %q, want dmy or mdy", o.Fields.Order)
	}
	return &Files{o}, nil
}

// Name is "reviews:" and the path as the config writes it, or the platform.
func (s *Files) Name() string {
	if BuiltIn(s.o.Kind) != nil {
		return s.o.Kind
	}
	return "reviews:" + s.o.Name
}

// Pages reads the files, tables block by block. An error is of one file and names it; the next goes on.
func (s *Files) Pages(ctx context.Context, q collector.Query) iter.Seq2[collector.Page, error] {
	return func(yield func(collector.Page, error) bool) {
		paths, err := survey.Files(s.o.Path)
		if err != nil {
			yield(collector.Page{}, fmt.Errorf("%s: %w", s.o.Name, err))
			return
		}
		for _, path := range paths {
			if ctx.Err() != nil {
				return
			}
			more := true
			err := s.read(ctx, path, q.Now, func(p collector.Page) bool {
				more = ctx.Err() == nil && yield(p, nil)
				return more
			})
			if err != nil && more && ctx.Err() == nil {
				more = yield(collector.Page{}, fmt.Errorf("%s: %w", s.named(path), err))
			}
			if !more {
				return
			}
		}
	}
}

// named is how messages name one of the files: as the config would write it.
func (s *Files) named(path string) string {
	if path == s.o.Path {
		return s.o.Name
	}
	root := strings.TrimSuffix(s.o.Path, filepath.FromSlash(s.o.Name))
	return filepath.ToSlash(strings.TrimPrefix(path, root))
}

func (s *Files) read(ctx context.Context, path string, now time.Time, yield func(collector.Page) bool) error {
	asJSON, err := startsJSON(path)
	if err != nil {
		return err
	}
	if asJSON {
		return s.readJSON(path, now, yield)
	}
	return s.readTable(ctx, path, now, yield)
}

// startsJSON reports whether the file at path begins like JSON.
func startsJSON(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close() //nolint:errcheck // read only
	start := make([]byte, 512)
	n, err := io.ReadFull(f, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, err
	}
	return IsJSON(start[:n]), nil
}

// readJSON yields a file of a known format as it is, of any other as a list of flat objects.
func (s *Files) readJSON(path string, now time.Time, yield func(collector.Page) bool) error {
	doc, l, err := readJSON(path, s.o.Kind, s.o.Fields)
	if err != nil {
		return err
	}
	if f := BuiltIn(l.Format); f != nil && f.Refused != "" {
		return errors.New(f.Refused)
	}
	if f := BuiltIn(l.Format); f != nil && f.Counts {
		doc = map[string]any{"total": json.Number(fmt.Sprint(f.Total.count(doc)))}
	}
	if f := BuiltIn(l.Format); f != nil {
		f.forget("", doc)
	}
	body, err := encode(scrub(doc))
	if err != nil {
		return err
	}
	stated, err := json.Marshal(l)
	if err != nil {
		return err
	}
	yield(collector.Page{URL: s.named(path), FetchedAt: now, ContentType: "application/json", Body: body, Layout: stated})
	return nil
}

// readJSON reads a file in JSON and decides its layout.
func readJSON(path, kind string, stated Fields) (any, layout, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, layout{}, err
	}
	if info.Size() > maxFile {
		return nil, layout{}, fmt.Errorf("%d MB, at most %d are read; write it as CSV", info.Size()>>20, maxFile>>20)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, layout{}, err
	}
	doc, err := decode(body)
	if err != nil {
		return nil, layout{}, err
	}
	f, err := formatOf(doc, kind)
	if err != nil {
		return nil, layout{}, err
	}
	if f != nil && stated == (Fields{}) {
		return doc, layout{Format: f.slug}, nil
	}
	items := flatten(doc)
	names, rows := asTable(items)
	if len(names) == 0 {
		return nil, layout{}, strange(errors.New("no list of reviews in it"), kind)
	}
	g, err := guessFields(names, rows, stated)
	if err != nil {
		err = strange(err, kind)
	}
	return items, layout{Fields: g.fields, Order: stated.Order, Best: stated.Best, Exported: exported(names)}, err
}

// formatOf is the format of a document by its shape; nil where none knows it. What is of another platform than
// the source is refused, and so is the answer to a request that failed.
func formatOf(doc any, kind string) (*Format, error) {
	f, own := recognise(doc), BuiltIn(kind)
	if f != nil {
		if platform := strings.TrimSuffix(f.slug, "_export"); own != nil && platform != kind {
			return nil, fmt.Errorf("these are reviews of %s, and the source is of type %s: give it type: %s", BuiltIn(platform).Name, kind, platform)
		}
		return f, nil
	}
	if object, ok := doc.(map[string]any); ok && object["error"] != nil {
		return nil, fmt.Errorf("it is the answer to a request that failed: %s", said.string(doc))
	}
	if own != nil {
		if items, ok := own.items(doc); ok && len(items) == 0 {
			return own, nil // it has none yet
		}
	}
	return nil, nil
}

// strange says of a file that could not be read what a file of its platform is.
func strange(err error, kind string) error {
	if f := BuiltIn(kind); f != nil && f.Export != "" {
		return fmt.Errorf("%w; %s reads %s", err, f.Name, f.Export)
	}
	return err
}

func (s *Files) readTable(ctx context.Context, path string, now time.Time, yield func(collector.Page) bool) (err error) {
	t, err := openTable(ctx, path, s.o.Kind, s.o.Fields)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	stated, err := json.Marshal(t.layout)
	if err != nil {
		return err
	}
	part, yielded := 0, true
	block := []any{} // written as [] where it stays empty
	emit := func() error {
		body, err := encode(block)
		if err == nil {
			yielded = yield(collector.Page{URL: s.named(path), Part: part, FetchedAt: now, ContentType: "application/json", Body: body, Layout: stated})
		}
		part++
		block = block[:0]
		return err
	}
	for row, err := range t.Rows(ctx) {
		if err != nil {
			return errors.Join(emit(), err)
		}
		if row.Line <= t.head {
			continue
		}
		item, err := t.item(row)
		if row.Bad != "" {
			err = errors.New(row.Bad)
		}
		if err != nil {
			item = map[string]any{lineKey: json.Number(fmt.Sprint(row.Line)), badKey: err.Error()}
		}
		if block = append(block, item); len(block) < s.o.BlockRows {
			continue
		}
		if err := emit(); err != nil || !yielded {
			return err
		}
	}
	if len(block) > 0 || part == 0 {
		return emit()
	}
	return nil
}

// badKey is the member of an item that says why its row could not be read.
const badKey = "#bad"

// Parse reads the reviews out of a page that Pages yielded.
func (s *Files) Parse(p collector.Page) (collector.Parsed, error) {
	var l layout
	if err := json.Unmarshal(p.Layout, &l); err != nil {
		return collector.Parsed{}, fmt.Errorf("parse %s: its layout: %w", p.URL, err)
	}
	out, err := l.format().Parse(p, ParseOptions{Zone: s.o.Zone, fixed: l})
	if err != nil || s.o.Practices == nil {
		return out, err
	}
	return placed(out, s.o.Practices), nil
}

// placed gives every review the practice that its subject names, and rejects those that name none.
func placed(p collector.Parsed, practices func(string) (string, bool)) collector.Parsed {
	kept := p.Feedback[:0]
	for _, f := range p.Feedback {
		id, ok := practices(f.Subject)
		if !ok {
			p.Rejected = append(p.Rejected, collector.Rejection{Ref: f.Ref, Reason: fmt.Sprintf("%q is no practice of the config, by id or name", f.Subject)})
			continue
		}
		f.Practice = id
		kept = append(kept, f)
	}
	p.Feedback = kept
	return p
}

// Describe says what is made of the files, line by line, without reading their reviews.
func (s *Files) Describe(ctx context.Context) ([]string, error) {
	paths, err := survey.Files(s.o.Path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.o.Name, err)
	}
	var lines []string
	for _, path := range paths {
		l, err := s.layoutOf(ctx, path)
		if err != nil {
			return lines, fmt.Errorf("%s: %w", s.named(path), err)
		}
		lines = append(append(lines, s.named(path)), l.describe()...)
	}
	return lines, nil
}

func (s *Files) layoutOf(ctx context.Context, path string) (layout, error) {
	asJSON, err := startsJSON(path)
	if err != nil {
		return layout{}, err
	}
	if asJSON {
		_, l, err := readJSON(path, s.o.Kind, s.o.Fields)
		return l, err
	}
	t, err := openTable(ctx, path, s.o.Kind, s.o.Fields)
	if err != nil {
		return layout{}, err
	}
	return t.layout, t.Close()
}
