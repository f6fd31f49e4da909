package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"percept/collector"
)

// printable is a writer for words to people: what a stranger wrote must not steer the terminal. Line
// breaks and tabs pass, other control and direction characters come out as \u escapes.
type printable struct{ w io.Writer }

func (p printable) Write(b []byte) (int, error) {
	if _, err := io.WriteString(p.w, escape(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// escape makes s safe to print; it returns s itself where nothing is to be done.
func escape(s string) string {
	unsafe := func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 ||
			r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f
	}
	if strings.IndexFunc(s, unsafe) < 0 && utf8.ValidString(s) {
		return s
	}
	var out strings.Builder
	for _, r := range s {
		if unsafe(r) {
			fmt.Fprintf(&out, `\u%04x`, r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// line makes s fit on one line of output.
func line(s string) string {
	return escape(strings.Join(strings.Fields(s), " "))
}

// progressStep is how many rows or texts a line of progress stands for where there is no terminal.
const progressStep = 100_000

// A progress says how far long work is: one line that is written over on a terminal, elsewhere a line
// each progressStep, so that a log shows life and short work stays quiet.
type progress struct {
	w    io.Writer
	live bool
	told int
}

func (a *app) progress() *progress {
	p, ok := a.err.(printable)
	if !ok {
		return &progress{w: a.err}
	}
	f, ok := p.w.(*os.File)
	return &progress{w: p.w, live: ok && term.IsTerminal(int(f.Fd()))}
}

// say tells that so much is done, in words. Less than before is the start of other work.
func (p *progress) say(done int, format string, args ...any) {
	if p.live {
		fmt.Fprintf(p.w, "\r\x1b[K%s", line(fmt.Sprintf(format, args...)))
		return
	}
	if n := done / progressStep; n != p.told {
		if n > p.told {
			fmt.Fprintf(p.w, "percept: %s\n", line(fmt.Sprintf(format, args...)))
		}
		p.told = n
	}
}

// done clears the line, so that the answer stands alone.
func (p *progress) done() {
	if p.live {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// count is a number with its noun: "1 review", "6,507 reviews".
func count(n int, noun string) string { return collector.Plural(n, noun) }

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return collector.Thousands(n) + " people"
}
