package survey

import (
	"testing"

	"percept/collector"
)

func TestAsks(t *testing.T) {
	for question, want := range map[string]collector.Asks{
		"What was good?":           collector.AsksPraise,
		"What did we do well?":     collector.AsksPraise,
		"What did you like most?":  collector.AsksPraise,
		"How could we improve?":    collector.AsksImprove,
		"What could we do better?": collector.AsksImprove,
		"do_better":                collector.AsksImprove,
		"What should we change?":   collector.AsksImprove,
		"FFT Why?":                 collector.AsksWhy,
		"Please can you tell us why you gave your answer?":                                  collector.AsksWhy,
		"What is the main reason for your score?":                                           collector.AsksWhy,
		"Please describe anything you were particularly satisfied and/or dissatisfied with": collector.AsksAnything,
		"What did we do well and what could be better?":                                     collector.AsksAnything,
		"Anything else?": collector.AsksAnything,
		"Comments":       collector.AsksAnything,
	} {
		if got := asks(question); got != want {
			t.Errorf("asks(%q) = %q, want %q", question, got, want)
		}
	}
}

func TestSaid(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "",
		" \n ":                      "",
		"Did not answer":            "",
		"n/a":                       "",
		"NULL":                      "",
		"-":                         "",
		"#NAME?":                    "",
		"Nothing":                   "Nothing", // after a question it means something
		"None. ":                    "None. ",
		"  kept\n as written ":      "  kept\n as written ",
		"Bed &amp; breakfast":       "Bed & breakfast",
		"It&#39;s &quot;fine&quot;": `It's "fine"`,
		"AT&T; R&D":                 "AT&T; R&D",
		"<b>bold</b> & <3":          "<b>bold</b> & <3",
	} {
		if got := said(in); got != want {
			t.Errorf("said(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestKey(t *testing.T) {
	for in, want := range map[string]string{
		"ResponseId": "response id", "Response ID": "response id", "RecipientLastName": "recipient last name", "1. How was it?": "how was it",
		"Q2 Comments": "comments", "#": "#", "e-mail": "e mail", "free_text": "free text", "Q2": "q2", "Submit Date (UTC)": "submit date utc",
	} {
		if got := key(in); got != want {
			t.Errorf("key(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPersonalColumns(t *testing.T) {
	for _, h := range []string{"Name", "E-mail address", "Your name", "Please enter your e-mail", "IPAddress", "Submission IP", "Mobile number", "RecipientEmail", "Date of birth", "Patient number", "NHS number", "Please enter your address [Street]"} {
		if !personal(key(h)) {
			t.Errorf("%q is not taken as personal", h)
		}
	}
	for _, h := range []string{"How did you find our phone service?", "Please name one thing we could improve", "Practice name", "How was your phone call?", "Comments", "Rating", "How satisfied were you with our mail reminder?"} {
		if personal(key(h)) {
			t.Errorf("%q is taken as personal", h)
		}
	}
}
