package web

import (
	"regexp"
	"strings"
)

var elementID = regexp.MustCompile(`(?i)^(?:[a-z]+[-_])*(?:review|rating|comment|testimonial|feedback)s?[-_:]?(?:id[-_:]?)?(\d+|[0-9a-f]{8}[0-9a-f-]{8,})$`)

// sourceID returns the id that the site gives a review, empty where it gives none.
func (x *extractor) sourceID(it *item) string {
	if it.id != "" && !strings.HasPrefix(it.id, "_:") {
		return it.id
	}
	if s := it.raw("identifier", "reviewid"); s != "" && len(s) < 100 {
		return s
	}
	if it.node == nil {
		return ""
	}
	for _, key := range []string{"data-review-id", "data-reviewid", "data-id", "data-comment-id"} {
		if s := strings.TrimSpace(attr(it.node, key)); s != "" {
			return s
		}
	}
	if m := elementID.FindStringSubmatch(attr(it.node, "id")); m != nil {
		return m[1]
	}
	return ""
}

// numbered splits an id that is a number of something: "#review-12", "12". In "k12" it is part of a name.
var numbered = regexp.MustCompile(`(?i)^(|.*(?:[^0-9a-z]|review|rating|comment|testimonial|feedback))(\d{1,6})$`)

// dropPositions removes ids that only number the reviews of a page (#review-1, #review-2, ...): the
// next new review would take the id of another, and one of them would be lost. Such numbers begin at 0
// or 1 on every page and rise; gaps are what is no review, or has gone since. 0 and 1 are dropped
// wherever they stand: a page with that review alone must not read it otherwise than a longer one.
func dropPositions(list []candidate) {
	type run struct {
		counting bool
		before   int
	}
	runs := make(map[string]*run) // by syntax and what stands before the number
	split := func(c *candidate) (key string, n int, ok bool) {
		m := numbered.FindStringSubmatch(c.id)
		if m == nil {
			return "", 0, false
		}
		return c.format + " " + m[1], number(m[2]), true
	}
	for i := range list {
		key, n, ok := split(&list[i])
		if !ok {
			continue
		}
		if r := runs[key]; r == nil {
			runs[key] = &run{n <= 1, n}
		} else {
			r.counting, r.before = r.counting && (n <= 1 || n >= r.before), n
		}
	}
	for i := range list {
		if key, n, ok := split(&list[i]); ok && (n <= 1 || runs[key].counting) {
			list[i].id = ""
		}
	}
}

// clearSharedIDs removes ids that different reviews of one syntax carry: the id of something else. A
// review told twice, once shortened, is not two: the page may drop either telling.
func clearSharedIDs(list []candidate) {
	fullest := make(map[string]*candidate)
	shared := make(map[string]bool)
	for i := range list {
		c := &list[i]
		if c.id == "" {
			continue
		}
		key := c.format + " " + c.id
		switch f := fullest[key]; {
		case f == nil:
			fullest[key] = c
		case c.contradicts(f):
			shared[key] = true
		case len(c.saying) > len(f.saying):
			fullest[key] = c
		}
	}
	for i := range list {
		if shared[list[i].format+" "+list[i].id] {
			list[i].id = ""
		}
	}
}

// contradicts reports whether two reviews say what one person did not say at once.
func (c *candidate) contradicts(o *candidate) bool {
	differ := func(a, b string) bool { return a != "" && b != "" && a != b }
	return differ(c.who, o.who) || differ(c.dated, o.dated) || differ(c.title, o.title) || differ(c.parsed.Raw, o.parsed.Raw) ||
		!strings.HasPrefix(c.saying, o.saying) && !strings.HasPrefix(o.saying, c.saying)
}
