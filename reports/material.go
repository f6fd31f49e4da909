package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"percept/analysis"
	"percept/collector"
)

// Windows of a page, in weeks up to and with the last whole week.
const (
	quarter = 13 // what n counts and whose words are listed
	year    = 52 // what charts show
)

const week = 7 * 24 * time.Hour

// channels in the order they are shown; a page never adds them up.
var channels = []string{string(collector.Review), string(collector.Response)}

// channel is the word for a channel on a page.
func (l *language) channel(channel string) string {
	switch collector.Kind(channel) {
	case collector.Review:
		return l.say("Reviews")
	case collector.Response:
		return l.say("Survey")
	}
	return channel
}

// A place is one touchpoint as one channel tells it.
type place struct{ channel, touchpoint string }

// material is what the store says about one practice.
type material struct {
	practice   collector.Practice
	now        time.Time
	last, from time.Time // Mondays: the last whole week, and the first of the quarter
	begin      time.Time // Monday of the first week of charts
	verdicts   map[place]analysis.Verdict
	remarks    []string                    // what the notes of all verdicts of a channel say alike
	totals     map[string][]analysis.Point // of all touchpoints together, by channel
	points     map[place][]analysis.Point  // only of a page
	evidence   []analysis.Evidence
	behaviours []analysis.BehaviourEvidence
	ratings    []analysis.RatingPoint
	health     []collector.Health
	reviews    []analysis.Reviewed     // of a year and this week, without words too; only of a page
	byWeek     []analysis.RatingPeriod // of a year of weeks; only of a page, as all that follows
	pairs      []analysis.RatingPair
	tardy      []analysis.Late
	revisions  []analysis.Revision
	reading    analysis.Understanding
	told       map[string][]analysis.Evidence // of a year, by channel
	rated      []analysis.Rated               // of a year
	holdings   []collector.Holding
	refusals   []collector.Refusal
	outages    []collector.Outage
	proof      *proof                // nil on a page that stands alone
	masks      bool                  // small numbers of people are not said
	discloses  map[place]*disclosure // where masks
	in         *language
	known      map[string]string     // the names of the journey in English, as the taxonomy has them
	journey    []analysis.Touchpoint // with the general part last
	traits     []analysis.Trait
	names      map[string]string                                    // of the journey
	owners     func(practice string) func(touchpoint string) string // nil knows nobody
}

// load reads everything a weekly page shows.
func load(ctx context.Context, s Store, p collector.Practice, o Options) (*material, error) {
	m, err := loadBrief(ctx, s, p, o)
	if err == nil {
		err = m.loadPage(ctx, s)
	}
	return m, err
}

// loadPage reads what a weekly page shows beyond the line of the index.
func (m *material) loadPage(ctx context.Context, s Store) error {
	id, since := m.practice.ID, m.midnight(m.from)
	err := m.loadSaid(ctx, s, m.midnight(m.begin))
	if err != nil {
		return err
	}
	m.told = map[string][]analysis.Evidence{}
	for _, e := range m.evidence {
		m.told[string(e.Channel)] = append(m.told[string(e.Channel)], e)
	}
	m.evidence = slices.DeleteFunc(m.evidence, func(e analysis.Evidence) bool { return e.Date.Start.Before(since) })
	m.behaviours = slices.DeleteFunc(m.behaviours, func(b analysis.BehaviourEvidence) bool { return b.Date.Start.Before(since) })
	if m.rated, err = s.Rated(ctx, id, m.vitalBegin()); err != nil {
		return fmt.Errorf("ratings given: %w", err)
	}
	if m.reviews, err = s.Reviewed(ctx, id, m.vitalBegin(), m.now.AddDate(0, 0, 2)); err != nil {
		return fmt.Errorf("reviews: %w", err)
	}
	if m.byWeek, err = s.RatingPeriods(ctx, id, m.vitalBegin(), m.last.Add(week), 7); err != nil {
		return fmt.Errorf("ratings by period: %w", err)
	}
	if m.pairs, err = s.RatingPairs(ctx, id, since, m.end()); err != nil {
		return fmt.Errorf("ratings then and now: %w", err)
	}
	if m.tardy, m.revisions, err = s.Late(ctx, id); err != nil {
		return fmt.Errorf("late rows: %w", err)
	}
	if m.masks {
		m.hideSmall()
	}
	if m.holdings, err = s.Holdings(ctx, id); err != nil {
		return fmt.Errorf("what is stored: %w", err)
	}
	if m.outages, err = s.Outages(ctx, id, since); err != nil {
		return fmt.Errorf("outages: %w", err)
	}
	if m.refusals, err = s.Refusals(ctx, id); err != nil {
		return fmt.Errorf("what was refused: %w", err)
	}
	if m.reading, err = s.Reading(ctx, id, since, m.end()); err != nil {
		return fmt.Errorf("how it was read: %w", err)
	}
	return nil
}

// loadSaid reads the series and the ratings of a year, and what was said since a time.
func (m *material) loadSaid(ctx context.Context, s Store, since time.Time) error {
	id := m.practice.ID
	points, err := s.Points(ctx, id, m.begin)
	if err != nil {
		return fmt.Errorf("points: %w", err)
	}
	m.points = map[place][]analysis.Point{}
	for _, x := range points {
		if !x.Week.Before(m.begin) && !x.Week.After(m.last) {
			at := place{x.Channel, x.Touchpoint}
			m.points[at] = append(m.points[at], x)
		}
	}
	if m.evidence, err = s.Evidence(ctx, id, since); err != nil {
		return fmt.Errorf("evidence: %w", err)
	}
	if m.behaviours, err = s.Behaviours(ctx, id, since); err != nil {
		return fmt.Errorf("behaviours: %w", err)
	}
	if !m.masks {
		m.tellAll()
	}
	if m.ratings, err = s.Ratings(ctx, id, m.midnight(m.begin)); err != nil {
		return fmt.Errorf("ratings: %w", err)
	}
	return nil
}

// tellAll lets the practice's own page quote also those who asked not to be quoted to others: their words are for those
// who work there. On a page for sharing, Private stands.
func (m *material) tellAll() {
	for i := range m.evidence {
		m.evidence[i].Private = false
	}
	for i := range m.behaviours {
		m.behaviours[i].Private = false
	}
}

// loadBrief reads what the line of one practice shows.
func loadBrief(ctx context.Context, s Store, p collector.Practice, o Options) (*material, error) {
	all, err := loadBriefs(ctx, s, []collector.Practice{p}, o)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// loadBriefs reads what a line of the index shows, of all practices with one question each.
func loadBriefs(ctx context.Context, s Store, practices []collector.Practice, o Options) ([]*material, error) {
	if len(practices) == 0 {
		return nil, nil
	}
	only := ""
	if len(practices) == 1 {
		only = practices[0].ID
	}
	verdicts, err := s.Verdicts(ctx, only)
	if err != nil {
		return nil, fmt.Errorf("verdicts: %w", err)
	}
	judged := by(verdicts, func(v analysis.Verdict) string { return v.Practice })
	all := make([]*material, len(practices))
	since := o.Now
	for i, p := range practices {
		m := newMaterial(p, o, o.language(p.ID), judged[p.ID])
		if m.begin.Before(since) {
			since = m.begin
		}
		all[i] = m
	}
	points, err := s.Totals(ctx, only, since)
	if err != nil {
		return nil, fmt.Errorf("points: %w", err)
	}
	totals := by(points, func(p analysis.Point) string { return p.Practice })
	health, err := s.Health(ctx, only)
	if err != nil {
		return nil, fmt.Errorf("health: %w", err)
	}
	for _, m := range all {
		m.health, m.totals = health[m.practice.ID], map[string][]analysis.Point{}
		for _, x := range totals[m.practice.ID] {
			if !x.Week.Before(m.begin) && !x.Week.After(m.last) {
				m.totals[x.Channel] = append(m.totals[x.Channel], x)
			}
		}
	}
	return all, nil
}

// by parts what is ordered by a key.
func by[T any](all []T, key func(T) string) map[string][]T {
	parts := map[string][]T{}
	for _, x := range all {
		parts[key(x)] = append(parts[key(x)], x)
	}
	return parts
}

// newMaterial is a practice with its verdicts.
func newMaterial(p collector.Practice, o Options, in *language, verdicts []analysis.Verdict) *material {
	t := o.Taxonomy(p.ID)
	m := &material{practice: p, now: o.Now, owners: o.Owners, masks: o.masks(), in: in, journey: journey(t, in), traits: t.Traits, names: map[string]string{}, known: map[string]string{}}
	for _, t := range m.journey {
		m.names[t.ID] = t.Name
	}
	for _, t := range journey(t, english) {
		m.known[t.ID] = t.Name
	}
	m.last = collector.Monday(o.Now, p.Zone).Add(-week)
	if len(verdicts) > 0 {
		m.last = slices.MaxFunc(verdicts, func(a, b analysis.Verdict) int { return a.Week.Compare(b.Week) }).Week
	}
	m.from, m.begin = m.last.Add(-(quarter-1)*week), m.last.Add(-(year-1)*week)
	m.verdicts = make(map[place]analysis.Verdict, len(verdicts))
	for _, v := range verdicts {
		if m.names[v.Touchpoint] != "" || v.Touchpoint == analysis.PracticeWide {
			m.verdicts[place{v.Channel, v.Touchpoint}] = v
		} // else a verdict of another taxonomy: no section could show it
	}
	for _, c := range channels {
		m.remark(c)
	}
	return m
}

// remark takes out of a channel's notes what all of them say, to say it once.
func (m *material) remark(channel string) {
	said, verdicts := map[string]int{}, 0
	for at, v := range m.verdicts {
		if at.channel == channel {
			verdicts++
			for note := range strings.SplitSeq(v.Note, "; ") {
				said[note]++
			}
		}
	}
	common := func(note string) bool { return note != "" && verdicts > 1 && said[note] == verdicts }
	for note := range said {
		if common(note) {
			m.remarks = append(m.remarks, m.in.channel(channel)+": "+m.in.note(note))
		}
	}
	slices.Sort(m.remarks)
	for at, v := range m.verdicts {
		if at.channel == channel {
			v.Note = strings.Join(slices.DeleteFunc(strings.Split(v.Note, "; "), common), "; ")
			m.verdicts[at] = v
		}
	}
}

// journey is every touchpoint in order, the general one last, all with names as a page writes them.
func journey(t *analysis.Taxonomy, in *language) []analysis.Touchpoint {
	general := t.General
	general.ID, general.Name = analysis.General, cmp.Or(general.Name, "The practice as a whole")
	steps := append(slices.Clone(t.Touchpoints), general)
	for i := range steps {
		steps[i].Name = in.say(cmp.Or(steps[i].Name, plain(steps[i].ID)))
		steps[i].Phase = in.say(plain(steps[i].Phase))
	}
	return steps
}

// plain makes words of a slug, and begins them with a capital.
func plain(slug string) string {
	return capital(strings.NewReplacer("_", " ", "-", " ").Replace(slug))
}

// capital begins words with a capital.
func capital(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// name is the touchpoint's name in the journey.
func (m *material) name(touchpoint string) string {
	if touchpoint == analysis.PracticeWide {
		return m.in.say("The whole visit")
	}
	return cmp.Or(m.names[touchpoint], plain(touchpoint))
}

// owner names who acts on a touchpoint, empty where nobody does.
func (m *material) owner(touchpoint string) string {
	if m.owners == nil {
		return ""
	}
	return m.owners(m.practice.ID)(touchpoint)
}

// midnight is the start of a day, named as midnight UTC, in the practice's zone.
func (m *material) midnight(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, m.practice.Zone)
}

// end is the moment the last whole week ends.
func (m *material) end() time.Time { return m.midnight(m.last.Add(week)) }

// late reports whether a feedback was given after the last whole week: listed, not counted yet.
func (m *material) late(d collector.Date) bool { return d.Known() && !d.Start.Before(m.end()) }

// changes returns the verdicts that say something changed: practice-wide first, then what slipped,
// then what improved, the surest first.
func (m *material) changes() []analysis.Verdict {
	var found []analysis.Verdict
	for _, v := range m.verdicts {
		if v.Word == analysis.Worse || v.Word == analysis.Better {
			found = append(found, v)
		}
	}
	rank := func(v analysis.Verdict) int {
		switch {
		case v.Touchpoint == analysis.PracticeWide && v.Word == analysis.Worse:
			return 0
		case v.Word == analysis.Worse:
			return 1
		case v.Touchpoint == analysis.PracticeWide:
			return 2
		}
		return 3
	}
	slices.SortFunc(found, func(a, b analysis.Verdict) int {
		return cmp.Or(
			cmp.Compare(rank(a), rank(b)),
			cmp.Compare(b.Statistic-b.Threshold, a.Statistic-a.Threshold),
			cmp.Compare(a.Touchpoint, b.Touchpoint),
			cmp.Compare(a.Channel, b.Channel),
		)
	})
	return found
}

// judged reports whether enough people spoke anywhere for a verdict.
func (m *material) judged() bool {
	for _, v := range m.verdicts {
		if v.Word == analysis.Steady || v.Word == analysis.Worse || v.Word == analysis.Better {
			return true
		}
	}
	return false
}

// A tally counts persons; one who spoke in two weeks is counted in each.
type tally struct{ People, Negative int }

// split counts who spoke about a place before a Monday and since, within the year. Of the whole
// practice there is no series: what the quarter's feedback says is counted, and nothing before.
func (m *material) split(at place, since time.Time) (before, after tally) {
	if at.touchpoint == analysis.PracticeWide {
		for _, v := range m.lately(m.evidence, at.channel, since) {
			after.People++
			if v.Score < 0 {
				after.Negative++
			}
		}
		return before, after
	}
	for _, p := range m.points[at] {
		t := &before
		if !p.Week.Before(since) {
			t = &after
		}
		t.People += p.People
		t.Negative += p.Negative
	}
	return before, after
}
