package reports

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"percept/analysis"
	"percept/collector"
)

// A sourceHealth is a row of the data health table. It holds only what a run that was killed and
// repeated shows alike: what is stored, not what one run added to it.
type sourceHealth struct {
	Source, Kind string
	State, Why   string
	Foreign      bool   // some of Why is in English on a page of another language
	state        string // in English
	Sound        bool
	LastComplete string
	Expected     string
	Stored       part
	NewLately    part
	Rejected     part
}

// Failed and Cut say how a source was not read to its end.
func (s sourceHealth) Failed() bool { return s.state == "failed" }

// Cut is true of a source whose reading was cut off.
func (s sourceHealth) Cut() bool { return s.state == "cut off" }

// surveys reports whether the feedback of a kind of sources is no public review.
func surveys(kind string) bool { return kind == "survey" || kind == "typeform" }

// tellsHeld reports whether a page says how many feedbacks of a source it holds: one for sharing not where they are few who
// answered a survey.
func (m *material) tellsHeld(h collector.Health, n int) bool { return !m.small(n) || !surveys(h.Kind) }

// sound reports whether nothing is known to be missing from a source.
func sound(h collector.Health) bool { return h.State == collector.Complete }

func (m *material) sources(in *language) []sourceHealth {
	out := make([]sourceHealth, len(m.health))
	for i, h := range m.health {
		held := func(n int) string {
			if !m.tellsHeld(h, n) {
				return in.hiding(in.count(n), n)
			}
			return in.count(n)
		}
		s := sourceHealth{
			Source: h.Source, Kind: h.Kind, State: in.say(stateWord(h.State)), state: stateWord(h.State), Sound: sound(h),
			LastComplete: in.say("never"), Expected: in.say("not said"),
			Stored: part{Text: held(h.Stored)}, NewLately: part{Text: held(h.NewLately)}, Rejected: part{Text: in.count(h.Rejected)},
		}
		if strings.HasPrefix(strings.ToLower(collector.SourceLabel(h.Source)), h.Kind) {
			s.Kind = "" // its name says it
		}
		var whole bool
		s.Why, whole = in.told(strings.TrimSuffix(h.Why, "."))
		s.Foreign = !whole
		if !h.LastComplete.IsZero() {
			s.LastComplete = in.day(h.LastComplete.In(m.practice.Zone))
		}
		if h.Expected > 0 {
			s.Expected = in.count(h.Expected)
			if h.Published > 0 {
				s.Expected += in.say(", mean %s", in.stated(h.Published))
			}
		}
		out[i] = s
	}
	return out
}

// listedMost is how many feedbacks of the ledger a list holds at most: with more the number stands alone, for what was
// said of it all in the year is in the other lists.
const listedMost = 2000

// ledger gives the counts of the data health table what they count.
func (m *material) ledger(sources []sourceHealth) {
	for i := range sources {
		s, h := &sources[i], m.health[i]
		var stored, lately, refused [][]string
		for _, x := range m.holdings {
			if x.Source != h.Source {
				continue
			}
			if x.Live {
				stored = append(stored, []string{x.Feedback})
			}
			if x.Seen.After(h.Started.AddDate(0, 0, -7)) {
				lately = append(lately, []string{x.Feedback})
			}
		}
		for _, x := range m.refusals {
			if x.Source == h.Source {
				reason, _ := m.in.told(x.Reason)
				refused = append(refused, []string{x.Ref + ": " + reason})
			}
		}
		if h.Stored <= listedMost && m.tellsHeld(h, h.Stored) {
			s.Stored = m.proof.number(h.Stored, s.Stored.Text, m.in.say("%s: stored", m.in.source(h.Source)), stored)
		}
		if h.NewLately <= listedMost && m.tellsHeld(h, h.NewLately) {
			s.NewLately = m.proof.number(h.NewLately, s.NewLately.Text, m.in.say("%s: new in 7 days", m.in.source(h.Source)), lately)
		}
		if h.Rejected <= listedMost {
			s.Rejected = m.proof.rows(h.Rejected, s.Rejected.Text, m.in.say("%s: refused by the last reading", m.in.source(h.Source)), refused)
		}
	}
}

func stateWord(s collector.State) string {
	switch s {
	case collector.Complete:
		return "complete"
	case collector.Incomplete:
		return "incomplete"
	case collector.Failed:
		return "failed"
	case collector.Running:
		return "cut off"
	}
	return "not known"
}

// readingSentence says what the words were read with and for how many of them a touchpoint was found.
func (m *material) readingSentence() []part {
	r := m.reading
	unread := make([]string, len(r.Unread))
	for i, u := range r.Unread {
		unread[i] = u.Feedback
	}
	all := slices.Concat(r.Placed, r.Unplaced, unread)
	if len(all) == 0 {
		return nil
	}
	n := m.readingCounts()
	count := func(told *int, of []string, what string) part {
		return m.number(told != nil, len(of), m.in.count(len(of)), what, each(of))
	}
	feedbacks := m.number(n.texts != nil, len(all), m.in.plural(len(all), "feedback", "feedbacks"), m.in.say("Feedback with words in the quarter"), each(all))
	out := []part{
		{Text: m.in.say("Of ")}, feedbacks, {Text: m.in.say(" with words in %d weeks, ", quarter)},
		count(n.unplaced, r.Unplaced, m.in.say("Feedback that names no touchpoint")), {Text: m.in.say(" name no touchpoint")},
	}
	if len(unread) > 0 {
		n := count(n.unread, unread, m.in.say("Feedback in a language that is not read"))
		out = append(out, m.in.parts("; %d in a language that the scorer does not read (%s): stored, counted and not scored", n, m.languagesOf(r.Unread))...)
	}
	if r.Model != "" {
		out = append(out, part{Text: m.in.say("; read by %s", r.Model)})
	}
	if r.Labels == 0 {
		return append(out, part{Text: m.in.say(". No label was corrected by a person yet, so how right the reading is here is not measured.")})
	}
	return append(out, part{Text: m.in.say(". %s corrected by a person, last on %s; percept model eval --corrections measures the reading by them.",
		m.in.plural(r.Labels, "label was", "labels were"), m.in.day(r.Labelled.In(m.practice.Zone)))})
}

// A readingCount is how many texts of the quarter were read and came to nothing, nil where a page does not say.
type readingCount struct{ texts, unplaced, unread *int }

// readingCounts counts what was read. A page for sharing says no small count, and of the others none that gives one away.
func (m *material) readingCounts() readingCount {
	r := m.reading
	n := []int{len(r.Placed), len(r.Unplaced), len(r.Unread)} // the first is on no page, and the first to be withheld
	texts := n[0] + n[1] + n[2]
	withheld, all := withhold(n)
	told := func(i int) bool { return !m.masks || !small(n[i]) && !withheld[i] && !all }
	return readingCount{ifTold(!m.masks || !small(texts) && !all, texts), ifTold(told(1), n[1]), ifTold(told(2), n[2])}
}

// languagesOf counts languages, most first: "de 3, fr 1"; a page for sharing only names them where one has few.
func (m *material) languagesOf(of []analysis.Unread) string {
	counts := map[string]int{}
	for _, u := range of {
		counts[cmp.Or(u.Language, "?")]++
	}
	tags := slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	if slices.ContainsFunc(tags, func(tag string) bool { return m.small(counts[tag]) }) {
		return strings.Join(tags, ", ")
	}
	for i, tag := range tags {
		tags[i] = tag + " " + collector.Thousands(counts[tag])
	}
	return strings.Join(tags, ", ")
}

// outageSentences say when a source was not read whole in the quarter, and is again.
func (m *material) outageSentences() []string {
	var out []string
	for _, o := range m.outages {
		s := m.in.say("%s was not read whole from %s to %s", m.in.source(o.Source), m.in.day(o.Since.In(m.practice.Zone)), m.in.day(o.Until.In(m.practice.Zone)))
		if why, _ := m.in.told(strings.TrimSuffix(o.Why, ".")); why != "" {
			s += ": " + why
		}
		out = append(out, s+m.in.say(". It is read whole again."))
	}
	return out
}

// holes are the sources of which something is missing, for the banner.
func holes(sources []sourceHealth) []sourceHealth {
	var out []sourceHealth
	for _, s := range sources {
		if !s.Sound {
			out = append(out, s)
		}
	}
	return out
}

// lateCount is how many came or went late in a channel; a page for sharing does not say how few answered a survey.
func (m *material) lateCount(channel string, n int) verbatim {
	text := m.in.count(n)
	if channel == string(collector.Response) && m.small(n) {
		text = m.in.hiding(text, n)
	}
	return verbatim(text)
}

// lateSentences say what came late for weeks that were judged before, and what that changed.
func (m *material) lateSentences() []string {
	var out []string
	for _, l := range m.tardy {
		if l.Gained+l.Lost == 0 {
			continue // read otherwise by another model: no source was late
		}
		var moved []string
		if l.Gained > 0 {
			moved = append(moved, m.in.say("%d came", m.lateCount(l.Channel, l.Gained)))
		}
		if l.Lost > 0 {
			moved = append(moved, m.in.say("%d went", m.lateCount(l.Channel, l.Lost)))
		}
		weeks := m.in.say("the week of %s", m.in.day(l.First))
		if !l.First.Equal(l.Last) {
			weeks = m.in.say("%s between %s and %s", m.in.plural(l.Weeks, "week", "weeks"), m.in.day(l.First), m.in.day(l.Last.AddDate(0, 0, 6)))
		}
		s := m.in.say("%s: %s late, for %s, judged before.", m.in.channel(l.Channel), m.in.list(moved), weeks)
		if !slices.ContainsFunc(m.revisions, func(r analysis.Revision) bool { return r.Channel == l.Channel }) {
			s += m.in.say(" No verdict of those weeks changes.")
		}
		out = append(out, s)
	}
	for _, r := range m.revisions {
		noun := m.in.word(analysis.Worse)
		if r.Kind == analysis.Rise {
			noun = m.in.word(analysis.Better)
		}
		what := map[string]string{
			analysis.Withdrawn: m.in.say("is withdrawn"), analysis.FoundLate: m.in.say("is found late: it would have been told in the week of %s", m.in.day(r.Flagged)),
			analysis.Moved: m.in.say("began in another week: %s", m.in.day(r.Since)), analysis.Ended: m.in.say("was over by the week of %s", m.in.day(r.Cleared)),
			analysis.Reopened: m.in.say("is not over after all"),
		}[r.What]
		out = append(out, m.in.say("%s: that “%s” is %s %s.", m.in.channel(r.Channel), m.name(r.Touchpoint), noun, what))
	}
	return out
}
