package reviews

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"percept/collector/survey"
	"percept/collector/web"
)

// Fields says which columns of a file of reviews hold what, where their headings do not. All may be empty.
type Fields struct {
	ID        string `yaml:"id"`
	Rating    string `yaml:"rating"`
	Text      string `yaml:"text"`
	Title     string `yaml:"title"`
	Author    string `yaml:"author"`
	Date      string `yaml:"date"`
	Reply     string `yaml:"reply"`
	ReplyDate string `yaml:"reply_date"`
	URL       string `yaml:"url"`
	Language  string `yaml:"language"`
	Subject   string `yaml:"subject"` // which of several places it is about
	// Site is the platform that it was written on, where the file has those of several, and SiteID its id there.
	Site   string `yaml:"site"`
	SiteID string `yaml:"site_id"`
	// Recommends is a yes or no in place of stars; Recommendation is set where the stars are made of one.
	Recommends     string `yaml:"recommends"`
	Recommendation string `yaml:"recommendation"`
	// Hidden and Visible say whether it is public.
	Hidden  string `yaml:"hidden"`
	Visible string `yaml:"visible"`
	// Best is the best rating there is, 5 where it is not stated; a column of the file may say it too.
	Best string `yaml:"best"`
	// Order settles 03/04/2026: dmy or mdy.
	Order survey.Order `yaml:"order"`
}

// stated are the columns that f names, by field.
func (f Fields) stated() map[string]string {
	return map[string]string{
		"id": f.ID, "rating": f.Rating, "text": f.Text, "title": f.Title, "author": f.Author, "date": f.Date,
		"reply": f.Reply, "reply_date": f.ReplyDate, "url": f.URL, "language": f.Language, "subject": f.Subject,
		"site": f.Site, "site_id": f.SiteID, "recommends": f.Recommends, "recommendation": f.Recommendation, "hidden": f.Hidden, "visible": f.Visible,
	}
}

// headings are how exports head their columns, by field, in folded form; the first found counts.
var headings = []struct {
	field string
	names []string
}{
	{"site_id", []string{"site review id", "review site review id", "source review id", "original review id", "external review id"}},
	{"site", []string{"review site", "review site name", "site name", "site", "source site", "review source", "source type", "source name", "data source", "platform", "publisher", "source"}},
	{"recommendation", []string{"is recommendation", "recommendation based"}},
	{"recommends", []string{"recommendation type", "recommendation", "recommends", "recommended"}},
	{"hidden", []string{"hidden", "is hidden"}},
	{"visible", []string{"visible", "is visible"}},
	{"id", []string{"review id", "store review id", "reviewid", "review uid", "uid", "id"}},
	{"rating", []string{"review stars", "star rating", "stars", "review rating", "rating", "rating value", "overall rating", "reviewer rating", "score", "review score"}},
	{"best", []string{"best", "best rating", "max rating", "rating scale", "out of", "rating best"}},
	{"reply_date", []string{"reply date", "response date", "company reply date", "owner reply date", "replied at", "responded at", "date of response", "review reply date"}},
	{"reply", []string{"company response", "owner response", "owner reply", "business response", "review reply", "reply text", "response text", "reply", "response", "answer of the owner"}},
	{"title", []string{"review title", "title", "headline", "review headline"}},
	{"text", []string{"review content", "review text", "review body", "review comment", "text", "review", "comment", "comments", "content", "body", "feedback", "message", "description"}},
	{"author", []string{"review username", "reviewer name", "author name", "review author", "author", "reviewer", "customer name", "display name", "reviewer nick name", "nick name", "nickname", "reviewed by", "name", "customer", "username"}},
	{"date", []string{"review created", "review date", "date", "date of review", "created at", "createdat", "date created", "created", "published", "published at", "reviewed on", "date posted", "posted", "time", "timestamp", "review time"}},
	{"url", []string{"review url", "unique review url", "url", "link", "permalink", "review link"}},
	{"language", []string{"review language", "language", "lang", "locale"}},
	{"subject", []string{"location name", "location", "practice", "branch", "store", "store name", "business name", "listing name"}},
}

// hump is where a word begins within reviewDate.
var hump = regexp.MustCompile(`([a-z])([A-Z])`)

// folded is a heading in small letters and digits, without what stands in brackets behind it.
func folded(heading string) string {
	if open := strings.LastIndexAny(heading, "(["); open > 0 {
		heading = heading[:open]
	}
	heading = hump.ReplaceAllString(heading, "$1 $2")
	return strings.Join(strings.FieldsFunc(strings.ToLower(heading), func(r rune) bool {
		return r == ' ' || r == '_' || r == '-' || r == '.' || r == ':' || r == '*' || r == '\u00a0'
	}), " ")
}

// A guess is what columns of a table hold, by field; a column is its heading.
type guess struct {
	names  []string
	fields map[string]string
}

// guessFields finds the columns by their headings, and texts, ratings and dates that are headed
// otherwise by what the first rows hold.
func guessFields(names []string, rows [][]string, stated Fields) (guess, error) {
	g := guess{names: names, fields: make(map[string]string)}
	for field, name := range stated.stated() {
		if name == "" {
			continue
		}
		at := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(strings.TrimSpace(n), strings.TrimSpace(name)) })
		if at < 0 {
			return g, fmt.Errorf("fields: %s: there is no column %q; the columns are %s", field, name, strings.Join(names, ", "))
		}
		g.fields[field] = names[at]
	}
	for _, h := range headings {
		for _, want := range h.names {
			if g.fields[h.field] != "" {
				break
			}
			for _, n := range names {
				if folded(n) == want && !g.taken(n) && !personal.MatchString(n) {
					g.fields[h.field] = n
					break
				}
			}
		}
	}
	if stated.Site == "" && !slices.ContainsFunc(rows, func(row []string) bool { return knownSite(g.cell(row, "site")) }) {
		delete(g.fields, "site") // "Source: e-mail campaign"
	}
	headed := g.fields["rating"] != ""
	g.byShape(rows)
	if stated == (Fields{}) && g.asked(headed) {
		return g, errors.New("it looks like a survey, with a question in each column: read it with a source {type: survey, path: ...} of its own, and have this one's path leave it out; if they are reviews, say fields: {rating: ..., text: ...}")
	}
	if g.fields["text"] == "" && !headed {
		return g, fmt.Errorf("no column of ratings and none of texts among %s: say fields: {rating: ..., text: ...}", strings.Join(names, ", "))
	}
	if stated.Best == "" && g.fields["best"] == "" {
		if top, over := g.over(rows); over {
			return g, fmt.Errorf("column %q goes up to %s, and nothing says what the best is: say fields: {best: 10}, or what it is", g.fields["rating"], top)
		}
	}
	return g, nil
}

// over reports whether so many ratings are over 5 that they are no slips of the pen, and the highest of them: 2 of 10 would
// be taken for 2 of 5.
func (g *guess) over(rows [][]string) (top string, over bool) {
	rated, beyond, highest := 0, 0, 0.0
	for _, row := range rows {
		n, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(g.cell(row, "rating")), ",", ".", 1), 64)
		if err != nil {
			continue
		}
		rated++
		if n > 5 {
			beyond++
		}
		highest = max(highest, n)
	}
	return strconv.FormatFloat(highest, 'f', -1, 64), beyond >= 3 && beyond*4 >= rated
}

// cell is what a row holds of a field.
func (g *guess) cell(row []string, field string) string {
	at := slices.Index(g.names, g.fields[field])
	if g.fields[field] == "" || at < 0 || at >= len(row) {
		return ""
	}
	return row[at]
}

func (g *guess) taken(name string) bool {
	for _, n := range g.fields {
		if n == name {
			return true
		}
	}
	return false
}

// asked reports whether the columns are those of a survey: a tool's marks of a response, or questions in place of the
// headings of reviews.
func (g guess) asked(headed bool) bool {
	questions := 0
	for _, n := range g.names {
		switch k := folded(n); {
		case responses[k]:
			return true
		case strings.Contains(n, "?") || strings.HasPrefix(k, "how "):
			questions++
		}
	}
	return questions > 1 && !headed
}

// responses are headings that survey tools give what they know of a response.
var responses = map[string]bool{
	"response id": true, "respondent id": true, "collector id": true, "network id": true, "submitdate": true, "submit date": true, "date submitted": true,
	"submission id": true, "completion time": true, "recorded date": true, "recordeddate": true,
}

// starry is a rating and nothing else.
var starry = regexp.MustCompile(`(?i)^[0-9.,/ ★☆*]{1,12}(?:stars?)?$`)

// byShape takes columns by what is in them: a rating is 1 to 5 stars in most rows, a date reads as one,
// a text has several words in most rows that have any.
func (g *guess) byShape(rows [][]string) {
	type profile struct{ filled, stars, dates, words int }
	shapes := make([]profile, len(g.names))
	for _, row := range rows {
		for i := range min(len(row), len(shapes)) {
			s, p := strings.TrimSpace(row[i]), &shapes[i]
			if s == "" {
				continue
			}
			p.filled++
			if r, _, err := web.ParseRating(s, "", ""); err == nil && r.Valid && starry.MatchString(s) {
				p.stars++
			}
			if _, err := survey.ParseDate(s, "", time.UTC); err == nil || errors.Is(err, survey.ErrOrder) {
				p.dates++
			}
			p.words += len(strings.Fields(s))
		}
	}
	best := func(field string, fits func(p profile) int) {
		if g.fields[field] != "" {
			return
		}
		most, at := 0, -1
		for i, p := range shapes {
			if p.filled == 0 || g.taken(g.names[i]) || personal.MatchString(g.names[i]) {
				continue
			}
			if n := fits(p); n > most {
				most, at = n, i
			}
		}
		if at >= 0 {
			g.fields[field] = g.names[at]
		}
	}
	best("date", func(p profile) int {
		if p.dates*10 < p.filled*9 {
			return 0
		}
		return p.dates
	})
	best("rating", func(p profile) int {
		if p.stars*10 < p.filled*9 || p.dates > 0 {
			return 0
		}
		return p.stars
	})
	best("text", func(p profile) int {
		if p.words < 4*p.filled {
			return 0
		}
		return p.words
	})
}

// sure reports whether the columns are those of reviews, and not of a survey: stars, words, a date, and
// an answer of the business or somebody called author or reviewer.
func (g guess) sure() bool {
	f := g.fields
	who := folded(f["author"])
	return f["rating"] != "" && f["text"] != "" && f["date"] != "" &&
		(f["reply"] != "" || strings.Contains(who, "author") || strings.Contains(who, "review"))
}

// format is how a file with these columns is read.
func (g guess) format() *Format {
	f := &Format{Name: "the file", Lists: []Value{whole}, Translated: true}
	f.Shown.In = []string{"true", "1", "yes", "y"}
	for field, v := range map[string]*Value{
		"id": &f.ID, "rating": &f.Rating.Value, "best": &f.Rating.Best, "text": &f.Text, "title": &f.Title, "author": &f.Author, "date": &f.Date,
		"reply": &f.Reply.Text, "reply_date": &f.Reply.Date, "url": &f.URL, "language": &f.Language, "subject": &f.Subject,
		"site": &f.Site, "site_id": &f.SiteID, "recommends": &f.Recommends, "recommendation": &f.Rating.Drop, "hidden": &f.Shown.Unless, "visible": &f.Shown.Value,
	} {
		if name := g.fields[field]; name != "" {
			*v = key(name)
		}
	}
	return f
}

// whole is the Value of the document itself.
var whole = Value{text: ".", alts: [][]route{{{}}}}
