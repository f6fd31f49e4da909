package reports

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// worded are the texts that a stage words for a reader, by its files: the formats of Sprintf and Errorf, and errors.
func worded(t *testing.T, files ...string) []string {
	t.Helper()
	var found []string
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if lit, is := call.Args[0].(*ast.BasicLit); ok && is && slices.Contains([]string{"Sprintf", "Errorf", "New"}, f.Sel.Name) {
				s, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				found = append(found, s)
			}
			return true
		})
	}
	return found
}

// TestEveryLanguageKnowsWhatTheStagesWord fills in each text that a stage words for pages and mails, and asks for it in
// every language.
func TestEveryLanguageKnowsWhatTheStagesWord(t *testing.T) {
	texts := worded(t, "../analysis/notes.go", "../analysis/outlook.go", "../analysis/event.go", "../analysis/trial.go",
		"../collector/web/source.go", "../collector/web/fetch.go", "../collector/collect.go",
		"alert/item.go", "alert/outage.go", "alert/rule.go", "alert/state.go", "alert/tell.go", "alert/withdraw.go")
	if len(texts) < 60 {
		t.Fatalf("%d texts found, want all", len(texts))
	}
	// What stands on the terminal alone, and pieces of what is asked for as a whole.
	other := regexp.MustCompile(`^( \(and %s more|percept: %s: %s needs|it was spoken of|the mean score was|a baseline of|%s of %s left|one page has|the source says|collect %s|web: address|web: %q is no|(touchpoint|severity|channel|score|unanswered|reply|words|slip|a rating|the rule|score belongs)\b)`)
	fill := strings.NewReplacer("%%", "%", "%q", `"x"`, "%.40q", `"60"`, "%.20q", `"20"`, "%d", "3", "%+.2f", "+0.12", "%.2f", "0.12", "%.1f", "0.1", "%.0f", "40",
		"%s", "2026-08-31", "%w", "empty page")
	for tag, l := range languages() {
		if l == english {
			continue
		}
		for _, text := range texts {
			if other.MatchString(text) || !regexp.MustCompile(`[a-z]{2}`).MatchString(regexp.MustCompile(`%[.\d]*[a-z]`).ReplaceAllString(text, "")) {
				continue
			}
			if said, whole := l.told(fill.Replace(text)); !whole {
				t.Errorf("%s does not know %q: %q", tag, text, said)
			}
		}
	}
}

func TestTold(t *testing.T) {
	af := languages()["af"]
	for _, c := range []struct {
		text, want string
		whole      bool
	}{
		{"web:a.example: new since 2026-08-31, not yet comparable; at this volume only a drop of 0.4 would show",
			"web:a.example: nuut sedert 31 Augustus 2026, nog nie vergelykbaar nie; met so min sou net ’n daling van 0,4 gesien word", true},
		{"all sources: not read from 2026-08-31 to 2026-09-06", "alle bronne: nie gelees van 31 Augustus 2026 tot 6 September 2026 nie", true},
		{"after: new people, and lenses; more, 3 March 2026", "ná: new people, and lenses; more, 3 Maart 2026", true},
		{"new normal since 2026-08-31, -0.25", "nuwe normaal sedert 31 Augustus 2026, −0,25", true},
		{"web: https://a.example/2: status 503 Service Unavailable (and 2 more)", "web: https://a.example/2: status 503, die diens is nie beskikbaar nie (en nog 2)", true},
		{"web: https://a.example/2: the page fell over", "web: https://a.example/2: the page fell over", false},
		{"Eye exam is worse in the survey since the week of 31 August 2026: -0.81 (likely -0.92 to -0.70) on a scale of -1 to 1, 56 people in 13 weeks.",
			"Oogtoets is slegter in die opname sedert die week van 31 Augustus 2026: −0,81 (waarskynlik −0,92 tot −0,70) op ’n skaal van −1 tot 1, 56 mense in 13 weke.", true},
		{"rated 1 of 5 stars, says “refund”, “worse”", "punt 1 uit 5 sterre, sê “refund”, “worse”", true},
		{"Week 31 of 2026 gained 1,200 answers.", "Week 31 van 2026 het 1\u00a0200 antwoorde bygekry.", true},
		{"", "", true},
	} {
		if got, whole := af.told(c.text); got != c.want || whole != c.whole {
			t.Errorf("told(%q) = %q, %v, want %q, %v", c.text, got, whole, c.want, c.whole)
		}
	}
	if got, _ := english.told("new since 2026-08-31"); got != "new since 31 August 2026" {
		t.Errorf("English writes %q", got)
	}
}
