package web

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"percept/collector/yamlfile"
)

// A Profile says by CSS selectors where the reviews of a site without mark-up stand. It is read from
// YAML or JSON.
type Profile struct {
	// Item selects one review; the other selectors are looked up within it.
	Item    string `yaml:"item,required"`
	ID      Field  `yaml:"id"`
	Author  Field  `yaml:"author"`
	Title   Field  `yaml:"title"`
	Text    Field  `yaml:"text"`
	Rating  Field  `yaml:"rating"`
	Date    Field  `yaml:"date"`
	Subject Field  `yaml:"subject"`
	URL     Field  `yaml:"url"`
	// Reply is the answer of the business.
	Reply struct {
		Text  Field `yaml:"text"`
		Date  Field `yaml:"date"`
		State Field `yaml:"state"`
	} `yaml:"reply"`
	// Next selects the link to the next page.
	Next Field `yaml:"next"`
	// Pages is how pages are numbered in the address, for a list without links from page to page.
	Pages Paging `yaml:"pages"`
	// Language (BCP 47) and Zone (IANA) are for pages that do not declare theirs.
	Language string `yaml:"language"`
	Zone     string `yaml:"zone"`

	item cascadia.Selector
	zone *time.Location
}

// A Field is one value of a review. In a profile it is a selector, or an object.
type Field struct {
	// CSS selects the element; empty is the item itself.
	CSS string `yaml:"css"`
	// Attr is the attribute that holds the value; empty is datetime or content where there is one, else the text.
	Attr string `yaml:"attr"`
	// Count makes the value the number of elements that CSS selects: the stars of a rating drawn one by one.
	Count bool `yaml:"count"`
	// Regex picks the value: its first group, or the whole match. A second group of a rating is its best.
	Regex string `yaml:"regex"`
	// Format is how a date is written, as a layout of Go's package time: "02.01.2006".
	Format string `yaml:"format"`
	// Language is that of the words of a date.
	Language string `yaml:"language"`
	// Best and Worst are the scale of a rating.
	Best  string `yaml:"best"`
	Worst string `yaml:"worst"`

	selector cascadia.Selector
	regex    *regexp.Regexp
	set      bool
}

// UnmarshalText reads a field that is a selector alone.
func (f *Field) UnmarshalText(text []byte) error {
	f.CSS = string(text)
	return nil
}

// ParseProfile reads a profile; file is its name, for messages. The error is yamlfile.Mistakes: all
// that is wrong with it, unknown keys and bad selectors and patterns too.
func ParseProfile(file string, data []byte) (*Profile, error) {
	p := &Profile{}
	place, err := yamlfile.Decode(file, data, p)
	var mistakes yamlfile.Mistakes
	if errors.Is(err, yamlfile.ErrUnread) || err != nil && !errors.As(err, &mistakes) {
		return nil, err
	}
	check := func(path string, err error) {
		if err != nil {
			line, column := place(path)
			mistakes = append(mistakes, yamlfile.Mistake{File: file, Line: line, Column: column, Message: fmt.Sprintf("%s: %v", path, err)})
		}
	}
	if p.Item != "" {
		p.item, err = cascadia.Compile(p.Item)
		check("item", err)
	}
	check("pages", p.Pages.check())
	for path, field := range map[string]*Field{
		"id": &p.ID, "author": &p.Author, "title": &p.Title, "text": &p.Text, "rating": &p.Rating,
		"date": &p.Date, "pages.end": &p.Pages.End, "subject": &p.Subject, "url": &p.URL, "next": &p.Next,
		"reply.text": &p.Reply.Text, "reply.date": &p.Reply.Date, "reply.state": &p.Reply.State,
	} {
		check(path, field.compile())
	}
	if p.Zone != "" {
		p.zone, err = time.LoadLocation(p.Zone)
		check("zone", err)
	}
	if len(mistakes) > 0 {
		return nil, mistakes.InOrder()
	}
	return p, nil
}

func (f *Field) compile() (err error) {
	f.set = f.CSS+f.Attr+f.Regex+f.Format+f.Language+f.Best+f.Worst != "" || f.Count
	if f.Count && (f.CSS == "" || f.Attr+f.Regex+f.Format != "") {
		return errors.New("count wants css, and nothing to read from an element")
	}
	if f.CSS != "" {
		if f.selector, err = cascadia.Compile(f.CSS); err != nil {
			return err
		}
	}
	if f.Regex != "" {
		f.regex, err = regexp.Compile(f.Regex)
	}
	return err
}

// find returns the element of the field within n, nil without one.
func (f *Field) find(n *html.Node) *html.Node {
	switch {
	case !f.set:
		return nil
	case f.selector == nil:
		return n
	}
	return cascadia.Query(n, f.selector)
}

// read returns the value of the field within n and, for a rating, the best that its pattern found.
func (f *Field) read(n *html.Node) (value, best string) {
	if f.Count {
		if stars := len(cascadia.QueryAll(n, f.selector)); stars > 0 {
			return strconv.Itoa(stars), ""
		}
		return "", ""
	}
	if n = f.find(n); n == nil {
		return "", ""
	}
	switch {
	case f.Attr != "":
		value = tidy(attr(n, f.Attr))
	case f.Format == "":
		value = tidy(cmp.Or(attr(n, "datetime"), attr(n, "content")))
	}
	if value == "" && f.Attr == "" {
		value = nodeText(n)
	}
	if f.regex != nil {
		m := f.regex.FindStringSubmatch(value)
		switch {
		case m == nil:
			return "", ""
		case len(m) == 1:
			value = m[0]
		default:
			value = m[1]
			if len(m) > 2 {
				best = m[2]
			}
		}
	}
	return value, best
}

func (f *Field) one(n *html.Node) string {
	s, _ := f.read(n)
	return oneLine(s)
}

// day returns the date of the field within n; one in the profile's own format as ISO 8601.
func (f *Field) day(n *html.Node) string {
	s := f.one(n)
	if f.Format == "" || s == "" {
		return s
	}
	t, err := time.Parse(f.Format, s)
	if err != nil {
		return ""
	}
	return t.Format("2006-01-02")
}

func (p *Profile) reviews(x *extractor, doc *html.Node) []candidate {
	x.language = cmp.Or(x.language, p.Language)
	var list []candidate
	matched := make(map[*html.Node]bool)
	for _, n := range cascadia.QueryAll(doc, p.item) {
		if matched[n] = true; nested(n, matched) > 4 {
			continue // no list of reviews is nested like that
		}
		c := candidate{
			format: SyntaxProfile, id: p.ID.one(n), author: cleanAuthor(p.Author.one(n)), title: p.Title.one(n),
			subject: p.Subject.one(n), language: x.language, worst: p.Rating.Worst,
			replyDate: p.Reply.Date.day(n), replyState: p.Reply.State.one(n),
		}
		c.text, _ = p.Text.read(n)
		c.text = said(c.text)
		c.replyText, _ = p.Reply.Text.read(n)
		var best string
		c.rating, best = p.Rating.read(n)
		c.rating, c.best = oneLine(c.rating), cmp.Or(best, p.Rating.Best)
		if d := p.Date.day(n); d != "" {
			c.rawDates = []string{d}
		}
		if u := x.base; u != nil && p.URL.set {
			if el := p.URL.find(n); el != nil {
				if to, err := u.Parse(attr(el, cmp.Or(p.URL.Attr, "href"))); err == nil && to.Host == u.Host && to.User == nil {
					c.url = to.String()
				}
			}
		}
		list = append(list, c)
	}
	return list
}

// nested counts the matched elements around n.
func nested(n *html.Node, matched map[*html.Node]bool) int {
	around := 0
	for a := n.Parent; a != nil; a = a.Parent {
		if matched[a] {
			around++
		}
	}
	return around
}

func (p *Profile) nextLinks(doc *html.Node) []string {
	n := p.Next.find(doc)
	if n == nil || p.Next.selector == nil {
		return nil
	}
	if href := attr(n, cmp.Or(p.Next.Attr, "href")); href != "" {
		return []string{href}
	}
	return nil
}
