package reports

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"sync"
)

//go:generate sh bundle/build.sh

// assets hold the script that makes charts explorable, where go generate put it there; else a README alone.
//
//go:embed assets
var assets embed.FS

// script is the bundle, empty in a percept that was built without it.
var script = sync.OnceValue(func() string {
	data, err := assets.ReadFile("assets/charts.js")
	if err != nil {
		return "" // built without it: charts stand still, and nothing else is missing
	}
	return string(data)
})

// Explorable reports whether this percept was built with the script that makes charts explorable.
func Explorable() bool { return script() != "" }

// exploreStyle is what a page with the script adds to its style sheet.
//
//go:embed templates/explore.css
var exploreStyle string

// explorableWeekly are weeklyPages with the script.
var explorableWeekly = sync.OnceValue(func() map[string]*template.Template {
	all := map[string]*template.Template{}
	base := page("weekly.html")
	for tag, l := range languages() {
		all[tag] = template.Must(dressed(template.Must(base.Clone()).Funcs(l.funcs()), style, true))
	}
	return all
})

// dressed is the template of a page with a style sheet of its own, and with the script where its charts, each shown by
// the part "chart", are explorable. The page's policy allows both.
func dressed(of *template.Template, style string, explorable bool) (*template.Template, error) {
	t, err := of.Clone()
	if err != nil {
		return nil, err
	}
	run := ""
	if explorable {
		run, style = script(), style+exploreStyle
	}
	policy := policyFor(style)
	if explorable {
		policy += scriptPolicy(run)
	}
	return t.Funcs(template.FuncMap{
		"explorable": func() bool { return explorable },
		"style":      func() template.CSS { return template.CSS(style) },                                //nolint:gosec // our own file and a colour made anew
		"script":     func() template.JS { return template.JS(run) },                                    //nolint:gosec // the bundle that go generate made
		"policy":     func() template.HTMLAttr { return template.HTMLAttr(`content="` + policy + `"`) }, //nolint:gosec // made of hashes
	}), nil
}

// scriptPolicy is what the policy of a page with the script says besides.
func scriptPolicy(script string) string {
	sum := sha256.Sum256([]byte(script))
	return "; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
