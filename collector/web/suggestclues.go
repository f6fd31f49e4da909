package web

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	ratingWord = regexp.MustCompile(`(?i)star|rating|rate|score|bewertung|note|punt|ocena|betyg|étoile|etoile|estrel|stelle|sterne`)
	starCount  = regexp.MustCompile(`(?i)^\D{0,24}\d(?:[.,]\d)? ?(?:stars?|sterne?|étoiles?|estrellas?|stelle|stella|sterren|sterre|estrelas?|gwiazdk\w*|stjerner?|stjärnor|\*)\b`)
	starClass  = regexp.MustCompile(`(?i)(?:^|\s)((?:[a-z]+[-_])*(?:stars?|rating|rate|score)[a-z]*[-_]?)([0-5])(?:\s|$)`)
	starStyle  = regexp.MustCompile(`(?i)width: ?\d{1,3}(?:\.\d+)? ?%`)
	onlyNumber = regexp.MustCompile(`^\d{1,3}(?:[.,]\d)?$`)
	onlyStars  = regexp.MustCompile(`^[★☆⭐✩✭ ]+$`)
	authorWord = regexp.MustCompile(`(?i)author|user|name|reviewer|byline|customer|client|nick|autor|verfasser|auteur|who|person|patient|poster`) //nolint:misspell // Spanish
	titleWord  = regexp.MustCompile(`(?i)title|headline|heading|subject|summary|titel|titre|titulo|titolo`)
	replyWord  = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:answer|reply|response|antwort|reponse|respuesta|risposta|antwoord|resposta|odpowiedz|svar|owner)(?:[\s_-]|$)`) //nolint:misspell // French
)

// look notes what the element n may tell.
func (s *surveyor) look(n *html.Node) {
	reply := inReply(n)
	add := func(c clue) {
		c.node = n
		if reply {
			switch c.role {
			case isText:
				c.role = isReply
			case isDate:
				c.role = isReplyDate
			default:
				return
			}
		}
		s.clues = append(s.clues, c)
	}
	if c, ok := ratingClue(n); ok {
		add(c)
		return
	}
	if d := cmp.Or(attr(n, "datetime"), attr(n, "content")); d != "" && !onlyNumber.MatchString(d) && s.dates.read(d).Known() {
		add(clue{role: isDate, value: d, weight: 3}) // a profile reads both unasked
		return
	}
	own := ownText(n)
	if own == "" {
		return
	}
	if len(own) <= 80 && s.dates.read(own).Known() && !onlyNumber.MatchString(own) {
		add(clue{role: isDate, value: own, weight: 2})
		return
	}
	words := len(strings.Fields(own))
	look := attr(n, "class") + " " + attr(n, "itemprop") + " " + attr(n, "rel")
	switch {
	case heading(n) || titleWord.MatchString(look) && len(own) <= 150:
		add(clue{role: isTitle, value: own, weight: 2})
		if authorWord.MatchString(look) {
			add(clue{role: isAuthor, value: own, weight: 3})
		}
	case words <= 6 && len(own) <= 60 && authorWord.MatchString(look) && capital(own):
		add(clue{role: isAuthor, value: own, weight: 3})
	case words <= 5 && len(own) <= 40 && capital(own) && !strings.ContainsAny(own, "0123456789:?!"):
		add(clue{role: isAuthor, value: own, weight: 1})
	}
	if len(own) >= 20 && words >= 4 && n.DataAtom != atom.A && !heading(n) {
		add(clue{role: isText, value: own, weight: len(own)})
	}
}

// ratingClue tells a rating by what it is called, by stars, or by its words.
func ratingClue(n *html.Node) (clue, bool) {
	c := clue{role: isRating, weight: 2}
	for _, name := range []string{"data-rating", "data-score", "data-stars", "data-rate", "data-value", "aria-label", "title", "alt", "content"} {
		v := oneLine(attr(n, name))
		if v == "" || len(v) > 80 {
			continue
		}
		called := strings.HasPrefix(name, "data-") && name != "data-value" || ratingWord.MatchString(attr(n, "class")+attr(n, "itemprop"))
		if ratingOf.MatchString(v) || starCount.MatchString(v) || called && onlyNumber.MatchString(v) {
			c.attr, c.value = name, v
			return c, true
		}
	}
	class := attr(n, "class")
	if m := starClass.FindStringSubmatch(class); m != nil {
		c.attr, c.regex, c.value = "class", regexp.QuoteMeta(m[1])+`([0-5])(?:\s|$)`, m[2]
		return c, true
	}
	if style := attr(n, "style"); starStyle.MatchString(style) && (ratingWord.MatchString(class) || n.Parent != nil && ratingWord.MatchString(attr(n.Parent, "class"))) {
		c.attr, c.regex, c.value = "style", `width: ?([0-9.]+ ?%)`, style
		return c, true
	}
	v := shortText(n)
	switch {
	case v == "":
	case onlyStars.MatchString(v) && strings.ContainsAny(v, "★⭐"):
		if p := n.Parent; p != nil && p.DataAtom != atom.Body && onlyStars.MatchString(shortText(p)) {
			return c, false // the element around has all the stars
		}
	case ratingOf.MatchString(v) && len(v) <= 40, starCount.MatchString(v) && len(v) <= 24, onlyNumber.MatchString(v) && ratingWord.MatchString(class):
	default:
		return c, false
	}
	c.value = v
	return c, v != ""
}

// shortText is the text of an element with little in it.
func shortText(n *html.Node) string {
	var b strings.Builder
	nodes := 0
	for d := range n.Descendants() {
		if nodes++; nodes > 24 || b.Len() > 120 {
			return ""
		}
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return oneLine(b.String())
}

// ownText is the text directly in n and in the inline elements that only set it off.
func ownText(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil && b.Len() < 20_000; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.DataAtom == atom.Br:
			b.WriteByte(' ')
		case c.DataAtom == atom.B || c.DataAtom == atom.I || c.DataAtom == atom.Em || c.DataAtom == atom.Strong || c.DataAtom == atom.U:
			if b.Len() > 0 && c.FirstChild != nil && c.FirstChild.Type == html.TextNode {
				b.WriteString(c.FirstChild.Data)
			}
		}
	}
	return oneLine(b.String())
}

func heading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func capital(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
	}
	return false
}

// inReply reports whether the element stands in what looks like the answer of the business.
func inReply(n *html.Node) bool {
	for up := 0; n != nil && up < maxClimb; n, up = n.Parent, up+1 {
		if n.Type == html.ElementNode && (anotherVoice(n) && attr(n, "itemprop") != "review" || replyWord.MatchString(attr(n, "class"))) {
			return true
		}
	}
	return false
}
