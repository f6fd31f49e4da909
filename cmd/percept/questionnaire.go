package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"unicode"
	"unicode/utf8"

	"percept/analysis"
)

// A question is one of the questionnaire. Its title is worded so that percept knows by itself what its
// answers are, whichever tool asks it.
type question struct {
	title, help string
	section     string // the part of the journey, where it changes
	kind        answerKind
}

type answerKind int

const (
	stars     answerKind = iota // 1, very poor, to 5, very good
	likely                      // 0 to 10
	openWords                   // in the customer's own words
	consent                     // yes or no
)

// questionnaire asks about the whole journey, whether one would recommend, and for consent.
func questionnaire(t *analysis.Taxonomy) []question {
	var q []question
	phase := ""
	for _, tp := range t.Touchpoints {
		x := question{title: tp.Name + ": how was it? (1-5)", help: "Leave it out if it was no part of your visit."}
		if tp.Phase != phase {
			phase, x.section = tp.Phase, tp.Phase
		}
		q = append(q, x)
	}
	return append(q,
		question{title: "How likely are you to recommend us? (0-10)", kind: likely, section: "overall"},
		question{title: "What did we do well?", kind: openWords},
		question{title: "What could we do better?", kind: openWords},
		question{title: "Consent: may we use your answers to improve our service?", kind: consent, help: "Without a yes your answers are not kept."})
}

// questionnaireFiles are the questionnaire as the heading of a table, to print or type in, and as a script
// that makes a form of Google.
func questionnaireFiles(dir string, t *analysis.Taxonomy) []initFile {
	return []initFile{
		{filepath.Join(dir, "surveys", "questionnaire.csv"), func(w io.Writer) error { return writeHeadings(w, t) }},
		{filepath.Join(dir, "surveys", "questionnaire.md"), func(w io.Writer) error { return writeQuestions(w, t) }},
		{filepath.Join(dir, "surveys", "questionnaire.gs"), func(w io.Writer) error { return writeFormScript(w, t) }},
	}
}

func writeHeadings(w io.Writer, t *analysis.Taxonomy) error {
	header := []string{"Response ID", "Submitted at"}
	for _, q := range questionnaire(t) {
		header = append(header, q.title)
	}
	c := csv.NewWriter(w)
	if err := c.Write(header); err != nil {
		return err
	}
	c.Flush()
	return c.Error()
}

func writeQuestions(w io.Writer, t *analysis.Taxonomy) error {
	p := printer{w: w}
	p.say("# After your visit\n\nType these questions into any survey tool, worded as they stand: percept then knows each of them by itself.\n" +
		"Ask no name and no address. For several practices, also ask “Which practice did you visit?” with their names to choose from.\n")
	for i, q := range questionnaire(t) {
		if q.section != "" {
			p.say("\n## %s\n\n", capital(q.section))
		}
		p.say("%d. %s  \n   %s\n", i+1, q.title, [...]string{
			stars: "A number from 1 (very poor) to 5 (very good).", likely: "A number from 0 (not at all) to 10 (certainly).",
			openWords: "In your own words.", consent: "Yes or No; required.",
		}[q.kind]+sentence(q.help))
	}
	return p.err
}

// capital begins s with a capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// sentence is help behind another sentence.
func sentence(help string) string {
	if help == "" {
		return ""
	}
	return " " + help
}

func writeFormScript(w io.Writer, t *analysis.Taxonomy) error {
	p := printer{w: w}
	p.say(`// Makes the questionnaire as a form of Google: open script.google.com, paste this into a new project, run createSurvey and
// allow it to make a form. The log shows its addresses. Later: Responses, Download responses (.csv), unpack it into surveys/.
function createSurvey() {
  const form = FormApp.create('After your visit');
  form.setCollectEmail(false);
`)
	for _, q := range questionnaire(t) {
		if q.section != "" {
			p.say("  form.addSectionHeaderItem().setTitle(%s);\n", quoted(capital(q.section)))
		}
		add := [...]string{
			stars:     "addScaleItem().setBounds(1, 5).setLabels('Very poor', 'Very good')",
			likely:    "addScaleItem().setBounds(0, 10).setLabels('Not at all', 'Certainly')",
			openWords: "addParagraphTextItem()",
			consent:   "addMultipleChoiceItem().setChoiceValues(['Yes', 'No']).setRequired(true)",
		}[q.kind]
		if q.help != "" {
			add += ".setHelpText(" + quoted(q.help) + ")"
		}
		p.say("  form.%s.setTitle(%s);\n", add, quoted(q.title))
	}
	p.say("  Logger.log('edit: ' + form.getEditUrl());\n  Logger.log('send: ' + form.getPublishedUrl());\n}\n")
	return p.err
}

// quoted writes s as a string of JavaScript.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil { // cannot happen: every string has a JSON form
		panic(err)
	}
	return string(b)
}

// A printer keeps the first error of writing.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) say(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}
