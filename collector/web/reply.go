package web

import (
	"cmp"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// replyProps are the properties by which a review leads to the answer of the business.
var replyProps = map[string]bool{
	"comment": true, "reply": true, "replies": true, "response": true, "ownerresponse": true, "ownerreply": true,
	"businessresponse": true, "businessreply": true, "merchantreply": true, "reviewresponse": true, "reviewreply": true,
}

// replyClass is how pages without a property for it mark the answer: class="owner-response".
var replyClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:(?:owner|business|biz|manager|management|merchant|seller|host|provider|doctor|dentist|practice|clinic|company|store|shop|vendor|partner|admin|staff|official)s?[_-]{0,2}(?:reply|replies|response|responses|answer|answers|comment|comments)|(?:review|rating|comment)s?[_-]{0,2}(?:[a-z]+[_-]{1,2})?(?:reply|response|child))(?:[\s_-]|$)|(?:owner|business|merchant|company)(?:Reply|Response)|review(?:Reply|Response)`)

// replyBody marks the words within such an answer.
var replyBody = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:reply|response|answer)[_-]{1,2}(?:body|text|content|message|copy)(?:[\s_-]|$)`)

// reply reads the answer of the business to a review. A comment by somebody else is none; with
// several, the one of the business counts.
func (x *extractor) reply(it *item, subject string) (text, date string, state string) {
	var only *item
	names := make([]string, 0, len(replyProps))
	for _, p := range it.props {
		if !replyProps[p.name] {
			continue
		}
		names = append(names, p.name)
		c := p.value.item
		if c == nil {
			if text == "" {
				text = p.value.words()
			}
			continue
		}
		who := authorItem(c)
		ours := who != nil && who.is("organization", "localbusiness", "corporation") || subject != "" && letters(author(c)) == letters(subject)
		if ours || only == nil {
			only = c
		}
		if ours {
			break
		}
	}
	switch {
	case only != nil:
		return only.words("text", "commenttext", "description", "reviewbody", "articlebody"), only.raw(dateProps...), only.raw("status", "state")
	case text == "" && it.node != nil && len(names) == 0:
		return unmarkedReply(it.node)
	}
	return text, "", ""
}

// unmarkedReply looks for an answer that stands within the review's element under a class that says so:
// its body where a class names that, else the whole without the line over it.
func unmarkedReply(review *html.Node) (text, date, state string) {
	var box, words *html.Node
	for n := range review.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		class := attr(n, "class")
		if box == nil && replyClass.MatchString(class) {
			box = n
		}
		if replyBody.MatchString(class) {
			words = n
			break
		}
	}
	switch {
	case words != nil:
		text = nodeText(words)
	case box == nil || asksForWords(box):
		return "", "", ""
	default:
		text = nodeText(box)
		if label, rest, ok := strings.Cut(text, "\n"); ok && len(label) <= 80 && replyLabel.MatchString(label) {
			text = strings.TrimSpace(rest)
		}
		if !prose(text) {
			return "", "", "" // a link to reply by
		}
	}
	for n := cmp.Or(words, box); n != nil && n != review; n = n.Parent {
		if !replyClass.MatchString(attr(n, "class")) {
			continue
		}
		for d := range n.Descendants() {
			if at := attr(d, "datetime"); at != "" {
				shown := nodeText(d)
				return strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, shown), shown)), at, ""
			}
		}
	}
	return text, "", ""
}

// asksForWords reports whether an element is a form to be filled in.
func asksForWords(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Form || d.DataAtom == atom.Textarea || d.DataAtom == atom.Input {
			return true
		}
	}
	return n.DataAtom == atom.Form
}

// prose reports whether a text is long enough to be what a person said, and not the label of an answer.
func prose(s string) bool {
	return len(s) >= 20 && len(strings.Fields(s)) >= 4 && !(len(s) <= 80 && replyLabel.MatchString(s))
}

// replyLabel begins the line over the answer of a business.
var replyLabel = regexp.MustCompile(`(?i)^(?:owner'?s? )?(?:response|reply|answer|answered|antwort|réponse|respuesta|risposta|antwoord|resposta|odpowiedź|svar)\b.{0,4}\b(?:from|by|of|to|vom|von|des|der|du|de|del|della|dal|van|do|da|od|från|fra|owner|business|inhaber)\b`) //nolint:misspell // French, Spanish
