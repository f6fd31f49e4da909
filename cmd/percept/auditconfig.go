package main

import (
	"fmt"
	"os"

	"percept/analysis"
	"percept/collector/yamlfile"
	"percept/reports"
)

// An auditConfig is the look of audits and what was agreed with clients.
type auditConfig struct {
	Advisor   string          `yaml:"advisor"`
	Logo      string          `yaml:"logo"`   // a PNG or JPEG file
	Colour    string          `yaml:"colour"` // "#1d5b86"
	Standards standardsConfig `yaml:"standards"`

	brand reports.Brand
}

// A standardsConfig is what was agreed about answering reviews; what is not set is as market practice has it.
type standardsConfig struct {
	Negative *float64 `yaml:"negative"` // percent of unhappy reviews to be answered
	Positive *float64 `yaml:"positive"` // percent of happy ones
	Days     *int     `yaml:"days"`     // within how many half of the unhappy ones
	Rating   *float64 `yaml:"rating"`   // mean of the stars
	Reviews  *int     `yaml:"reviews"`  // new ones a month
}

func (k *checker) audit() {
	a := &k.Audit
	var logo []byte
	if a.Logo != "" {
		var err error
		if logo, err = os.ReadFile(k.path(a.Logo)); err != nil {
			near := yamlfile.NearestFile(k.path(a.Logo))
			if near != "" {
				near = fmt.Sprintf("; did you mean %q?", near)
			}
			k.wrong("audit.logo", "logo %s: %v%s", k.path(a.Logo), reason(err), near)
		}
	}
	var err error
	if a.brand, err = reports.NewBrand(a.Advisor, a.Colour, nil); err != nil {
		k.wrong("audit.colour", "%v", err)
	} else if a.brand, err = reports.NewBrand(a.Advisor, a.Colour, logo); err != nil {
		k.wrong("audit.logo", "%v", err)
	}
	s := a.Standards
	for _, share := range []struct {
		key string
		of  *float64
	}{{"negative", s.Negative}, {"positive", s.Positive}} {
		if share.of != nil && (*share.of < 0 || *share.of > 100) {
			k.wrong("audit.standards."+share.key, "%s is %v, want 0 to 100 percent of the reviews", share.key, *share.of)
		}
	}
	if s.Days != nil && (*s.Days < 1 || *s.Days > 365) {
		k.wrong("audit.standards.days", "days is %d, want 1 to 365", *s.Days)
	}
	if s.Rating != nil && (*s.Rating < 1 || *s.Rating > 5) {
		k.wrong("audit.standards.rating", "rating is %v, want 1 to 5 stars", *s.Rating)
	}
	if s.Reviews != nil && *s.Reviews < 0 {
		k.wrong("audit.standards.reviews", "reviews is %d, want 0 or more a month", *s.Reviews)
	}
}

// standards are those of the config, each as it stands unless set.
func (a auditConfig) standards() reports.Standards {
	s := reports.DefaultStandards
	set := a.Standards
	if set.Negative != nil {
		s.Negative = *set.Negative / 100
	}
	if set.Positive != nil {
		s.Positive = *set.Positive / 100
	}
	if set.Days != nil {
		s.Days = *set.Days
	}
	if set.Rating != nil {
		s.Rating = *set.Rating
	}
	if set.Reviews != nil {
		s.Reviews = *set.Reviews
	}
	return s
}

// ownerOf names who acts on a touchpoint of a practice, empty where nobody does.
func (c *config) ownerOf(practice string) func(touchpoint string) string {
	var own map[string]string
	for _, p := range c.Practices {
		if p.ID == practice {
			own = p.Owners
		}
	}
	return func(touchpoint string) string {
		for _, name := range []string{own[touchpoint], c.Alerts.Owners[touchpoint], own[analysis.General], c.Alerts.Owners[analysis.General]} {
			if name != "" {
				return name
			}
		}
		return ""
	}
}

// effortsOf is what changing a touchpoint of a practice takes, empty where nobody said.
func (c *config) effortsOf(practice string) func(touchpoint string) string {
	for _, p := range c.Practices {
		if p.ID == practice {
			return func(touchpoint string) string { return p.Efforts[touchpoint] }
		}
	}
	return nil
}

// An auditedConfig is what an audit's figures depend on, as its pack tells it: no secrets, no other client.
type auditedConfig struct {
	Practice  string            `json:"practice"`
	Name      string            `json:"name"`
	Zone      string            `json:"zone"`
	Taxonomy  string            `json:"taxonomy"`
	Audience  string            `json:"audience"`
	Alpha     float64           `json:"detect_alpha"`
	Practices int               `json:"practices"` // of the config: the peers come from them
	Sources   []auditedSource   `json:"sources"`
	Events    []auditedEvent    `json:"events,omitempty"`
	Standards reports.Standards `json:"standards"`
	Advisor   string            `json:"advisor,omitempty"`
	Colour    string            `json:"colour,omitempty"`
}

type auditedSource struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

type auditedEvent struct {
	Date       string `json:"date"`
	Text       string `json:"text"`
	Touchpoint string `json:"touchpoint,omitempty"`
	Rebase     bool   `json:"rebase,omitempty"`
}
