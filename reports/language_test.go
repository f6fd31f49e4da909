package reports

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"percept/analysis"
	"percept/collector"
)

// texts are those that the code and the templates of the weekly page say, without what they say of data of ours.
func texts(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	add := func(quoted string) {
		s, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatal(err)
		}
		found[s] = true
	}
	for _, name := range []string{"weekly.html", "evidence.html", "parts.html"} {
		page, err := fs.ReadFile(templates, "templates/"+name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`[{(]say ("(?:[^"\\]|\\.)*")`).FindAllSubmatch(page, -1) {
			add(string(m[1]))
		}
		for _, m := range regexp.MustCompile(`plural [^"]*("[^"]*") ("[^"]*")`).FindAllSubmatch(page, -1) {
			add(string(m[1]))
			add(string(m[2]))
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "audit") || slices.Contains([]string{"index.go", "brief.go", "english.go"}, name) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			of := ""
			switch f := call.Fun.(type) {
			case *ast.SelectorExpr:
				of = f.Sel.Name
			case *ast.Ident:
				of = f.Name
			}
			args := map[string][]int{"say": {0}, "plural": {1, 2}, "done": {2, 3, 4}}[of]
			for _, i := range args {
				if lit, ok := call.Args[i].(*ast.BasicLit); ok {
					add(lit.Value)
				}
			}
			return true
		})
	}
	for _, list := range [][]string{
		{everything(analysis.Worse), everything(analysis.Better), wereUnhappy(1), wereUnhappy(2), "Everything slipped, in %s%s. ", "Everything improved, in %s%s. "},
		{string(analysis.NotYet), string(analysis.Worked), string(analysis.NoChange), string(analysis.GotWorse)},
		{string(analysis.Worse), string(analysis.Better), string(analysis.Steady), string(analysis.NotEnough)},
		{stateWord(collector.Complete), stateWord(collector.Incomplete), stateWord(collector.Failed), stateWord(collector.Running), stateWord("")},
		{"No clear difference from the %d weeks before (%s; %s to %s)", "Higher than the %d weeks before (%s; %s to %s)", "Lower than the %d weeks before (%s; %s to %s)"},
		{"indicative: under " + strconv.Itoa(analysis.SolidAnswers)},
		slices.Collect(maps.Values(replyWords)),
	} {
		for _, s := range list {
			found[s] = true
		}
	}
	for _, s := range scales {
		found[s.name] = true
	}
	built, err := analysis.BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range journey(built, english) {
		found[step.Name], found[step.Phase] = true, true
	}
	for _, b := range built.Traits {
		found[b.Name] = true
	}
	delete(found, "")
	return found
}

// verbs are what a text leaves open.
func verbs(text string) []string {
	list := regexp.MustCompile(`%(?:\[\d+\])?[+\-.\d]*[a-z]`).FindAllString(strings.ReplaceAll(text, "%%", ""), -1)
	for i := range list {
		list[i] = regexp.MustCompile(`\[\d+\]`).ReplaceAllString(list[i], "")
	}
	slices.Sort(list)
	return list
}

// TestEveryCatalogueIsWhole holds each language to the texts that the pages say.
func TestEveryCatalogueIsWhole(t *testing.T) {
	want := texts(t)
	if len(want) < 300 {
		t.Fatalf("%d texts found, want all", len(want))
	}
	for tag, l := range languages() {
		if l == english {
			continue
		}
		for text := range want {
			translated, ok := l.texts[text]
			if !ok {
				t.Errorf("%s lacks %q", tag, text)
				continue
			}
			if !slices.Equal(verbs(text), verbs(translated)) {
				t.Errorf("%s: %q fills in %v, %q fills in %v", tag, text, verbs(text), translated, verbs(translated))
			}
			if strings.HasPrefix(text, " ") != strings.HasPrefix(translated, " ") || strings.HasSuffix(text, " ") != strings.HasSuffix(translated, " ") {
				t.Errorf("%s: %q and %q do not begin and end alike", tag, text, translated)
			}
		}
		for text := range l.texts {
			if !want[text] {
				t.Errorf("%s has %q, which no page says", tag, text)
			}
		}
	}
}

func afrikaans(o Options) Options {
	o.Language = func(string) string { return "af" }
	return o
}

func TestWeeklyInAfrikaansIsAsItWas(t *testing.T) {
	p := harbour(t)
	w := invent(p, 1)
	w.review.State, w.review.Why = collector.Incomplete, "page 2 of 4: status 503"
	s := newStore(t, w)
	track(t, s, analysis.Trial{Practice: p.ID, Touchpoint: "fitment", What: "’n Tweede passing", Channel: collector.Response, Date: lastWeek.Add(-9 * week)})
	page := makeWeekly(t, s, p, afrikaans(withInsights(t, s, p)))
	root := checkPage(t, page)
	same(t, "weekly_af.html", page)
	if got := attr(find2(root, "html"), "lang"); got != "af" {
		t.Errorf("lang = %q, want af", got)
	}
	if got := inner(find(root, "when")[0]); got != "Hoe kliënte dit sien · week van 9 tot 15 November 2026" {
		t.Errorf("the page is of %q", got)
	}
}

// TestNothingIsLeftInEnglish writes the pages in a language that only marks its texts: what has letters and no mark is
// neither said through a catalogue nor data.
func TestNothingIsLeftInEnglish(t *testing.T) {
	p := harbour(t)
	p.Name = "Q"
	w := invent(p, 1)
	s := newStore(t, w)
	o := withInsights(t, s, p)
	marked := map[string]string{}
	for text := range texts(t) {
		marked[text] = regexp.MustCompile(`%(?:%|[+\-.\d]*[a-z])|\pL+`).ReplaceAllStringFunc(text, func(s string) string {
			if s[0] == '%' {
				return s
			}
			return "¤"
		})
	}
	names := slices.Repeat([]string{"¤"}, 12)
	all, err := loadBriefs(t.Context(), s, []collector.Practice{p}, o)
	if err != nil {
		t.Fatal(err)
	}
	m := newMaterial(p, o, &language{"xx", marked, ",", names, names}, slices.Collect(maps.Values(all[0].verdicts)))
	m.health, m.totals = all[0].health, all[0].totals
	if err := m.loadPage(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	content, err := m.page(t.Context(), m.newQuoter(s, true), paint, o)
	if err != nil {
		t.Fatal(err)
	}
	if content.Trials, err = m.trials(t.Context(), s, true); err != nil {
		t.Fatal(err)
	}
	if content.Sections, err = m.sections(t.Context(), m.newQuoter(s, true), 2); err != nil {
		t.Fatal(err)
	}
	content.Phases, content.General = phases(content.Sections)
	xx := page("weekly.html").Funcs(m.in.funcs())
	var b strings.Builder
	if err := xx.Execute(&b, content); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	// Names of ours, tags of definitions, ids and commands are no text of a language.
	known := regexp.MustCompile(`Q|Continuity|Reliability|Personal attention|percept|optometry|Africa/Johannesburg|web|survey|csv|example|harbour|street|reviews|test|ha-\d+|stars-mean|nps|csat|answered-7d|reply-median|unhappy-share|reviews-13w|R²|Student|track add|init|model eval|--corrections|d$`)
	for n := range root.Descendants() {
		if n.Type != html.TextNode || within(n, "style", "q", "bdi", "code", "svg") || strings.Contains(attr(n.Parent, "class"), "asked") {
			continue
		}
		if has(n.Data, []string{": how was it?"}) || n.Parent.Data == "span" && strings.Contains(attr(n.Parent, "class"), "id") {
			continue // a survey is understood by the taxonomy's own names
		}
		if rest := known.ReplaceAllString(n.Data, ""); regexp.MustCompile(`\pL{2}`).MatchString(rest) {
			t.Errorf("%q is said in English", strings.TrimSpace(n.Data))
		}
	}
}

func TestDaysAndNumbersOfALanguage(t *testing.T) {
	af := languages()["af"]
	day := time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)
	for _, x := range [][2]string{
		{af.day(day), "5 Maart 2026"}, {af.date(day, "2 Jan 06"), "5 Mrt. 26"}, {af.signed(-0.5), "−0,50"}, {af.signed(0), "0,00"}, {af.say("%.2f", -1.25), "−1,25"},
		{af.plural(1, "review", "reviews"), "1 resensie"}, {af.plural(3, "review", "reviews"), "3 resensies"}, {af.list([]string{"a", "b", "c"}), "a, b en c"},
		{english.day(day), "5 March 2026"}, {english.signed(-0.5), "−0.50"}, {english.say("%.2f of %s", 4.5, "5"), "4.50 of 5"},
	} {
		if x[0] != x[1] {
			t.Errorf("%q, want %q", x[0], x[1])
		}
	}
	if got := Languages(); !slices.Equal(got, []string{"af", "en"}) {
		t.Errorf("Languages() = %v", got)
	}
}
