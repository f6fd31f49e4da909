package survey

import (
	"fmt"
	"slices"
	"strings"
)

// A decider gives every column its role, by its heading and by what the sample shows.
type decider struct {
	l        *Layout
	o        Options
	settled  map[int]bool // by the config
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
	for i := range d.l.Columns {
		c := &d.l.Columns[i]
		if d.o.Asks != nil && c.Touchpoint == "" && (c.Role == Rating || c.Role == Text) && !d.l.Long {
			c.Touchpoint = d.o.Asks(heading(c.asked()))
		}
	}
	d.worth()
}

// free reports whether column i is still without a role and not settled by the config.
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
		asked := key(heading(d.l.Columns[i].Question))
		mails := d.profiles[i].mails*2 > d.profiles[i].filled
		invited := k == "token" && strings.HasPrefix(d.l.Tool, "LimeSurvey")
		if d.free(i) && (personal(k) || personal(asked) || mails || invited) {
			d.set(i, Personal, "")
		}
	}
}

// gates finds the columns that decide whether a row counts at all, and the language.
func (d *decider) gates() {
	d.one(Consent, func(_ int, k string) bool { return consenting(k) })
	d.named(Language)
	d.one(Finished, func(i int, k string) bool {
		return exact[Finished][k] && d.profiles[i].category2(finishedWords)
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

// category2 reports whether all answers are among words.
func (p *profile) category2(words map[string]bool) bool {
	for v := range p.distinct {
		if !words[plainWords(v)] {
			return false
		}
	}
	return p.filled > 0 && !p.many
}

var finishedWords = phrases("yes; no; y; n; true; false; 1; 0; complete; completed; partial; started; finished; unfinished; incomplete; ja; nein; nee")

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

// time takes the column of dates that ranks first, by its heading, then one with dates alone.
func (d *decider) time() {
	at := d.l.find(When)
	best := 2*len(times) + 1
	for i := 0; at < 0 && i < len(d.keys); i++ {
		p := &d.profiles[i]
		if !d.free(i) {
			continue
		}
		rank := rankOf(times, dateKey(d.l.Columns[i].Name))
		dated := p.dates + p.serials + p.digits
		switch {
		case rank < 0 && p.dates*10 >= p.filled*9 && p.filled > 0 && p.unique() > 0.02:
			rank = len(times)
		case rank < 0, dated*10 < p.filled*3:
			continue
		case p.filled == 0:
			rank += len(times) // any column with dates comes first
		}
		if rank < best && d.fuller(i) {
			best = rank
			d.clear(When)
			d.set(i, When, "")
		}
	}
	if at = d.l.find(When); at < 0 {
		d.unreadDates()
		return
	}
	p := &d.profiles[at]
	t := &d.l.Time
	m := d.o.Mapping.Time
	t.Layout = m.Layout
	t.Serial = p.serials > p.dates+p.digits && m.Layout == ""
	t.Zone = or(m.Zone, or(zoneInHeading(d.l.Columns[at].Name), t.Zone))
}

// fuller keeps a column of dates from giving way to a better named one that is nearly empty.
func (d *decider) fuller(i int) bool {
	at := d.l.find(When)
	return at < 0 || d.profiles[i].filled*4 >= d.profiles[at].filled
}

func (d *decider) clear(r Role) {
	if i := d.l.find(r); i >= 0 {
		d.set(i, Other, "")
	}
}

// unreadDates says when there is a column for dates that cannot be read.
func (d *decider) unreadDates() {
	for i := range d.keys {
		rank := rankOf(times, dateKey(d.l.Columns[i].Name))
		if p := &d.profiles[i]; d.free(i) && rank >= 0 && rank < rankOf(times, soft) && p.filled > 0 && !p.category() {
			d.problem("the dates of “%s” cannot be read, as “%s”: say time: layout", d.labels[i], shorten(p.sorted()[0], 40))
			return
		}
	}
	d.note("no column of dates: the answers belong to no week")
}

// dateKey is the key of a heading without the zone that it states.
func dateKey(name string) string {
	if open := strings.LastIndexByte(name, '('); open > 0 {
		name = name[:open]
	}
	return key(heading(name))
}

// zoneInHeading reads "Submit Date (UTC)" and "Response At (America/New_York)".
func zoneInHeading(name string) string {
	open, end := strings.LastIndexByte(name, '('), strings.LastIndexByte(name, ')')
	if open < 0 || end < open {
		return ""
	}
	zone := strings.TrimSpace(name[open+1 : end])
	if _, ok := zoneNamed(zone); ok {
		return zone
	}
	return ""
}

func rankOf(list []string, k string) int { return slices.Index(list, k) }

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
	if d.l.find(Question) >= 0 {
		d.one(Respondent, func(_ int, k string) bool { return slices.Contains(respondents, k) })
	}
}

// long decides whether one row is one answer.
func (d *decider) long() {
	q := d.l.find(Question)
	if q < 0 {
		return
	}
	if d.l.find(Text) < 0 && d.l.find(Rating) < 0 {
		d.problem("column “%s” holds questions, and no column the answers: name it under text", d.labels[q])
		return
	}
	if d.l.find(Respondent) < 0 {
		d.note("column “%s” holds questions and no column names the respondent: every row is a response", d.labels[q])
	}
	d.l.Long = true
	for _, v := range d.profiles[q].sorted() {
		a := Asked{Question: v, Asks: asks(v)}
		if d.o.Asks != nil {
			a.Touchpoint = d.o.Asks(heading(v))
		}
		d.l.Questions = append(d.l.Questions, a)
	}
}

// overall finds the rating of the response as a whole: the Friends and Family Test, then the
// likelihood to recommend, then what is called overall, then a rating without a question.
func (d *decider) overall() {
	best := 0
	var only []int
	for i, c := range d.l.Columns {
		if c.Role != Rating {
			continue
		}
		only = append(only, i)
		k := key(heading(c.asked()))
		rank := 0
		switch {
		case c.Touchpoint != "":
		case c.Scale.Tag == "fft":
			rank = 5
		case c.Scale.Tag == "fft-recommend":
			rank = 4
		case c.Scale.Tag == "nps-0-10":
			rank = 3
		case strings.Contains(k, "overall"):
			rank = 2
		case bareRating[k]:
			rank = 1
		}
		if rank > best {
			best, d.l.Overall = rank, i+1
		}
	}
	if d.l.Long && d.l.Overall == 0 && len(only) > 0 {
		d.l.Overall = only[0] + 1
	}
}

var bareRating = phrases("rating; ratings; score; stars; star rating; overall rating; overall score; satisfaction; csat; nps; bewertung; puntuación; note; how would you rate us; how would you rate your visit; how was your visit; your rating")

// worth refuses a file in which nothing can be scored: it would import as if nobody had said a word.
func (d *decider) worth() {
	if len(d.l.Problems) > 0 || d.l.find(Text) >= 0 || d.l.find(Rating) >= 0 {
		return
	}
	for _, p := range d.profiles {
		if p.filled > 0 {
			d.problem("neither a rating nor a comment column is found among %s: name them under rating and text", plural(len(d.keys), "column"))
			return
		}
	}
}
