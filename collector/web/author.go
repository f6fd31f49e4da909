package web

import (
	"regexp"
	"strings"
)

// authorItem returns the author where it is an item.
func authorItem(it *item) *item {
	for _, name := range authorProps {
		for _, v := range it.values(name) {
			if v.item != nil {
				return v.item
			}
		}
	}
	return nil
}

var (
	byline = regexp.MustCompile(`(?i)^(?:(?:reviewed |written |posted )?by:?|von:|par\s*:|author:)\s+`)
	mail   = regexp.MustCompile(`\S+@\S+\.\S+`)
	link   = regexp.MustCompile(`(?i)^(?:https?:)?//\S+$|^www\.\S+$`)
	phone  = regexp.MustCompile(`\+?\d[\d\s().-]{7,}\d`)
)

// author returns the name of who wrote, without addresses and numbers to reach them by.
func author(it *item) string {
	s := oneLine(it.words(authorProps...))
	if i := authorItem(it); s == "" && i != nil {
		s = oneLine(strings.TrimSpace(i.words("givenname") + " " + i.words("familyname")))
	}
	return cleanAuthor(s)
}

func cleanAuthor(s string) string {
	s = byline.ReplaceAllString(s, "")
	s = mail.ReplaceAllString(s, "")
	s = phone.ReplaceAllString(s, "")
	s = strings.TrimRight(oneLine(s), " ,;:|-–—(<")
	if link.MatchString(s) {
		return ""
	}
	return s
}

// anonymous reports whether the letters of a name are nobody's.
func anonymous(who string) bool {
	switch who {
	case "", "anonymous", "anonym", "anonyme", "anónimo", "anonimo", "anoniem", "guest", "gast", "customer",
		"acustomer", "user", "verifiedcustomer", "verifiedbuyer", "kunde", "client", "agoogleuser":
		return true
	}
	return false
}
