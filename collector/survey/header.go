package survey

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
)

// headRows is how many rows from the top may hold what stands above the table.
const headRows = 40

// readHead finds the heading rows and fills in the columns.
func (t *file) readHead(ctx context.Context, o Options) (Layout, error) {
	l := Layout{Kind: "csv", Encoding: t.text.encoding, Delimiter: string(t.comma)}
	if t.book != nil {
		l = Layout{Kind: "xlsx", Sheet: t.book.sheet}
	}
	if t.table != nil {
		return columnarLayout(t.table)
	}
	if t.doc != nil {
		return t.doc.layout(t.text.encoding)
	}
	rows, err := t.records(ctx)
	if err != nil {
		return l, err
	}
	var head []record
	for len(head) < headRows {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && len(head) == 0 {
			return l, err
		}
		if err != nil {
			break // the rows before it are kept; reading them meets the error again
		}
		if r.bad == "" {
			r.cells = slices.Clone(r.cells)
			head = append(head, r)
		}
	}
	first := headerIndex(head)
	if first < 0 {
		return l, errors.New("no row of headings")
	}
	if _, tool := toolRows(head[first:]); tool == "" && o.Mapping.HeaderRows == 0 {
		first = lowerHeadings(head, first)
	}
	l.Header = head[first].line
	l.setHeadings(head[first:], o.Mapping.HeaderRows)
	if len(l.Columns) > maxColumns {
		return l, errors.New("more than 5,000 columns")
	}
	return l, nil
}

// headerIndex finds the first row that is at least half as full as the fullest and looks like headings.
func headerIndex(head []record) int {
	most := 0
	for _, r := range head {
		if !separatorLine(r) {
			most = max(most, filled(r.cells))
		}
	}
	if most == 0 {
		return -1
	}
	fallback := -1
	for i, r := range head {
		n := filled(r.cells)
		if separatorLine(r) || n*2 < most || n < min(2, most) {
			continue
		}
		if values(r.cells)*5 <= n {
			return i
		}
		if fallback < 0 {
			fallback = i
		}
	}
	return fallback
}

// lowerHeadings finds the questions under a row of numbers or of groups ("Q1, Q2", merged cells): a row that has words
// where nearly all rows under it have numbers or dates.
func lowerHeadings(head []record, first int) int {
	next := first + 1
	for next < len(head) && filled(head[next].cells) == 0 {
		next++
	}
	if next+2 >= len(head) {
		return first
	}
	told := 0
	for i, c := range head[next].cells {
		valued, all := 0, 0
		for _, r := range head[next+1:] {
			if below := cell(r.cells, i); !blank(below) {
				all++
				valued += values([]string{below})
			}
		}
		if all < 2 || valued*10 < all*9 {
			continue
		}
		if blank(c) || noOpinion[plainWords(c)] || values([]string{c}) > 0 {
			return first // an answer, or none
		}
		told++
	}
	if told == 0 {
		return first
	}
	return next
}

func separatorLine(r record) bool {
	return len(r.cells) > 0 && len(r.cells) <= 2 && strings.HasPrefix(strings.ToLower(r.cells[0]), "sep=")
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// values counts the cells that are numbers or dates, which headings are not.
func values(cells []string) int {
	n := 0
	for _, c := range cells {
		_, _, number := leadingNumber(strings.TrimSpace(c))
		_, err := parseStamp(c)
		if err == nil || number && !strings.ContainsAny(c, "?abcdefghijklmnopqrstuvwxyz") {
			n++
		}
	}
	return n
}

// setHeadings makes the columns of the heading rows: one, or two and three for the tools that write so.
func (l *Layout) setHeadings(head []record, stated int) {
	names := head[0].cells
	l.HeaderRows, l.Tool = toolRows(head)
	if stated > 0 {
		l.HeaderRows = min(stated, len(head))
	}
	under := func(row, i int) string {
		if row >= l.HeaderRows || i >= len(head[row].cells) {
			return ""
		}
		return strings.TrimSpace(head[row].cells[i])
	}
	for _, r := range head[:l.HeaderRows] {
		names = append(names, make([]string, max(0, len(r.cells)-len(names)))...)
	}
	left, coded := "", codedHeadings(head[0].cells)
	for i, n := range names {
		c := Column{Name: cut(strings.TrimSpace(strings.TrimPrefix(n, "\ufeff")))}
		second := heading(cut(under(1, i)))
		switch {
		case l.HeaderRows == 1 && l.Tool == "LimeSurvey":
			if m := codeAndText.FindStringSubmatch(c.Name); coded && m != nil {
				c.Name, c.Question = m[1], heading(m[2])
			}
		case l.HeaderRows == 1:
		case l.Tool == "SurveyMonkey":
			left = cmp.Or(c.Name, left)
			c.Question = heading(left)
			if second != "" && !generic[strings.ToLower(second)] {
				c.Question += " [" + second + "]"
			}
			if c.Name == "" {
				c.Name = left + " [" + second + "]"
			}
		case l.Escapes || l.Tool == "LimeSurvey VV":
			c.Name, c.Question = cmp.Or(second, c.Name), heading(c.Name)
		default:
			c.Question = second
		}
		l.Columns = append(l.Columns, c)
	}
	l.Escapes = l.Tool == "LimeSurvey VV"
	if l.Tool == "Qualtrics" {
		l.Time.Zone = statedZone(head[l.HeaderRows-1].cells)
	}
}

// cut bounds a heading, which rules read and every page carries. A question with a letter to the
// reader before it stays whole.
func cut(s string) string {
	const most = 4_000
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}

// codeAndText is a heading of LimeSurvey that has both: "submitdate. Date submitted", "Q1[SQ002]. How was [the fitting]".
var codeAndText = regexp.MustCompile(`^([A-Za-z]\w*(?:\[\w+\])*)\. (.+)$`)

// codedHeadings reports whether headings are codes and texts of LimeSurvey.
func codedHeadings(cells []string) bool {
	starts := func(code string) bool {
		return slices.ContainsFunc(cells, func(c string) bool { return strings.HasPrefix(strings.TrimSpace(c), code+". ") })
	}
	return starts("submitdate") && starts("lastpage")
}

// limeSurveyAbroad reports whether headings, by their keys, are those that LimeSurvey writes in the language of the survey.
func limeSurveyAbroad(names map[string]int) bool {
	for _, both := range [][2]string{
		{"letzte seite", "datum abgeschickt"}, {"dernière page", "date de soumission"}, {"última página", "fecha de envío"},
	} {
		if names[both[0]] > 0 && names[both[1]] > 0 {
			return true
		}
	}
	return false
}

var generic = phrases("response; open-ended response; open ended response; answer")

// toolRows says how many rows are headings and which tool wrote them, as far as that shows.
func toolRows(head []record) (int, string) {
	names := make(map[string]int)
	for i, c := range head[0].cells {
		names[key(c)] = i + 1
	}
	cell := func(row, i int) string {
		if row >= len(head) || i >= len(head[row].cells) {
			return ""
		}
		return strings.TrimSpace(head[row].cells[i])
	}
	for row := 1; row <= 2 && row < len(head); row++ {
		if slices.ContainsFunc(head[row].cells, func(c string) bool { return strings.HasPrefix(strings.TrimSpace(c), `{"ImportId"`) }) {
			return row + 1, "Qualtrics"
		}
	}
	if len(head) > 1 && slices.Contains(head[1].cells, "submitdate") && slices.Contains(head[1].cells, "id") {
		return 2, "LimeSurvey VV"
	}
	if i := names["respondent id"]; i > 0 && len(head) > 1 && cell(1, i-1) == "" &&
		slices.ContainsFunc(head[1].cells, func(c string) bool { return generic[strings.ToLower(strings.TrimSpace(c))] }) {
		return 2, "SurveyMonkey"
	}
	if names["v1"] == 1 && names["v2"] == 2 && len(head) > 1 && values(head[1].cells) == 0 {
		return 2, "Qualtrics (old export)"
	}
	has := func(all ...string) bool {
		return !slices.ContainsFunc(all, func(n string) bool { return names[n] == 0 })
	}
	switch {
	case has("score", "comment") && slices.ContainsFunc(head[0].cells, func(c string) bool { return dateKey(c) == "response at" }):
		return 1, "Delighted"
	case has("response id", "answer", "question type"):
		return 1, "AskNicely"
	case has("respondent id", "collector id"):
		return 1, "SurveyMonkey"
	case codedHeadings(head[0].cells), limeSurveyAbroad(names), has("last page") && (has("date submitted") || has("submitdate")), has("lastpage", "submitdate"):
		return 1, "LimeSurvey"
	case has("#", "network id"):
		return 1, "Typeform"
	case has("response id", "survey id", "formbricks id internal"):
		return 1, "Formbricks"
	case has("id", "start time", "completion time"):
		return 1, "Microsoft Forms"
	case names["timestamp"] == 1:
		return 1, "Google Forms"
	case has("submission date", "submission id"):
		return 1, "Jotform"
	}
	return 1, ""
}

// statedZone reads the zone that Qualtrics writes into its third heading row.
func statedZone(cells []string) string {
	for _, c := range cells {
		var v struct {
			Zone string `json:"timeZone"`
		}
		if json.Unmarshal([]byte(c), &v) == nil && v.Zone != "" {
			if _, ok := loadZone(v.Zone); ok {
				return v.Zone
			}
		}
	}
	return ""
}
