package web

import (
	"regexp"

	"golang.org/x/net/html"
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

// unmarkedReply looks for an answer that stands within the review's element under a class that says so.
func unmarkedReply(review *html.Node) (text, date, state string) {
	var words *html.Node
	for n := range review.Descendants() {
		if n.Type == html.ElementNode && replyBody.MatchString(attr(n, "class")) {
			words = n
			break
		}
	}
	if words == nil {
		return "", "", ""
	}
	for box := words.Parent; box != nil && box != review; box = box.Parent {
		if !replyClass.MatchString(attr(box, "class")) {
			continue
		}
		for n := range box.Descendants() {
			if d := attr(n, "datetime"); d != "" {
				return nodeText(words), d, ""
			}
		}
	}
	return nodeText(words), "", ""
}
