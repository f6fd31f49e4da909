package survey

import "testing"

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
		"I consent to my feedback being published": true, "May we use your answers to improve our service?": true, "Do you agree that we use your answers?": true,
		"Einwilligung": true, "Dürfen wir Ihre Antworten verwenden?": true, "Consentement": true, "Pouvons-nous utiliser vos réponses ?": true,
		"Consentimiento": true, "¿Podemos usar sus respuestas?": true, "Toestemming": true, "Mogen wij uw antwoorden gebruiken?": true, "Mag ons u antwoorde gebruik?": true,
		"Is it OK that we use your answers to improve our service?": true, "Is it okay if we share your feedback?": true, "I'm happy for my comments to be used": true,
		"Are you happy for us to publish your comments?": true, "Do you give us permission to use your feedback?": true, "You may use my answers": true,
		"Are you happy with the reply to your comments?": false, "Is it OK to call you about your answers?": false, "May we quote you?": false, "I do not want my comments to be published": false,
		"Would you be happy to use our practice again?": false,
		"Did we ask for your consent before the exam?":  false, "How well was consent explained to you before the procedure?": false, "May we call you?": false, "What did we do well?": false, "Do you agree with the price?": false,
	} {
		if got := consenting(key(heading)); got != want {
			t.Errorf("consenting(%q) = %v, want %v", heading, got, want)
		}
	}
}
