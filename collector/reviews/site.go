package reviews

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// sites are platforms by what their names begin with, in small letters and without anything else: those that
// percept has a source for, and others that aggregators watch.
var sites = map[string]string{
	"google": "google", "gmb": "google", "gbp": "google", "facebook": "facebook", "fb": "facebook",
	"trustpilot": "trustpilot", "yelp": "yelp", "feefo": "feefo", "reviewsio": "reviewsio", "reviewscouk": "reviewsio",
	"hellopeter": "hellopeter", "nhs": "nhsuk", "nhsuk": "nhsuk", "nhschoices": "nhsuk", "careopinion": "careopinion",
	"healthgrades": "healthgrades", "zocdoc": "zocdoc", "tripadvisor": "tripadvisor", "doctify": "doctify", "ratemds": "ratemds",
	"vitals": "vitals", "bbb": "bbb", "betterbusinessbureau": "bbb", "bing": "bing", "foursquare": "foursquare", "yellowpages": "yellowpages",
	"webmd": "webmd", "opencare": "opencare", "whatclinic": "whatclinic", "topdoctors": "topdoctors", "birdeye": "birdeye", "podium": "podium",
	"gatherup": "gatherup",
}

// site names the platform that a file means by "Google My Business" or "www.facebook.com": by the type of its
// source, or in its own words where there is none.
func site(s string) string {
	if slug, ok := platform(s); ok {
		return slug
	}
	return strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '_' }), " "))
}

func knownSite(s string) bool {
	_, ok := platform(s)
	return ok
}

func platform(s string) (string, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, strings.TrimPrefix(s, "www."))
	for _, begin := range slices.Sorted(maps.Keys(sites)) {
		if s == begin || len(begin) > 3 && strings.HasPrefix(s, begin) {
			return sites[begin], true
		}
	}
	return "", false
}
