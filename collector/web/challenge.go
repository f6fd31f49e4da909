package web

import (
	"regexp"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// challenge is what pages say that want to know whether a person reads them.
var challenge = regexp.MustCompile(`(?i)verify (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)|prove you(?:'re| are) (?:a human|not a robot)|not a robot|captcha|cf-chl|just a moment\.\.\.|unusual traffic|attention required|checking your browser|access denied|automated (?:access|requests)|enable javascript and cookies to continue|bot detection|security check`)

// noneYet is how pages say that they have no reviews.
var noneYet = regexp.MustCompile(`(?i)\bno (?:customer |patient |client )?reviews (?:yet|so far|have been|found|available)|there are no reviews|\b0 reviews\b|(?:has|have) not (?:yet )?been reviewed|not yet reviewed|be the first to (?:write|leave|post|submit) a review|noch keine bewertungen|keine bewertungen vorhanden|(?:aucun|pas encore d['’])\s?avis|(?:aún )?no hay (?:opiniones|reseñas)|nog geen (?:beoordelingen|reviews|resensies)|ancora nessuna recensione|ainda (?:não há|não tem|sem) avaliações|nenhuma avaliação|brak opinii|ingen anmeldelser|inga (?:recensioner|omdömen)|henüz (?:yorum|değerlendirme) yok`)

// saysNone reports whether the page itself says that it has no reviews.
func saysNone(doc *html.Node) bool { return noneYet.MatchString(visible(doc)) }

// asksForHuman reports whether the page is a challenge instead of what was asked for.
func asksForHuman(body string) bool { return challenge.MatchString(body) }

func visible(doc *html.Node) string {
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Body {
			return nodeText(n)
		}
	}
	return nodeText(doc)
}
