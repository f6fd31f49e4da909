package alert

import "fmt"

// Phrases say our own texts in the language of a reader. Messages are stored in English; a customer's words are never
// said in another language.
type Phrases interface {
	// Tag names the language (BCP 47).
	Tag() string
	// Say is a text of a template, with what it leaves open filled in as fmt does.
	Say(text string, args ...any) string
	// Told is a text that a message carries: a subject, a reason, a note, an age.
	Told(text string) string
	// Source is what people call a source, which may begin with what it is: "survey (spring.csv)".
	Source(name string) string
}

// english is what a Form says without Phrases.
type english struct{}

func (english) Tag() string               { return "en" }
func (english) Told(text string) string   { return text }
func (english) Source(name string) string { return name }

func (english) Say(text string, args ...any) string {
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}
