package survey

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"

	"percept/collector"
)

const (
	// smallArchive is what an archive may unpack to however small it is, in bytes; answers that grow by more
	// than mostGrowth while they are unpacked were made to.
	smallArchive = 64 << 20
	mostGrowth   = 100
	maxEntries   = 20_000
)

// An archive is a zip whose checksums are verified and whose size is known to be bounded: a workbook, or an
// export that its tool zipped.
type archive struct {
	files  map[string]*zip.File
	export *zip.File // nil for a workbook
	size   int64     // unpacked
}

// checkArchive reads every entry to its end, which verifies the checksums, and refuses what unpacks to more
// than it may. Nothing is unpacked to disk.
func checkArchive(r io.ReaderAt, size int64, o Options) (*archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("a damaged workbook or zip archive: %w", err)
	}
	a, kind := &archive{files: make(map[string]*zip.File, len(z.File))}, "workbook"
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("a workbook or zip archive of %s parts, more than %s", collector.Thousands(len(z.File)), collector.Thousands(maxEntries))
	}
	for _, f := range z.File {
		a.files[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	if a.files["xl/workbook.xml"] == nil {
		kind = "zip archive"
		if a.export, err = theExport(z); err != nil {
			return nil, err
		}
	}
	left, held := o.unzipLimit(size), int64(smallArchive)
	for _, f := range z.File {
		n, err := drain(f, left)
		if err != nil {
			return nil, fmt.Errorf("a damaged %s: %s: %w", kind, shorten(f.Name, 60), err)
		}
		if left -= n; left < 0 {
			return nil, fmt.Errorf("the %s unpacks to more than the size limit of %d MB", kind, o.unzipLimit(size)>>20)
		}
		if a.size += n; a.export != nil || streamed(f.Name) && n > heldPart {
			continue
		}
		if held -= n; held < 0 {
			return nil, fmt.Errorf("the workbook holds more than %d MB beside its answers", smallArchive>>20)
		}
	}
	return a, nil
}

const (
	// heldWhole is up to which size, unpacked, a workbook is held in memory while it is read, in bytes: its texts take
	// there ten times what they take in the file.
	heldWhole = 8 << 20
	// heldPart is up to which size a part of a larger one is.
	heldPart = 64 << 10
)

// partLimit is up to which size the parts of a workbook are held in memory; longer ones are read by way
// of a temporary file.
func (a *archive) partLimit() int64 {
	if a.size <= heldWhole {
		return heldWhole
	}
	return heldPart
}

// streamed reports whether a part of a workbook can be read a piece at a time, so that it may be long.
func streamed(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "xl/worksheets/sheet") || name == sharedStrings
}

const sharedStrings = "xl/sharedstrings.xml"

// theExport is the one file that an archive holds, beside what the systems of its maker add.
func theExport(z *zip.Reader) (*zip.File, error) {
	var found []*zip.File
	for _, f := range z.File {
		switch base := path.Base(f.Name); {
		case !filepath.IsLocal(f.Name) || strings.ContainsAny(f.Name, "\\:\x00"):
			return nil, fmt.Errorf("a zip archive with a path that leads out of it, “%s”: unpack it with care", shorten(f.Name, 60))
		case f.FileInfo().IsDir(), strings.HasPrefix(base, "."), strings.HasPrefix(f.Name, "__MACOSX/"):
		default:
			found = append(found, f)
		}
	}
	switch {
	case len(found) == 0:
		return nil, errors.New("a zip archive without a file in it")
	case len(found) > 1:
		return nil, fmt.Errorf("a zip archive of %d files, “%s” and “%s” among them: unpack it first", len(found), shorten(found[0].Name, 60), shorten(found[1].Name, 60))
	case found[0].Flags&1 != 0:
		return nil, errors.New("a zip archive with a password: unpack it first")
	}
	return found[0], nil
}

// drain reads f to its end, or one byte past left.
func drain(f *zip.File, left int64) (int64, error) {
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
	return n, errors.Join(err, r.Close())
}
