package reports

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"percept/analysis"
	"percept/collector"
)

// evidenceFile is the page of the feedback behind the numbers of a weekly page, and stands beside it.
const evidenceFile = "evidence.html"

// A proof collects what the numbers of a weekly page count: a list for each number, of as many items. Where it is
// nil the page stands alone, and its numbers lead nowhere.
type proof struct {
	lists []proofList
	known map[string]string // the ids of lists by what they count
}

// A proofList is what one number counts.
type proofList struct {
	ID, Title string
	Items     [][]string // feedbacks of one person, or one feedback
	rows      bool       // Items are rows that became no feedback, in words
}

func newProof() *proof { return &proof{known: map[string]string{}} }

// number is text with a link to what it counts. Two numbers that count the same share what, and a list. Where the
// store has not as many as are counted, for more came since, there is no link: a list never shows another number.
func (p *proof) number(n int, text, what string, items [][]string) part {
	if p == nil || n == 0 || len(items) != n {
		return part{Text: text}
	}
	id, ok := p.known[what]
	if !ok {
		id = fmt.Sprintf("n%d", len(p.lists)+1)
		p.known[what] = id
		p.lists = append(p.lists, proofList{ID: id, Title: what, Items: items})
	}
	return part{text, evidenceFile + "#" + id}
}

// rows is number for rows that became no feedback.
func (p *proof) rows(n int, text, what string, rows [][]string) part {
	made := p.number(n, text, what, rows)
	if made.Href != "" {
		p.lists[len(p.lists)-1].rows = true
	}
	return made
}

// trim takes back the lists after the first n.
func (p *proof) trim(n int) {
	if p == nil {
		return
	}
	for _, l := range p.lists[n:] {
		delete(p.known, l.Title)
	}
	p.lists = p.lists[:n]
}

// size is how many lists there are.
func (p *proof) size() int {
	if p == nil {
		return 0
	}
	return len(p.lists)
}

// each makes an item of every feedback.
func each(feedbacks []string) [][]string {
	out := make([][]string, len(feedbacks))
	for i, id := range feedbacks {
		out[i] = []string{id}
	}
	return out
}

// ofVoices are the feedbacks of voices.
func ofVoices(voices []voice, keep func(voice) bool) [][]string {
	var out [][]string
	for _, v := range voices {
		if keep(v) {
			out = append(out, []string{v.Feedback})
		}
	}
	return out
}

// spoke are the persons whom a series counts from a Monday and before another, of all touchpoints where touchpoint is
// empty; only those who were unhappy where asked.
func (m *material) spoke(channel, touchpoint string, from, to time.Time, unhappy bool) [][]string {
	if m.proof == nil {
		return nil
	}
	type person struct {
		touchpoint, voice string
		week              time.Time
	}
	type said struct {
		feedbacks []string
		sum       float64
		n         int
	}
	at := map[person]int{}
	var all []said
	for _, e := range m.told[channel] {
		if touchpoint != "" && e.Touchpoint != touchpoint || e.Week.IsZero() || e.Week.Before(from) || !e.Week.Before(to) {
			continue
		}
		key := person{e.Touchpoint, e.Voice, e.Week}
		i, ok := at[key]
		if !ok {
			i = len(all)
			at[key] = i
			all = append(all, said{})
		}
		s := &all[i]
		if !slices.Contains(s.feedbacks, e.Feedback) {
			s.feedbacks = append(s.feedbacks, e.Feedback)
		}
		s.sum, s.n = s.sum+e.Score, s.n+1
	}
	var out [][]string
	for _, s := range all {
		if !unhappy || s.sum/float64(s.n) < -5e-10 {
			out = append(out, s.feedbacks)
		}
	}
	return out
}

// reviewed are the reviews of a kind.
func reviewed(reviews []analysis.Reviewed, keep func(analysis.Reviewed) bool) [][]string {
	var out [][]string
	for _, r := range reviews {
		if keep(r) {
			out = append(out, []string{r.Feedback})
		}
	}
	return out
}

// overall are the overall ratings under one definition of the days from one and before another.
func (m *material) overall(channel collector.Kind, axis analysis.Axis, from, to time.Time) [][]string {
	var out [][]string
	end := m.last.Add(week)
	for _, r := range m.rated {
		if !r.Overall || r.Channel != channel || r.Day.Before(from) || !r.Day.Before(to) || !r.Last.Before(end) {
			continue
		}
		for _, a := range analysis.Tally([]analysis.RatingCount{{Channel: r.Channel, Scale: r.Scale, Rating: r.Rating, Valid: r.Valid, N: 1}}) {
			if a.Axis() == axis && a.N() == 1 {
				out = append(out, []string{r.Feedback})
			}
		}
	}
	return out
}

// An evidencePage is the page of all lists of a proof.
type evidencePage struct {
	Practice, Week, Made, Version string
	Audience                      Audience
	Lists                         []evidenceList
	Entries                       []evidenceEntry
}

type evidenceList struct {
	ID, Title string
	Items     [][]evidenceRef
	Rows      []string // instead of Items: what became no feedback
}

// Count is how many lines the list has.
func (l evidenceList) Count() int { return len(l.Items) + len(l.Rows) }

// An evidenceRef leads to an entry.
type evidenceRef struct{ Entry, ID, When, Rated string }

// An evidenceEntry is a feedback with what was found in it.
type evidenceEntry struct {
	Entry string
	voice
	Found []evidenceFound
	// Unread is the language of words that the scorer does not read.
	Unread   string
	Wordless bool // ratings alone, which the page does not say
}

// An evidenceFound is a place of a feedback: the touchpoint, how it felt, and the words.
type evidenceFound struct {
	Name, Score string
	Said        said
}

// entryLimit is how long the words of one place may be on the evidence page, in bytes.
const entryLimit = 600

// evidence makes the page of what the numbers of a weekly page count.
func (m *material) evidencePage(ctx context.Context, q *quoter, o Options) ([]byte, error) {
	page := evidencePage{Practice: m.practice.Name, Week: m.in.span(m.last), Made: m.in.day(m.now.In(m.practice.Zone)), Version: o.Version, Audience: o.Audience}
	if page.Audience == "" {
		page.Audience = Shared
	}
	of := map[string][]analysis.Evidence{}
	for _, c := range channels {
		for _, e := range m.told[c] {
			of[e.Feedback] = append(of[e.Feedback], e)
		}
	}
	for _, b := range m.behaviours { // its date may name no touchpoint
		if of[b.Feedback] == nil {
			of[b.Feedback] = asEvidence([]analysis.BehaviourEvidence{b})
		}
	}
	if err := q.fetch(ctx, slices.Sorted(maps.Keys(of))...); err != nil {
		return nil, err
	}
	unread := map[string]string{}
	for _, u := range m.reading.Unread {
		unread[u.Feedback] = cmp.Or(u.Language, "?")
	}
	plain := map[string]analysis.Reviewed{}
	for _, r := range m.reviews {
		plain[r.Feedback] = r
	}
	entries := map[string]int{}
	ref := func(feedback string) (evidenceRef, error) {
		i, ok := entries[feedback]
		if !ok {
			i = len(page.Entries)
			entries[feedback] = i
			e := evidenceEntry{Entry: fmt.Sprintf("f%d", i+1), voice: voice{Feedback: feedback}, Unread: unread[feedback]}
			if said := of[feedback]; len(said) > 0 {
				e.voice = m.voices(said)[0]
				if m.masks && answers(e.Channel) {
					e.When = ""
				}
				if err := m.found(ctx, q, &e); err != nil {
					return evidenceRef{}, err
				}
			} else if r, ok := plain[feedback]; ok {
				e.Source, e.When, e.voice.Rated, e.Link = r.Source, m.in.when(r.Given, m.practice.Zone), m.in.rated(r.Rating), link(r.URL)
			}
			page.Entries = append(page.Entries, e)
		}
		e := page.Entries[i]
		return evidenceRef{e.Entry, e.ID(), e.When, e.voice.Rated}, nil
	}
	for _, l := range m.proof.lists {
		list := evidenceList{ID: l.ID, Title: l.Title}
		if m.masks && !l.rows { // in no order of time
			slices.SortFunc(l.Items, slices.Compare)
		}
		for _, feedbacks := range l.Items {
			var refs []evidenceRef
			if l.rows {
				row := feedbacks[0]
				if q.mask {
					row = m.in.masked(row)
				}
				list.Rows = append(list.Rows, row)
				continue
			}
			for _, f := range feedbacks {
				r, err := ref(f)
				if err != nil {
					return nil, err
				}
				refs = append(refs, r)
			}
			list.Items = append(list.Items, refs)
		}
		page.Lists = append(page.Lists, list)
	}
	var b bytes.Buffer
	err := evidencePages()[m.in.tag].Execute(&b, page)
	return b.Bytes(), err
}

// found fills in what was found in a feedback, in the order of its words.
func (m *material) found(ctx context.Context, q *quoter, e *evidenceEntry) error {
	for _, x := range e.evidence {
		var f evidenceFound
		if m.masks && x.Origin == analysis.FromRating {
			continue
		}
		if !m.masks { // a list that says them could be tallied
			f.Score = m.in.signed(x.Score)
			if x.Touchpoint != "" {
				f.Name = m.name(x.Touchpoint)
			}
		}
		var err error
		if f.Said, err = q.said(ctx, x, entryLimit); err != nil {
			return err
		}
		e.Found = append(e.Found, f)
	}
	e.Wordless = len(e.Found) == 0
	return nil
}
