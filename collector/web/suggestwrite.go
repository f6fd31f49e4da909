package web

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"percept/collector"
)

func (d draft) yaml() string {
	var b strings.Builder
	fmt.Fprintf(&b, "item: %s\n", quoted(d.block.css))
	if d.id != "" {
		fmt.Fprintf(&b, "id: {attr: %s}\n", quoted(d.id))
	}
	for _, f := range []struct {
		role role
		name string
	}{{isAuthor, "author"}, {isDate, "date"}, {isRating, "rating"}, {isTitle, "title"}, {isText, "text"}} {
		if p, ok := d.fields[f.role]; ok {
			best := ""
			if f.role == isRating {
				best = d.best
			}
			fmt.Fprintf(&b, "%s: %s\n", f.name, p.yaml(best))
		} else if f.role == isRating && d.alike != nil {
			fmt.Fprintf(&b, "# rating: %s # every review draws the same stars: take the # away if they all gave as many\n", d.alike.yaml(""))
		}
	}
	if p, ok := d.fields[isReply]; ok {
		fmt.Fprintf(&b, "reply:\n  text: %s\n", p.yaml(""))
		if p, ok := d.fields[isReplyDate]; ok {
			fmt.Fprintf(&b, "  date: %s\n", p.yaml(""))
		}
	}
	if d.next != "" {
		fmt.Fprintf(&b, "next: %s\n", quoted(d.next))
	}
	return b.String()
}

func (p pick) yaml(best string) string {
	if p.attr+p.regex+best == "" && !p.count {
		return quoted(p.css)
	}
	s := "{css: " + quoted(p.css)
	if p.count {
		s += ", count: true"
	}
	for _, f := range [][2]string{{"attr", p.attr}, {"regex", p.regex}, {"best", best}} {
		if f[1] != "" {
			s += ", " + f[0] + ": " + quoted(f[1])
		}
	}
	return s + "}"
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// comments say above the profile what it reads and what is a guess, for a person to compare with the page.
func (d draft) comments(page string, marked []Review, found Extraction) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Proposed for %s: compare with the page, then name this file as the profile of the source.\n", comment(page, 120))
	if len(marked) > 0 {
		fmt.Fprintf(&b, "# Without any profile the mark-up of this page (%s) gives %s: take this one only for what it lacks.\n", marked[0].Format, collector.Plural(len(marked), "review"))
	}
	fmt.Fprintf(&b, "# %s, and in how many of them each field was found:\n", collector.Plural(len(found.Reviews), "review"))
	for _, f := range d.standing(found.Reviews) {
		fmt.Fprintf(&b, "#   %-6s %3d  %s\n", f.name, f.read, f.rests)
	}
	b.WriteString("# The first of them:\n")
	for _, r := range found.Reviews[:min(len(found.Reviews), 3)] {
		day := "no date"
		if r.Date.Relative {
			day = "a date that moves"
		} else if r.Date.Known() {
			day = r.Date.Start.Format("2006-01-02") + " (" + string(r.Date.Precision) + ")"
		}
		stars := "no rating"
		if r.Rating.Valid {
			stars = strconv.FormatFloat(r.Rating.Value, 'g', 3, 64) + " of 5"
		}
		fmt.Fprintf(&b, "#   %s, %s, %s: %s\n", comment(cmp.Or(r.Author, "no author"), 40), day, stars, comment(cmp.Or(r.Text, r.Title), 80))
	}
	return b.String()
}

// A standing is how sure a proposed field is.
type standing struct {
	name, rests string
	read        int
}

// standing says of each field how many reviews have it and what it rests on.
func (d draft) standing(list []Review) []standing {
	fields := []standing{{name: "text"}, {name: "rating"}, {name: "date"}, {name: "author"}}
	ratings := make(map[float64]bool)
	relative := 0
	for _, r := range list {
		for i, has := range []bool{r.Text != "", r.Rating.Valid, r.Date.Known(), r.Byline != ""} {
			if has {
				fields[i].read++
			}
		}
		if r.Rating.Valid {
			ratings[r.Rating.Value] = true
		}
		if r.Date.Relative {
			relative++
		}
	}
	for i, role := range []role{isText, isRating, isDate, isAuthor} {
		p, f := d.fields[role], &fields[i]
		switch {
		case p.votes == 0 && role == isRating && d.alike != nil:
			f.rests = "not sure: five stars are drawn in every review, and nothing in the mark-up says how many are filled"
		case p.votes == 0 && role == isDate:
			f.rests = "not found: words without a date stand in no week"
		case p.votes == 0:
			f.rests = "not found"
		case role == isDate && f.read == 0:
			f.rests = "not sure: nothing on the page says whether the day or the month comes first; set language or format"
		case role == isRating && f.read > 3 && len(ratings) == 1:
			f.rests = "not sure: every rating is the same; does the page tell them apart by colour or picture only?"
		case role == isText && (p.css == "p" || strings.HasSuffix(p.css, " p")):
			f.rests = "not sure: a review of several paragraphs would be cut after the first"
		case p.guessed() && role == isText:
			f.rests = "not sure: by length alone"
		case p.guessed() && role == isAuthor:
			f.rests = "not sure: by its place and its capitals, nothing calls it a name"
		case p.guessed() && role == isRating && len(ratings) < 2:
			f.rests = "not sure: by the look of the mark-up"
		case relative > 0 && role == isDate:
			f.rests = "sure; counted back from the day of collecting, so collect often"
		case 2*f.read < len(list):
			f.rests = "sure where it stands; are the others comments and answers, and no reviews?"
		default:
			f.rests = "sure"
		}
	}
	for _, more := range []struct {
		role role
		name string
	}{{isTitle, "title"}, {isReply, "reply"}} {
		if p := d.fields[more.role]; p.votes > 0 {
			f := standing{name: more.name, rests: "sure"}
			if p.guessed() {
				f.rests = "not sure: by its place"
			}
			for _, r := range list {
				if more.role == isTitle && r.Title != "" || more.role == isReply && r.Reply != nil {
					f.read++
				}
			}
			fields = append(fields, f)
		}
	}
	return fields
}

// comment puts a text from a page on one line of a comment.
func comment(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\u0085' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, oneLine(s))
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + " ..."
	}
	return s
}
