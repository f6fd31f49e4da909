package survey

import (
	"fmt"
	"slices"
	"strings"

	"percept/collector"
)

// A decider gives every column its role, by its heading and by what the sample shows.
type decider struct {
	l        *Layout
	o        Options
	mapped   bool         // the config names columns
	settled  map[int]bool // by the config, and by a note that asks for it
	profiles []profile
	keys     []string
	labels   []string
}

func (d *decider) decide() {
	d.labels = d.l.labels()
	for _, c := range d.l.Columns {
		d.keys = append(d.keys, key(heading(c.Name)))
	}
	d.persons()
	d.gates()
	d.practice()
	d.time()
	d.ids()
	d.ratings()
	d.texts()
	d.long()
	d.overall()
	d.touchpoints()
	d.language()
	d.unheeded()
	d.worth()
	d.kind()
}

// free reports whether column i is still without a role and not settled.
func (d *decider) free(i int) bool { return d.l.Columns[i].Role == Other && !d.settled[i] }

func (d *decider) set(i int, r Role, why string) {
	d.l.Columns[i].Role, d.l.Columns[i].Why = r, why
}

// one gives role r to the first free column that match likes, unless a column has it.
func (d *decider) one(r Role, match func(i int, key string) bool) {
	if d.l.find(r) >= 0 {
		return
	}
	for i, k := range d.keys {
		if d.free(i) && match(i, k) {
			d.set(i, r, "")
			return
		}
	}
}

func (d *decider) named(r Role) {
	d.one(r, func(_ int, k string) bool { return exact[r][k] })
}

func (d *decider) persons() {
	for i, k := range d.keys {
		c := &d.l.Columns[i]
		mails := d.profiles[i].mails*2 > d.profiles[i].filled
		invited := k == "token" && strings.HasPrefix(d.l.Tool, "LimeSurvey")
		// A column that the config ignores is dropped like any other.
		if c.Role == Other && (c.tellsWho() || mails || invited) {
			d.set(i, Personal, "")
		}
	}
}

// gates finds the columns that decide whether a row counts at all, and the language.
func (d *decider) gates() {
	d.leave()
	d.named(Language)
	d.one(Finished, func(i int, k string) bool {
		return exact[Finished][k] && d.profiles[i].onlyWords(finishedWords)
	})
	if strings.HasPrefix(d.l.Tool, "Qualtrics") {
		d.one(Status, func(_ int, k string) bool { return k == "status" })
	}
	if d.l.find(Question) < 0 {
		d.one(Question, func(i int, k string) bool {
			return exact[Question][k] && len(d.profiles[i].distinct) <= 200 && !d.profiles[i].many
		})
	}
	d.named(Segment)
}

// leave finds the first column that asks for consent and all that ask for leave to quote, by heading or question and by
// answers. What the config names of a role is all of it.
func (d *decider) leave() {
	consent, quotes := d.l.find(Consent) < 0, d.l.find(Quoting) < 0
	for i, k := range d.keys {
		if !d.free(i) {
			continue
		}
		role := leaveRole(k)
		if role == Other {
			k = key(heading(d.l.Columns[i].Question))
			role = leaveRole(k)
		}
		switch {
		case role == Other || role == Consent && !consent || role == Quoting && !quotes:
		case named(k) || d.profiles[i].yesNo(k):
			d.set(i, role, "")
			consent = consent && role != Consent
		default:
			d.note("column “%s” may ask for %s, and its answers are not yes or no: it is read like any other; if it does, say columns: {%s: ...}", d.labels[i], roleName(role), role)
		}
	}
}

// leaveRole is Consent or Quoting where the heading with key k asks for either, else Other.
func leaveRole(k string) Role {
	switch {
	case quoting(k):
		return Quoting
	case consenting(k):
		return Consent
	}
	return Other
}

// unheeded tells of columns that may ask for leave to quote and are not read.
func (d *decider) unheeded() {
	for i, k := range d.keys {
		asked := key(heading(d.l.Columns[i].Question))
		if d.free(i) && leaveRole(k) == Other && leaveRole(asked) == Other && (mayConcern(k) || mayConcern(asked)) {
			d.note("column “%s” may ask for leave to quote and is not read: if it does, say columns: {quoting: ...}", d.labels[i])
		}
	}
}

// onlyWords reports whether all answers are among words.
func (p *profile) onlyWords(words map[string]bool) bool {
	for v := range p.distinct {
		if !words[plainWords(v)] {
			return false
		}
	}
	return p.filled > 0 && !p.many
}

var finishedWords = phrases("yes; no; y; n; true; false; 1; 0; complete; completed; partial; started; finished; unfinished; incomplete; overquota; disqualified; ja; nein; nee; oui; non; sí; si")

// practice takes a column that names practices, if what it says can be told apart here.
func (d *decider) practice() {
	if d.l.find(Practice) >= 0 || d.o.Practices == nil {
		return
	}
	for i, k := range d.keys {
		if !d.free(i) || !exact[Practice][k] && !visited.MatchString(k) {
			continue
		}
		known := slices.ContainsFunc(d.profiles[i].sorted(), func(v string) bool {
			_, ok := d.o.Practices(v)
			return ok
		})
		if known || d.o.Practice == "" || strings.HasPrefix(k, "practice") {
			d.set(i, Practice, "")
			return
		}
		d.note("column “%s” names no practice that is known: all rows are %s's", d.labels[i], d.o.Practice)
	}
}

func (d *decider) note(format string, args ...any) {
	d.l.Notes = append(d.l.Notes, fmt.Sprintf(format, args...))
}

func (d *decider) problem(format string, args ...any) {
	d.l.Problems = append(d.l.Problems, fmt.Sprintf(format, args...))
}

// ids finds the column that names a row, and where rows share a response the one that names that.
func (d *decider) ids() {
	best := len(ids)
	for i, k := range d.keys {
		rank, p := rankOf(ids, k), &d.profiles[i]
		if !d.free(i) || rank < 0 || rank >= best || p.filled == 0 || d.l.find(ID) >= 0 && d.settled[d.l.find(ID)] {
			continue
		}
		if firm[k] && !(d.l.find(Question) >= 0 && p.unique() < 0.9) || p.unique() >= 0.98 {
			best = rank
			d.clear(ID)
			d.set(i, ID, "")
		}
	}
	if d.l.find(Question) < 0 {
		return
	}
	names := func(_ int, k string) bool { return slices.Contains(respondents, k) }
	d.one(Respondent, names)
	// Where rows are sorted by question, the sample shows each respondent once.
	if i := d.l.find(ID); i >= 0 && !d.settled[i] && d.l.find(Respondent) < 0 && names(i, d.keys[i]) {
		d.set(i, Respondent, "")
	}
}

// long decides whether one row is one answer.
func (d *decider) long() {
	q := d.l.find(Question)
	if q < 0 {
		return
	}
	if d.l.find(Text) < 0 && d.l.find(Rating) < 0 {
		d.problem("column “%s” holds questions, and no column the answers: say columns: {text: [{column: ...}]}", d.labels[q])
		return
	}
	if d.l.find(Respondent) < 0 {
		d.note("column “%s” holds questions and no column names the respondent: every row is a response", d.labels[q])
	}
	d.l.Long = true
	for _, v := range d.profiles[q].sorted() {
		if role := leaveRole(key(heading(v))); role != Other {
			d.note("question “%s” may ask for %s, and where one row is one answer it is read like any other: give it a column of its own", shorten(heading(v), 80), roleName(role))
		}
		a := Asked{Question: v, Asks: asks(v)}
		if d.o.Asks != nil {
			a.Touchpoint = d.o.Asks(heading(v))
		}
		d.l.Questions = append(d.l.Questions, a)
	}
}

// touchpoints asks what the answers are about. Which rating is the overall one is settled before: it
// must not depend on whether somebody asks.
func (d *decider) touchpoints() {
	if d.o.Asks == nil || d.l.Long {
		return
	}
	for i := range d.l.Columns {
		c := &d.l.Columns[i]
		if c.Touchpoint == "" && (c.Role == Text || c.Role == Rating && d.l.Overall != i+1) {
			c.Touchpoint = d.o.Asks(heading(c.asked()))
		}
	}
}

// language asks in which language the questions are, where no column says it of each row.
func (d *decider) language() {
	if d.o.LanguageOf == nil || d.l.find(Language) >= 0 {
		return
	}
	var asked []string
	for _, c := range d.l.Columns {
		if c.Role == Text || c.Role == Rating {
			asked = append(asked, heading(c.asked()))
		}
	}
	for _, q := range d.l.Questions {
		asked = append(asked, heading(q.Question))
	}
	d.l.Language = d.o.LanguageOf(strings.Join(asked, "\n"))
}

// worth refuses a file in which nothing can be scored: it would import as if nobody had said a word.
func (d *decider) worth() {
	if len(d.l.Problems) > 0 || d.l.find(Text) >= 0 || d.l.find(Rating) >= 0 {
		return
	}
	for _, p := range d.profiles {
		if p.filled > 0 {
			d.problem("neither a rating nor a comment column is found among %s: say columns: {rating: [{column: ...}], text: [{column: ...}]}", collector.Plural(len(d.keys), "column"))
			return
		}
	}
}
