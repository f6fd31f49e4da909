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
		"May we use your answers?":               false, "I consent to my feedback being used and published": false, "Did the quote match what you paid?": false, "Was the quote clear?": false,
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
