package transport

import (
	"fmt"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// denied names the operators whose terms forbid automated reading, by the label before the public
// suffix ("google" of google.co.za), and what to use instead.
var denied = map[string]string{
	"google":       "the Business Profile API or a Takeout export of the practice's own account (type: google)",
	"goo":          "the Business Profile API or a Takeout export of the practice's own account (type: google)",
	"g":            "the Business Profile API or a Takeout export of the practice's own account (type: google)",
	"yelp":         "the Yelp Places API (type: yelp)",
	"trustpilot":   "the Trustpilot API or the export of the practice's own account (type: trustpilot)",
	"facebook":     "the Graph API of the practice's own page (type: facebook)",
	"fb":           "the Graph API of the practice's own page (type: facebook)",
	"tripadvisor":  "an export from the practice's own account (type: reviews)",
	"healthgrades": "an export from the practice's own account (type: reviews)",
}

// shortHosts are the only sites of labels too short to stand for an operator under every suffix.
var shortHosts = map[string]bool{"goo.gl": true, "g.page": true, "g.co": true, "fb.com": true, "fb.me": true}

// Denied returns an error that wraps ErrRefused when collecting from host is refused because the
// operator's terms forbid it; the message names the legal way. What the user saved is still read.
func Denied(host string) error {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	site, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return nil //nolint:nilerr // an address or a bare name
	}
	label, suffix, _ := strings.Cut(site, ".")
	if suffix == "google" {
		label = "google"
	}
	instead, ok := denied[label]
	if !ok || len(label) <= 3 && !shortHosts[site] {
		return nil
	}
	return fmt.Errorf("collecting from %s is against its terms; use %s: %w", site, instead, ErrRefused)
}
