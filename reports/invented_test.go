package reports

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"percept/analysis"
	"percept/collector"
	"percept/reports/alert"
	"percept/store"
	"percept/store/storetest"
)

// now is a Monday morning; the last whole week began on 9 November 2026.
var now = storetest.Now

var lastWeek = time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC)

// zone is two hours ahead of UTC all year.
func zone(t testing.TB) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Africa/Johannesburg")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func harbour(t testing.TB) collector.Practice {
	return collector.Practice{ID: "harbour-street", Name: "Harbour Street Optometry", Zone: zone(t)}
}

func testOptions() Options {
	return Options{Now: now, Taxonomy: func(string) *analysis.Taxonomy { return testTaxonomy() }, Version: "test"}
}

// withInsights are the test's options with the numbers of a practice, as the program gives them.
func withInsights(t testing.TB, s *store.Store, p collector.Practice) Options {
	t.Helper()
	o := testOptions()
	to := collector.Monday(o.Now, p.Zone)
	back := func(weeks int) time.Time { return to.AddDate(0, 0, -7*weeks) }
	counts := func(from, to time.Time) []analysis.RatingCount {
		c, err := s.RatingCounts(t.Context(), p.ID, from, to)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	said, err := s.ScoreSums(t.Context(), p.ID, back(analysis.YearWeeks), to)
	if err != nil {
		t.Fatal(err)
	}
	m := analysis.Material{Practice: p.ID, Quarter: counts(back(13), to), Before: counts(back(26), back(13)), Year: counts(back(52), to), Said: said}
	var insights []analysis.Insight
	for _, channel := range []collector.Kind{collector.Review, collector.Response} {
		for stories, err := range s.Stories(t.Context(), p.ID, channel, back(analysis.RareWeeks), to) {
			if err != nil {
				t.Fatal(err)
			}
			m.Stories = stories
			in, err := analysis.NewInsight(channel, to, m)
			if err != nil {
				t.Fatal(err)
			}
			insights = append(insights, in)
		}
	}
	o.Insights = func(string) []analysis.Insight { return insights }
	return o
}

func testTaxonomy() *analysis.Taxonomy {
	return &analysis.Taxonomy{
		Name: "optometry", Version: "1",
		Touchpoints: []analysis.Touchpoint{
			{ID: "appointment", Name: "Making an appointment", Phase: "Before"},
			{ID: "reminder", Name: "Reminder call", Phase: "Before"},
			{ID: "reception", Name: "Arrival at reception", Phase: "Arrival"},
			{ID: "administration", Name: "Administration prior to appointment", Phase: "Arrival"},
			{ID: "pretest", Name: "Pre-test checks", Phase: "Clinical"},
			{ID: "exam", Name: "Eye exam", Phase: "Clinical"},
			{ID: "selection", Name: "Fitting of appliances", Phase: "Dispensing"},
			{ID: "quote", Name: "Quote for appliance", Phase: "Dispensing"},
			{ID: "order", Name: "Finalise order and account", Phase: "Dispensing"},
			{ID: "collection_call", Name: "Call for collection of account", Phase: "Collection"},
			{ID: "fitment", Name: "Fitment of appliance", Phase: "Collection"},
			{ID: "settlement", Name: "Settlement of account", Phase: "Collection"},
			{ID: "recall", Name: "Set up reminder call for follow up", Phase: "After"},
			{ID: "aftercare", Name: "After service assessment call", Phase: "After"},
		},
		General: analysis.Touchpoint{ID: analysis.General, Name: "The practice as a whole"},
		Traits: []analysis.Trait{
			{ID: "continuity", Name: "Continuity"}, {ID: "attention", Name: "Personal attention"}, {ID: "reliability", Name: "Reliability"},
		},
	}
}

// sentences are what invented customers say, bad and good, by touchpoint.
var sentences = map[string][2][]string{
	"appointment": {{"I rang four times before anyone picked up to book me in.", "The booking page lost my slot twice."},
		{"Booking took one minute.", "They found me an appointment the same week, which I did not expect."}},
	"reception": {{"I stood at the desk for ten minutes while two people chatted.", "Nobody looked up when I came in."},
		{"The welcome at the front desk was warm.", "I was greeted by name as I walked in."}},
	"administration": {{"The same form again, the third time this year."}, {"The forms were filled in already, I only had to sign."}},
	"pretest":        {{"The puff test was done without a word of warning."}, {"Every machine was explained before I put my chin on it."}},
	"exam": {{"The eye exam felt rushed and my question about headaches was waved away.", "Dr Marlowe looked at the clock more than at my eyes."},
		{"The optometrist took her time and explained what she saw.", "Most thorough eye test I have had; she found what two others missed."}},
	"selection": {{"The frames on the wall are all the same three shapes."}, {"She had an eye for what suits me and was honest about what does not.", "We tried thirty frames and nobody sighed."}},
	"quote":     {{"The price went up by a third between the quote and the till.", "No one could tell me what the coating costs."}, {"A clear quote, line by line, before I decided."}},
	"order":     {{"They ordered the wrong lens and then asked me what I had chosen."}, {"Ordering was quick and the deposit was clear."}},
	"collection_call": {{"Promised a call on the 24th, still nothing on the 9th.", "I called them four times; each time somebody new promised to call me back.", "Nobody told me that my glasses had been lying there for two weeks.", "They said a week. It is now five, and I am the one who phones."},
		{"They called me the day my glasses came in.", "A text when they were ready, a day early."}},
	"fitment":    {{"The frame slides down my nose and I was told to get used to it."}, {"He bent the arms until they sat just right.", "Fitted perfectly, and they adjusted them again a week later for free."}},
	"settlement": {{"I was charged twice and had to prove it.", "My insurer was billed the wrong code."}, {"Paying was simple and the receipt was in my mail at once."}},
	"aftercare":  {{"No one ever asked whether the new lenses work."}, {"They rang a week later to ask how I see with them."}},
	"general":    {{"I will not be back.", "Used to be good."}, {"Best practice in town.", "I would send my mother there."}},
}

// A world is what an invented practice's customers said, and what was made of it.
type world struct {
	practice   collector.Practice
	reviews    []collector.Feedback
	responses  []collector.Feedback
	understood []analysis.Understood
	verdicts   map[place]analysis.Verdict // the words; people are counted from the series
	note       string                     // said in every verdict
	review     collector.Entry            // the ledger's lines
	survey     collector.Entry
}

// invent writes a practice's year: two to five reviews and as many responses a week, with collection
// calls that go wrong in the last seven weeks and fitting that gets better in the last ten.
func invent(p collector.Practice, seed uint64) *world {
	r := rand.New(rand.NewPCG(seed, 7))
	w := &world{practice: p, verdicts: map[place]analysis.Verdict{}}
	for i := range year {
		for _, channel := range []collector.Kind{collector.Review, collector.Response} {
			for range 2 + r.IntN(4) {
				day := lastWeek.AddDate(0, 0, 7*(i-year+1)+r.IntN(7))
				w.say(r, channel, day, i)
			}
		}
	}
	w.verdicts[place{"review", "collection_call"}] = analysis.Verdict{
		Word: analysis.Worse, Flagged: lastWeek.Add(-2 * week),
		Since: lastWeek.Add(-6 * week), SinceLo: lastWeek.Add(-8 * week), SinceHi: lastWeek.Add(-5 * week),
		Effect: -.71, EffectLo: -.98, EffectHi: -.44, Statistic: 8.2,
	}
	w.verdicts[place{"response", "fitment"}] = analysis.Verdict{
		Word: analysis.Better, Flagged: lastWeek.Add(-3 * week),
		Since: lastWeek.Add(-9 * week), SinceLo: lastWeek.Add(-11 * week), SinceHi: lastWeek.Add(-7 * week),
		Effect: .42, EffectLo: .17, EffectHi: .66, Statistic: 6.4,
	}
	w.review = collector.Entry{Source: "web:reviews.example/" + p.ID, Kind: "web", State: collector.Complete, Expected: len(w.reviews), Published: 3.7}
	w.survey = collector.Entry{Source: "survey:" + p.ID + ".csv", Kind: "survey", State: collector.Complete, Rejected: 2}
	return w
}

// say adds a feedback about one to three touchpoints, given on a day of the i-th week.
func (w *world) say(r *rand.Rand, channel collector.Kind, day time.Time, i int) {
	id := fmt.Sprintf("%s-%04d", w.practice.ID[:2], len(w.understood)+1)
	f := collector.Feedback{
		ID: id, Practice: w.practice.ID, Kind: channel, SourceID: id, Rows: 1,
		Date: collector.OnDay(day.Year(), day.Month(), day.Day(), w.practice.Zone),
	}
	u := analysis.Understood{Feedback: id, Version: 1}
	part := analysis.PartText
	if channel == collector.Response {
		part = 1
	}
	about := topics(r, i)
	var text strings.Builder
	var sum float64
	for _, t := range append(testTaxonomy().Touchpoints, testTaxonomy().General) {
		if !about[t.ID] {
			continue
		}
		side, sign := 0, -1.0
		if r.Float64() < chance(t.ID, channel, i) {
			side, sign = 1, 1
		}
		said := sentences[t.ID][side][r.IntN(len(sentences[t.ID][side]))]
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		m := analysis.Mention{
			Feedback: id, Version: 1, Part: part, Touchpoint: t.ID, Start: text.Len(), End: text.Len() + len(said),
			Score: sign * (.45 + .5*r.Float64()), Confidence: .7 + .3*r.Float64(), Origin: analysis.FromText,
		}
		text.WriteString(said)
		sum += m.Score
		u.Mentions = append(u.Mentions, m)
		u.Behaviours = append(u.Behaviours, conductOf(m, said)...)
	}
	stars := max(1, min(5, int(3.5+2*sum/float64(len(u.Mentions)))))
	if channel == collector.Response {
		f.Answers = []collector.Answer{
			{Question: "How was your visit?", Column: "visit", Text: text.String()},
			{Question: "How satisfied are you with the fitting?", Column: "fitting", Touchpoint: "fitment",
				Rating: collector.Rating{Raw: fmt.Sprint(stars), Best: "5", Worst: "1", Value: float64(stars), Valid: true, Tag: "csat-5"}},
		}
		f.Rating = collector.Rating{Raw: fmt.Sprint(2 * stars), Best: "10", Worst: "0", Value: float64(stars), Valid: true, Tag: "nps-0-10"}
		if about["fitment"] {
			u.Mentions = append(u.Mentions, analysis.Mention{Feedback: id, Version: 1, Part: 2, Touchpoint: "fitment",
				Score: f.Answers[1].Rating.Score(), Confidence: 1, Origin: analysis.FromRating})
		}
		w.responses = append(w.responses, f)
	} else {
		f.Text, f.URL = text.String(), "https://reviews.example/"+w.practice.ID+"#"+id
		f.Rating = collector.Rating{Raw: fmt.Sprint(stars), Best: "5", Worst: "1", Value: float64(stars), Valid: true, Tag: "stars"}
		if r.IntN(3) > 0 {
			f.Reply = &collector.Reply{Text: "Thank you for telling us.", State: "published"}
			if took := (len(w.reviews) * 5) % 12; took < 10 { // the source does not name the day of every reply
				f.Reply.Date = collector.OnDay(day.Year(), day.Month(), day.Day()+took, w.practice.Zone)
			}
		}
		w.reviews = append(w.reviews, f)
	}
	w.understood = append(w.understood, u)
}

// thin keeps one feedback in n; ids get the practice's own in front, so that many worlds fit one store.
func (w *world) thin(n int) {
	kept := map[string]bool{}
	i := 0
	for _, list := range []*[]collector.Feedback{&w.reviews, &w.responses} {
		*list = slices.DeleteFunc(*list, func(f collector.Feedback) bool {
			i++
			kept[f.ID] = i%n == 0
			return i%n != 0
		})
		for j := range *list {
			(*list)[j].ID = w.practice.ID + "-" + (*list)[j].ID
		}
	}
	w.understood = slices.DeleteFunc(w.understood, func(u analysis.Understood) bool { return !kept[u.Feedback] })
	for i := range w.understood {
		u := &w.understood[i]
		u.Feedback = w.practice.ID + "-" + u.Feedback
		for j := range u.Mentions {
			u.Mentions[j].Feedback = u.Feedback
		}
		for j := range u.Behaviours {
			u.Behaviours[j].Feedback = u.Feedback
		}
	}
}

// topics are what a feedback of the i-th week is about.
func topics(r *rand.Rand, i int) map[string]bool {
	var steps []string
	for _, t := range append(testTaxonomy().Touchpoints, testTaxonomy().General) {
		if len(sentences[t.ID][0]) > 0 {
			steps = append(steps, t.ID)
		}
	}
	about := map[string]bool{}
	for range 1 + r.IntN(3) {
		about[steps[r.IntN(len(steps))]] = true
	}
	if i > 44 && r.IntN(3) > 0 || i > 30 && r.IntN(4) == 0 {
		about["collection_call"] = true
	}
	if r.IntN(4) == 0 {
		about["fitment"] = true
	}
	return about
}

// chance is how likely somebody is happy with a touchpoint in the i-th week.
func chance(touchpoint string, channel collector.Kind, i int) float64 {
	switch {
	case touchpoint == "collection_call" && i > 44 && channel == collector.Review:
		return .15
	case touchpoint == "fitment" && i > 41:
		return .97
	case touchpoint == "fitment":
		return .55
	}
	return .8
}

// conductOf is what a sentence shows of how people are treated.
func conductOf(m analysis.Mention, said string) []analysis.Behaviour {
	var ids []string
	if strings.Contains(said, "somebody new") || strings.Contains(said, "the third time") {
		ids = append(ids, "continuity")
	}
	switch m.Touchpoint {
	case "collection_call":
		ids = append(ids, "reliability")
	case "exam", "reception":
		ids = append(ids, "attention")
	}
	var out []analysis.Behaviour
	for _, id := range ids {
		out = append(out, analysis.Behaviour{Feedback: m.Feedback, Version: 1, Part: m.Part, Behaviour: id,
			Start: m.Start, End: m.End, Score: m.Score, Confidence: m.Confidence})
	}
	return out
}

// A brought is what a source brings in, to one practice or with "" to several.
type brought struct {
	collector.Entry
	practice string
	said     []collector.Feedback
}

// broughtBy are the sources of worlds: two of each practice; of very many practices one of all, and those that are not
// read whole.
func broughtBy(worlds []*world) []brought {
	var out []brought
	group := brought{Entry: collector.Entry{Source: "survey:group.csv", Kind: "survey", State: collector.Complete}}
	for _, w := range worlds {
		for _, b := range []brought{{w.review, w.practice.ID, w.reviews}, {w.survey, w.practice.ID, w.responses}} {
			switch {
			case b.Source == "":
			case len(worlds) > 200 && b.State == collector.Complete:
				group.said = append(group.said, b.said...)
			default:
				out = append(out, b)
			}
		}
	}
	if len(group.said) > 0 {
		out = append(out, group)
	}
	return out
}

// newStore puts worlds into a real store, as collecting and analysing them would.
func newStore(t testing.TB, worlds ...*world) *store.Store {
	t.Helper()
	s := storetest.New(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var practices []collector.Practice
	for _, w := range worlds {
		practices = append(practices, w.practice)
	}
	must(s.SetPractices(t.Context(), practices))
	all := broughtBy(worlds)
	var sources []store.Source
	for _, b := range all {
		sources = append(sources, store.Source{Practice: b.practice, Name: b.Source, Kind: b.Kind})
	}
	must(s.SetSources(t.Context(), sources))
	run, err := s.BeginRun(t.Context(), "run", "test")
	must(err)
	for _, b := range all {
		entry := b.Entry
		entry.Run, entry.Practice, entry.Started, entry.Ended = run, b.practice, now, now
		for i := range b.said {
			b.said[i].Source = entry.Source
		}
		var refused []collector.Rejection
		for i := range entry.Rejected {
			refused = append(refused, collector.Rejection{Ref: fmt.Sprintf("%s:%d", entry.Source, 17+i), Reason: "no date"})
		}
		must(s.Begin(t.Context(), entry))
		must(s.Keep(t.Context(), &entry, collector.Page{URL: entry.Source, FetchedAt: now}, b.said, refused))
		must(s.End(t.Context(), &entry))
	}
	var ids []string
	var understood []analysis.Understood
	for _, w := range worlds {
		understood = append(understood, w.understood...)
		ids = append(ids, w.practice.ID)
	}
	must(s.Activate(t.Context(), ids, "test", "test"))
	must(s.AddScores(t.Context(), "test", "test", understood))
	must(s.BuildSeries(t.Context()))
	var verdicts []analysis.Verdict
	for _, w := range worlds {
		points, err := s.Points(t.Context(), w.practice.ID, lastWeek.Add(-12*week))
		must(err)
		verdicts = append(verdicts, w.judge(points)...)
	}
	must(s.Conclude(t.Context(), run, []store.Detected{{Detection: analysis.Detection{Verdicts: verdicts}}}, alert.Outcome{}))
	return s
}

// judge gives each place with points the world's verdict, or steady or not enough by its people.
func (w *world) judge(points []analysis.Point) []analysis.Verdict {
	people := map[place]tally{}
	for _, p := range points {
		n := people[place{p.Channel, p.Touchpoint}]
		n.People += p.People
		n.Negative += p.Negative
		people[place{p.Channel, p.Touchpoint}] = n
	}
	for at := range w.verdicts {
		n := people[at] // none, for the whole practice
		people[at] = n
	}
	var out []analysis.Verdict
	for at, n := range people {
		v, ok := w.verdicts[at]
		if !ok {
			v.Word = analysis.Steady
			if n.People < 8 {
				v.Word, v.WeeksToEnough = analysis.NotEnough, 9
			}
		}
		if w.note != "" {
			v.Note = strings.TrimSuffix(w.note+"; "+v.Note, "; ")
		}
		v.Practice, v.Channel, v.Touchpoint, v.Week, v.Threshold = w.practice.ID, at.channel, at.touchpoint, lastWeek, 5.9
		v.People, v.Negative, v.Visible = n.People, n.Negative, .2+2/float64(n.People+1)
		out = append(out, v)
	}
	return out
}
