package survey

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// A file is an open survey file, text or workbook, that can be read from its top again and again.
type file struct {
	f     *os.File
	text  texture
	comma byte
	book  *workbook // nil for text
}

// open finds out what kind of file path is, by its content and not by its name.
func open(ctx context.Context, path string, o Options) (*file, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, cause(err)
	}
	t := &file{f: f}
	if err := t.recognise(ctx, o); err != nil {
		return nil, errors.Join(err, f.Close())
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
	start := make([]byte, 512)
	n, err := io.ReadFull(t.f, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	start = start[:n]
	switch lead := bytes.ToLower(bytes.TrimSpace(start)); {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		t.book, err = openWorkbook(t.f, info.Size(), o)
		return err
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return errors.New("an old .xls workbook or one with a password: save it as .xlsx or .csv without a password")
	case bytes.HasPrefix(lead, []byte("<!doctype html")), bytes.HasPrefix(lead, []byte("<html")), bytes.HasPrefix(lead, []byte("<table")):
		return errors.New("a web page, not a table: save it as .xlsx or .csv")
	}
	return t.recogniseText(ctx, o)
}

func (t *file) recogniseText(ctx context.Context, o Options) error {
	if _, err := t.f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	var err error
	if t.text, err = feel(under(ctx, t.f), o.Mapping.Encoding); err != nil {
		return err
	}
	if d := o.Mapping.Delimiter; d != "" {
		t.comma, err = delimiter(d)
		return err
	}
	r, err := t.reader()
	if err != nil {
		return err
	}
	const sample = 256 << 10
	start, err := io.ReadAll(io.LimitReader(r, sample))
	if err != nil {
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
	if _, err := t.f.Seek(int64(t.text.bom), io.SeekStart); err != nil {
		return nil, err
	}
	return t.text.decode(bufio.NewReaderSize(t.f, 64<<10)), nil
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
	r, err := t.reader()
	if err != nil {
		return nil, err
	}
	return ending{newCSVReader(under(ctx, r), t.comma, t.text.eol), ctx.Err}, nil
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
	if t.book == nil {
		return t.f.Close()
	}
	return errors.Join(t.book.x.Close(), t.f.Close())
}
