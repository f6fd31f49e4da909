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
	err = json.NewEncoder(h).Encode(struct {
		Version, Practice, Zone string
		Mapping                 Mapping
	}{s.o.Version, s.o.Practice, s.o.zoneOf("").String(), s.o.Mapping})
	if err != nil {
		return "", fmt.Errorf("mark: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// stands is the page of a file that is left unread, made of the last that was kept of it: no row, and the
// notes on its layout.
func stands(last collector.Page) collector.Page {
	p := collector.Page{URL: last.URL, FetchedAt: last.FetchedAt, ContentType: last.ContentType, Layout: last.Layout, ETag: last.ETag, Unchanged: true}
	var l Layout
	if json.Unmarshal(last.Layout, &l) == nil {
		p.Rest = l.Rows
	}
	return p
}
