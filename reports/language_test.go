package reports

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
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
	"percept/reports/redact"
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
	for _, name := range []string{"weekly.html", "evidence.html", "index.html", "parts.html", "alert/templates/message.html", "alert/templates/message.txt"} {
		if path.Dir(name) == "." {
			name = "templates/" + name
		}
		page, err := os.ReadFile(name)
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
	files := []string{"alert/chat.go", "alert/render.go", "../cmd/percept/alertsend.go"}
	pages, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, pages...)
	constants := map[string]string{} // of the mails
	for _, name := range []string{"alert/item.go", "alert/render.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range f.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.CONST {
				for _, spec := range d.Specs {
					v := spec.(*ast.ValueSpec)
					constants[v.Names[0].Name] = folded(v.Values[0])
				}
			}
		}
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "audit") || name == "english.go" {
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
			args := map[string][]int{"say": {0}, "Say": {0}, "plural": {1, 2}, "done": {3, 4, 5}, "parts": {0}}[of]
			for _, i := range args {
				switch arg := call.Args[i].(type) {
				case *ast.BasicLit:
					add(arg.Value)
				case *ast.Ident:
					if of == "Say" {
						found[constants[arg.Name]] = true
					}
				}
			}
			return true
		})
	}
	for _, list := range [][]string{
		{everything(analysis.Worse), everything(analysis.Better), wereUnhappy("1"), wereUnhappy("2"), "Everything slipped, in %s%s. ", "Everything improved, in %s%s. "},
		{string(analysis.NotYet), string(analysis.Worked), string(analysis.NoChange), string(analysis.GotWorse)},
		{string(analysis.Worse), string(analysis.Better), string(analysis.Steady), string(analysis.NotEnough)},
		{stateWord(collector.Complete), stateWord(collector.Incomplete), stateWord(collector.Failed), stateWord(collector.Running), stateWord("")},
		{"No clear difference from the %d weeks before (%s; %s to %s)", "Higher than the %d weeks before (%s; %s to %s)", "Lower than the %d weeks before (%s; %s to %s)"},
		slices.Collect(maps.Values(replyWords)),
	} {
		for _, s := range list {
			found[s] = true
		}
	}
	for _, kind := range redact.Kinds {
		found[kind.Mask()] = true
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

// folded is the value of a constant that is made of literals.
func folded(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return folded(e.X) + folded(e.Y)
	case *ast.BasicLit:
		s, _ := strconv.Unquote(e.Value)
		return s
	}
	return ""
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
	w.review.State, w.review.Why = collector.Incomplete, "page 2 of 4: status 503 Service Unavailable"
	w.note = "web:harbour-street.example/reviews: not read in the week of 2026-11-09"
	own := w.verdicts[place{"response", "fitment"}]
	own.Note = "new normal since 2026-08-31, -0.25"
	w.verdicts[place{"response", "fitment"}] = own
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
	m := newMaterial(p, o, &language{tag: "xx", texts: marked, decimal: ",", months: names, short: names}, slices.Collect(maps.Values(all[0].verdicts)))
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

// leftovers finds in lines what is English where they are to be of another language: pieces of the catalogue's English,
// and words that only English has.
func leftovers(l *language, lines []string) []string {
	var found []string
	words, hole := strings.Join(lines, "\n"), regexp.MustCompile(`%[+\-.\d]*[a-z]|%%`)
	for text, said := range l.texts {
		for _, piece := range hole.Split(text, -1) {
			if piece = strings.TrimSpace(piece); len(strings.Fields(piece)) > 1 && !strings.Contains(said, piece) && strings.Contains(words, piece) {
				found = append(found, piece)
			}
		}
	}
	english := regexp.MustCompile(`(?i)\b(the|and|with|since|not|from|that|were|are|people|reviews?|last|weeks|could|read|page|source|nobody|said|before|after|which|score|needs?|you)\b`)
	for _, line := range lines {
		if english.MatchString(line) {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return found
}

// names are what stands as it is in every language: names, commands, and words of a person; a survey is understood by the
// taxonomy's names.
var names = regexp.MustCompile(`(?:web:)?\w+\.example\S*|Student|Kaplan|Meier|percept [a-z]+( [a-z-]+)*|--corrections|captcha`)

// TestNothingEnglishIsLeftInAfrikaans walks the pages and the mails as they are written, and knows English when it sees it.
func TestNothingEnglishIsLeftInAfrikaans(t *testing.T) {
	af, p := languages()["af"], harbour(t)
	for _, knows := range []string{"2 weeks in all", "Read what people said about", "week of", "nobody"} {
		if len(leftovers(af, []string{"’n " + knows + " sin"})) == 0 {
			t.Fatalf("%q passes for Afrikaans", knows)
		}
	}
	w := invent(p, 1)
	w.review.State, w.review.Why = collector.Incomplete, "page 2 of 4: status 503 Service Unavailable"
	w.note = "all sources: not read in the week of 2026-11-09"
	s, dir := newStore(t, w), t.TempDir()
	o := afrikaans(withInsights(t, s, p))
	o.Alerts = func(string) AlertRecord {
		return AlertRecord{Raised: 5, Open: 1, Withdrawn: 1, Mended: 1, Acked: 3, Closed: 3, Useless: 1, Ack: time.Hour, Close: 50 * time.Hour}
	}
	if _, err := Build(t.Context(), dir, s, []collector.Practice{p}, o); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{indexFile, filepath.Join(p.ID, indexFile), filepath.Join(p.ID, evidenceFile)} {
		page, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		root := checkPage(t, page)
		var lines []string
		for node := range root.Descendants() {
			if node.Type == html.ElementNode {
				lines = append(lines, names.ReplaceAllString(attr(node, "aria-label"), ""))
			}
			if node.Type != html.TextNode || within(node, "style", "q", "bdi", "code", "script") || strings.Contains(node.Data, ": how was it?") {
				continue
			}
			lines = append(lines, names.ReplaceAllString(node.Data, ""))
		}
		if len(lines) < 20 {
			t.Errorf("%s: %d texts looked at", name, len(lines))
		}
		for _, left := range leftovers(af, lines) {
			t.Errorf("%s: %q is English", name, left)
		}
		if name == filepath.Join(p.ID, indexFile) && !strings.Contains(string(page), "alle bronne: nie gelees in die week van 9 November 2026 nie") {
			t.Errorf("%s does not say the note of every verdict", name)
		}
		for _, why := range find(root, "hole") {
			for node := range why.Descendants() {
				if attr(node, "lang") == "en" {
					t.Errorf("%s: %q is called English", name, inner(node))
				}
			}
		}
	}
}

func TestDaysAndNumbersOfALanguage(t *testing.T) {
	af := languages()["af"]
	day := time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)
	for _, x := range [][2]string{
		{af.day(day), "5 Maart 2026"}, {af.date(day, "2 Jan 06"), "5 Mrt. 26"}, {af.signed(-0.5), "−0,50"}, {af.signed(0), "0,00"}, {af.say("%.2f", -1.25), "−1,25"},
		{af.plural(1, "review", "reviews"), "1 resensie"}, {af.plural(3, "review", "reviews"), "3 resensies"}, {af.list([]string{"a", "b", "c"}), "a, b en c"},
		{af.plural(1062, "review", "reviews"), "1\u00a0062 resensies"}, {af.say("%d more", 12345), "nog 12\u00a0345"},
		{english.people(1062), "1,062 people"}, {english.say("%d or more", 1062), "1,062 or more"}, {english.hiding(english.people(3), 3), "under 5 people"},
		{english.source("survey:a/b.csv"), "survey (b.csv)"}, {af.source("survey:a/b.csv"), "opname (b.csv)"}, {af.labels("google, reviews (x.json)"), "google, resensies (x.json)"},
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
