package reviews

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"percept/collector"
	"percept/collector/survey"
	"percept/collector/web"
)

// A Review is one review as an answer or a file has it.
type Review struct {
	collector.Feedback
	// Byline is who wrote as the platform has it: "A Google user" too, who is no Author.
	Byline string
}

// An Extraction is what an answer or a file holds.
type Extraction struct {
	Reviews  []Review
	Rejected []collector.Rejection
	// Empty counts items without words and rating, Hidden those that the platform does not show, Elsewhere
	// those of other practices.
	Empty, Hidden, Elsewhere int
	Notes                    []string
	Aggregate                collector.Aggregate
}

// lineKey is the member of an item that holds the line of a table it was read from.
const lineKey = "#"

// A reading reads the items of one document.
type reading struct {
	*Format
	Extraction
	from    string // where it is from, for messages
	zone    *time.Location
	order   survey.Order
	best    string // the scale that config states
	id      string // the practice's at the platform
	fetched time.Time
}

// document reads all items of doc.
func (r *reading) document(doc any) error {
	items, ok := r.items(doc)
	if !ok {
		return fmt.Errorf("no list of reviews where %s has it (%s): has it changed?", r.Name, r.Lists[0].text)
	}
	r.Aggregate.Count = r.Total.count(doc)
	if avg := r.Average.string(doc); avg != "" {
		r.Aggregate.Rating, _, _ = web.ParseRating(avg, "", "")
	}
	if r.Counts {
		return nil
	}
	twins := make(map[string]int)
	for i, item := range items {
		r.item(i+1, item, twins)
	}
	return nil
}

// items are the elements of the first list that is there; a bare list of items is one, and so is a single
// item. An answer may have none where the platform leaves an empty list out, or where only its counts are
// asked for.
func (f *Format) items(doc any) ([]any, bool) {
	for _, v := range f.Lists {
		if list, ok := v.list(doc); ok {
			return list, true
		}
	}
	if several, ok := doc.([]any); ok { // answers or messages, one behind the other
		var items []any
		for _, one := range several {
			for _, v := range f.Lists {
				if list, ok := v.list(one); ok {
					items = append(items, list...)
					break
				}
			}
		}
		if len(items) == 0 && f.knows(several) {
			return several, true
		}
		return items, len(items) > 0
	}
	if f.knows([]any{doc}) {
		return []any{doc}, true
	}
	object, ok := doc.(map[string]any)
	return nil, ok && (f.Counts && f.Total.string(doc) != "" || f.API.Omits && len(object) == 0)
}

// item reads one review, or says why it is none.
func (r *reading) item(n int, item any, twins map[string]int) {
	ref := fmt.Sprintf("%s review %d", r.from, n)
	if object, ok := item.(map[string]any); ok {
		if line, ok := object[lineKey].(json.Number); ok {
			ref = fmt.Sprintf("%s:%s", r.from, line)
		}
		if bad := scalar(object[badKey]); bad != "" {
			r.Rejected = append(r.Rejected, collector.Rejection{Ref: ref, Reason: bad})
			return
		}
	}
	if len(r.Shown.In) > 0 {
		if state := r.Shown.Value.string(item); state != "" && !slices.ContainsFunc(r.Shown.In, func(s string) bool { return strings.EqualFold(s, state) }) {
			r.Hidden++
			return
		}
	}
	if affirmed(r.Shown.Unless.string(item)) {
		r.Hidden++
		return
	}
	if places := r.Place.all(item); len(places) > 0 && r.id != "" && !slices.ContainsFunc(places, func(p any) bool { return scalar(p) == r.id }) {
		r.Elsewhere++
		return
	}
	f, why := r.feedback(item)
	switch {
	case why != "":
		r.Rejected = append(r.Rejected, collector.Rejection{Ref: ref, Reason: why})
		return
	case !f.Said():
		r.Empty++
		return
	}
	f.Ref = ref
	if f.SourceID == "" {
		f.Raw = strings.Join([]string{f.Author, r.Date.string(item), f.Title, f.Text, f.Rating.Raw, f.Practice}, "\n")
		f.Twin = twins[f.Raw]
		if f.Text == "" && f.Author == "" {
			twins[f.Raw]++ // stars alone, of nobody in particular: each is somebody's
		}
	}
	r.Reviews = append(r.Reviews, Review{f, r.Author.string(item)})
}

// feedback reads the values of an item; why says what keeps it from being one.
func (r *reading) feedback(item any) (f collector.Feedback, why string) {
	f = collector.Feedback{
		Kind: collector.Review, SourceID: r.ID.string(item), Author: r.Author.string(item), Language: language(r.Language.string(item)),
		Title: r.words(r.Title, item), Text: r.words(r.Text, item), URL: address(r.URL.string(item)), Subject: r.Subject.string(item), Rows: 1,
	}
	if f.Site = site(r.Site.string(item)); f.Site == r.slug {
		f.Site = ""
	}
	if f.Site != "" {
		id := r.SiteID.string(item)
		f.SiteID = id[strings.LastIndexByte(id, '/')+1:] // Google's may be the whole accounts/1/locations/2/reviews/3
	}
	if f.SourceID == "" && f.SiteID != "" {
		f.SourceID = f.Site + " " + f.SiteID
	}
	if r.Nobody.string(item) == "true" || nobody[strings.ToLower(f.Author)] {
		f.Author = ""
	}
	if strings.EqualFold(f.Title, f.Text) {
		f.Title = ""
	}
	if f.Rating, why = r.rating(item); why != "" {
		return f, why
	}
	if f.Date, why = r.date(r.Date.string(item)); why != "" {
		return f, why
	}
	said := item
	if r.Reply.Among.set() {
		said = r.replyBy(r.id, item)
	}
	reply := collector.Reply{Text: r.words(r.Reply.Text, said), State: replyState(r.Reply.State.string(said))}
	if reply.Text != "" {
		reply.Date, _ = r.date(r.Reply.Date.string(said)) // a reply of an unknown day is a reply
		f.Reply = &reply
	}
	return f, ""
}

// replyBy is the first comment on an item by the practice with an id, nil where there is none.
func (f *Format) replyBy(id string, item any) any {
	for _, c := range f.Reply.Among.all(item) {
		if id != "" && f.Reply.By.string(c) == id {
			return c
		}
	}
	return nil
}

// forget empties the comments on items that others than the practice wrote.
func (f *Format) forget(id string, doc any) {
	items, _ := f.items(doc)
	for _, item := range items {
		for _, c := range f.Reply.Among.all(item) {
			if comment, ok := c.(map[string]any); ok && (id == "" || f.Reply.By.string(c) != id) {
				clear(comment)
			}
		}
	}
}

// affirmed reports whether a flag is set.
func affirmed(s string) bool {
	switch strings.ToLower(s) {
	case "true", "1", "yes", "y":
		return true
	}
	return false
}

// nobody are names that stand for none.
var nobody = map[string]bool{"anonymous": true, "a google user": true, "trusted customer": true, "anonym": true, "guest": true, "n/a": true}

// replyState is the state of a reply in the words of collector.Reply.
func replyState(s string) string {
	switch s = strings.ToLower(s); s {
	case "approved":
		return "published"
	case "published", "pending", "rejected":
		return s
	}
	return ""
}

// words is a text without markup, with its line breaks.
func (r *reading) words(v Value, item any) string {
	s := v.string(item)
	if r.exported {
		return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	}
	if r.Translated {
		s = collector.Original(s)
	}
	return plain(s)
}

// plain decodes entities once and takes tags away, of which line breaks and paragraphs end a line.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(strings.ReplaceAll(b.String(), "\r\n", "\n"))
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			raw := string(z.Raw())
			name, _ := z.TagName()
			switch string(name) {
			case "br", "p", "div", "li":
				b.WriteByte('\n')
			case "b", "i", "em", "strong", "a", "span", "u", "ul", "ol", "font":
			default:
				b.WriteString(raw) // "<3" and "<my name>" are words
			}
		}
	}
}

// language is a BCP 47 tag, or empty: platforms write "en-GB" and "en_GB".
func language(s string) string {
	s = strings.ReplaceAll(s, "_", "-")
	if len(s) < 2 || len(s) > 35 || strings.ContainsAny(s, " /") {
		return ""
	}
	return s
}

func address(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// rating reads the stars of an item, or its yes or no, which is none and is kept as it is written.
func (r *reading) rating(item any) (collector.Rating, string) {
	raw := r.Rating.Value.string(item)
	if affirmed(r.Rating.Drop.string(item)) && raw != "" {
		said := "negative" // as Facebook writes it
		if strings.HasPrefix(raw, "5") {
			said = "positive"
		}
		return collector.Rating{Raw: said, Tag: "recommends"}, ""
	}
	if raw == "" {
		if said := r.Recommends.string(item); said != "" {
			return collector.Rating{Raw: said, Tag: "recommends"}, ""
		}
		return collector.Rating{}, ""
	}
	if i := slices.Index(r.Rating.Words, raw); i >= 0 {
		return collector.Rating{Raw: raw, Value: 1 + 4*float64(i)/float64(len(r.Rating.Words)-1), Valid: true, Tag: "stars"}, ""
	}
	if len(r.Rating.Words) > 0 {
		return collector.Rating{}, "" // "unspecified"
	}
	best := r.Rating.Best.string(item)
	if r.best != "" {
		best = r.best
	}
	rating, note, err := web.ParseRating(raw, best, r.Rating.Worst.string(item))
	if err != nil {
		return rating, err.Error()
	}
	if note != "" {
		r.Notes = append(r.Notes, note)
	}
	if !rating.Valid {
		rating = collector.Rating{}
	}
	return rating, ""
}

// date reads a date, of which none is none.
func (r *reading) date(s string) (collector.Date, string) {
	if s == "" {
		return collector.Date{}, ""
	}
	d, err := survey.ParseDate(s, r.order, r.zoneOr(r.zone))
	switch {
	case err != nil:
		return d, fmt.Sprintf("date %q: %v", s, err)
	case !r.fetched.IsZero() && d.Start.After(r.fetched.Add(48*time.Hour)):
		return d, fmt.Sprintf("date %q lies in the future", s)
	}
	return d, ""
}
