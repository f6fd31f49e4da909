package survey

import (
	"regexp"
	"strings"
)

// consenting reports whether a column is the person's consent to use the answers, by the key of its
// heading: the word itself, or a question that asks for it. How a practice asks for consent to a treatment
// is a question like any other.
func consenting(k string) bool {
	return consentNames[k] || strings.Contains(" "+k+" ", " consent ") && len(strings.Fields(k)) <= 3 || asksConsent.MatchString(k)
}

var (
	consentNames = phrases("gdpr; popia; einwilligung; einverständnis; consentement; consentimiento; consentimento; consenso; toestemming")
	asksConsent  = regexp.MustCompile(`^(?:consent |i (?:give (?:my )?)?(?:consent|agree)\b|do you (?:consent|agree)\b|(?:may|can) we (?:use|publish|share|store|keep)\b|` +
		`(?:dürfen|können) wir\b|(?:pouvons|pourrions) nous\b|podemos\b|mogen (?:wij|we)\b|mag ons\b).*` +
		`\b(?:answers?|responses?|feedback|comments?|reply|replies|antwort(?:en)?|angaben|réponses?|commentaires?|respuestas?|comentarios?|respostas?|antwoorden|antwoorde|terugvoer)\b`)
)

// agreed reports whether the cell of a consent column is a yes, in the languages that forms are written in.
func agreed(cell string) bool {
	words := plainWords(cell)
	first, _, _ := strings.Cut(words, " ")
	return yes[strings.Trim(first, ",;.:!")] || agreement.MatchString(words)
}

var (
	yes = phrases("yes; y; true; 1; x; on; ok; ✓; ✔; ☑; agree; agreed; accept; accepted; granted; given; ja; jawohl; einverstanden; zugestimmt; oui; sí; si; acepto; sim; aceito; concordo; accetto; acconsento; " +
		"akkoord; toegestemd; yebo; ewe; ee; tak; ano; áno; evet; да; ναι; はい; 是; 同意; हाँ; igen; kyllä; da; jah; jā; taip")
	agreement = regexp.MustCompile(`^(?:i (?:agree|consent|accept)\b|ich (?:stimme zu|willige ein|bin einverstanden)|j[’'\x{2019}]?\s?accepte|je consens|d[’'\x{2019}]?\s?accord|(?:estoy )?de acuerdo|` +
		`doy mi consentimiento|ik (?:ga akkoord|stem (?:toe|in)|geef toestemming)|ek (?:stem (?:in|saam)|gee toestemming))`)
)
