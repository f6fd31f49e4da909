package reports

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"sync"

	"percept/analysis"
)

//go:embed templates
var templates embed.FS

// style is the one style sheet of every page. It is ours: nothing from outside goes into it.
//
//go:embed templates/style.css
var style string

// auditStyle is what an audit adds to style; the brand's colours come after it.
//
//go:embed templates/audit.css
var auditStyle string

var (
	// indexPages, weeklyPages and evidencePages, those behind their numbers, are by language.
	indexPages    = inEvery("index.html")
	weeklyPages   = inEvery("weekly.html")
	evidencePages = inEvery("evidence.html")
	// auditTemplate is cloned for each audit and never executed itself.
	auditTemplate = page("audit.html")
)

// inEvery parses a page's template in every language, when it is first asked for.
func inEvery(name string) func() map[string]*template.Template {
	return sync.OnceValue(func() map[string]*template.Template {
		all := map[string]*template.Template{}
		base := page(name)
		for tag, l := range languages() {
			all[tag] = template.Must(base.Clone()).Funcs(l.funcs())
		}
		return all
	})
}

// page parses a page's template with the parts all pages share.
func page(name string) *template.Template {
	t := template.New(name).Funcs(template.FuncMap{
		"style":      func() template.CSS { return template.CSS(style) },                                  //nolint:gosec // our own file
		"policy":     func() template.HTMLAttr { return template.HTMLAttr(`content="` + policy() + `"`) }, //nolint:gosec // made of hashes
		"script":     func() template.JS { return "" },                                                    // pages without charts to explore have none
		"explorable": func() bool { return false },
		"day":        day,
		"shape":      shape,
		"word":       word,
		"wordsFor":   func(c channelView, id string) channelWords { return channelWords{c, id} },
		"add":        func(a, b int) int { return a + b },
		"small":      func() int { return smallCell },
	})
	t.Funcs(english.funcs())
	return template.Must(t.ParseFS(templates, "templates/"+name, "templates/parts.html"))
}

// channelWords is a channel's verdict with the touchpoint whose words it rests on.
type channelWords struct {
	channelView
	Touchpoint string
}

// policy is the Content-Security-Policy of every page: nothing runs, nothing is loaded, and the only
// style is the one whose hash this is.
func policy() string { return policyFor(style) }

// policyFor is the policy of a page with a style sheet of its own.
func policyFor(style string) string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; img-src data:; base-uri 'none'; form-action 'none'"
}

// word is what a verdict says on a page.
func word(v analysis.Verdict) string {
	if v.Word == "" {
		return string(analysis.NotEnough)
	}
	return string(v.Word)
}

// shape is the outline, 10 by 10, that stands beside a verdict's word, so that none rests on colour:
// a diamond for worse, a disc for better, a bar for steady, hatching for not enough yet.
func shape(class string) string {
	switch class {
	case "worse":
		return "M5 0L10 5L5 10L0 5z"
	case "better":
		return "M5 .5a4.5 4.5 0 1 0 .01 0z"
	case "steady":
		return "M1 4h8v2h-8z"
	}
	return "M0 4L4 0h1L0 5zM0 9L9 0h1L0 10zM5 10L10 5v1L6 10z"
}
