package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"percept/collector"
	"percept/store"
)

// An exportedFile is a table that was written.
type exportedFile struct {
	Table string `json:"table"`
	File  string `json:"file"` // its name in the folder
	Rows  int64  `json:"rows"`
}

// exported is the folder of what goes to standard output, until it has gone: it holds what people said.
func (c *config) exported() string { return c.path(c.Store) + ".export" }

// exportOut writes a table to standard output. It is ready and the store closed before whoever reads it reads it.
func (a *app) exportOut(ctx context.Context, x export) (err error) {
	var ready *os.File
	defer func() {
		if ready != nil {
			err = errors.Join(err, ready.Close())
		}
	}()
	err = a.exporting(ctx, x, (*config).exported, func(_ *pipeline, scratch string, files []exportedFile) (err error) {
		ready, err = os.Open(filepath.Join(scratch, files[0].File))
		return err
	})
	if err == nil {
		_, err = io.Copy(a.out, ready)
	}
	return err
}

// exportFiles writes tables as files of a folder, in place of those of an earlier export once all of them are whole.
func (a *app) exportFiles(ctx context.Context, x export) error {
	var dir string
	scratch := func(cfg *config) string {
		dir = cmp.Or(x.out, cfg.path(filepath.Join("exports", a.now.In(cfg.zone).Format(time.DateOnly))))
		return filepath.Join(dir, fmt.Sprintf("%s%d", exportScratch, os.Getpid()))
	}
	return a.exporting(ctx, x, scratch, func(p *pipeline, scratch string, files []exportedFile) error {
		for _, f := range files {
			if err := os.Rename(filepath.Join(scratch, f.File), filepath.Join(dir, f.File)); err != nil {
				return fmt.Errorf("export %s: %w", f.Table, err)
			}
		}
		if err := syncFile(dir); err != nil {
			return fmt.Errorf("export: %w", err)
		}
		return p.sayExported(dir, x.options.Format, files)
	})
}

// exporting opens the store, writes the tables as files of a folder of their own, which goes again, and has fn take them.
func (a *app) exporting(ctx context.Context, x export, scratch func(*config) string, fn func(p *pipeline, scratch string, files []exportedFile) error) error {
	cfg, err := readConfig(a.config)
	if err != nil {
		return err
	}
	dir := scratch(cfg)
	p, err := a.openConfig(ctx, cfg, "export", store.Options{Exports: dir})
	if err != nil {
		return err
	}
	if err = p.knows(x.options.Practice); err == nil {
		err = p.exportInto(ctx, x, dir, func(files []exportedFile) error { return fn(p, dir, files) })
	}
	return errors.Join(err, p.store.Close())
}

// exportScratch begins the name of a folder in which files are written before they take their place; the number of the
// process ends it.
const exportScratch = ".export-"

// removeLeft removes what exports into dir left there that were killed.
func removeLeft(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		number, ours := strings.CutPrefix(e.Name(), exportScratch)
		pid, err := strconv.Atoi(number)
		if !ours || err != nil || !e.IsDir() || alive(pid) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// alive reports whether a process may still run.
func alive(pid int) bool {
	if pid <= 0 {
		return true // no process of ours
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return false // on Windows
	}
	defer p.Release()                                                 //nolint:errcheck // nothing was held that matters
	return !errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone) // any other refusal is by one that runs
}

// exportInto is exporting with the store open.
func (p *pipeline) exportInto(ctx context.Context, x export, dir string, fn func([]exportedFile) error) (err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if parent, name := filepath.Split(dir); strings.HasPrefix(name, exportScratch) {
		if err := removeLeft(parent); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	files, err := p.export(ctx, x, dir)
	if err != nil {
		return err
	}
	return fn(files)
}

// export writes the tables as files of dir.
func (p *pipeline) export(ctx context.Context, x export, dir string) ([]exportedFile, error) {
	bar := p.progress()
	defer bar.done()
	files := make([]exportedFile, len(x.tables))
	rows := 0
	for i, t := range x.tables {
		bar.say(rows, "exporting %s", t.Name)
		f := exportedFile{Table: t.Name, File: t.Name + "." + string(x.options.Format)}
		path := filepath.Join(dir, f.File)
		var err error
		if f.Rows, err = p.store.Export(ctx, t, path, x.options); err != nil {
			return nil, err
		}
		if err := syncFile(path); err != nil {
			return nil, fmt.Errorf("export %s: %w", t.Name, err)
		}
		files[i] = f
		rows += int(f.Rows)
	}
	return files, nil
}

// syncFile has what was written to a file, or the names in a folder, on disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (p *pipeline) sayExported(dir string, format store.ExportFormat, files []exportedFile) error {
	if p.json {
		return p.encode(struct {
			Folder string             `json:"folder"`
			Format store.ExportFormat `json:"format"`
			Tables []exportedFile     `json:"tables"`
		}{dir, format, files})
	}
	rows := 0
	for _, f := range files {
		fmt.Fprintf(p.out, "%-16s %11s\n", f.Table, collector.Thousands(int(f.Rows)))
		rows += int(f.Rows)
	}
	fmt.Fprintf(p.out, "export: %s, %s of %s as %s\n", dir, count(rows, "row"), count(len(files), "table"), format)
	fmt.Fprintln(p.err, "percept: note: an export is not for sharing: it holds what people wrote, word for word")
	return nil
}
