package reports

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"
	"sync/atomic"

	"percept/collector"
)

// indexFile is the name of every page; a practice's stands in a folder of its own.
const indexFile = "index.html"

var practiceID = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// Build writes dir/index.html and dir/PRACTICE/index.html for every practice, and returns the files
// in that order; beside each practice's stands evidence.html, the feedback behind its numbers. Each is
// written beside its name and renamed: a reader sees the old page or the new one. When a page fails the
// others are written all the same, the index says so, and so does the error.
func Build(ctx context.Context, dir string, s Store, practices []collector.Practice, o Options) ([]string, error) {
	for _, p := range practices {
		if !practiceID.MatchString(p.ID) {
			return nil, fmt.Errorf("practice %q: not an id that a folder can have", p.ID)
		}
	}
	paint := o.painter()
	lines := make([]line, len(practices))
	files := make([]string, len(practices))
	all, err := loadBriefs(ctx, s, practices, o)
	if err != nil {
		return nil, err
	}
	err = parallel(len(practices), o.Workers, func(i int) error {
		m, p := all[i], practices[i]
		lines[i], all[i] = m.line(o.language("")), nil // what a page needs is let go with it
		if o.Only != "" && o.Only != p.ID {
			return nil
		}
		lines[i].Failed = true
		m.proof = newProof()
		if err := m.loadPage(ctx, s); err != nil {
			return fmt.Errorf("weekly page of %s: %w", p.ID, err)
		}
		page, err := m.weekly(ctx, s, paint, o, "../"+indexFile)
		if err != nil {
			return fmt.Errorf("weekly page of %s: %w", p.ID, err)
		}
		behind, err := m.evidencePage(ctx, m.newQuoter(s, o.masks()), o)
		if err != nil {
			return fmt.Errorf("evidence page of %s: %w", p.ID, err)
		}
		if err := writeFile(filepath.Join(dir, p.ID, evidenceFile), behind); err != nil {
			return err
		}
		name := filepath.Join(dir, p.ID, indexFile)
		if err := writeFile(name, page); err != nil {
			return err
		}
		lines[i].Failed, files[i] = false, name
		return nil
	})
	if ctx.Err() != nil {
		return nil, ctx.Err() // an index of what was not looked at would be worse than the old one
	}
	written := make([]string, 0, len(files)+1)
	var page bytes.Buffer
	if ierr := writeIndex(&page, lines, o); ierr != nil {
		return nil, errors.Join(err, ierr)
	}
	name := filepath.Join(dir, indexFile)
	if werr := writeFile(name, page.Bytes()); werr != nil {
		return nil, errors.Join(err, werr)
	}
	written = append(written, name)
	for _, f := range files {
		if f != "" {
			written = append(written, f)
		}
	}
	return written, err
}

// writeFile writes a page beside its name and renames it, making its folder.
func writeFile(name string, page []byte) (err error) {
	folder := filepath.Dir(name)
	if err := errors.Join(os.MkdirAll(folder, 0o755), os.Chmod(folder, 0o755)); err != nil { // whatever the umask: pages are to be read
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".page-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = io.Copy(f, bytes.NewReader(page))
	err = cmp.Or(err, f.Chmod(0o644), f.Sync())
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return os.Rename(f.Name(), name)
}

// parallel runs fn for 0 to n-1 on some workers, as many as there are processors when under 1, and
// returns all errors in the order of the numbers.
func parallel(n, workers int, fn func(i int) error) error {
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	errs := make([]error, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(workers, n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				errs[i] = fn(i)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
