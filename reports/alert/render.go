package alert

import (
	"cmp"
	"embed"
	"fmt"
	htmltemplate "html/template"
	"slices"
	"strings"
	"text/template"
)

//go:embed templates
var templates embed.FS

// reminder is under every message that carries a customer's words.
const reminder = "Before you answer in public: never confirm that somebody is or was a patient or customer, and give no date, treatment, price or name. " +
	"Check a draft with: percept reply check FILE"

// functions are what a template says in a language.
func functions(in Phrases) map[string]any {
	return map[string]any{
		"kind": func(i Item) string { return in.Told(kindName(i)) }, "called": func(i Item) string { return in.Source(cmp.Or(i.SourceName, i.Source)) }, "reasons": reasons, "line": oneLine, "indent": indent,
		"list": func(all []string) string {
			told := make([]string, len(all))
			for i, s := range all {
				told[i] = in.Told(s)
			}
			return names(told)
		},
		"words": func(s string) string {
			if words, cut := strings.CutSuffix(s, goesOn); cut {
				return words + in.Say(goesOn)
			}
			return s
		},
		"lang": in.Tag, "say": in.Say, "told": in.Told,
		"reminder": func() string { return in.Say(reminder) },
		"said":     func(c Content) bool { return c.said() },
		"unread": func(n int) string {
			if n == 1 {
				return in.Say("1 source not read whole")
			}
			return in.Say("%d sources not read whole", n)
		},
	}
}

// A wording is the built-in templates in a language.
type wording struct {
	in   Phrases
	text *template.Template
	html *htmltemplate.Template
}

func newWording(in Phrases) wording {
	f := functions(in)
	return wording{
		in,
		template.Must(template.New("message.txt").Funcs(f).ParseFS(templates, "templates/message.txt")),
		htmltemplate.Must(htmltemplate.New("message.html").Funcs(f).ParseFS(templates, "templates/message.html")),
	}
}

var builtIn = newWording(english{})

// said reports whether the content carries a customer's words.
func (c Content) said() bool {
	for _, i := range c.Items {
		if i.Feedback != "" {
			return true
		}
	}
	return false
}

// A Form turns contents into words. Templates are from the config alone: what a customer wrote is a
// value in them and never a template.
type Form struct {
	subject, text *template.Template // nil: the built-in ones
	in            map[string]wording // by the tag of the language
}

// NewForm reads the templates of a config (text/template over Content), empty for the built-in ones, which are said in
// the language of the content where that is English or one of in.
func NewForm(subject, text string, in ...Phrases) (Form, error) {
	f := Form{in: map[string]wording{}}
	for _, p := range in {
		f.in[p.Tag()] = newWording(p)
	}
	var err error
	if subject != "" {
		if f.subject, err = try("subject", subject); err != nil {
			return f, err
		}
	}
	if text != "" {
		f.text, err = try("text", text)
	}
	return f, err
}

// try parses a template and runs it on a content that has everything.
func try(name, source string) (*template.Template, error) {
	t, err := template.New(name).Funcs(functions(english{})).Parse(source)
	if err != nil {
		return nil, err
	}
	item := Item{Rules: []string{"a"}, Why: []string{"a"}, Words: []string{"a"}, Touchpoints: []string{"a"}, Answers: []Answer{{}}}
	return t, t.Execute(new(strings.Builder), Content{Items: []Item{item}, Page: &Page{}})
}

// Rendered is a content in words. Subject is one line.
type Rendered struct {
	Subject, Text, HTML string
	in                  Phrases
}

// Render writes a content in words.
func (f Form) Render(c Content) (Rendered, error) {
	w, ok := f.in[c.Language]
	if !ok {
		w = builtIn
	}
	out := Rendered{Subject: oneLine(w.in.Told(c.Subject)), in: w.in}
	var err error
	if f.subject != nil {
		if out.Subject, err = execute(f.subject, c); err != nil {
			return out, err
		}
		out.Subject = oneLine(out.Subject)
	}
	text := w.text
	if f.text != nil {
		text = f.text
	}
	if out.Text, err = execute(text, c); err != nil {
		return out, err
	}
	if f.text != nil {
		out.HTML = `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><div style="white-space:pre-wrap">` +
			htmltemplate.HTMLEscapeString(out.Text) + "</div></body></html>"
		return out, nil
	}
	var b strings.Builder
	if err := w.html.Execute(&b, c); err != nil {
		return out, err
	}
	out.HTML = b.String()
	return out, nil
}

func execute(t *template.Template, c Content) (string, error) {
	var b strings.Builder
	if err := t.Execute(&b, c); err != nil {
		return "", fmt.Errorf("render %s: %w", t.Name(), err)
	}
	return b.String(), nil
}

func kindName(i Item) string {
	switch {
	case i.Withdrawn != "" && i.Kind == "source":
		return "collector mended"
	case i.Withdrawn != "":
		return "slip withdrawn"
	case i.Kind == "response":
		return "survey response"
	case i.Kind == "source":
		return "collector failed"
	case i.Kind == "slip":
		return "slipping"
	}
	return i.Kind
}

// A reason is why an item was told, by the rules that say so.
type reason struct{ By, Why string }

// reasons are those of an item; what several rules say alike is said once.
func reasons(i Item) []reason {
	var all []reason
	for n, why := range i.Why {
		by := ""
		if n < len(i.Rules) {
			by = i.Rules[n]
		}
		if at := slices.IndexFunc(all, func(r reason) bool { return r.Why == why }); at >= 0 {
			all[at].By += ", " + by
			continue
		}
		all = append(all, reason{by, why})
	}
	return all
}

func names(all []string) string {
	var out []string
	for _, n := range all {
		out = append(out, oneLine(n))
	}
	return strings.Join(out, ", ")
}

// indent sets a text off, so that nothing in it can pass for a line of ours.
func indent(s string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n    ")
}
