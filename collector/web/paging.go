package web

import (
	"cmp"
	"errors"
	"net/url"
	"strconv"

	"golang.org/x/net/html"
)

// Paging is how the pages of a list are numbered by a parameter of the address. The page after the
// last is known by its status 404, by repeating what was read, by saying that there are no reviews, or
// by End.
type Paging struct {
	// Param is the parameter: "page" in ?page=2. Empty is no paging.
	Param string `yaml:"param"`
	// Second is its value on the second page, 2 where it is not set: 1 where pages count from 0, 10
	// where the parameter is an offset of pages of ten.
	Second int `yaml:"second"`
	// Step leads from each page to the next; it is 1 where it is not set.
	Step int `yaml:"step"`
	// End selects what only the last page has.
	End Field `yaml:"end"`
}

func (g *Paging) check() error {
	switch {
	case g.Param == "" && (g.Second != 0 || g.Step != 0 || g.End.CSS != ""):
		return errors.New("no param; name the one that numbers the pages")
	case g.Second < 0 || g.Step < 0:
		return errors.New("second and step count upwards, from 1")
	}
	return nil
}

// next is the address of the page after the one at u, empty after the last.
func (g *Paging) next(doc *html.Node, u *url.URL) string {
	if g.Param == "" || g.End.selector != nil && g.End.find(doc) != nil {
		return ""
	}
	query := u.Query()
	number := cmp.Or(g.Second, 2)
	if at, err := strconv.Atoi(query.Get(g.Param)); err == nil && at >= 0 {
		number = at + cmp.Or(g.Step, 1)
	}
	query.Set(g.Param, strconv.Itoa(number))
	to := *u
	to.RawQuery, to.Fragment = query.Encode(), ""
	return to.String()
}
