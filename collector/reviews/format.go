package reviews

import (
	"embed"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"percept/collector/yamlfile"
)

// A Format says how one platform writes reviews in JSON, and how its interface is asked for them. It is
// read from YAML; Values say where things stand in an item, or for Total and Average in the answer.
type Format struct {
	// Name is the platform's, for people.
	Name string `yaml:"name,required"`
	// Lists are where the items stand in an answer, an export or a message, whichever is there.
	Lists []Value `yaml:"lists,required"`
	// Has is what every item of the platform has and others' have not: a file is known by it.
	Has []Value `yaml:"has"`

	ID       Value `yaml:"id"`
	Author   Value `yaml:"author"`
	Nobody   Value `yaml:"nobody"` // "true" where the author's name is none
	Date     Value `yaml:"date"`
	Title    Value `yaml:"title"`
	Text     Value `yaml:"text"`
	Language Value `yaml:"language"`
	URL      Value `yaml:"url"`
	Subject  Value `yaml:"subject"` // which of several places the item is about
	// Site is the platform that an item was written on, where this one passes on what others have, and
	// SiteID its id there.
	Site   Value `yaml:"site"`
	SiteID Value `yaml:"site_id"`
	// Place is the practices' ids that an item is of, where an answer has those of other practices too.
	Place Value `yaml:"place"`
	// Rating is a number, or one of Words from worst to best; Best and Worst are its scale.
	Rating struct {
		Value Value    `yaml:"value"`
		Best  Value    `yaml:"best"`
		Worst Value    `yaml:"worst"`
		Words []string `yaml:"words"`
		// Drop is "true" where the number is made of a recommendation, 5 of a yes and 1 of a no.
		Drop Value `yaml:"drop"`
	} `yaml:"rating"`
	// Recommends is a yes or no that stands in place of stars. It is kept as it is written.
	Recommends Value `yaml:"recommends"`
	// Reply is what the business answered.
	Reply struct {
		Text  Value `yaml:"text"`
		Date  Value `yaml:"date"`
		State Value `yaml:"state"`
		// Among are comments that anybody may write, where the reply is the first by the practice itself: By is its
		// id at the platform. Text, Date and State stand in that comment; what others wrote is not kept.
		Among Value `yaml:"among"`
		By    Value `yaml:"by"`
	} `yaml:"reply"`
	// Shown bounds the items: those whose Value is none of In are not public, nor those where Unless is set.
	Shown struct {
		Value  Value    `yaml:"value"`
		In     []string `yaml:"in"`
		Unless Value    `yaml:"unless"`
	} `yaml:"shown"`
	// Translated is true where texts may come with Google's translation around them.
	Translated bool `yaml:"translated"`
	// exported is true of what percept exported: texts are as they were stored, without markup.
	exported bool
	// Zone (IANA) is that of times which state none; empty is that of the practice.
	Zone string `yaml:"zone"`
	// Total is how many reviews the platform says there are, Average their mean.
	Total   Value `yaml:"total"`
	Average Value `yaml:"average"`

	// Export says what a file of the platform is and where it comes from, for people.
	Export string `yaml:"export"`
	// Counts is true where the platform lets nothing be stored but Total and Average.
	Counts bool `yaml:"counts"`
	// Refused says why nothing of the platform may be collected, and what to use instead.
	Refused string `yaml:"refused"`
	// API is how the platform is asked; without a Base it cannot be.
	API API `yaml:"api"`

	slug string
	zone *time.Location
}

// An API says how a platform is asked for its list of reviews, page by page.
type API struct {
	Base string `yaml:"base"` // https://api.platform.example
	// Path and Query are those of the list; {id} is the practice's there.
	Path  string            `yaml:"path"`
	Query map[string]string `yaml:"query"`
	// ID says what the id is and where it stands, for people.
	ID string `yaml:"id"`
	// Key says what the key is and where it comes from, for people; empty where none is needed.
	Key string `yaml:"key"`
	// Header or Param carry the key, behind Prefix.
	Header string `yaml:"header"`
	Param  string `yaml:"param"`
	Prefix string `yaml:"prefix"`
	Accept string `yaml:"accept"`
	Page   Paging `yaml:"page"`
	// Omits is true where an answer without reviews has no list.
	Omits bool `yaml:"omits"`
	// Newest is true where the list begins with what changed last: it need not be read to its end when
	// nothing more changed.
	Newest bool `yaml:"newest"`
	// Absences is how many whole runs in a row must miss a review until it counts as removed; 0 is 1.
	Absences int `yaml:"absences"`
}

// Paging is how the pages of a list follow each other: by a number, by a token or by a link.
type Paging struct {
	Param string `yaml:"param"` // of the number or of the token
	First int    `yaml:"first"` // number of the first page
	Step  int    `yaml:"step"`  // from one to the next; 0 is 1
	Last  Value  `yaml:"last"`  // number of the last page, as the answer states it
	Token Value  `yaml:"token"` // for the next page
	More  Value  `yaml:"more"`  // what only an answer with a next page has
	// Until is how many items the list has, where the token is that of the last item and never ends.
	Until Value `yaml:"until"`
}

//go:embed formats/*.yaml
var formatFiles embed.FS

var builtIn = sync.OnceValue(func() map[string]*Format {
	all := make(map[string]*Format)
	files, err := formatFiles.ReadDir("formats")
	for _, f := range files {
		var data []byte
		if data, err = formatFiles.ReadFile("formats/" + f.Name()); err != nil {
			break
		}
		slug := strings.TrimSuffix(f.Name(), ".yaml")
		if all[slug], err = ParseFormat(f.Name(), data); err != nil {
			break
		}
		all[slug].slug = slug
	}
	if err != nil {
		panic(err) // the files are in the binary, and a test reads them
	}
	return all
})

// BuiltIn returns the format with a name such as "trustpilot"; nil where there is none.
func BuiltIn(slug string) *Format { return builtIn()[slug] }

// Names are those of the built-in formats, in alphabetical order.
func Names() []string { return slices.Sorted(maps.Keys(builtIn())) }

// ParseFormat reads a format; file is its name, for messages. The error is yamlfile.Mistakes.
func ParseFormat(file string, data []byte) (*Format, error) {
	f := &Format{slug: strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))}
	place, err := yamlfile.Decode(file, data, f)
	var mistakes yamlfile.Mistakes
	if errors.Is(err, yamlfile.ErrUnread) || err != nil && !errors.As(err, &mistakes) {
		return nil, err
	}
	wrong := func(path, format string, args ...any) {
		line, column := place(path)
		mistakes = append(mistakes, yamlfile.Mistake{File: file, Line: line, Column: column, Message: fmt.Sprintf(format, args...)})
	}
	if f.Zone != "" {
		if f.zone, err = time.LoadLocation(f.Zone); err != nil {
			wrong("zone", "zone %q is not known", f.Zone)
		}
	}
	if f.API.Path != "" && f.API.Page.Param == "" && !f.Counts {
		wrong("api", "api: no page: {param: ...}, so the second page cannot be asked for")
	}
	if len(mistakes) == 0 && !f.Text.set() && !f.Rating.Value.set() && !f.Counts {
		wrong("", "neither text nor rating: nothing would be read")
	}
	if len(mistakes) > 0 {
		return nil, mistakes.InOrder()
	}
	return f, nil
}

// Slug is the format's name in config.
func (f *Format) Slug() string { return f.slug }

// Asked reports whether the platform has an interface to ask.
func (f *Format) Asked() bool { return f.API.Path != "" }

// zoneOr is the zone of times that state none.
func (f *Format) zoneOr(zone *time.Location) *time.Location {
	switch {
	case f.zone != nil:
		return f.zone
	case zone != nil:
		return zone
	}
	return time.UTC
}
