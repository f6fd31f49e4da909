package reports

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"percept/collector"
)

// A form is how another stage words what it found: the note of a verdict, why a source is incomplete, a line of an
// alert. Such texts are stored in English, and are said in a language where they are shown. What a form leaves open
// stands in braces, with a digit where there are several of a kind: {name} stays as it is but for what a source is, {text} is said in the
// language too, {day} and {number} are written as the language does.
type form struct {
	match *regexp.Regexp
	holes []string // in the order of match
	said  string
	words int // letters that the form itself has
}

var hole = regexp.MustCompile(`\{(name|text|day|number)\d?\}`)

// fits are what each kind of hole can hold, in English.
var fits = map[string]string{
	"name": `(.+?)`, "text": `(.+?)`, "number": `([-+]?\d[\d,]*(?:\.\d+)?)`,
	"day": `(\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]+ \d{4}(?: \d\d:\d\d)?)`,
}

func newForm(english, said string) form {
	f := form{said: said}
	var b strings.Builder
	at := 0
	for _, h := range hole.FindAllStringSubmatchIndex(english, -1) {
		b.WriteString(regexp.QuoteMeta(english[at:h[0]]))
		b.WriteString(fits[english[h[2]:h[3]]])
		f.holes = append(f.holes, english[h[0]:h[1]])
		f.words += h[0] - at
		at = h[1]
	}
	f.words += len(english) - at
	f.match = regexp.MustCompile(`(?s)\A` + b.String() + regexp.QuoteMeta(english[at:]) + `\z`)
	return f
}

// newForms makes forms of a catalogue's section; of two that match, the one that says more itself is taken.
func newForms(told map[string]string) []form {
	var all []form
	for english, said := range told {
		all = append(all, newForm(english, said))
	}
	slices.SortFunc(all, func(a, b form) int {
		return cmp.Or(cmp.Compare(b.words, a.words), cmp.Compare(a.match.String(), b.match.String()))
	})
	return all
}

// dated are the days in a text of another stage.
var dated = regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b`)

// told says a text that another stage worded; whole is false where some of it stays as it was.
func (l *language) told(text string) (said string, whole bool) {
	if l.forms == nil {
		return dated.ReplaceAllStringFunc(text, l.redate), true
	}
	if said, ok := l.formed(text); ok {
		return said, true
	}
	// A list of notes, the path of an error, the reasons of an alert.
	for _, between := range []string{"; ", ": ", ", "} {
		parts := strings.Split(text, between)
		if len(parts) == 1 {
			continue
		}
		whole = true
		for i, p := range parts {
			var known bool
			parts[i], known = l.told(p)
			whole = whole && (known || !strings.Contains(p, " ")) // one word names a file, a page, a source
		}
		return strings.Join(parts, between), whole
	}
	return text, text == ""
}

// note says a note of a verdict, which may begin with a source's name, in the words of readers.
func (l *language) note(note string) string {
	if name, rest, ok := strings.Cut(note, ": "); ok {
		note = collector.SourceLabel(name) + ": " + rest
	}
	said, _ := l.told(note)
	return said
}

// formed says a text that is one of the forms, perhaps as a sentence.
func (l *language) formed(text string) (string, bool) {
	bare, end := strings.CutSuffix(text, ".")
	said, ok := l.filled(bare)
	if first, size := utf8.DecodeRuneInString(bare); !ok && unicode.IsUpper(first) {
		said, ok = l.filled(string(unicode.ToLower(first)) + bare[size:])
		said = capital(said)
	}
	if end {
		said += "."
	}
	return said, ok
}

func (l *language) filled(text string) (string, bool) {
	for _, f := range l.forms {
		if m := f.match.FindStringSubmatch(text); m != nil {
			return f.fill(l, m[1:]), true
		}
	}
	return "", false
}

func (f form) fill(l *language, held []string) string {
	fill := make([]string, 0, 2*len(held))
	for i, h := range f.holes {
		s := held[i]
		switch strings.TrimRight(h, "0123456789}") {
		case "{name":
			s = l.labels(s)
		case "{text":
			s = l.worded(s)
		case "{day":
			s = l.redate(s)
		case "{number":
			s = strings.NewReplacer(".", l.decimal, "-", "\u2212", ",", "\u00a0").Replace(s)
		}
		fill = append(fill, h, s)
	}
	return strings.NewReplacer(fill...).Replace(f.said)
}

// worded says a text of ours within another.
func (l *language) worded(text string) string {
	for _, s := range []string{text, strings.ToLower(text)} {
		if said, ok := l.texts[s]; ok {
			return said
		}
	}
	said, _ := l.told(text)
	return said
}

// redate writes a day that is written as English or as a number.
func (l *language) redate(day string) string {
	for _, layout := range []string{time.DateOnly, "2 January 2006", "2 January 2006 15:04"} {
		t, err := time.Parse(layout, day)
		switch {
		case err != nil:
		case layout == time.DateOnly:
			return l.day(t)
		default:
			return l.date(t, layout)
		}
	}
	return day
}
