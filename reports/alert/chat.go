package alert

import (
	"encoding/json"
	"strings"
)

// Limits of Slack (docs.slack.dev, block kit): characters of a text, blocks of a message.
const (
	slackText   = 2900
	slackBlocks = 48
)

var slackEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// Slack is the body of an incoming webhook of Slack. A customer's words are plain text in it, which
// mentions nobody and links nowhere.
func Slack(f Form, m Message) ([]byte, error) {
	r, err := f.Render(m.Content)
	if err != nil {
		return nil, err
	}
	type object map[string]any
	plain := func(kind, text string) object {
		return object{"type": kind, "text": object{"type": "plain_text", "emoji": false, "text": text}}
	}
	blocks := []object{plain("header", head(r.Subject, 140))}
	for _, part := range chunks(r.Text, slackText) {
		if len(blocks) == slackBlocks {
			blocks = append(blocks, plain("section", "The message goes on: percept alert list"))
			break
		}
		blocks = append(blocks, plain("section", part))
	}
	return json.Marshal(object{"text": slackEscape.Replace(r.Subject), "blocks": blocks, "unfurl_links": false, "unfurl_media": false})
}

// teamsText is how much text a card carries: Teams takes 28 KB a message.
const teamsText = 16000

// Teams is the body of a Teams workflow that posts an adaptive card. Words stand in text runs, in which
// Teams reads no markdown.
func Teams(f Form, m Message) ([]byte, error) {
	r, err := f.Render(m.Content)
	if err != nil {
		return nil, err
	}
	type object map[string]any
	run := func(text, weight string) object {
		return object{"type": "RichTextBlock", "inlines": []object{{"type": "TextRun", "text": text, "weight": weight}}}
	}
	body := []object{run(r.Subject, "bolder")}
	text := r.Text
	if cut := head(text, teamsText); cut != text {
		text = cut + "\nThe message goes on: percept alert list"
	}
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		if strings.TrimSpace(paragraph) != "" {
			body = append(body, run(paragraph, "default"))
		}
	}
	card := object{"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
		"msteams": object{"width": "Full"}, "body": body}
	for _, item := range m.Content.Items {
		if item.URL != "" && len(m.Content.Items) == 1 {
			card["actions"] = []object{{"type": "Action.OpenUrl", "title": "Read it there", "url": item.URL}}
		}
	}
	return json.Marshal(object{"type": "message", "attachments": []object{{
		"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": nil, "content": card}}})
}

// head is the first n characters of s.
func head(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// chunks cuts a text into pieces of at most n characters, at the end of a line where there is one.
func chunks(s string, n int) []string {
	var out []string
	for s = strings.TrimSpace(s); s != ""; {
		part := head(s, n)
		if len(part) < len(s) {
			if i := strings.LastIndexByte(part, '\n'); i > len(part)/2 {
				part = part[:i+1]
			}
		}
		s = s[len(part):]
		if strings.TrimSpace(part) != "" {
			out = append(out, part)
		}
	}
	return out
}
