package survey

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"percept/collector"
	"percept/collector/sourcetest"
)

func TestAgreed(t *testing.T) {
	for cell, want := range map[string]bool{
		"Yes": true, "YES, you may use my answers": true, "y": true, "true": true, "1": true, "x": true, "☑": true, "on": true, "I agree": true, "I consent to this.": true,
		"Ja": true, "Ja, gerne": true, "Ich stimme zu": true, "Ich willige ein.": true, "Einverstanden": true, "Oui": true, "J'accepte": true, "D'accord": true,
		"Sí": true, "si, acepto": true, "Acepto": true, "De acuerdo": true, "Doy mi consentimiento": true, "Sim": true, "Aceito": true, "Concordo": true, "Accetto": true, "Acconsento": true,
		"Ik ga akkoord": true, "Akkoord": true, "Ek stem in": true, "Ek gee toestemming": true, "Yebo": true, "Ewe": true, "Ee": true, "Tak": true, "Ano": true, "Evet": true, "Да": true, "Ναι": true, "はい": true, "是": true,
		"": false, "No": false, "no, thanks": false, "0": false, "false": false, "Nein": false, "Ich stimme nicht zu": false, "Non": false, "Je n'accepte pas": false, "No acepto": false, "Não": false,
		"Nee": false, "Ek stem nie in nie": false, "I do not agree": false, "I agree not to": true, "Cha": false, "Hayi": false, "Nie": false, "Yesterday": false, "unsure": false,
		"Not agreed": false, "Estoy de acuerdo": true, "No estoy de acuerdo": false,
	} {
		if got := agreed(cell); got != want {
			t.Errorf("agreed(%q) = %v, want %v", cell, got, want)
		}
		if unclear := map[string]bool{"Yesterday": true, "unsure": true}[cell]; !want && declined(cell) == unclear {
			t.Errorf("declined(%q) = %v, want %v", cell, unclear, !unclear)
		}
	}
}

func TestConsentColumns(t *testing.T) {
	for heading, want := range map[string]bool{
		"Consent": true, "consent_given": true, "GDPR": true, "POPIA": true, "Consent: may we use your answers?": true, "Do you consent to our use of your answers?": true,
		"I consent to my feedback being used and published": true, "I consent to my feedback being published": false, "May we use your answers to improve our service?": true, "Do you agree that we use your answers?": true,
		"Einwilligung": true, "Dürfen wir Ihre Antworten verwenden?": true, "Consentement": true, "Pouvons-nous utiliser vos réponses ?": true,
		"Consentimiento": true, "¿Podemos usar sus respuestas?": true, "Toestemming": true, "Mogen wij uw antwoorden gebruiken?": true, "Mag ons u antwoorde gebruik?": true,
		"Is it OK that we use your answers to improve our service?": true, "Is it okay if we share your feedback?": true, "I'm happy for my comments to be used": true,
		"Are you happy for us to publish your comments?": false, "May we publish your comments on our website?": false, "Do you give us permission to use your feedback?": true, "You may use my answers": true,
		"Are you happy with the reply to your comments?": false, "Is it OK to call you about your answers?": false, "May we quote you?": false, "I do not want my comments to be published": false,
		"Would you be happy to use our practice again?": false,
		"Did we ask for your consent before the exam?":  false, "How well was consent explained to you before the procedure?": false, "May we call you?": false, "What did we do well?": false, "Do you agree with the price?": false,
	} {
		if got := consenting(key(heading)); got != want {
			t.Errorf("consenting(%q) = %v, want %v", heading, got, want)
		}
	}
}

func TestQuotingColumns(t *testing.T) {
	for heading, want := range map[string]bool{
		"May we quote you?": true, "May we quote you on our website?": true, "Can we use your words as a testimonial?": true, "May we use your answers and quote you?": false, "May we publish your comments?": true,
		"I consent to my feedback being published": true, "Are you happy for us to publish your comments?": true, "I do not want my comments to be published": true,
		"I'm happy for my comments to be quoted": true,
		"I do not want to be quoted":             true, "Please do not quote me": true, "Tick if you do not wish to be quoted": true, "I would rather not be quoted": true, "Do you mind if we quote you?": true, "Would you mind being quoted?": true,
		"I do not want my comments to be shared": true, "I do not agree to my comments being used on your website": true, "May we quote you and use your comments on our website?": true,
		"May we quote you or share your comments with others?": true, "Can we quote you using your first name?": true, "May we publish your review?": true, "Can your comments be published?": true,
		"Permission to publish comments": true, "Darf Ihre Rückmeldung veröffentlicht werden?": true, "I don't mind being quoted": true, "You may not use my comments": true,
		"How happy were you with the price you were quoted?": false, "If you do not agree, please leave a comment": false, "Please comment on anything you did not want or expect": false,
		"Was the price you were quoted right?": false, "Did we quote you a fair price?": false, "May we use your answers? If you do not agree, choose no": false,
		"May we use your answers?": false, "I consent to my feedback being used and published": false, "Did the quote match what you paid?": false, "Was the quote clear?": false,
		"How did you feel about the quote?": false, "What did we publish?": false,
	} {
		if got := quoting(key(heading)); got != want {
			t.Errorf("quoting(%q) = %v, want %v", heading, got, want)
		}
	}
	for _, c := range []struct {
		heading, cell string
		want          bool
	}{
		{"May we quote you?", "Yes", false}, {"May we quote you?", "Ja, gerne", false}, {"May we quote you?", "No", true}, {"May we quote you?", "", true}, {"May we quote you?", "Only if you ask first", true},
		{"I do not want my comments to be published", "Yes", true}, {"I do not want my comments to be published", "x", true}, {"I do not want my comments to be published", "I do not want my comments to be published", true},
		{"I do not want my comments to be published", "No", false}, {"I do not want my comments to be published", "", false},
		{"I do not want to be quoted", "Yes", true}, {"I do not want to be quoted", "No", false}, {"Please do not quote me", "x", true}, {"Tick if you do not wish to be quoted", "true", true},
		{"I would rather not be quoted", "Yes", true}, {"Do you mind if we quote you?", "Yes", true}, {"Do you mind if we quote you?", "No", false}, {"Would you mind being quoted?", "Not at all", false},
		{"I don't mind being quoted", "Yes", false}, {"May we quote you? Choose no if you do not wish to be quoted", "Yes", false}, {"I do not want my comments to be shared", "Yes", true},
	} {
		if got := private(refusing(key(c.heading)), c.cell); got != c.want {
			t.Errorf("%q, %q: private = %v, want %v", c.heading, c.cell, got, c.want)
		}
	}
}

// Who may not be quoted counts as everybody does, in tables of one row a response and of one row an answer.
func TestUnquotedResponsesCount(t *testing.T) {
	for name, content := range map[string]string{
		"a row a response": "Response ID,Submitted,What could we do better?,May we quote you?\n1,2026-02-03,Ring me when they are in,No\n2,2026-02-03,Shorter waits,Yes\n3,2026-02-04,Open on Fridays,\n",
		"two questions": "Response ID,Submitted,What could we do better?,May we quote you on our website?,May we quote you on social media?\n" +
			"1,2026-02-03,Ring me when they are in,Yes,No\n2,2026-02-03,Shorter waits,Yes,yes\n3,2026-02-04,Open on Fridays,No,Yes\n",
		"a row an answer": "Response ID,Date,Question,Answer,May we quote you?\n1,2026-02-03,What did we do well?,Kind people,No\n1,2026-02-03,What could we do better?,Ring me when they are in,No\n" +
			"2,2026-02-03,What did we do well?,The frames,Yes\n2,2026-02-03,What could we do better?,Shorter waits,Yes\n3,2026-02-04,What did we do well?,The exam,\n3,2026-02-04,What could we do better?,Open on Fridays,\n",
	} {
		s, err := New(Options{Path: write(t, "f.csv", content), Practice: "elm"})
		if err != nil {
			t.Fatal(err)
		}
		private := map[string]bool{}
		var notes []string
		for _, p := range sourcetest.Run(t, s, collector.Query{Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}) {
			for _, f := range p.Feedback {
				private[f.SourceID] = f.Private
			}
			for _, c := range p.Counts {
				notes = append(notes, c.String())
			}
		}
		if want := map[string]bool{"1": true, "2": false, "3": true}; !maps.Equal(private, want) {
			t.Errorf("%s: private %v, want %v", name, private, want)
		}
		if !slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(n, "2 responses without leave to be quoted: counted") }) {
			t.Errorf("%s: notes %q", name, notes)
		}
	}
}

// A heading makes a column one of consent or of leave to quote only where its answers are yes and no, or nobody has answered.
func TestAnswersBearOutLeave(t *testing.T) {
	const head, open = "Response ID,Date,How was the exam? (1-5),What could we do better?,", "Please comment on anything you did not want or expect"
	for _, c := range []struct {
		heading string
		cells   [3]string
		role    Role
		note    string // of the column
	}{
		{"May we use your answers?", [3]string{"Yes", "No", "Maybe"}, Consent, ""},
		{"May we use your answers?", [3]string{"1", "2", "1"}, Consent, ""},
		{"May we use your answers?", [3]string{"", "", ""}, Consent, ""},
		{"May we quote you?", [3]string{"Yes, gladly", "no thanks", ""}, Quoting, ""},
		{"I do not wish for my comments to be used on your website or on posters", [3]string{"", "", "I do not wish for my comments to be used on your website or on posters"}, Quoting, ""},
		{"May we quote you?", [3]string{"", "", ""}, Quoting, ""},
		{"May we quote you?", [3]string{"Ann", "Ben", "Cas"}, Other, "may ask for leave to quote, and its answers are not yes or no"},
		{"How happy were you with the price you were quoted?", [3]string{"2", "5", "4"}, Rating, ""},
		{"How happy were you with the price you were quoted?", [3]string{"1", "1", "2"}, Rating, ""},
		{"If you do not agree, please leave a comment", [3]string{"No, the price was wrong", "Ring me when they are in", ""}, Text, ""},
		{open, [3]string{"The drops", "A long wait in the cold", "No"}, Text, ""},
		{"Possiamo migliorare qualcosa? Lasci i suoi commenti", [3]string{"La sala è fredda e piccola", "Orari più lunghi la sera", ""}, Text, "may ask for consent"},
		{"Pouvons-nous faire mieux ? Votre avis nous intéresse", [3]string{"Attente trop longue au guichet", "Le parking était trop petit", ""}, Text, "may ask for consent"},
		{"Stimmen Sie zu: Auf meine Antworten wurde eingegangen (1 bis 5)", [3]string{"1", "5", "3"}, Rating, "may ask for consent"},
		{"Newsletter, with quoted prices", [3]string{"Yes", "No", "Yes"}, Other, "may ask for leave to quote and is not read"},
	} {
		content := append([]byte(head), appendRow(nil, []string{c.heading})...)
		for i, cell := range c.cells {
			content = appendRow(content, []string{string(rune('a' + i)), "2026-02-03", "4", "Shorter waits at the desk", cell})
		}
		l, err := Inspect(t.Context(), write(t, "f.csv", string(content)), Options{})
		if err != nil {
			t.Errorf("%s %q: %v", c.heading, c.cells, err)
			continue
		}
		if got := l.Columns[4].Role; got != c.role {
			t.Errorf("%s %q is %q, want %q", c.heading, c.cells, got, c.role)
		}
		if c.note == "" && len(l.Notes) > 0 || c.note != "" && !slices.ContainsFunc(l.Notes, func(n string) bool { return strings.Contains(n, c.note) }) {
			t.Errorf("%s %q: notes %q, want %q", c.heading, c.cells, l.Notes, c.note)
		}
	}
	// What the config says of a column holds, whatever the answers are.
	l, err := Inspect(t.Context(), write(t, "f.csv", head+open+"\na,2026-02-03,4,Shorter waits,Ask me first\n"), Options{Mapping: Mapping{Quoting: open}})
	if err != nil || l.Columns[4].Role != Quoting {
		t.Errorf("%q is %q, %v; want what the config says", open, l.Columns[4].Role, err)
	}
}

// Where one row is one answer, a question for leave is not heeded, and the file is told so.
func TestQuestionsForLeaveInRowsAreTold(t *testing.T) {
	l, err := Inspect(t.Context(), write(t, "f.csv", "Respondent ID,Date,Question,Answer\n1,2026-02-03,What was good?,Kind people\n1,2026-02-03,May we quote you?,No\n1,2026-02-03,May we use your answers?,Yes\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"question “May we quote you?” may ask for leave to quote", "question “May we use your answers?” may ask for consent"} {
		if !slices.ContainsFunc(l.Notes, func(n string) bool { return strings.HasPrefix(n, want) }) {
			t.Errorf("notes %q, want one that begins %q", l.Notes, want)
		}
	}
	if len(l.Notes) != 2 {
		t.Errorf("notes %q, want two", l.Notes)
	}
}
