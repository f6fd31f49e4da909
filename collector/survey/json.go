package survey

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"percept/collector"
)

// lists are the names under which interfaces and exports put their responses.
var lists = phrases("data; items; content; responses; results; submissions; rows; records")

// isJSON reports whether text starts as JSON does, and whether every line of it is a value by itself.
func isJSON(start []byte) (is, lines bool) {
	s := bytes.TrimLeft(start, " \t\r\n")
	if len(s) < 2 || s[0] != '{' && s[0] != '[' {
		return false, false
	}
	switch next := bytes.TrimLeft(s[1:], " \t\r\n"); {
	case len(next) == 0:
		return false, false
	case s[0] == '{' && next[0] != '"' && next[0] != '}', s[0] == '[' && next[0] != '{' && next[0] != ']':
		return false, false
	}
	first, rest, more := bytes.Cut(s, []byte{'\n'})
	return true, s[0] == '{' && more && len(bytes.TrimSpace(rest)) > 0 && json.Valid(first)
}

// An item is one response of a JSON file: the line it stands on where lines are values, else its number
// in the file, from 1.
type item struct {
	line int
	o    object
	bad  string
}

// items reads the responses of a JSON file from its top, one at a time. next returns io.EOF after the last.
type items interface {
	next() (item, error)
}

// A lineItems reads JSON lines. A line that is no object is a bad item, and reading goes on.
type lineItems struct {
	r    *bufio.Reader
	line int
}

func (l *lineItems) next() (item, error) {
	for {
		b, err := l.read()
		if err != nil {
			return item{}, err
		}
		if b = bytes.TrimSpace(b); len(b) == 0 {
			continue
		}
		switch it := (item{line: l.line}); {
		case !json.Valid(b):
			it.bad = "not JSON"
			return it, nil
		case b[0] != '{':
			it.bad = "not a JSON object"
			return it, nil
		default:
			it.o = membersOf(b)
			return it, nil
		}
	}
}

func (l *lineItems) read() ([]byte, error) {
	l.line++
	var b []byte
	for {
		part, err := l.r.ReadSlice('\n')
		b = append(b, part...)
		switch {
		case len(b) > maxRecord:
			return nil, fmt.Errorf("line %d: a response of more than %d MB", l.line, maxRecord>>20)
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(b) > 0:
			return b, nil
		default:
			return b, err
		}
	}
}

// A documentItems reads the responses of JSON documents: the objects of an array, those of the list in an
// interface's answer, or the document itself where it is one response. Broken JSON is an error with its
// byte, after the responses before it.
type documentItems struct {
	d       *json.Decoder
	budget  *budget
	n       int
	in      byte // what is being read: 0 nothing, '[' an array of responses, '{' an answer
	list    bool // within the list of an answer
	listed  bool // the answer had a list
	members object
}

func newDocumentItems(r io.Reader) *documentItems {
	b := &budget{r: r, left: maxRecord}
	d := json.NewDecoder(b)
	d.UseNumber()
	return &documentItems{d: d, budget: b}
}

func (p *documentItems) next() (item, error) {
	for {
		it, ok, err := p.step()
		switch {
		case errors.Is(err, io.EOF) && p.in == 0:
			return item{}, io.EOF
		case errors.Is(err, errBudget):
			return item{}, fmt.Errorf("response %d: more than %d MB", p.n+1, maxRecord>>20)
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return item{}, fmt.Errorf("the JSON ends in the middle, at byte %d, after %s", p.d.InputOffset(), collector.Plural(p.n, "response"))
		case err != nil:
			return item{}, p.broken(err)
		case ok:
			return it, nil
		}
	}
}

// broken names the place of an error of syntax: the token or value behind it is none.
func (p *documentItems) broken(err error) error {
	var s *json.SyntaxError
	if errors.As(err, &s) {
		return fmt.Errorf("not JSON behind byte %d, after %s: %w", p.d.InputOffset(), collector.Plural(p.n, "response"), err)
	}
	return err
}

// step reads one token or one value.
func (p *documentItems) step() (it item, ok bool, err error) {
	p.budget.left = maxRecord
	switch {
	case p.in == 0:
		return p.open()
	case p.in == '[' || p.list:
		return p.element()
	}
	return p.member()
}

// open reads the start of a document.
func (p *documentItems) open() (it item, ok bool, err error) {
	tok, err := p.d.Token()
	if err != nil {
		return it, false, err
	}
	switch tok {
	case json.Delim('['):
		p.in = '['
	case json.Delim('{'):
		p.in, p.listed, p.members = '{', false, nil
	default:
		return it, false, errors.New("neither an object nor an array")
	}
	return it, false, nil
}

// element reads the next of an array or its end.
func (p *documentItems) element() (it item, ok bool, err error) {
	if !p.d.More() {
		if _, err := p.d.Token(); err != nil {
			return it, false, err
		}
		if p.in == '[' {
			p.in = 0
		}
		p.list = false
		return it, false, nil
	}
	var raw json.RawMessage
	if err := p.d.Decode(&raw); err != nil {
		return it, false, err
	}
	return p.item(raw), true, nil
}

func (p *documentItems) item(raw json.RawMessage) item {
	p.n++
	if !opens(raw, '{') {
		return item{line: p.n, bad: "not a JSON object"}
	}
	return item{line: p.n, o: membersOf(raw)}
}

// member reads the next member of an answer, of its list the start, or its end: an answer without a list
// is a response itself.
func (p *documentItems) member() (it item, ok bool, err error) {
	if !p.d.More() {
		if _, err := p.d.Token(); err != nil {
			return it, false, err
		}
		p.in = 0
		if p.listed {
			return it, false, nil
		}
		p.n++
		return item{line: p.n, o: p.members}, true, nil
	}
	tok, err := p.d.Token()
	if err != nil {
		return it, false, err
	}
	var m member
	m.name, _ = tok.(string) // a name is always a string
	if lists[m.name] {
		m.value, it, err = p.responses()
		if err != nil || m.value == nil {
			return it, it.line > 0, err
		}
	} else if err := p.d.Decode(&m.value); err != nil {
		return it, false, err
	}
	p.members = append(p.members, m)
	return it, false, nil
}

// responses reads the value of a name that lists have. An array of objects is the list of responses, of
// which the first is returned; any other value is returned as it is.
func (p *documentItems) responses() (value json.RawMessage, first item, err error) {
	tok, err := p.d.Token()
	if err != nil {
		return nil, first, err
	}
	open, nested := tok.(json.Delim)
	if !nested {
		value, err = json.Marshal(tok)
		return value, first, err
	}
	if open == '[' && !p.d.More() {
		p.list, p.listed = true, true
		return nil, first, nil
	}
	value = json.RawMessage(open.String())
	for p.d.More() {
		if open == '{' {
			name, err := p.d.Token()
			if err != nil {
				return nil, first, err
			}
			quoted, err := json.Marshal(name)
			if err != nil {
				return nil, first, err
			}
			value = append(append(value, quoted...), ':')
		}
		var raw json.RawMessage
		if err := p.d.Decode(&raw); err != nil {
			return nil, first, err
		}
		if open == '[' && len(value) == 1 && opens(raw, '{') {
			p.list, p.listed = true, true
			return nil, p.item(raw), nil
		}
		if value = append(append(value, raw...), ','); len(value) > maxRecord {
			return nil, first, errBudget
		}
	}
	end, err := p.d.Token()
	if err != nil {
		return nil, first, err
	}
	value = bytes.TrimSuffix(value, []byte{','})
	return append(value, end.(json.Delim).String()...), first, nil
}

var errBudget = errors.New("too long")

// A budget is a reader that ends when a single value takes more than is left for it.
type budget struct {
	r    io.Reader
	left int
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errBudget
	}
	n, err := b.r.Read(p)
	b.left -= n
	return n, err
}
