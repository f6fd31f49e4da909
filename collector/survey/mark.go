package survey

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"percept/collector"
)

// mark names the content of a file and how it is read; empty where Options.Version is. Another mapping or
// another program reads it anew.
func (s *Source) mark(ctx context.Context, path string) (string, error) {
	info, err := os.Stat(path)
	if s.o.Version == "" || err == nil && !info.Mode().IsRegular() {
		return "", nil // what it is, open says
	}
	if err != nil {
		return "", cause(err)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", cause(err)
	}
	defer f.Close() //nolint:errcheck // read only
	h := sha256.New()
	if _, err := io.Copy(h, under(ctx, f)); err != nil {
		return "", cause(err)
	}
	reading, err := s.o.Reading()
	if err != nil {
		return "", err
	}
	h.Write(reading)
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// Reading names how content is read: by another mapping or another program it is read anew.
func (o Options) Reading() ([]byte, error) {
	b, err := json.Marshal(struct {
		Version, Practice, Zone string
		Mapping                 Mapping
	}{o.Version, o.Practice, o.zoneOf("").String(), o.Mapping})
	if err != nil {
		return nil, fmt.Errorf("mark: %w", err)
	}
	return append(b, '\n'), nil
}

// A found is a file of the source and what is known of it before it is read.
type found struct {
	path, name, mark string
	stands           *collector.Page // nil where it is to be read
	named            bool            // the rows of what stands have ids
	err              error
}

// look finds out which files are to be read. Two files may have one id for different people, which shows
// only when both are read: where one is, all that have ids are.
func (s *Source) look(ctx context.Context, paths []string, q collector.Query) []found {
	all, read := make([]found, len(paths)), false
	for i, path := range paths {
		f := &all[i]
		f.path, f.name = path, s.named(path)
		if f.mark, f.err = s.mark(ctx, path); f.err == nil && f.mark != "" && q.Last != nil {
			f.err = f.compare(ctx, q)
		}
		read = read || f.stands == nil
	}
	for i := range all {
		if read && all[i].named {
			all[i].stands = nil
		}
	}
	return all
}

// compare looks for the file among the kept. The page of one that stands has no row, and the notes on its layout.
func (f *found) compare(ctx context.Context, q collector.Query) error {
	last, err := q.Last(ctx, f.name)
	if err != nil || last.ETag != f.mark {
		return err
	}
	f.stands, f.named, err = Stands(last)
	return err
}

// Stands is the page of content that stands as it was read, by its last block as it was kept; named is true where its rows
// have ids.
func Stands(last collector.Page) (p *collector.Page, named bool, err error) {
	var l Layout
	if err := json.Unmarshal(last.Layout, &l); err != nil {
		return nil, false, fmt.Errorf("kept layout: %w", err)
	}
	return &collector.Page{
		URL: last.URL, FetchedAt: last.FetchedAt, ContentType: last.ContentType, Layout: last.Layout, ETag: last.ETag, Unchanged: true, Rest: l.Rows,
	}, l.find(ID) >= 0, nil
}
