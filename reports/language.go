package reports

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/goccy/go-yaml"
)

// The catalogues of texts: one file a language, by its BCP 47 tag. English is in the code and in the templates, and is
// what a catalogue translates from.
//
//go:embed language/*.yaml
var catalogues embed.FS

// A language is how the words, numbers and days of a weekly page are written.
type language struct {
	tag     string
	texts   map[string]string // by the English
	decimal string
	months  []string // January first
	short   []string // the same, as short as "Jan"
	forms   []form   // of what other stages word; nil in English
}

var english = &language{tag: "en", decimal: "."}

// languages are those a page can be written in, by tag.
var languages = sync.OnceValue(readLanguages)

// Languages are the tags of the languages that a weekly page can be written in.
func Languages() []string {
	var tags []string
	for tag := range languages() {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	return tags
}

// languageOf is the language with a tag; English where there is no catalogue.
func languageOf(tag string) *language {
	if tag == "" || tag == english.tag {
		return english // without reading the catalogues
	}
	if l := languages()[tag]; l != nil {
		return l
	}
	return english
}

// readLanguages reads the embedded catalogues; they are ours, so one that cannot be read is a mistake that no run survives.
func readLanguages() map[string]*language {
	all := map[string]*language{"en": english}
	files, err := catalogues.ReadDir("language")
	if err != nil {
		panic(err)
	}
	for _, f := range files {
		data, err := catalogues.ReadFile(path.Join("language", f.Name()))
		if err != nil {
			panic(err)
		}
		tag := strings.TrimSuffix(f.Name(), ".yaml")
		var c struct {
			Decimal string            `yaml:"decimal"`
			Months  []string          `yaml:"months"`
			Short   []string          `yaml:"short"`
			Texts   map[string]string `yaml:"texts"`
			Told    map[string]string `yaml:"told"`
		}
		if err := yaml.Unmarshal(data, &c); err != nil || len(c.Months) != 12 || len(c.Short) != 12 || c.Decimal == "" {
			panic(fmt.Sprintf("language %s: want decimal, 12 months, 12 short and texts: %v", tag, err))
		}
		all[tag] = &language{tag, c.Texts, c.Decimal, c.Months, c.Short, newForms(c.Told)}
	}
	return all
}

// say is a text in the language, with what it leaves open filled in as fmt does; what the catalogue does not have is
// English.
func (l *language) say(text string, args ...any) string {
	if t, ok := l.texts[text]; ok {
		text = t
	}
	if len(args) == 0 {
		return text
	}
	filled := make([]any, len(args))
	for i, a := range args {
		if f, ok := a.(float64); ok {
			a = decimal{f, l.decimal}
		}
		filled[i] = a
	}
	return fmt.Sprintf(text, filled...)
}

// parts is a text in the language in which the parts among args keep their links.
func (l *language) parts(text string, args ...any) []part {
	filled := slices.Clone(args)
	var links []part
	for i, a := range args {
		if p, ok := a.(part); ok {
			filled[i] = slot(len(links))
			links = append(links, p)
		}
	}
	var out []part
	for i, run := range strings.Split(l.say(text, filled...), "\x00") {
		if i%2 == 0 {
			if run != "" {
				out = append(out, part{Text: run})
			}
			continue
		}
		n, _ := strconv.Atoi(run)
		out = append(out, links[n])
	}
	return out
}

// A slot stands in a text where a part comes, whatever the verb.
type slot int

// Format writes the number of the part between zero bytes, which no text of ours has.
func (p slot) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "\x00%d\x00", int(p))
}

// A decimal is a number with its point as a language writes it.
type decimal struct {
	value float64
	point string
}

// Format writes the number as fmt does.
func (d decimal) Format(f fmt.State, verb rune) {
	io.WriteString(f, strings.NewReplacer(".", d.point, "-", "\u2212").Replace(fmt.Sprintf(fmt.FormatString(f, verb), d.value))) //nolint:errcheck // a State takes all
}

// date writes a day by a layout of package time.
func (l *language) date(t time.Time, layout string) string {
	if l.months == nil {
		return t.Format(layout)
	}
	s := t.Format(strings.NewReplacer("January", "\x01", "Jan", "\x02").Replace(layout))
	return strings.NewReplacer("\x01", l.months[t.Month()-1], "\x02", l.short[t.Month()-1]).Replace(s)
}

// count writes how many of a noun.
func (l *language) plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + l.say(one)
	}
	return fmt.Sprint(n) + " " + l.say(many)
}

func (l *language) people(n int) string { return l.plural(n, "person", "people") }

// list joins names as a sentence does.
func (l *language) list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + l.say(" and ") + names[len(names)-1]
}

// funcs are what a template says in the language.
func (l *language) funcs() template.FuncMap {
	return template.FuncMap{
		"lang":   func() string { return l.tag },
		"say":    l.say,
		"date":   l.date,
		"people": l.people,
		"plural": l.plural,
		"signed": l.signed,
		"score":  func(c heatCell) string { return c.Text(l) },
		"scale":  l.scale,
	}
}
