package web

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
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
	s = strings.TrimLeft(s, " \t-–—―~")
	s = byline.ReplaceAllString(s, "")
	s = mail.ReplaceAllString(s, "")
	s = phone.ReplaceAllString(s, "")
	s = strings.TrimRight(oneLine(s), " ,;:|-–—(<")
	if link.MatchString(s) {
		return ""
	}
	return s
}

// nobody lists words that are nobody's name. Those that are false only go with the others.
var nobody = map[string]bool{
	"anonymous": true, "anon": true, "anonym": true, "anonyme": true, "anonymer": true, "anonimo": true, "anónimo": true,
	"anônimo": true, "anoniem": true, "anonieme": true, "unknown": true, "withheld": true, "guest": true, "gast": true,
	"user": true, "member": true, "reviewer": true, "customer": true, "client": true, "patient": true, "buyer": true,
	"purchaser": true, "visitor": true, "shopper": true, "kunde": true, "kundin": true, "nutzer": true, "benutzer": true,
	"utilisateur": true, "usuario": true, "utente": true, "gebruiker": true, "klant": true,
	"a": false, "an": false, "the": false, "ein": false, "eine": false, "un": false, "une": false, "een": false,
	"de": false, "di": false, "name": false, "verified": false, "google": false, "facebook": false, "yelp": false,
	"tripadvisor": false, "trustpilot": false, "amazon": false,
}

// anonymous reports whether a name is nobody's: "Anonymous", "A Google user", "***".
func anonymous(name string) bool {
	words := strings.FieldsFunc(strings.ToLower(norm.NFC.String(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	none := len(words) == 0
	for _, w := range words {
		alone, known := nobody[w]
		if !known {
			return false
		}
		none = none || alone
	}
	return none
}
