package survey

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"percept/collector"
	"percept/collector/yamlfile"
)

// A Mapping overrides single decisions about a file. Columns are named by their heading, or by
// position as "column 7", also after a heading that repeats: "Comments (column 7)".
type Mapping struct {
	ID         string         `yaml:"id,omitempty"`
	Respondent string         `yaml:"respondent,omitempty"`
	Time       TimeMapping    `yaml:"time,omitempty"`
	Practice   ColumnMapping  `yaml:"practice,omitempty"`
	Ratings    []RatingColumn `yaml:"rating,omitempty"`
	Texts      []TextColumn   `yaml:"text,omitempty"`
	Question   string         `yaml:"question,omitempty"`
	Segment    string         `yaml:"segment,omitempty"`
	Consent    string         `yaml:"consent,omitempty"`
	Quoting    string         `yaml:"quoting,omitempty"` // leave to show one's words
	Ignore     []string       `yaml:"ignore,omitempty"`
	HeaderRows int            `yaml:"header_rows,omitempty"`
	Delimiter  string         `yaml:"delimiter,omitempty"`
	Encoding   string         `yaml:"encoding,omitempty"`
	Sheet      string         `yaml:"sheet,omitempty"`
}

// A ColumnMapping names a column.
type ColumnMapping struct {
	Column string `yaml:"column"`
}

// A TimeMapping says how the dates of a file are read; what is empty is found out.
type TimeMapping struct {
	Column string `yaml:"column,omitempty"`
	Order  Order  `yaml:"order,omitempty"`
	Layout string `yaml:"layout,omitempty"` // of Go's package time: "02.01.2006 15:04"
	Zone   string `yaml:"zone,omitempty"`   // "UTC", "Europe/London"; empty: the practice's
}

// A RatingColumn is a column of ratings.
type RatingColumn struct {
	Column     string `yaml:"column"`
	Scale      string `yaml:"scale,omitempty"` // "1-5", "5-1" where 1 is best, "nps", "ces", "fft", ...
	Touchpoint string `yaml:"touchpoint,omitempty"`
}

// A TextColumn is a column of open answers.
type TextColumn struct {
	Column     string         `yaml:"column"`
	Question   string         `yaml:"question,omitempty"` // as the customer read it
	Asks       collector.Asks `yaml:"asks,omitempty"`
	Touchpoint string         `yaml:"touchpoint,omitempty"`
}

// check finds what is wrong with the mapping before any file is read.
func (m Mapping) check() error {
	var errs []error
	switch m.Time.Order {
	case "", DayFirst, MonthFirst, YearFirst:
	default:
		errs = append(errs, fmt.Errorf("time: order %q is not known: dmy, mdy or ymd", m.Time.Order))
	}
	if m.Time.Zone != "" {
		if _, ok := loadZone(m.Time.Zone); !ok {
			errs = append(errs, fmt.Errorf("time: zone %q is not known", m.Time.Zone))
		}
	}
	for _, r := range m.Ratings {
		if r.Scale == "" {
			continue
		}
		if _, err := scaleNamed(r.Scale); err != nil {
			errs = append(errs, fmt.Errorf("rating: column %q: %w", r.Column, err))
		}
	}
	for _, t := range m.Texts {
		switch t.Asks {
		case collector.AsksAnything, collector.AsksPraise, collector.AsksImprove, collector.AsksWhy:
		default:
			errs = append(errs, fmt.Errorf("text: column %q: asks %q is not known: praise, improve or why", t.Column, t.Asks))
		}
	}
	if m.Delimiter != "" {
		_, err := delimiter(m.Delimiter)
		errs = append(errs, err)
	}
	if m.HeaderRows < 0 {
		errs = append(errs, fmt.Errorf("header_rows %d is less than 0", m.HeaderRows))
	}
	return errors.Join(errs...)
}

// apply writes the mapping into the layout and returns which columns it settled.
func (m Mapping) apply(l *Layout) (map[int]bool, error) {
	settled := make(map[int]bool)
	labels := l.labels()
	var errs []error
	set := func(key, name string, r Role) *Column {
		if name == "" {
			return nil
		}
		i, err := columnNamed(name, labels, l.Columns)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", key, err))
			return nil
		}
		settled[i] = true
		if r != Other && r != Rating && r != Text {
			l.clear(r)
		}
		c := &l.Columns[i]
		c.Role, c.Why = r, "as the config says"
		return c
	}
	for _, name := range m.Ignore {
		set("ignore", name, Other)
	}
	set("id", m.ID, ID)
	set("respondent", m.Respondent, Respondent)
	set("time", m.Time.Column, When)
	set("practice", m.Practice.Column, Practice)
	set("question", m.Question, Question)
	set("segment", m.Segment, Segment)
	set("consent", m.Consent, Consent)
	set("quoting", m.Quoting, Quoting)
	for _, r := range m.Ratings {
		if c := set("rating", r.Column, Rating); c != nil {
			c.Touchpoint = r.Touchpoint
			c.Scale, _ = scaleNamed(r.Scale) // check has read it; an empty one is found out
		}
	}
	for _, t := range m.Texts {
		if c := set("text", t.Column, Text); c != nil {
			c.Question, c.Asks, c.Touchpoint = cmp.Or(t.Question, c.Question), t.Asks, t.Touchpoint
		}
	}
	return settled, errors.Join(errs...)
}

// columnNamed finds a column by its label, its heading where that does not repeat, or its position.
func columnNamed(name string, labels []string, columns []Column) (int, error) {
	want, found := heading(name), -1
	for i, label := range labels {
		if strings.EqualFold(label, want) || strings.EqualFold(fmt.Sprintf("column %d", i+1), want) {
			return i, nil
		}
	}
	for i, c := range columns {
		if !strings.EqualFold(heading(c.Name), want) && !strings.EqualFold(heading(c.Question), want) {
			continue
		}
		if found >= 0 {
			return 0, fmt.Errorf("columns %d and %d are both headed %q: write %q", found+1, i+1, name, labels[found])
		}
		found = i
	}
	if found < 0 {
		return 0, fmt.Errorf("there is no column %q%s", name, yamlfile.DidYouMean(want, labels))
	}
	return found, nil
}
