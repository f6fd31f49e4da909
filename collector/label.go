package collector

import (
	"path"
	"strings"
)

// platforms are the names of sources that are called after a platform.
var platforms = map[string]string{
	"google": "Google", "trustpilot": "Trustpilot", "facebook": "Facebook", "feefo": "Feefo", "reviewsio": "Reviews.io", "hellopeter": "HelloPeter",
	"nhsuk": "NHS.uk", "careopinion": "Care Opinion", "yelp": "Yelp", "podium": "Podium",
}

// SourceLabel is the name of a source as a reader sees it: "survey (spring.csv)" for "survey:surveys/spring.csv", a page by its
// address without the scheme, a platform as it writes itself. A name that the config gives stays as it is. It tells no source
// from another: that is what the name is for.
func SourceLabel(name string) string {
	if p := platforms[name]; p != "" {
		return p
	}
	kind, rest, ok := strings.Cut(name, ":")
	if !ok || rest == "" {
		return name
	}
	switch kind {
	case "web":
		return rest
	case "survey", "reviews":
		base := path.Base(rest)
		if strings.ContainsAny(base, "*?[") { // the files of a folder
			if base = path.Base(path.Dir(rest)); base == "." || strings.ContainsAny(base, "*?[") {
				return kind
			}
		}
		return kind + " (" + base + ")"
	case "typeform":
		return "Typeform (" + rest + ")"
	}
	return name
}
