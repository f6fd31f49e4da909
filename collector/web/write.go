package web

import (
	"encoding/json"
	"io"
	"time"

	"percept/collector"
)

// line is one review as percept extract writes it; null is what the page does not tell.
type line struct {
	Case          string   `json:"case"`
	URL           *string  `json:"url"`
	Format        string   `json:"format"`
	Subject       *string  `json:"subject"`
	ID            *string  `json:"id"`
	Author        *string  `json:"author"`
	Rating        *float64 `json:"rating"` // 1 to 5
	RatingRaw     *string  `json:"rating_raw"`
	Best          *string  `json:"best"`
	Worst         *string  `json:"worst"`
	Date          *string  `json:"date"`
	DatePrecision *string  `json:"date_precision"`
	Title         *string  `json:"title"`
	Text          string   `json:"text"`
	ReplyText     *string  `json:"reply_text"`
	ReplyDate     *string  `json:"reply_date"`
	ReplyState    *string  `json:"reply_state"`
}

type aggregateLine struct {
	Case      string `json:"case"`
	Aggregate struct {
		Rating *float64 `json:"rating"` // as stated, not normalised
		Count  *int     `json:"count"`
	} `json:"aggregate"`
}

type nextLine struct {
	Case string `json:"case"`
	Next string `json:"next_url"`
}

type doneLine struct {
	Case string `json:"case"`
	Done bool   `json:"done"`
}

// WriteExtract writes what was found in one file as JSON lines: each review, the page's own summary
// and the next page where it has them, and a line that says the file was read to its end.
func WriteExtract(w io.Writer, caseName string, e Extraction) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, r := range e.Reviews {
		if err := enc.Encode(e.line(caseName, r)); err != nil {
			return err
		}
	}
	if a := e.Aggregate; a.Count > 0 || a.Rating.Raw != "" || e.zero {
		l := aggregateLine{Case: caseName}
		if v, _, ok := ratingValue(a.Rating.Raw); ok {
			l.Aggregate.Rating = &v
		}
		if a.Count > 0 || e.zero {
			l.Aggregate.Count = &a.Count
		}
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	if e.Next != "" {
		if err := enc.Encode(nextLine{caseName, e.Next}); err != nil {
			return err
		}
	}
	return enc.Encode(doneLine{caseName, true})
}

func (e Extraction) line(caseName string, r Review) line {
	l := line{
		Case: caseName, URL: some(r.URL), Format: r.Format, Subject: some(r.Subject), ID: some(r.SourceID),
		Author: some(r.Byline), RatingRaw: some(r.Rating.Raw), Best: some(r.Rating.Best), Worst: some(r.Rating.Worst),
		Date: some(e.date(r.Date)), DatePrecision: some(string(r.Date.Precision)), Title: some(r.Title), Text: r.Text,
	}
	if r.Rating.Valid {
		l.Rating = &r.Rating.Value
	}
	if r.Reply != nil {
		l.ReplyText, l.ReplyDate, l.ReplyState = some(r.Reply.Text), some(e.date(r.Reply.Date)), some(r.Reply.State)
	}
	return l
}

func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// date writes a date as precisely as it is known: an instant in UTC, a day of the zone, a month. A span
// is written as its likeliest day: the latest of "a month ago", the first of a week, a year or two readings.
func (e Extraction) date(d collector.Date) string {
	zone := e.zone
	if zone == nil {
		zone = time.UTC
	}
	switch {
	case !d.Known():
		return ""
	case d.Precision == collector.Exact:
		return d.Start.UTC().Format(time.RFC3339Nano)
	case d.Precision == collector.Month:
		return d.Start.In(zone).Format("2006-01")
	case d.Relative:
		return d.End.Add(-time.Nanosecond).In(zone).Format(time.DateOnly)
	}
	return d.Start.In(zone).Format(time.DateOnly)
}
