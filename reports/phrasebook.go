package reports

import "time"

// A Phrasebook says in a language what stands outside of pages: mails and messages.
type Phrasebook struct{ in *language }

// PhrasesOf are those of a language by its tag; English where there is no catalogue.
func PhrasesOf(tag string) Phrasebook { return Phrasebook{languageOf(tag)} }

// Tag names the language (BCP 47).
func (p Phrasebook) Tag() string { return p.in.tag }

// Say is a text of ours in the language, with what it leaves open filled in as fmt does.
func (p Phrasebook) Say(text string, args ...any) string { return p.in.say(text, args...) }

// Told is a text that was worded in English, such as why a source failed; what no catalogue knows stays as it is.
func (p Phrasebook) Told(text string) string { return p.in.worded(text) }

// Source is what people call a source, with what it is in the language.
func (p Phrasebook) Source(name string) string { return p.in.labels(name) }

// Portfolio words a mail about practices and the week that begins on a Monday: its title, its line and its subject.
func (p Phrasebook) Portfolio(practices, slipping int, monday time.Time) (title, line, subject string) {
	all, day := p.in.plural(practices, "practice", "practices"), p.in.day(monday)
	return p.Say("%s, week of %s", all, day), p.Say("Slipping: %d of %s.", slipping, all), p.Say("percept: %d of %s slipping, week of %s", slipping, all, day)
}
