package alert

import (
	"encoding/json"
	"strings"
)

// Limits of Slack (docs.slack.dev, block kit), a little below them: characters of a header (150) and of a
// section's text (3,000), blocks of a message (50).
const (
	slackHeader = 140
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
	blocks := []object{plain("header", head(r.Subject, slackHeader))}
	for _, part := range chunks(r.Text, slackText) {
		if len(blocks) == slackBlocks {
			blocks = append(blocks, plain("section", r.in.Say("The message goes on:")+" percept alert list"))
			break
		}
		blocks = append(blocks, plain("section", part))
	}
	return json.Marshal(object{"text": slackEscape.Replace(r.Subject), "blocks": blocks, "unfurl_links": false, "unfurl_media": false})
}

// teamsBytes is how large a request may be: Teams takes about 28 KB (learn.microsoft.com, limits of Teams),
// counted after it has wrapped the card, and refuses what is larger for good.
const teamsBytes = 20 << 10

// A teamsBlock is a line of a card. TextRun has no markdown, so a customer's words are words in it; line
// ends within a run do not hold in every client, so each line is a block.
type teamsBlock struct {
	Type    string     `json:"type"`
	Spacing string     `json:"spacing,omitempty"`
	Inlines []teamsRun `json:"inlines"`
}

type teamsRun struct {
	Type   string `json:"type"`
	Text   string `json:"text"`
	Weight string `json:"weight,omitempty"`
}

// Teams is the body of a Teams workflow that posts an adaptive card.
func Teams(f Form, m Message) ([]byte, error) {
	r, err := f.Render(m.Content)
	if err != nil {
		return nil, err
	}
	type object map[string]any
	body := []teamsBlock{{Type: "RichTextBlock", Inlines: []teamsRun{{"TextRun", r.Subject, "bolder"}}}}
	spacing, left := "", teamsBytes
	for line := range strings.SplitSeq(strings.TrimSpace(r.Text), "\n") {
		if strings.TrimSpace(line) == "" {
			spacing = ""
			continue
		}
		block := teamsBlock{Type: "RichTextBlock", Spacing: spacing, Inlines: []teamsRun{{Type: "TextRun", Text: line}}}
		size, err := json.Marshal(block)
		if err != nil {
			return nil, err
		}
		if len(size) >= left {
			block.Inlines[0].Text = head(line, left/6) // the most that JSON makes of a character
			body = append(body, block, teamsBlock{Type: "RichTextBlock", Inlines: []teamsRun{{Type: "TextRun", Text: r.in.Say("The message goes on:") + " percept alert list"}}})
			break
		}
		body = append(body, block)
		spacing, left = "none", left-len(size)-1
	}
	card := object{"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
		"msteams": object{"width": "Full"}, "body": body}
	if items := m.Content.Items; len(items) == 1 && items[0].URL != "" {
		card["actions"] = []object{{"type": "Action.OpenUrl", "title": r.in.Say("Read it there"), "url": items[0].URL}}
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
