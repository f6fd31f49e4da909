package collector

import "testing"

func TestSourceLabel(t *testing.T) {
	for name, want := range map[string]string{
		"survey:surveys/harbour-street.csv": "survey (harbour-street.csv)",
		"survey:/srv/exports/2026/spring":   "survey (spring)",
		"survey:surveys/*.csv":              "survey (surveys)", // the files of a folder
		"survey:*.csv":                      "survey",
		"survey:surveys/*/*.csv":            "survey",
		"reviews:old/gatherup.xlsx":         "reviews (gatherup.xlsx)",
		"typeform:AbC123":                   "Typeform (AbC123)",
		"web:elm.example/reviews?page=1":    "elm.example/reviews?page=1",
		"nhsuk":                             "NHS.uk",
		"podopinions":                       "podopinions",
		"The kiosk: by the door":            "The kiosk: by the door", // as the config calls it
		"survey:":                           "survey:",
		"":                                  "",
	} {
		if got := SourceLabel(name); got != want {
			t.Errorf("SourceLabel(%q) = %q, want %q", name, got, want)
		}
	}
}
