package reports

import "percept/reports/redact"

// Masked replaces what tells a person, as a shared page or message shows it; for words that are not quotes, such as a survey's question.
func Masked(text string) string { return redact.Text(text) }

// MaskedIn is Masked with the masks in a language, by its tag.
func MaskedIn(tag string) func(text string) string { return languageOf(tag).masked }

func (l *language) masked(text string) string {
	return redact.TextIn(text, func(mask string) string { return l.say(mask) })
}
