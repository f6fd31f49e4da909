package web

import (
	"cmp"
	"regexp"
	"strings"
	"time"
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
	// starPicture is the file of a picture of as many stars: "star-4.svg", "sterne/5.png".
	starPicture = regexp.MustCompile(`(?i)(?:stars?|rating|sterne?|etoiles?|estrellas?)[_/-]?([0-5])(?:\.|[_-]|$)`)
	// starsAmong is a rating among other words, and no date: "4/5".
	starsAmong = regexp.MustCompile(`\b([0-5](?:[.,]\d)?) ?/ ?(5)(?:[^\d/.,]|$)`)
	// figuresOfDate is a date in figures, which reads like a rating: "10/30/2025".
	figuresOfDate = regexp.MustCompile(`\d{1,4}[./-]\d{1,2}[./-]\d{1,4}`)
	onlyStars     = regexp.MustCompile(`^[★☆⭐✩✭ ]+$`)
	authorWord    = regexp.MustCompile(`(?i)author|user|name|reviewer|byline|customer|client|nick|autor|verfasser|auteur|who|person|patient|poster`) //nolint:misspell // Spanish
	titleWord     = regexp.MustCompile(`(?i)title|headline|heading|subject|summary|titel|titre|titulo|titolo`)
	replyWord     = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:answer|reply|response|antwort|reponse|respuesta|risposta|antwoord|resposta|odpowiedz|svar|owner)(?:[\s_-]|$)`) //nolint:misspell // French
)

// look notes what the element n may tell.
func (s *surveyor) look(n *html.Node) {
	reply := inReply(n)
	add := func(c clue) {
		if c.node == nil {
			c.node = n
		}
		if reply {
			c.named = true
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
	if c, ok := starsDrawn(n); ok {
		add(c)
	}
	if c, ok := ratingClue(n); ok {
		add(c)
		return
	}
	if v := shortText(n); len(v) <= 80 && n.DataAtom != atom.Body {
		if m := starsAmong.FindString(v); m != "" {
			add(clue{role: isRating, regex: starsAmong.String(), value: m, weight: 1, named: true})
		}
	}
	if d := cmp.Or(attr(n, "datetime"), attr(n, "content")); d != "" && !onlyNumber.MatchString(d) && s.dates.read(d).Known() {
		add(clue{role: isDate, value: d, weight: 3, named: true}) // a profile reads both unasked
		return
	}
	own := ownText(n)
	if own == "" {
		return
	}
	dated := false
	if len(own) <= 80 && !onlyNumber.MatchString(own) {
		if c, ok := s.dateClue(n, own); ok {
			dated = true
			add(c)
		}
	}
	if len(own) <= 80 {
		s.names(n, own, dated, add)
	}
	if !dated && prose(own) && n.DataAtom != atom.A && !heading(n) {
		add(clue{role: isText, value: own, weight: len(own)})
	}
}

// bodyWord is how sites name the words of a review in their style sheets.
var bodyWord = regexp.MustCompile(`(?i)text|body|content|comment|description|quote|message|words|inhalt|texte|texto|testo|reviewBody`)

// dateForms are the patterns by which a date is picked from among other words.
var dateForms = []string{
	`\d{4}[./-]\d{1,2}[./-]\d{1,2}`, `\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}`,
	`\d{1,2}\.? \p{L}+\.? \d{4}`, `\p{L}+\.? \d{1,2},? \d{4}`, `\p{L}+\.? \d{4}`,
}

var dateFormed = compileAll(dateForms)

func compileAll(patterns []string) []*regexp.Regexp {
	out := make([]*regexp.Regexp, len(patterns))
	for i, p := range patterns {
		out[i] = regexp.MustCompile(p)
	}
	return out
}

// dateClue tells a date by its words. Where other words stand around it in the element, a pattern picks it.
func (s *surveyor) dateClue(n *html.Node, own string) (clue, bool) {
	c := clue{role: isDate, value: own, weight: 2, named: true}
	d := s.dates.read(own)
	if d.Known() && !d.Relative && d.End.Sub(d.Start) > 32*24*time.Hour {
		return c, false // "patient since 2010"
	}
	if !d.Known() {
		if numericDate.MatchString(own) { // day first or month first: nothing on the page says
			c.weight, c.named = 1, false
			return c, true
		}
		return c, false
	}
	whole := brief(n)
	if whole == "" {
		return c, false // the element holds more than the date
	}
	if whole == own && s.dates.read(whole).Known() {
		return c, true
	}
	for i, form := range dateFormed {
		if part := form.FindString(whole); part != "" && s.dates.read(part).Known() {
			c.regex, c.value = dateForms[i], part
			return c, true
		}
	}
	return c, s.dates.read(whole).Known()
}

// ratingClue tells a rating by what it is called, by stars, or by its words.
func ratingClue(n *html.Node) (clue, bool) {
	c := clue{role: isRating, weight: 2}
	for _, name := range []string{"data-rating", "data-score", "data-stars", "data-rate", "data-value", "aria-label", "title", "alt", "content"} {
		v := oneLine(attr(n, name))
		if v == "" || len(v) > 80 || figuresOfDate.MatchString(v) {
			continue
		}
		called := strings.HasPrefix(name, "data-") && name != "data-value" || ratingWord.MatchString(attr(n, "class")+attr(n, "itemprop")+attr(n, "property"))
		if ratingOf.MatchString(v) || starCount.MatchString(v) || called && onlyNumber.MatchString(v) {
			c.attr, c.value, c.named = name, v, true
			return c, true
		}
	}
	class := attr(n, "class")
	if m := starClass.FindStringSubmatch(class); m != nil {
		c.attr, c.regex, c.value = "class", regexp.QuoteMeta(m[1])+`([0-5])(?:\s|$)`, m[2]
		return c, true // a guess until the numbers differ
	}
	if style := attr(n, "style"); starStyle.MatchString(style) && (ratingWord.MatchString(class) || n.Parent != nil && ratingWord.MatchString(attr(n.Parent, "class"))) {
		c.attr, c.regex, c.value, c.named = "style", `width: ?([0-9.]+ ?%)`, style, true
		return c, true
	}
	if m := starPicture.FindStringSubmatch(attr(n, "src")); m != nil && n.DataAtom == atom.Img {
		c.attr, c.regex, c.value = "src", starPicture.String(), m[1]
		return c, true // a guess until the numbers differ
	}
	v := shortText(n)
	switch {
	case v == "" || figuresOfDate.MatchString(v):
		return c, false
	case onlyStars.MatchString(v) && strings.ContainsAny(v, "★⭐"):
		if p := n.Parent; p != nil && p.DataAtom != atom.Body && onlyStars.MatchString(shortText(p)) {
			return c, false // the element around has all the stars
		}
	case ratingOf.MatchString(v) && len(v) <= 40, starCount.MatchString(v) && len(v) <= 24, onlyNumber.MatchString(v) && ratingWord.MatchString(class+attr(n, "property")):
	default:
		return c, false
	}
	c.value, c.named = v, true
	return c, true
}

// brief is the text of an element with little in it, in lines as a profile reads it.
func brief(n *html.Node) string {
	if shortText(n) == "" {
		return ""
	}
	return nodeText(n)
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

var reviewProperty = regexp.MustCompile(`(?i)(?:^|:)reviews?$`)

// inReply reports whether the element stands in what looks like the answer of the business.
func inReply(n *html.Node) bool {
	for up := 0; n != nil && up < maxClimb; n, up = n.Parent, up+1 {
		if n.Type == html.ElementNode && (anotherVoice(n) && !reviewProperty.MatchString(attr(n, "itemprop")+attr(n, "property")) || replyWord.MatchString(attr(n, "class"))) {
			return true
		}
	}
	return false
}
