package reports

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"percept/analysis"
	"percept/collector"
)

// ratings are the metrics of the year and their months.
type ratings struct {
	Metrics []metricRow
	Months  []ratingMonths
	Plot    *chart
}

// A metricRow is one metric of one channel about one thing.
type metricRow struct {
	Name, Tag, Of string
	Now, Year     Figure
	NowN, YearN   Figure
	Change        Figure
}

// ratingMonths are the months of one kind of rating.
type ratingMonths struct {
	Name, Tag string
	Rows      []ratingMonth
}

// A ratingMonth is one month, or some that are counted as one.
type ratingMonth struct {
	Name    string
	N, Mean Figure
}

func (a *auditor) ratingHistory(ctx context.Context) error {
	r := &a.page.Ratings
	number := 0
	for _, in := range a.o.Insights {
		for _, m := range in.Metrics {
			number++
			of := "the whole"
			if m.Year.About != "" {
				of = a.name(m.Year.About)
			}
			if q := m.Year.Question; q != "" {
				if a.o.masks() {
					q = Masked(q)
				}
				of += ": " + q
			}
			at, what := "metric"+strconv.Itoa(number), channelName(string(in.Channel))+", "+string(m.Year.Tag)+", "+of
			r.Metrics = append(r.Metrics, a.metric(in.Channel, m, at, what, of))
		}
	}
	trends := a.trends()
	for i, t := range trends {
		months := ratingMonths{Name: t.Name, Tag: t.Tag}
		for _, p := range t.Months {
			at, what := fmt.Sprintf("rating%d.%s", i+1, p.first.Format("2006-01")), t.Name+", "+p.Name
			if p.last.After(p.first) {
				at += "." + p.last.Format("2006-01")
			}
			months.Rows = append(months.Rows, ratingMonth{p.Name, a.f.plain(at+".n", what+": ratings", p.N),
				a.f.number(at+".mean", what+": mean", strconv.FormatFloat(p.Mean, 'f', 2, 64), p.Mean)})
		}
		r.Months = append(r.Months, months)
	}
	long := *a.material
	long.begin = a.history.begin
	var err error
	if r.Plot, err = long.paintTrends(ctx, a.paint, trends); r.Plot != nil {
		r.Plot.Name = "Ratings, the chart"
	}
	return err
}

// metric adds a metric of the quarter and of the year. Where a few answered before the quarter, a shared audit does not
// tell it: they could be told from the year.
func (a *auditor) metric(channel collector.Kind, m analysis.Movement, at, what, of string) metricRow {
	row := metricRow{Name: metricName(m.Year), Tag: string(m.Year.Tag), Of: of}
	lately, yearly := what+", 13 weeks", what+", the year"
	if channel == collector.Review {
		row.NowN, row.YearN = a.f.plain(at+".n", lately+": answers", m.Now.N), a.f.plain(at+".year.n", yearly+": answers", m.Year.N)
		row.Now, row.Year = a.estimate(at+".value", lately, m.Year.Tag, m.Now.Value, false), a.estimate(at+".year", yearly, m.Year.Tag, m.Year.Value, false)
	} else {
		row.YearN, row.Year = a.f.count(at+".year.n", yearly+": answers", m.Year.N), a.answered(at+".year", yearly, m.Year)
		if !a.f.small && (small(m.Year.N-m.Now.N) || a.tellsRest(m)) {
			row.NowN, row.Now = a.f.add(at+".n", lately+": answers", "nearly all", ""), a.f.add(at+".value", lately, "as the year", "")
		} else {
			row.NowN, row.Now = a.f.count(at+".n", lately+": answers", m.Now.N), a.answered(at+".value", lately, m.Now)
		}
	}
	row.Change = a.estimate(at+".change", what+", change from the 13 weeks before", m.Year.Tag, m.Change.Value, true)
	return row
}

// metricName is a definition in plain words; of one question that has none it is the mean of its answers.
func metricName(x analysis.Metric) string {
	if plain := english.metric(analysis.Metric{Axis: analysis.Axis{Channel: x.Channel}}); x.Question != "" && english.metric(x) == plain {
		return "Mean of the answers, " + strings.ToLower(channelName(string(x.Channel)))
	}
	return english.metric(x)
}

// answered adds a metric of persons' answers: in a shared audit within what is told of it where few answered anything else
// than an end of the scale.
func (a *auditor) answered(at, what string, m analysis.Metric) Figure {
	if a.f.small || m.Value == nil {
		return a.estimate(at, what, m.Tag, m.Value, false)
	}
	lo, hi, unit := m.Tag.Points()
	least, most := bounds(m.N, m.Value.Value, lo, hi, unit)
	if least == most {
		return a.estimate(at, what, m.Tag, m.Value, false)
	}
	return a.f.add(at, what, figure(m.Tag, least)+" to "+figure(m.Tag, most)+unitOf(m.Tag), "")
}

// tellsRest reports whether few of those who answered before the quarter gave another answer than all, which the year
// and the quarter would tell.
func (a *auditor) tellsRest(m analysis.Movement) bool {
	n := m.Year.N - m.Now.N
	if m.Year.Value == nil || m.Now.Value == nil || n == 0 {
		return false
	}
	lo, hi, unit := m.Year.Tag.Points()
	rest := (float64(m.Year.N)*m.Year.Value.Value - float64(m.Now.N)*m.Now.Value.Value) / float64(n)
	least, most := bounds(n, rest, lo, hi, unit)
	return least != most
}

// estimate adds a metric as people read it: of means two decimals, of shares none; a dash where there is too little.
func (a *auditor) estimate(at, what string, tag analysis.Tag, e *analysis.Estimate, change bool) Figure {
	if e == nil {
		return a.f.add(at, what, "–", "")
	}
	write := func(v float64) string {
		s := figure(tag, v)
		if change && v > 0 && strings.Trim(s, "0.") != "" {
			s = "+" + s
		}
		return s
	}
	unit := unitOf(tag)
	if change {
		unit = ""
	}
	return a.f.number(at, what, write(e.Value)+unit+" ("+write(e.Lo)+" to "+write(e.Hi)+")", e.Value)
}

// unitOf is what a share's number is followed by; its change is told in points.
func unitOf(tag analysis.Tag) string {
	if isShare(tag) {
		return " %"
	}
	return ""
}

// figure writes a number under a definition: of means two decimals, of all else none.
func figure(tag analysis.Tag, v float64) string {
	digits := 0
	if strings.HasSuffix(string(tag), "-mean") {
		digits = 2
	}
	s := strconv.FormatFloat(v, 'f', digits, 64)
	switch {
	case strings.Trim(s, "-0.") == "":
		return strings.TrimPrefix(s, "-")
	case v < 0:
		return "\u2212" + s[1:]
	}
	return s
}

// response is how reviews were answered, against what was agreed.
type response struct {
	Rows    []standardRow
	Undated Figure
	Days    int
}

// A standardRow is one standard and how the practice did.
type standardRow struct {
	Name, Standard string
	N              Figure
	Got            Figure
	Word           string // met, not met, not enough yet, or undecided where the interval holds the standard
}

// Class is the style of the word; colour stands where a standard is surely met or missed.
func (r standardRow) Class() string {
	switch r.Word {
	case "met":
		return "better"
	case "not met":
		return "worse"
	case "not sure":
		return "steady"
	}
	return "notyet"
}

func (a *auditor) response(ctx context.Context) error {
	st := a.o.Standards
	r := &a.page.Response
	r.Days = st.Days
	reviews, err := a.store.Reviewed(ctx, a.practice.ID, a.begin, a.last.Add(week))
	if err != nil {
		return fmt.Errorf("reviews: %w", err)
	}
	var bad, good []analysis.Reviewed
	var stars []float64
	for _, x := range reviews {
		switch {
		case !x.Rating.Valid:
		case x.Rating.Value <= lowRating:
			bad = append(bad, x)
		case x.Rating.Value >= goodRating:
			good = append(good, x)
		}
		if x.Rating.Valid && x.Rating.Tag == "stars" {
			stars = append(stars, x.Rating.Value)
		}
	}
	within := time.Duration(st.Days) * 24 * time.Hour
	undated := 0
	for _, side := range []struct {
		key, name string
		of        []analysis.Reviewed
		least     float64
	}{{"negative", "Replies to unhappy reviews (2 of 5 or less)", bad, st.Negative}, {"positive", "Replies to happy reviews (4 of 5 or more)", good, st.Positive}} {
		x := analysis.AnswerReviews(side.of, a.now, within)
		undated += x.Undated
		row := standardRow{Name: side.name, Standard: fmt.Sprintf("at least %.0f %%", 100*side.least), N: a.f.plain("reply."+side.key+".n", side.name+": reviews", x.Answered.N), Word: "not enough yet"}
		shown := fmt.Sprintf("%d answered", x.Answered.K)
		if lo, hi := x.Answered.Interval(); x.Answered.N >= enough {
			shown = percent(x.Answered.Value(), lo, hi)
			row.Word = against(lo, hi, side.least)
		} else if a.o.masks() {
			shown = "too few for a share"
		}
		row.Got = a.f.number("reply."+side.key+".rate", side.name+": share answered", shown, x.Answered.Value())
		if x.Answered.N < enough && a.o.masks() {
			a.f.list[len(a.f.list)-1].Value, row.Got.Value = "", ""
		}
		r.Rows = append(r.Rows, row)
		if side.key == "negative" {
			r.Rows = append(r.Rows, a.half(x, st.Days))
		}
	}
	r.Undated = a.f.plain("reply.undated", "Replies whose day the source does not say", undated)
	r.Rows = append(r.Rows, a.stars(stars, st.Rating), a.flow(len(reviews), st.Reviews))
	return nil
}

// half is the time to reply to unhappy reviews.
func (a *auditor) half(x analysis.Answering, days int) standardRow {
	row := standardRow{Name: "Time to reply to unhappy reviews, median", Standard: "at most " + plural(days, "day", "days"), Word: "not enough yet"}
	n := x.Answered.N - x.Undated
	row.N = a.f.plain("reply.time.n", "Time to reply to unhappy reviews: reviews without a reply or with a reply whose day is known", n)
	shown, value := "too few to say", ""
	if n >= enough {
		shown, row.Word = "half are not answered", "not met"
		if x.Reached {
			took := x.Half.Hours() / 24
			shown, value, row.Word = lasting(x.Half), precise(took), "met"
			if took > float64(days) {
				row.Word = "not met"
			}
		}
	}
	row.Got = a.f.add("reply.time.median", "Time to reply to unhappy reviews: median in days", shown, value)
	return row
}

// stars is the mean of the year's stars.
func (a *auditor) stars(stars []float64, least float64) standardRow {
	row := standardRow{Name: "Mean of the stars", Standard: "at least " + strconv.FormatFloat(least, 'f', 1, 64), Word: "not enough yet"}
	row.N = a.f.plain("stars.n", "Reviews with stars", len(stars))
	shown, value := "too few for a mean", ""
	for _, in := range a.o.Insights {
		for _, m := range in.Metrics {
			if e := m.Year.Value; m.Year.Tag == analysis.Stars && m.Year.About == "" && m.Year.Question == "" && e != nil {
				shown, value = fmt.Sprintf("%.2f (95 %% sure: %.2f to %.2f)", e.Value, e.Lo, e.Hi), precise(e.Value)
				row.Word = against(e.Lo, e.Hi, least)
			}
		}
	}
	row.Got = a.f.add("stars.mean", "Mean of the stars of the year", shown, value)
	return row
}

// flow is how many reviews come in.
func (a *auditor) flow(n, least int) standardRow {
	row := standardRow{Name: "New reviews a month", Standard: "at least " + strconv.Itoa(least), N: a.f.plain("reviews.n", "Reviews of the year", n), Word: "not met"}
	if rate := float64(n) / 12; rate >= float64(least) {
		row.Word = "met"
	}
	row.Got = a.f.number("reviews.month", "Reviews a month", strconv.FormatFloat(float64(n)/12, 'f', 1, 64), float64(n)/12)
	return row
}

// against says whether an interval lies on the right side of a standard.
func against(lo, hi, least float64) string {
	switch {
	case lo >= least:
		return "met"
	case hi < least:
		return "not met"
	}
	return "not sure"
}
