// Package survey reads what survey tools export: CSV, XLSX and Parquet files with one row a response, or
// one row an answer, as they are or zipped, and the JSON of their interfaces, webhooks and exports that
// somebody saved.
//
// What a file's columns mean is found out from its headings and rows and written down as a Layout,
// which a Mapping from the config overrides. What cannot be told without guessing, such as whether
// 03/04/2026 is in March or in April, is an error that says which word the config needs. Columns that
// tell who a person is are emptied when the file is read, and rows without consent are not kept.
//
// It does not call the programming interfaces of survey tools.
package survey

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"time"

	"percept/collector"
)

// Options say what a Source reads and how.
type Options struct {
	// Path is a file or a pattern such as /data/surveys/*.csv. Name is how the config writes it; it
	// is part of the Source's name and of messages. Empty, it is Path.
	Path, Name string
	// Zone is that of times without one. Nil is UTC.
	Zone *time.Location
	// ZoneOf is the zone of a practice, which goes before Zone where a column names practices. It may
	// be nil, and so may what it returns.
	ZoneOf  func(practice string) *time.Location
	Mapping Mapping
	// Practice is the practice of all rows, empty where a column names it.
	Practice string
	// Practices finds the id of a practice from what a practice column says, by id or by name. Nil
	// where no column names practices.
	Practices func(value string) (id string, ok bool)
	// Asks guesses the touchpoint that a question asks about, empty where it asks about none. It may
	// be nil.
	Asks func(question string) string
	// LanguageOf tells the language of words as BCP 47 has it, empty where they do not show it. It may be nil. Responses
	// of a file without a column for their language are in that of its questions.
	LanguageOf func(words string) string
	// BlockRows is how many rows make a page; 0 is 5,000.
	BlockRows int
	// UnzipLimit bounds what a workbook or another zip unpacks to, in bytes; 0 is 64 MB, or 100 times the
	// size of the file where that is more.
	UnzipLimit int64
	// TempDir is where the parts of a large workbook are unpacked while it is read, and rows wait for others of their
	// respondent; it is made when it is needed and removed once it is empty. What a killed process leaves there is for
	// the caller to remove. Empty: os.TempDir.
	TempDir string
	// Parquet opens a Parquet file; nil refuses them.
	Parquet func(ctx context.Context, path string) (Columnar, error)
	// Version is what the reading rests on besides the file and these options: the program, the practices.
	// A file that was read whole is left unread while it and its reading stand. Empty: every file is read.
	Version string
}

func (o Options) name() string { return cmp.Or(o.Name, o.Path) }

// zoneOf is the zone of the practice's times, never nil.
func (o Options) zoneOf(practice string) *time.Location {
	if o.ZoneOf != nil && practice != "" {
		if z := o.ZoneOf(practice); z != nil {
			return z
		}
	}
	if o.Zone == nil {
		return time.UTC
	}
	return o.Zone
}

func (o Options) blockRows() int {
	if o.BlockRows <= 0 {
		return 5_000
	}
	return o.BlockRows
}

// unzipLimit is what a zip of so many bytes may unpack to.
func (o Options) unzipLimit(size int64) int64 {
	if o.UnzipLimit <= 0 {
		return max(smallArchive, mostGrowth*size)
	}
	return o.UnzipLimit
}

// A Source reads survey files.
type Source struct{ o Options }

var _ collector.Source = (*Source)(nil)

// New returns the Source of the files at o.Path. It refuses options that no file could satisfy.
func New(o Options) (*Source, error) {
	if o.Path == "" {
		return nil, errors.New("survey: no path")
	}
	if _, err := filepath.Match(o.Path, ""); err != nil {
		return nil, fmt.Errorf("survey: path %q: %w", o.name(), err)
	}
	if err := o.Mapping.check(); err != nil {
		return nil, fmt.Errorf("survey: %s: %w", o.name(), err)
	}
	return &Source{o: o}, nil
}

// Name is "survey:" and the path as the config writes it.
func (s *Source) Name() string { return "survey:" + s.o.name() }

// Inspect decides the layout of the file at path without reading its answers. The error does not name the file. The layout
// is returned with it where the file could be read and a decision is missing. It ends when ctx does.
func Inspect(ctx context.Context, path string, o Options) (l Layout, err error) {
	f, err := open(ctx, path, o)
	if err == nil {
		l, err = f.inspect(ctx, o)
		err = errors.Join(err, f.Close())
	}
	return l, errors.Join(err, l.problem())
}

func (l *Layout) problem() error {
	var errs []error
	for _, p := range l.Problems {
		errs = append(errs, errors.New(p))
	}
	return errors.Join(errs...)
}

// Pages reads the files block by block. An error is of one file, and names it; the blocks before it
// are read, and the next file goes on.
func (s *Source) Pages(ctx context.Context, q collector.Query) iter.Seq2[collector.Page, error] {
	return func(yield func(collector.Page, error) bool) {
		paths, err := Files(s.o.Path)
		if err != nil {
			yield(collector.Page{}, fmt.Errorf("%s: %w", s.o.name(), err))
			return
		}
		found := s.look(ctx, paths, q)
		for _, f := range found {
			if ctx.Err() != nil {
				return
			}
			more := true
			err := s.file(ctx, f, q.Now, func(p collector.Page) bool {
				more = yield(p, nil)
				return more
			})
			if err != nil && more && ctx.Err() == nil {
				more = yield(collector.Page{}, fmt.Errorf("%s: %w", f.name, err))
			}
			if !more {
				return
			}
		}
	}
}

// file yields one file: as it stands where it is left unread, else block by block. Its mark goes with the
// last block, so that a file whose reading breaks off is read again.
func (s *Source) file(ctx context.Context, f found, now time.Time, yield func(collector.Page) bool) error {
	switch {
	case f.err != nil:
		return f.err
	case f.stands != nil:
		yield(*f.stands)
		return nil
	}
	var held *collector.Page
	err := s.read(ctx, f.path, f.name, now, func(p collector.Page) bool {
		if held != nil && !yield(*held) {
			held = nil
			return false
		}
		held = &p
		return true
	})
	if held != nil && ctx.Err() == nil {
		if err == nil {
			held.ETag = f.mark
		}
		yield(*held)
	}
	return err
}

// read yields the blocks of one file. A file without rows is one block without rows, so that reading
// it counts as read.
func (s *Source) read(ctx context.Context, path, name string, now time.Time, yield func(collector.Page) bool) (err error) {
	f, err := open(ctx, path, s.o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	l, err := f.inspect(ctx, s.o)
	if err != nil {
		return err
	}
	if err := l.problem(); err != nil {
		return err
	}
	layout, err := json.Marshal(l)
	if err != nil {
		return err
	}
	part := 0
	emit := func(body []byte) bool {
		p := collector.Page{URL: name, Part: part, FetchedAt: now, ContentType: "text/csv; charset=utf-8", Body: body, Layout: layout}
		part++
		return ctx.Err() == nil && yield(p)
	}
	rows, err := f.rows(ctx, &l)
	if err != nil {
		return err
	}
	b := newBlocks(&l, s.o, f.repeats)
	if b.gatherer != nil {
		defer func() { err = errors.Join(err, b.gatherer.Close()) }()
	}
	for {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			return b.close(emit)
		}
		if err != nil {
			return errors.Join(err, b.close(emit))
		}
		if !b.add(r, emit) {
			return b.err
		}
	}
}
