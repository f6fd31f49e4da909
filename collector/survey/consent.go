package survey

import (
	"regexp"
	"strings"
)

// consenting reports whether a column is the person's consent to use the answers, by the key of its
// heading: the word itself, or a question that asks for it. How a practice asks for consent to a treatment
// is a question like any other.
func consenting(k string) bool {
	return !quoting(k) && (consentNames[k] || strings.Contains(" "+k+" ", " consent ") && len(strings.Fields(k)) <= 3 || asksConsent.MatchString(k) || asksLeave(k))
}

// asksLeave reports whether the heading with key k asks, in other words, for leave to use what is said: "Is it OK that we
// use your answers?", "I am happy for my comments to be shared".
func asksLeave(k string) bool {
	return leave.MatchString(k) && (used.MatchString(k) || published.MatchString(k)) && spoken.MatchString(k)
}

// quoting reports whether the heading with key k asks for leave to show one's words to others, or lets one refuse it: "May we
// quote you?", "May we publish your comments?", "I do not want my comments to be published". The answers count whatever
// it says. A question for consent to use the answers that speaks of publishing as well is one for consent.
func quoting(k string) bool {
	switch {
	case fact.MatchString(k):
		return false
	case refusing(k), testimonial.MatchString(k):
		return true
	case used.MatchString(k) && (asksConsent.MatchString(k) || asksLeave(k)):
		return false
	}
	return quotedAbroad.MatchString(k) || quoted.MatchString(k) ||
		published.MatchString(k) && (asksConsent.MatchString(k) || asksLeave(k) || permitted.MatchString(k) && spoken.MatchString(k))
}

// refusing reports whether a yes to the heading with key k is a no: "I do not want my comments to be published", "Do you mind
// if we quote you?". A question for leave that says besides how to refuse it is none of them.
func refusing(k string) bool {
	if fact.MatchString(k) || unopposed.MatchString(k) || (asking.MatchString(k) || leave.MatchString(k)) && !forbids.MatchString(k) {
		return false
	}
	return withheld.MatchString(k) && (quotes.MatchString(k) || published.MatchString(k) || spoken.MatchString(k) && (used.MatchString(k) || shown.MatchString(k)))
}

// named reports whether the heading with key k is nothing but a name of consent, which needs no answers to bear it out.
func named(k string) bool { return consentNames[k] || k == "consent" || k == "consent given" }

// mayConcern reports whether the heading with key k has words of those that ask for leave to quote, whether or not it asks.
func mayConcern(k string) bool {
	return quotes.MatchString(k) || published.MatchString(k) || testimonial.MatchString(k) || withheld.MatchString(k) && spoken.MatchString(k)
}

// yesNo reports whether the answers under the heading with key k are those to a question for leave: two in three are yes or no, and
// they are few. No answers are none to the contrary.
func (p *profile) yesNo(k string) bool {
	told := 0
	for v, n := range p.distinct {
		if x, _, ok := leadingNumber(v); ok && x > 2 {
			return false // a rating; 1 and 2 are codes as well
		}
		if agreed(v) || declined(v) && len(strings.Fields(v)) <= 8 || v == "2" || key(v) == k {
			told += n
		}
	}
	return p.filled == 0 || !p.many && (len(p.distinct) <= 10 || len(p.distinct)*4 <= p.filled) && told*3 >= p.filled*2
}

// private reports whether the cell of a column that asks for leave to quote withholds it: whatever is no yes does, of a
// heading that lets one refuse it whatever is no no.
func private(refusing bool, cell string) bool {
	if !refusing {
		return !agreed(cell)
	}
	first, _, _ := strings.Cut(plainWords(cell), " ")
	return !blank(cell) && !no[strings.Trim(first, ",;.:!")]
}

// declined reports whether the cell of a consent column is a no, or nothing.
func declined(cell string) bool {
	words := plainWords(cell)
	first, _, _ := strings.Cut(words, " ")
	return blank(cell) || no[strings.Trim(first, ",;.:!")] || negated.MatchString(words)
}

var (
	no      = phrases("no; n; false; 0; off; ✗; ✘; ☐; not; nope; never; disagree; disagreed; declined; decline; denied; refused; withdrawn; nein; nee; non; não; nao; nie; nem; ne; nej; hayi; cha; hapana; ei; нет; όχι; いいえ; 否; 不同意; नहीं; hayır")
	negated = regexp.MustCompile(`\b(?:not|n[’'\x{2019}]?t|nicht|niet|nie|pas|geen|kein|keine)\b|^je n`)

	leave = regexp.MustCompile(`^(?:is it (?:ok|okay|o k|all right|alright|fine)\b|(?:are you|would you be|i am|i m) (?:happy|willing|ok|okay|content) (?:for|to let|that|if)\b|` +
		`do (?:you|we) (?:give|grant|have)\b.*\bpermission\b|(?:you|i) (?:may|allow|permit)\b|i give\b.*\bpermission\b)`)
	used        = regexp.MustCompile(`\b(?:use|uses|used|using|share|shared|sharing|store|stored|storing|keep|keeping|kept|process|processed|analyse|analysed|analyze|analyzed)\b`)
	spoken      = regexp.MustCompile(`\b(?:answers?|responses?|feedback|comments?|reply|replies|words|reviews?|testimonials?)\b`)
	published   = regexp.MustCompile(`\b(?:publish|published|publishing)\b`)
	quotes      = regexp.MustCompile(`\bquote (?:you|me|my|your|any|this|what|them)\b|\bquot(?:ed|ing)\b`)
	quoted      = regexp.MustCompile(`\b(?:may|can|could|might) (?:we|i) quote\b|\bquote (?:you|me|my|your)\b|\b(?:be|being) quoted\b|\bquoting (?:you|me|my|your)\b|\b(?:permission|consent|ok|okay|allowed|happy) to quote\b`)
	permitted   = regexp.MustCompile(`^(?:may|can|could|might) (?:we|i|my|your|the|this|these)\b|\bpermission\b|\b(?:ok|okay|happy) to\b|\bno objections?\b|\b(?:not|don t) (?:mind|object)\b`)
	shown       = regexp.MustCompile(`\b(?:show|shown|post|posted|display|displayed|print|printed|public|publicly|website|online|social media|marketing|adverts?|advertising|advertisements?)\b`)
	testimonial = regexp.MustCompile(`\bas a testimonial\b`)

	// withheld are the words of those who refuse or let one refuse, unopposed those that say that one does not.
	withheld = regexp.MustCompile(`\b(?:not|don t) (?:want|wish|agree|consent|like|allow|permit|quote|publish|use|share|show|post|be|to be)\b|\b(?:rather|prefer) not\b|\brather you (?:not|didn t|did not)\b|` +
		`\b(?:do|would) you mind\b|\bi (?:do |would )?mind\b|\bobject(?:ions?)?\b|\bopt(?:ing|ed)? out\b|\brefuse\b`)
	unopposed = regexp.MustCompile(`\b(?:not|don t|wouldn t) (?:mind|object)\b|\bi (?:have )?no objections?\b`)
	asking    = regexp.MustCompile(`^(?:consent )?(?:i (?:give (?:my )?)?(?:consent|agree)\b|do you (?:consent|agree)\b|(?:may|can|could) we\b)`)
	forbids   = regexp.MustCompile(`^(?:you|i) (?:may|do|can) not\b`)
	// fact begins questions about what was: "Was the price you were quoted right?"
	fact = regexp.MustCompile(`^(?:did|was|were|how|what|when|where|which|who|why)\b`)

	consentNames = phrases("gdpr; popia; einwilligung; einverständnis; consentement; consentimiento; consentimento; consenso; toestemming")
	asksConsent  = regexp.MustCompile(`^(?:consent |i (?:give (?:my )?)?(?:consent|agree)\b|do you (?:consent|agree)\b|(?:may|can) we (?:use|publish|share|store|keep)\b|` +
		askedAbroad + `).*` +
		`\b(?:answers?|responses?|feedback|comments?|reply|replies|antwort(?:en)?|angaben|rückmeldung(?:en)?|réponses?|commentaires?|avis|respuestas?|comentarios?|opiniones|respostas?|risposte|commenti|antwoorden|antwoorde|reacties|terugvoer)\b|^(?:may|can) we (?:use|share|store|keep)\b.*\breviews?\b`)
	quotedAbroad = regexp.MustCompile(`^(?:(?:darf|dürfen|kann|können) (?:man|ihre?|diese)\b|` + askedAbroad + `).*\b(?:zitieren|zitiert|veröffentlichen|veröffentlicht|citer|publier|citar|citarle|publicar|citeren|publiceren|aanhaal|publiseer|citare|citarla|pubblicare)\b`)
)

// askedAbroad begins questions for consent in other languages than English, of which the regular expressions above make use.
const askedAbroad = `(?:dürfen|können) wir\b|erlauben sie\b|(?:stimmen sie|ich stimme)\b|(?:sind sie|ich bin) (?:damit )?einverstanden\b|(?:pouvons|pourrions) nous\b|(?:nous )?autorisez vous\b|acceptez vous\b|` +
	`j (?:accepte|autorise)\b|podemos\b|(?:nos )?autoriza\b|acepta\b|doy mi consentimiento\b|concorda\b|aceita\b|possiamo\b|(?:ci )?autorizza\b|acconsent[eo]\b|` +
	`mogen (?:wij|we)\b|(?:gaat u|ik ga) akkoord\b|(?:geeft u|ik geef) (?:ons )?toestemming\b|mag ons\b|(?:gee u|ek gee) (?:ons )?toestemming\b`

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
