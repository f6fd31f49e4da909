package reports

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"percept/analysis"
)

// ratings are the metrics of the year and their months.
type ratings struct {
	Metrics []metricRow
	Months  []ratingMonths
	Plot    *chart
}

// A metricRow is one metric of one channel about one thing.
type metricRow struct {
	Channel, Tag, Of string
	Now, Year        Figure
	NowN, YearN      Figure
	Change           Figure
}

// ratingMonths are the months of one kind of rating.
type ratingMonths struct {
	Name, Tag string
	Rows      []ratingMonth
}

type ratingMonth struct {
	Month   time.Time
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
			row := metricRow{
				Channel: channelName(string(in.Channel)), Tag: string(m.Year.Tag), Of: of,
				NowN: a.f.count(at+".n", what+": answers of 13 weeks", m.Now.N), YearN: a.f.count(at+".year.n", what+": answers of the year", m.Year.N),
				Now: a.estimate(at+".value", what+", 13 weeks", m.Year.Tag, m.Now.Value, false), Year: a.estimate(at+".year", what+", the year", m.Year.Tag, m.Year.Value, false),
				Change: a.estimate(at+".change", what+", change from the 13 weeks before", m.Year.Tag, m.Change.Value, true),
			}
			r.Metrics = append(r.Metrics, row)
		}
	}
	trends := a.trends()
	for i, t := range trends {
		months := ratingMonths{Name: t.Name, Tag: t.Tag}
		for _, p := range t.Months {
			at, what := fmt.Sprintf("rating%d.%s", i+1, p.Month.Format("2006-01")), t.Name+", "+p.Month.Format("January 2006")
			months.Rows = append(months.Rows, ratingMonth{p.Month, a.f.count(at+".n", what+": ratings", p.N),
				a.f.mean(at+".mean", what+": mean", strconv.FormatFloat(p.Mean, 'f', 2, 64), p.Mean, p.N)})
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

// estimate adds a metric as people read it: of means two decimals, of shares none; a dash where there is too little.
func (a *auditor) estimate(at, what string, tag analysis.Tag, e *analysis.Estimate, change bool) Figure {
	if e == nil {
		return a.f.add(at, what, "–", "")
	}
	write := func(v float64) string {
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
		case change:
			return "+" + s
		}
		return s
	}
	return a.f.number(at, what, write(e.Value)+" ("+write(e.Lo)+" to "+write(e.Hi)+")", e.Value)
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
		row := standardRow{Name: side.name, Standard: fmt.Sprintf("at least %.0f %%", 100*side.least), N: a.f.count("reply."+side.key+".n", side.name+": reviews", x.Answered.N), Word: "not enough yet"}
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
	r.Undated = a.f.count("reply.undated", "Replies whose day the source does not say", undated)
	r.Rows = append(r.Rows, a.stars(stars, st.Rating), a.flow(len(reviews), st.Reviews))
	return nil
}

// half is the time to reply to unhappy reviews.
func (a *auditor) half(x analysis.Answering, days int) standardRow {
	row := standardRow{Name: "Time to reply to unhappy reviews, median", Standard: "at most " + plural(days, "day", "days"), Word: "not enough yet"}
	n := x.Answered.N - x.Undated
	row.N = a.f.count("reply.time.n", "Time to reply to unhappy reviews: reviews without a reply or with a reply whose day is known", n)
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
	row.N = a.f.count("stars.n", "Reviews with stars", len(stars))
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
	row := standardRow{Name: "New reviews a month", Standard: "at least " + strconv.Itoa(least), N: a.f.count("reviews.n", "Reviews of the year", n), Word: "not met"}
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
