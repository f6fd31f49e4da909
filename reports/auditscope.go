package reports

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// scope is what an audit rests on.
type scope struct {
	Feedback  []labelled // by channel
	Placed    *Figure    // feedback with words in which a touchpoint was found
	Unplaced  Figure     // and in which none was
	Surveyed  bool
	Months    []string
	Volumes   []volumeRow
	Questions []string // that the survey asks
}

// A labelled is a figure with a name.
type labelled struct {
	Name string
	Figure
}

// A volumeRow is what one source brought, month by month.
type volumeRow struct {
	Channel, Source string
	Cells           []volumeCell
	Total           Figure
}

// A volumeCell is one month, or some that are counted as one.
type volumeCell struct {
	Months int
	Figure
}

func (a *auditor) scope(ctx context.Context) error {
	end := a.last.Add(week)
	volumes, err := a.store.Volumes(ctx, a.practice.ID, a.begin, end)
	if err != nil {
		return fmt.Errorf("volumes: %w", err)
	}
	s := &a.page.Scope
	var months []time.Time
	for t := time.Date(a.begin.Year(), a.begin.Month(), 1, 0, 0, 0, 0, time.UTC); t.Before(end); t = t.AddDate(0, 1, 0) {
		months = append(months, t)
		s.Months = append(s.Months, t.Format("Jan ’06"))
	}
	totals := map[string]int{}
	for i, v := range a.volumes(volumes, months) {
		row := volumeRow{Channel: channelName(string(v.channel)), Source: v.label}
		at, add := fmt.Sprintf("source%d", i+1), a.f.plain
		joined := apart(v.months)
		if v.channel == collector.Response {
			add, joined = a.f.count, a.f.joined(v.months)
		}
		for _, j := range joined {
			key, what := months[j[0]].Format("2006-01"), months[j[0]].Format("January 2006")
			if j[1] > j[0]+1 {
				key, what = key+"."+months[j[1]-1].Format("2006-01"), what+" to "+months[j[1]-1].Format("January 2006")
			}
			row.Cells = append(row.Cells, volumeCell{j[1] - j[0], add(id("scope", at, key), "Feedback of "+what+" from "+v.source, total(v.months[j[0]:j[1]]))})
		}
		row.Total = add(id("scope", at, "n"), "Feedback of the year from "+v.source, total(v.months))
		totals[string(v.channel)] += total(v.months)
		s.Volumes = append(s.Volumes, row)
	}
	for _, c := range a.heardChannels {
		add := a.f.plain
		if c == string(collector.Response) {
			add = a.f.count
		}
		s.Feedback = append(s.Feedback, labelled{channelName(c), add(id("scope", c, "n"), channelName(c)+": feedback of the year", totals[c])})
	}
	if err := a.placed(ctx); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, in := range a.o.Insights {
		s.Surveyed = s.Surveyed || in.Channel == collector.Response && in.Feedback > 0
		for _, m := range in.Metrics {
			if q := m.Year.Question; in.Channel == collector.Response && strings.TrimSpace(q) != "" && !seen[q] {
				seen[q] = true
				if a.o.masks() {
					q = Masked(q)
				}
				s.Questions = append(s.Questions, q)
			}
		}
	}
	return nil
}

// placed says of how much of what has words a touchpoint was found.
func (a *auditor) placed(ctx context.Context) error {
	r, err := a.store.Reading(ctx, a.practice.ID, a.midnight(a.begin), a.end())
	if err != nil {
		return fmt.Errorf("how it was read: %w", err)
	}
	if len(r.Placed)+len(r.Unplaced) == 0 {
		return nil
	}
	found := a.f.count("scope.placed", "Feedback with words in which a touchpoint was found", len(r.Placed))
	a.page.Scope.Placed = &found
	a.page.Scope.Unplaced = a.f.count("scope.unplaced", "Feedback with words in which no touchpoint was found", len(r.Unplaced))
	return nil
}

// A sourceVolume is what a source, or some that are counted as one, brought in each month.
type sourceVolume struct {
	channel collector.Kind
	source  string
	label   string // as a reader sees it
	months  []int
}

// volumes are those of the sources in their order. In a shared audit survey sources of few persons are counted with the
// next smallest.
func (a *auditor) volumes(counted []analysis.Volume, months []time.Time) []sourceVolume {
	var all []sourceVolume
	for _, v := range counted {
		if n := len(all); n == 0 || all[n-1].source != v.Source || all[n-1].channel != v.Channel {
			all = append(all, sourceVolume{v.Channel, v.Source, english.source(v.Source), make([]int, len(months))})
		}
		if i := slices.IndexFunc(months, v.Month.Equal); i >= 0 {
			all[len(all)-1].months[i] += v.N
		}
	}
	if !a.o.masks() {
		return all
	}
	least := func(but int) int { // place of the survey source with the fewest
		found := -1
		for i, v := range all {
			if i != but && v.channel == collector.Response && (found < 0 || total(v.months) < total(all[found].months)) {
				found = i
			}
		}
		return found
	}
	for {
		few := least(-1)
		if few < 0 || total(all[few].months) >= smallCell {
			return all
		}
		with := least(few)
		if with < 0 {
			return all
		}
		into, gone := min(few, with), max(few, with)
		all[into].source += " and " + all[gone].source
		all[into].label += " and " + all[gone].label
		for i, n := range all[gone].months {
			all[into].months[i] += n
		}
		all = slices.Delete(all, gone, gone+1)
	}
}

// coverage is what the evidence says of a touchpoint at all.
type coverage struct {
	Name  string
	Cells []Figure // people of the year, by channel heard
	Asked bool     // whether the survey has a rating question about it
	Says  string
	Ask   bool // the survey should ask about it
}

func (a *auditor) coverage(context.Context) error {
	asked := map[string]bool{}
	for _, in := range a.o.Insights {
		for _, m := range in.Metrics {
			asked[m.Year.About] = asked[m.Year.About] || in.Channel == collector.Response
		}
	}
	for _, c := range a.page.Cards {
		if c.ID == analysis.General {
			continue
		}
		row := coverage{Name: c.Name, Asked: asked[c.ID]}
		most := 0
		for _, s := range c.Sides {
			row.Cells = append(row.Cells, s.N)
			most = max(most, s.n)
		}
		switch {
		case most == 0:
			row.Says = "nothing: nobody spoke of it"
		case most < enough:
			row.Says = fmt.Sprintf("no mean, under %d", enough)
		case most < solid:
			row.Says = fmt.Sprintf("an indication, under %d", solid)
		default:
			row.Says = "a mean"
		}
		row.Ask = !row.Asked && most < solid
		a.page.Coverage = append(a.page.Coverage, row)
	}
	a.precision()
	return nil
}

// precision is how many people a mean within ±0.1 takes, by how far the scores of a touchpoint are apart in the survey.
func (a *auditor) precision() {
	squares, free := 0.0, 0.0
	for _, t := range a.journey {
		told := a.told(string(collector.Response), t.ID)
		if t.ID == analysis.General || len(told) < 2 {
			continue
		}
		mean := 0.0
		for _, v := range told {
			mean += v.Score / float64(len(told))
		}
		for _, v := range told {
			squares += (v.Score - mean) * (v.Score - mean)
		}
		free += float64(len(told) - 1)
	}
	if free < solid || squares == 0 {
		return
	}
	need := math.Ceil(t95(free) * t95(free) * squares / free / (.1 * .1))
	n := a.f.number("coverage.need", "People who speak of a touchpoint for a mean that is sure to ±0.1", plural(int(need), "person", "people"), need)
	a.page.CoverageNeed, a.page.CoverageInvited = &n, fmt.Sprintf("%.0f to %.0f invitations", math.Ceil(need/.3), math.Ceil(need/.1))
}

// A tagged is a definition of a metric.
type tagged struct{ Tag, Means string }

var tagMeanings = map[analysis.Tag]string{
	analysis.NPS:          "share of 9 and 10 minus share of 0 to 6 among answers of 0 to 10, from −100 to 100; adjusted Wald interval",
	analysis.CSAT:         "share of 4 and 5 among answers of 1 to 5, in percent; Wilson’s interval",
	analysis.CES:          "share of 5, 6 and 7 among answers of 1 to 7, in percent; Wilson’s interval",
	analysis.FFT:          "share of the two best answers among all, “don’t know” too, in percent; Wilson’s interval",
	analysis.FFTRecommend: "share of the two best answers of the wording before 2020, in percent; Wilson’s interval",
	analysis.Stars:        "mean of 1 to 5 stars; adjusted Wald interval",
	analysis.MeanScore:    "mean of the persons’ mean scores, from −1 to +1",
}

// tags are the definitions in use, in the order they stand.
func (a *auditor) tags(context.Context) error {
	seen := map[analysis.Tag]bool{analysis.MeanScore: true}
	a.page.Tags = []tagged{{string(analysis.MeanScore), tagMeanings[analysis.MeanScore]}}
	for _, in := range a.o.Insights {
		for _, m := range in.Metrics {
			if t := m.Year.Tag; !seen[t] {
				seen[t] = true
				means := tagMeanings[t]
				if means == "" {
					means = "mean of the answers on their own scale; adjusted Wald interval"
				}
				a.page.Tags = append(a.page.Tags, tagged{string(t), means})
			}
		}
	}
	return nil
}

// A phrased is a touchpoint with some of the words that the taxonomy knows it by.
type phrased struct {
	Name string
	Says []string
}

// phrasesShown is how many stand there: the taxonomy has them all.
const phrasesShown = 6

func (a *auditor) phrases(context.Context) error {
	for _, t := range a.journey {
		p := phrased{Name: t.Name}
		for _, of := range [][]string{t.Phrases, t.Bad, t.Good} {
			for _, phrase := range of {
				if !strings.ContainsAny(phrase, "*|()[]{}~<>_/+?^$\\") && len(p.Says) < phrasesShown {
					p.Says = append(p.Says, phrase)
				}
			}
		}
		a.page.Phrases = append(a.page.Phrases, p)
	}
	return nil
}
