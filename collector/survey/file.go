package survey

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// A file is an open survey file, text or workbook, that can be read from its top again and again.
type file struct {
	f      *os.File
	zipped *zip.File     // what is read in place of f, where f is an export that its tool zipped
	stream io.ReadCloser // the last reading of zipped, nil before the first
	text   texture
	comma  byte
	book   *workbook       // nil for text
	doc    *document       // nil for tables
	table  Columnar        // nil for all others
	pulled *columnarReader // the last reading of table

	repeats *repeats // of its rows, once inspect has read them
}

// open finds out what kind of file path is, by its content and not by its name.
func open(ctx context.Context, path string, o Options) (*file, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, cause(err)
	}
	t := &file{f: f}
	if err := t.recognise(ctx, o); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

func (t *file) recognise(ctx context.Context, o Options) error {
	info, err := t.f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("not a file (for all files of a folder, write folder/*.csv)")
	}
	start, err := t.start()
	if err != nil {
		return err
	}
	if isArchive(start) {
		return t.recogniseArchive(ctx, info.Size(), o)
	}
	return t.recogniseStart(ctx, start, o)
}

// recogniseArchive goes on with a workbook, or with the export that an archive holds.
func (t *file) recogniseArchive(ctx context.Context, size int64, o Options) error {
	parts, err := checkArchive(t.f, size, o)
	if err != nil {
		return err
	}
	if parts.export == nil {
		t.book, err = openWorkbook(t.f, size, parts, o)
		return err
	}
	t.zipped = parts.export
	start, err := t.start()
	if err != nil {
		return err
	}
	if isArchive(start) {
		return t.recogniseInner(o)
	}
	return t.recogniseStart(ctx, start, o)
}

// recogniseInner opens a workbook within an archive, which is held in memory.
func (t *file) recogniseInner(o Options) error {
	r, err := t.top()
	if err != nil {
		return err
	}
	b, err := io.ReadAll(io.LimitReader(r, smallArchive+1))
	if err != nil {
		return err
	}
	if len(b) > smallArchive {
		return fmt.Errorf("a zip archive with a workbook of more than %d MB: unpack it first", smallArchive>>20)
	}
	parts, err := checkArchive(bytes.NewReader(b), int64(len(b)), o)
	if err != nil {
		return fmt.Errorf("within the zip archive: %w", err)
	}
	if parts.export != nil {
		return errors.New("a zip archive within a zip archive: unpack it first")
	}
	t.book, err = openWorkbook(bytes.NewReader(b), int64(len(b)), parts, o)
	return err
}

func isArchive(start []byte) bool { return bytes.HasPrefix(start, []byte("PK\x03\x04")) }

// recogniseStart refuses, by its first bytes, what is neither text nor an archive.
func (t *file) recogniseStart(ctx context.Context, start []byte, o Options) error {
	switch lead := bytes.ToLower(bytes.TrimSpace(start)); {
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return errors.New("an old .xls workbook or one with a password: save it as .xlsx or .csv without a password")
	case bytes.HasPrefix(lead, []byte("<!doctype html")), bytes.HasPrefix(lead, []byte("<html")), bytes.HasPrefix(lead, []byte("<table")):
		return errors.New("a web page, not a table: where a sign-in or a message came in place of the download, export it again; else save it as .xlsx or .csv")
	case bytes.HasPrefix(start, []byte("%PDF-")):
		return errors.New("a PDF, not a table: export it as .xlsx or .csv")
	case bytes.HasPrefix(start, []byte("PAR1")):
		return t.recogniseParquet(ctx, o)
	}
	return t.recogniseText(ctx, o)
}

func (t *file) recogniseParquet(ctx context.Context, o Options) error {
	switch {
	case t.zipped != nil:
		return errors.New("a Parquet file in a zip archive: unpack it first")
	case o.Parquet == nil:
		return fmt.Errorf("a Parquet file: write it as CSV, as with duckdb -c \"COPY (FROM '%s') TO 'answers.csv'\"", filepath.Base(t.f.Name()))
	}
	table, err := o.Parquet(ctx, t.f.Name())
	if err != nil {
		return fmt.Errorf("not a Parquet file that can be read: %w", err)
	}
	t.table = table
	return nil
}

// top reads the content from its first byte, and ends the reading before it.
func (t *file) top() (r io.Reader, err error) {
	if t.zipped == nil {
		_, err = t.f.Seek(0, io.SeekStart)
		return t.f, err
	}
	if err := t.endStream(); err != nil {
		return nil, err
	}
	t.stream, err = t.zipped.Open()
	return t.stream, err
}

func (t *file) endStream() error {
	if t.stream == nil {
		return nil
	}
	r := t.stream
	t.stream = nil
	return r.Close()
}

func (t *file) endPull() {
	if t.pulled != nil {
		t.pulled.stop()
	}
}

// start is the beginning of the content, as far as there is one.
func (t *file) start() ([]byte, error) {
	r, err := t.top()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, 512))
}

func (t *file) recogniseText(ctx context.Context, o Options) error {
	r, err := t.top()
	if err != nil {
		return err
	}
	if t.text, err = feel(under(ctx, r), o.Mapping.Encoding); err != nil {
		return err
	}
	if d := o.Mapping.Delimiter; d != "" {
		t.comma, err = delimiter(d)
		return err
	}
	if r, err = t.reader(); err != nil {
		return err
	}
	const sample = 256 << 10
	start, err := io.ReadAll(io.LimitReader(r, sample))
	if err != nil {
		return err
	}
	if is, lines := isJSON(start); is {
		t.doc, err = t.readDocument(ctx, lines)
		return err
	}
	t.comma = sniffComma(start, t.text.eol)
	return nil
}

func delimiter(name string) (byte, error) {
	switch name {
	case "tab", `\t`, "\t":
		return '\t', nil
	case ",", ";", "|":
		return name[0], nil
	}
	return 0, fmt.Errorf("delimiter %q is not known: \",\" \";\" \"|\" or tab", name)
}

func (t *file) reader() (io.Reader, error) {
	top, err := t.top()
	if err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(top, 64<<10)
	if _, err := r.Discard(t.text.bom); err != nil {
		return nil, err
	}
	return t.text.decode(r), nil
}

// records reads the table from its top until ctx ends. One reader at a time.
func (t *file) records(ctx context.Context) (records, error) {
	if t.book != nil {
		rows, err := t.book.records()
		if err != nil {
			return nil, err
		}
		return ending{rows, ctx.Err}, nil
	}
	if t.table != nil {
		t.endPull()
		t.pulled = readColumnar(ctx, t.table)
		return ending{t.pulled, ctx.Err}, nil
	}
	if t.doc != nil {
		rows, err := t.doc.records(ctx, t)
		return ending{rows, ctx.Err}, err
	}
	r, err := t.reader()
	if err != nil {
		return nil, err
	}
	rows := newCSVReader(under(ctx, r), t.comma, t.text.eol)
	rows.inert = true // whoever wrote it may have known spreadsheets
	return ending{rows, ctx.Err}, nil
}

// ending is records that end with the error of done, a context's.
type ending struct {
	records
	done func() error
}

func (e ending) next() (record, error) {
	if err := e.done(); err != nil {
		return record{}, err
	}
	return e.records.next()
}

// under reads r until ctx ends.
func under(ctx context.Context, r io.Reader) io.Reader {
	return readerFunc(func(b []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return r.Read(b)
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

func (t *file) Close() error {
	err := t.endStream()
	if t.book != nil {
		err = errors.Join(err, t.book.Close())
	}
	if t.table != nil {
		t.endPull()
		err = errors.Join(err, t.table.Close())
	}
	return errors.Join(err, t.f.Close())
}
