package survey

import (
	"fmt"
	"strconv"
	"strings"

	"percept/collector"
)

// A Layout is what was decided about a file before its rows are read. It travels with every block of
// rows, so that a block can be read years later by itself.
type Layout struct {
	Kind       string   `json:"kind"` // "csv", "xlsx", "json" or "parquet"
	Encoding   string   `json:"encoding,omitempty"`
	Delimiter  string   `json:"delimiter,omitempty"`
	Sheet      string   `json:"sheet,omitempty"`
	Tool       string   `json:"tool,omitempty"`    // the survey tool, where its export is recognised
	Header     int      `json:"header"`            // line of the first heading row
	HeaderRows int      `json:"header_rows"`       // how many rows are headings
	Long       bool     `json:"long,omitempty"`    // one row is one answer
	Escapes    bool     `json:"escapes,omitempty"` // LimeSurvey's {newline} and its kin
	Columns    []Column `json:"columns"`
	Time       Time     `json:"time"`
	Language   string   `json:"language,omitempty"` // of its questions, where no column says it of each response
	// Overall is the column of the rating of the whole response, from 1; 0 for none.
	Overall int `json:"overall,omitempty"`
	Rows    int `json:"rows"` // rows under the headings
	// Questions are those that a question column asks, where one row is one answer.
	Questions []Asked `json:"questions,omitempty"`
	// Notes are for a person: what was repaired or left out.
	Notes []string `json:"notes,omitempty"`
	// Problems need a word in the config before any row can be taken.
	Problems []string `json:"problems,omitempty"`
}

// A Column is one column of the file.
type Column struct {
	Name       string         `json:"name"`               // heading as the tool wrote it
	Question   string         `json:"question,omitempty"` // as the customer read it, where another heading row says
	Role       Role           `json:"role,omitempty"`
	Scale      Scale          `json:"scale,omitzero"`
	Asks       collector.Asks `json:"asks,omitempty"`
	Touchpoint string         `json:"touchpoint,omitempty"`
	Why        string         `json:"why,omitempty"` // what decided the role
}

// Asked is a question of a question column.
type Asked struct {
	Question   string         `json:"question"`
	Asks       collector.Asks `json:"asks,omitempty"`
	Touchpoint string         `json:"touchpoint,omitempty"`
}

// asked returns the question of the column as the customer read it.
func (c Column) asked() string {
	if c.Question != "" {
		return c.Question
	}
	return c.Name
}

// Time says how the dates of the time column are read.
type Time struct {
	Order  Order  `json:"order,omitempty"`
	Why    string `json:"why,omitempty"`    // what decided the order
	Zone   string `json:"zone,omitempty"`   // stated by the file; empty: the practice's
	Layout string `json:"layout,omitempty"` // of Go's package time, from the config
	Serial bool   `json:"serial,omitempty"` // day numbers
	// Clock is true where some row has a time of day, Seconds where some time has seconds.
	Clock   bool `json:"clock,omitempty"`
	Seconds bool `json:"seconds,omitempty"`
	// Converted is true where a spreadsheet made dates of text and may have exchanged day and month.
	Converted bool `json:"converted,omitempty"`
	// Mixed names the rows in which dates stand in two orders.
	Mixed *Mixed `json:"mixed,omitempty"`
}

// Mixed are the rows whose dates are partly in the other order than the rest of the column: those
// with one of Values in Column, or all rows where Column is 0.
type Mixed struct {
	Column int      `json:"column"` // from 1
	Values []string `json:"values,omitempty"`
	Either int      `json:"either"` // dates there with two readings
}

// find returns the index of the column of a role, -1 when there is none.
func (l *Layout) find(r Role) int {
	for i, c := range l.Columns {
		if c.Role == r {
			return i
		}
	}
	return -1
}

// clear takes a role from the column that has it.
func (l *Layout) clear(r Role) {
	if i := l.find(r); i >= 0 {
		l.Columns[i].Role, l.Columns[i].Why = Other, ""
	}
}

// labels names the columns for people and for collector.Answer: the heading, with the position where
// the heading repeats.
func (l *Layout) labels() []string {
	names, seen := make([]string, len(l.Columns)), make(map[string]int)
	for i, c := range l.Columns {
		names[i] = heading(c.Name)
		seen[strings.ToLower(names[i])]++
	}
	for i, n := range names {
		switch {
		case n == "":
			names[i] = fmt.Sprintf("column %d", i+1)
		case seen[strings.ToLower(n)] > 1:
			names[i] = fmt.Sprintf("%s (column %d)", n, i+1)
		}
	}
	return names
}

// Describe says in words for people what was decided, one decision a line; Problems are the error of Inspect.
func (l Layout) Describe() []string {
	if l.Kind == "" {
		return nil // it could not be opened
	}
	var d []string
	say := func(format string, args ...any) { d = append(d, fmt.Sprintf(format, args...)) }
	switch l.Kind {
	case "xlsx":
		say("file: workbook, sheet “%s”, %s", l.Sheet, collector.Plural(l.Rows, "row"))
	case "parquet":
		say("file: Parquet, %s", collector.Plural(l.Rows, "row"))
	case "json":
		say("file: JSON, %s", collector.Plural(l.Rows, "response"))
	default:
		say("file: text in %s, delimiter %s, %s", l.Encoding, delimiterName(l.Delimiter), collector.Plural(l.Rows, "row"))
	}
	if l.Tool != "" {
		say("tool: %s", l.Tool)
	}
	if l.HeaderRows > 0 {
		say("headings: %s from line %d", collector.Plural(l.HeaderRows, "row"), l.Header)
	}
	if l.Long {
		say("rows: one row is one answer; the rows of one respondent are one response")
	}
	for i, c := range l.Columns {
		if c.Role == Other || c.Role == Personal {
			continue
		}
		say("%s", l.describe(i, c))
	}
	if l.Language != "" {
		say("language: %s, by its questions", l.Language)
	}
	if l.find(ID) < 0 && !l.Long {
		say("id: no column")
	}
	if l.find(When) < 0 {
		say("dates: no column")
	}
	if t := l.Time; t.Mixed != nil {
		say("dates: two orders are mixed %s", l.mixedWhere())
	}
	d = append(d, l.list(Personal, "dropped as personal")...)
	d = append(d, l.list(Other, "not read")...)
	for _, n := range l.Notes {
		say("note: %s", n)
	}
	return d
}

func (l *Layout) describe(i int, c Column) string {
	name := c.Name
	if c.Role == Rating || c.Role == Text {
		name = c.asked()
	}
	s := fmt.Sprintf("%s: column %d “%s”", roleName(c.Role), i+1, shorten(heading(name), 80))
	switch c.Role {
	case Rating:
		s += ", " + c.Scale.String()
		if l.Overall == i+1 {
			s += ", of the response as a whole"
		}
	case Text:
		if c.Asks != "" {
			s += ", asks " + map[collector.Asks]string{collector.AsksPraise: "for praise", collector.AsksImprove: "what to improve", collector.AsksWhy: "why"}[c.Asks]
		}
	case When:
		s += l.Time.describe()
	}
	if c.Touchpoint != "" {
		s += ", touchpoint " + c.Touchpoint
	}
	if c.Why != "" {
		s += " (" + c.Why + ")"
	}
	return s
}

func (t Time) describe() string {
	var s string
	switch t.Order {
	case DayFirst:
		s = ", day first"
	case MonthFirst:
		s = ", month first"
	case YearFirst:
		s = ", year first"
	}
	if t.Why != "" {
		s += ", " + t.Why
	}
	if t.Zone != "" {
		s += ", zone " + t.Zone
	}
	return s
}

func (l *Layout) mixedWhere() string {
	m := l.Time.Mixed
	if m.Column == 0 {
		return "through the whole column"
	}
	return fmt.Sprintf("where “%s” is “%s”", heading(l.Columns[m.Column-1].Name), strings.Join(m.Values, "”, “"))
}

func (l *Layout) list(r Role, what string) []string {
	var names []string
	labels := l.labels()
	for i, c := range l.Columns {
		if c.Role == r {
			names = append(names, shorten(labels[i], 40))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{what + ": " + strings.Join(names, ", ")}
}

func roleName(r Role) string {
	switch r {
	case When:
		return "dates"
	case Text:
		return "open answer"
	case Segment:
		return "kind of visit"
	case Quoting:
		return "leave to quote"
	}
	return string(r)
}

func delimiterName(d string) string {
	if d == "\t" {
		return "tab"
	}
	return strconv.Quote(d)
}

// shorten cuts s to about n bytes for a message, never inside a letter.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
