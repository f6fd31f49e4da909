package web

import (
	"testing"
	"time"

	"percept/collector"
)

func TestDates(t *testing.T) {
	johannesburg, err := time.LoadLocation("Africa/Johannesburg")
	if err != nil {
		t.Fatal(err)
	}
	asOf := time.Date(2025, 6, 15, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name, lang, in string
		from, to       string // local dates, to exclusive; an instant has no to
		precision      collector.Precision
		relative       bool
	}{
		{"an instant", "en", "2018-05-08T18:46:47Z", "2018-05-08T20:46:47+02:00", "", collector.Exact, false},
		{"an instant with a fraction and offset", "en", "2018-05-08T18:46:47.250-0500", "2018-05-09T01:46:47.25+02:00", "", collector.Exact, false},
		{"a time without a zone is a day", "en", "2018-05-08T23:46:47", "2018-05-08", "2018-05-09", collector.Day, false},
		{"a day", "en", "2018-05-08", "2018-05-08", "2018-05-09", collector.Day, false},
		{"a month", "en", "2018-05", "2018-05-01", "2018-06-01", collector.Month, false},
		{"an ISO week", "en", "2025-W01", "2024-12-30", "2025-01-06", collector.WeekLong, false},
		{"a year", "en", "2019", "2019-01-01", "2020-01-01", collector.Interval, false},
		{"compact", "en", "20180508", "2018-05-08", "2018-05-09", collector.Day, false},
		{"seconds since 1970", "en", "1525805207", "2018-05-08T20:46:47+02:00", "", collector.Exact, false},
		{"a mail date", "en", "Tue, 08 May 2018 18:46:47 +0000", "2018-05-08T20:46:47+02:00", "", collector.Exact, false},
		{"American words", "en-US", "May 8, 2018", "2018-05-08", "2018-05-09", collector.Day, false},
		{"American numbers", "en-US", "05/08/2018", "2018-05-08", "2018-05-09", collector.Day, false},
		{"British numbers", "en-GB", "05/08/2018", "2018-08-05", "2018-08-06", collector.Day, false},
		{"English without a country takes the practice's", "en", "05/08/2018", "2018-08-05", "2018-08-06", collector.Day, false},
		{"only one reading is a date", "en-GB", "05/28/2018", "2018-05-28", "2018-05-29", collector.Day, false},
		{"only one reading is past", "en-CA", "05/12/2025", "2025-05-12", "2025-05-13", collector.Day, false},
		{"two readings are a span", "en-CA", "05/08/2018", "2018-05-08", "2018-08-06", collector.Interval, false},
		{"dots are day first", "en-US", "3.4.2025", "2025-04-03", "2025-04-04", collector.Day, false},
		{"two digits of a year", "de", "03.04.25", "2025-04-03", "2025-04-04", collector.Day, false},
		{"German words", "de", "3. März 2025", "2025-03-03", "2025-03-04", collector.Day, false},
		{"a month in words", "en", "March 2025", "2025-03-01", "2025-04-01", collector.Month, false},
		{"words around", "en", "Reviewed in South Africa on 5 March 2025", "2025-03-05", "2025-03-06", collector.Day, false},
		{"a label before", "en", "Date of visit: 5 March 2025", "2025-03-05", "2025-03-06", collector.Day, false},
		{"no year moves with the fetch", "en", "March 5", "2025-03-05", "2025-03-06", collector.Day, true},
		{"yesterday", "en", "yesterday", "2025-06-14", "2025-06-15", collector.Day, true},
		{"hours", "en", "3 hours ago", "2025-06-15", "2025-06-16", collector.Day, true},
		{"days", "en", "4 days ago", "2025-06-10", "2025-06-12", collector.Interval, true},
		{"a week", "en", "a week ago", "2025-06-01", "2025-06-09", collector.Interval, true},
		{"seven days are days", "en", "7 days ago", "2025-06-07", "2025-06-09", collector.Interval, true},
		{"weeks in French", "fr", "il y a 2 semaines", "2025-05-25", "2025-06-02", collector.Interval, true},
		{"months", "en", "2 months ago", "2025-03-15", "2025-04-16", collector.Interval, true},
		{"a year ago", "en", "a year ago", "2023-06-15", "2024-06-16", collector.Interval, true},
		{"last week is the one before this", "en", "last week", "2025-06-02", "2025-06-09", collector.WeekLong, true},
		{"last month", "de", "letzten Monat", "2025-05-01", "2025-06-01", collector.Month, true},
		{"weeks in Afrikaans", "af", "3 weke gelede", "2025-05-18", "2025-05-26", collector.Interval, true},
		{"a month in German", "de", "vor einem Monat", "2025-04-15", "2025-05-16", collector.Interval, true},
		{"weeks in Dutch", "nl", "2 weken geleden", "2025-05-25", "2025-06-02", collector.Interval, true},
		{"days in Spanish", "es", "hace 4 días", "2025-06-10", "2025-06-12", collector.Interval, true},
		{"months in Italian", "it", "2 mesi fa", "2025-03-15", "2025-04-16", collector.Interval, true},
		{"a year in Portuguese", "pt-BR", "há um ano", "2023-06-15", "2024-06-16", collector.Interval, true},
		{"a Polish month that needs no number", "pl", "miesiąc temu", "2025-04-15", "2025-05-16", collector.Interval, true},
		{"weeks in Danish", "da", "for 2 uger siden", "2025-05-25", "2025-06-02", collector.Interval, true},
		{"weeks in Swedish", "sv", "för 2 veckor sedan", "2025-05-25", "2025-06-02", collector.Interval, true},
		{"weeks in Norwegian", "nb", "for 2 uker siden", "2025-05-25", "2025-06-02", collector.Interval, true},
		{"days in Turkish", "tr", "4 gün önce", "2025-06-10", "2025-06-12", collector.Interval, true},
		{"number and unit in one", "en", "3w ago", "2025-05-18", "2025-05-26", collector.Interval, true},
		{"today in French", "fr", "aujourd’hui", "2025-06-15", "2025-06-16", collector.Day, true},
		{"a day in Afrikaans", "af", "5 Maart 2025", "2025-03-05", "2025-03-06", collector.Day, false},
		{"a day in Dutch", "nl", "do 6 mrt. 2025", "2025-03-06", "2025-03-07", collector.Day, false},
		{"a French Tuesday is no March", "fr", "mar. 4 févr. 2025", "2025-02-04", "2025-02-05", collector.Day, false},
		{"the first in French", "fr", "1er août 2024", "2024-08-01", "2024-08-02", collector.Day, false},
		{"a day in Spanish", "es", "3 de marzo de 2025", "2025-03-03", "2025-03-04", collector.Day, false},
		{"a day in Italian", "it", "lunedì 3 marzo 2025, ore 10:30", "2025-03-03", "2025-03-04", collector.Day, false},
		{"a day in Portuguese", "pt", "Publicado em 3 de março de 2025", "2025-03-03", "2025-03-04", collector.Day, false},
		{"a day in Polish", "pl", "3 marca 2025 r.", "2025-03-03", "2025-03-04", collector.Day, false},
		{"a day in Danish", "da", "3. marts 2025 kl. 10:30", "2025-03-03", "2025-03-04", collector.Day, false},
		{"a day in Swedish", "sv", "den 3 mars 2025", "2025-03-03", "2025-03-04", collector.Day, false},
		{"a day in Norwegian", "no", "3. des. 2024", "2024-12-03", "2024-12-04", collector.Day, false},
		{"a day in Japanese", "ja", "2025年3月5日", "2025-03-05", "2025-03-06", collector.Day, false},
		{"a weekday and a time", "en", "Wed, March 5th, 2025 at 10:30 p.m.", "2025-03-05", "2025-03-06", collector.Day, false},
		{"hyphens", "en", "08-May-18", "2018-05-08", "2018-05-09", collector.Day, false},
		{"figures behind a label", "en-GB", "Date of visit: 05/03/2025", "2025-03-05", "2025-03-06", collector.Day, false},
		{"figures behind words", "de", "Geschrieben am 05.03.2025", "2025-03-05", "2025-03-06", collector.Day, false},
		{"an ISO day behind words", "en", "Posted on 2025-03-05", "2025-03-05", "2025-03-06", collector.Day, false},
		{"English words are no Portuguese date", "en", "8 out of 10", "", "", collector.Unknown, false},
		{"a number of years is no date", "en", "3 years", "", "", collector.Unknown, false},
		{"about is to both sides", "en", "about 2 months ago", "2025-03-15", "2025-05-16", collector.Interval, true},
		{"over is beyond", "en", "over a year ago", "2023-06-15", "2024-06-16", collector.Interval, true},
		{"almost is short of it", "en", "almost 2 years ago", "2023-06-15", "2024-06-16", collector.Interval, true},
		{"about in German", "de", "vor etwa 2 Monaten", "2025-03-15", "2025-05-16", collector.Interval, true},
		{"over in German", "de", "vor mehr als einem Jahr", "2023-06-15", "2024-06-16", collector.Interval, true},
		{"about in French", "fr", "il y a environ 2 mois", "2025-03-15", "2025-05-16", collector.Interval, true},
		{"over in French", "fr", "il y a plus d’un an", "2023-06-15", "2024-06-16", collector.Interval, true},
		{"about in Spanish", "es", "hace aproximadamente 2 meses", "2025-03-15", "2025-05-16", collector.Interval, true},
		{"almost in Spanish", "es", "hace casi 2 años", "2023-06-15", "2024-06-16", collector.Interval, true},
		{"over in Dutch", "nl", "meer dan een jaar geleden", "2023-06-15", "2024-06-16", collector.Interval, true},
		{"over in Afrikaans", "af", "meer as 'n jaar gelede", "2023-06-15", "2024-06-16", collector.Interval, true},
		{"about in Portuguese", "pt", "há cerca de 2 meses", "2025-03-15", "2025-05-16", collector.Interval, true},
		{"about a day is no future", "en", "about an hour ago", "2025-06-15", "2025-06-16", collector.Day, true},
		{"last week in French", "fr", "la semaine dernière", "2025-06-02", "2025-06-09", collector.WeekLong, true},
		{"last year in French", "fr", "l’année dernière", "2024-01-01", "2025-01-01", collector.Interval, true},
		{"the end of a year alone", "en", "Mar '25", "2025-03-01", "2025-04-01", collector.Month, false},
		{"the end of a year behind a day", "en", "5 Mar ’24", "2024-03-05", "2024-03-06", collector.Day, false},
		{"a unit in one letter", "en", "3w", "2025-05-18", "2025-05-26", collector.Interval, true},
		{"years and months", "en", "1 year 2 months ago", "2024-03-15", "2024-04-16", collector.Interval, true},
		{"no end is no date", "en", "30+ days ago", "", "", collector.Unknown, false},
		{"to come", "en", "in 3 days", "", "", collector.Unknown, false},
		{"edited", "en", "Edited a month ago", "2025-04-15", "2025-05-16", collector.Interval, true},
		{"English words on a German page", "de", "May 8, 2018", "2018-05-08", "2018-05-09", collector.Day, false},
		{"a verb before", "en", "Submitted May 23, 2018", "2018-05-23", "2018-05-24", collector.Day, false},
		{"a day in words that is none", "de", "on the 7th day of may", "", "", collector.Unknown, false},
		{"words about something else", "", "rubbish words here", "", "", collector.Unknown, false},
		{"no date at all", "en", "0000-00-00", "", "", collector.Unknown, false},
		{"no such day", "en", "2025-02-30", "", "", collector.Unknown, false},
		{"the future", "en", "2031-01-01", "", "", collector.Unknown, false},
		{"before there were reviews", "en", "1970-01-01", "", "", collector.Unknown, false},
		{"words that are none", "en", "a very long time", "", "", collector.Unknown, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := newDateReader(johannesburg, asOf, tt.lang).read(tt.in)
			want := collector.Date{Precision: tt.precision, Relative: tt.relative}
			switch {
			case tt.precision == collector.Exact:
				want = collector.At(parseTime(t, time.RFC3339Nano, tt.from, johannesburg))
			case tt.precision != collector.Unknown:
				want.Start = parseTime(t, time.DateOnly, tt.from, johannesburg)
				want.End = parseTime(t, time.DateOnly, tt.to, johannesburg)
			}
			if got != want {
				t.Errorf("read(%q) = %+v, want %+v", tt.in, got, want)
			}
		})
	}
}

func parseTime(t *testing.T, layout, s string, zone *time.Location) time.Time {
	t.Helper()
	v, err := time.ParseInLocation(layout, s, zone)
	if err != nil {
		t.Fatal(err)
	}
	return v.UTC()
}

func TestDatesLearnTheOrderFromTheirPage(t *testing.T) {
	r := newDateReader(time.UTC, time.Time{}, "en")
	r.learn("12/27/2014")
	if got, want := r.read("03/04/2015"), collector.OnDay(2015, 3, 4, time.UTC); got != want {
		t.Errorf("after 12/27/2014, 03/04/2015 = %+v, want %+v", got, want)
	}
	if got, want := r.read("Posted on 03/04/2015"), collector.OnDay(2015, 3, 4, time.UTC); got != want {
		t.Errorf("after 12/27/2014, Posted on 03/04/2015 = %+v, want %+v", got, want)
	}
	if got, want := r.dated("Posted on 03/04/2015"), newDateReader(time.UTC, time.Time{}, "en-GB").dated("Posted on 03/04/2015"); got != want || got == "" {
		t.Errorf("the identity of one date is %q and %q in another order", got, want)
	}
	if d := r.read("2 weeks ago"); d.Known() {
		t.Errorf("a relative date without a day of fetching = %+v, want none", d)
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{
		"2018-05-08T18:46:47.250-0500", "20180508", "2025-W01", "1525805207", "05/08/2018", "3. März 2025", "mar. 4 févr. 2025", "1er août",
		"Reviewed in South Africa on 5 March 2025", "il y a 2 semaines", "miesiąc temu", "last year", "29 February", "2025年3月5日",
		"999 years ago", "31 months ago", "Date: 31/31/31", "\xff 5 May", "10:30:59 pm z", "aujourd’hui",
	} {
		f.Add(s, "de")
	}
	f.Add("8 out of 10", "pt")
	zone, err := time.LoadLocation("America/Sao_Paulo") // where midnight is missing on some days
	if err != nil {
		f.Fatal(err)
	}
	asOf := time.Date(2024, 2, 29, 23, 30, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s, language string) {
		r := newDateReader(zone, asOf, language)
		r.learn(s)
		d := r.read(s)
		if d != newDateReader(zone, asOf, language).read(s) && r.order == newDateReader(zone, asOf, language).order {
			t.Errorf("read(%q) is not the same twice", s)
		}
		if d.Known() && (d.End.Before(d.Start) || d.Start.After(asOf.Add(48*time.Hour)) || d.Start.Year() < 1989) {
			t.Errorf("read(%q) = %+v", s, d)
		}
		later := newDateReader(zone, asOf.AddDate(0, 5, 3), language)
		if a, b := r.dated(s), later.dated(s); a != b {
			t.Errorf("dated(%q) = %q, five months later %q", s, a, b)
		}
		never := newDateReader(zone, time.Time{}, language)
		if n := never.read(s); n.Relative {
			t.Errorf("read(%q) without a day of fetching = %+v", s, n)
		}
	})
}
