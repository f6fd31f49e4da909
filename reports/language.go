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

	"percept/collector"
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
	groups  string   // between thousands
	months  []string // January first
	short   []string // the same, as short as "Jan"
	forms   []form   // of what other stages word; nil in English
}

var english = &language{tag: "en", decimal: ".", groups: ","}

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
			Groups  string            `yaml:"thousands"`
			Months  []string          `yaml:"months"`
			Short   []string          `yaml:"short"`
			Texts   map[string]string `yaml:"texts"`
			Told    map[string]string `yaml:"told"`
		}
		if err := yaml.Unmarshal(data, &c); err != nil || len(c.Months) != 12 || len(c.Short) != 12 || c.Decimal == "" || c.Groups == "" {
			panic(fmt.Sprintf("language %s: want decimal, thousands, 12 months, 12 short and texts: %v", tag, err))
		}
		all[tag] = &language{tag, c.Texts, c.Decimal, c.Groups, c.Months, c.Short, newForms(c.Told)}
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
		switch v := a.(type) {
		case float64:
			a = decimal{v, l.decimal}
		case int:
			a = verbatim(l.count(v))
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

// verbatim stands in a text as it is, whatever the verb.
type verbatim string

// Format writes the text.
func (v verbatim) Format(f fmt.State, _ rune) {
	io.WriteString(f, string(v)) //nolint:errcheck // a State takes all
}

// count writes 6507 as 6,507.
func (l *language) count(n int) string {
	return strings.ReplaceAll(collector.Thousands(n), ",", l.groups)
}

// source is the name of a source as a reader sees it.
func (l *language) source(name string) string { return l.labels(collector.SourceLabel(name)) }

// labels are names of sources as collector.SourceLabel has them, one or a list, with what kind of file they are in the language.
func (l *language) labels(list string) string {
	all := strings.Split(list, ", ")
	for i, label := range all {
		for kind, said := range map[string]string{"survey (": l.say("survey"), "reviews (": l.say("reviews")} {
			if rest, ok := strings.CutPrefix(label+" (", kind); ok {
				all[i] = strings.TrimSuffix(said+" ("+rest, " (")
			}
		}
	}
	return strings.Join(all, ", ")
}

// date writes a day by a layout of package time.
func (l *language) date(t time.Time, layout string) string {
	if l.months == nil {
		return t.Format(layout)
	}
	s := t.Format(strings.NewReplacer("January", "\x01", "Jan", "\x02").Replace(layout))
	return strings.NewReplacer("\x01", l.months[t.Month()-1], "\x02", l.short[t.Month()-1]).Replace(s)
}

// plural writes how many of a noun.
func (l *language) plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + l.say(one)
	}
	return l.count(n) + " " + l.say(many)
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
		"count":  l.count,
		"source": l.source,
		"signed": l.signed,
		"score":  func(c heatCell) string { return c.Text(l) },
		"scale":  l.scale,
	}
}
