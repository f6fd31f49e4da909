package main

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"percept/analysis"
	"percept/collector"
	"percept/collector/reviews"
	"percept/collector/survey"
	"percept/collector/transport"
	"percept/collector/web"
	"percept/collector/yamlfile"
	"percept/reports"
	"percept/reports/alert"
)

// A config is percept.yaml as written; paths are relative to it.
type config struct {
	Store     string           `yaml:"store"`
	Reports   string           `yaml:"reports"`
	Zone      string           `yaml:"zone"`
	Taxonomy  string           `yaml:"taxonomy"`
	Audience  string           `yaml:"audience"`
	Language  string           `yaml:"language"` // of the weekly pages, by its tag
	Practices []practiceConfig `yaml:"practices"`
	Sources   []sourceConfig   `yaml:"sources"`
	Web       webConfig        `yaml:"web"`
	Keep      retention        `yaml:"keep"` // for how long raw pages are kept
	Detect    detectConfig     `yaml:"detect"`
	Events    []eventConfig    `yaml:"events"`
	Scorer    scorerConfig     `yaml:"scorer"`
	Alerts    alertsConfig     `yaml:"alerts"`
	Watch     watchConfig      `yaml:"watch"`
	Audit     auditConfig      `yaml:"audit"`
	Google    googleConfig     `yaml:"google"`

	dir        string // where the file lies
	zone       *time.Location
	taxonomies map[string]*analysis.Taxonomy // by name or path as written
}

type practiceConfig struct {
	ID       string         `yaml:"id"`
	Name     string         `yaml:"name"`
	Zone     string         `yaml:"zone"`
	Taxonomy string         `yaml:"taxonomy"`
	Language string         `yaml:"language"` // empty: that of the config
	Sources  []sourceConfig `yaml:"sources"`
	Events   []eventConfig  `yaml:"events"`
	// Owners are who acts on a touchpoint here; see alertsConfig.
	Owners map[string]string `yaml:"owners"`
	// Efforts are what changing a touchpoint takes, in the advisor's words, for the actions of an audit.
	Efforts map[string]string `yaml:"efforts"`
}

// A sourceConfig is one source: of the practice it stands under, or of many by a column.
type sourceConfig struct {
	Type     string         `yaml:"type"`
	Name     string         `yaml:"name"`    // in the store and in reports; empty: its address or path
	URL      string         `yaml:"url"`     // web; of an interface: in place of its own address
	Pages    int            `yaml:"pages"`   // web: at most so many; more is an error
	Profile  string         `yaml:"profile"` // web: a file of selectors, for a page without markup
	Subject  string         `yaml:"subject"` // web: which of several things on the page is the practice
	Path     string         `yaml:"path"`    // survey, reviews, and exports of platforms
	Practice practiceColumn `yaml:"practice"`
	Columns  survey.Mapping `yaml:"columns"`
	Fields   reviews.Fields `yaml:"fields"`   // reviews: which column holds what
	ID       string         `yaml:"id"`       // the practice's at a platform
	KeyEnv   string         `yaml:"key_env"`  // the key to a platform stands in this variable
	KeyFile  string         `yaml:"key_file"` // or in this file
	Format   string         `yaml:"format"`   // api: a file that says how a platform writes reviews
	// Schedule is when percept watch reads it; not set: that of watch.
	Schedule *collector.Schedule `yaml:"schedule"`
	// Limit bounds the time that one reading takes; not set: defaultLimit.
	Limit time.Duration `yaml:"limit"`

	profile *web.Profile
	format  *reviews.Format
}

// defaultLimit is what a polite reading of a hundred pages stays under.
const defaultLimit = time.Hour

type practiceColumn struct {
	Column string `yaml:"column"`
}

type webConfig struct {
	Contact string        `yaml:"contact"`
	Allow   []string      `yaml:"allow"`
	Delay   time.Duration `yaml:"delay"`
}

type detectConfig struct {
	Alpha float64 `yaml:"alpha"`
}

// A scorerConfig names a program that scores in place of percept's own scorer.
type scorerConfig struct {
	Command []string      `yaml:"command"`
	Version string        `yaml:"version"`
	Timeout time.Duration `yaml:"timeout"`
}

var practiceID = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// readConfig reads and checks a config. Its error is a usageError, or Mistakes that list everything
// wrong with it at once.
func readConfig(file string) (*config, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, usageError{hinted{fmt.Errorf("config %s: no such file", file), "write one with: percept init; or see a finished report first: percept demo"}}
	}
	if err != nil {
		return nil, usageError{fmt.Errorf("config %s: %w", file, err)}
	}
	c := &config{dir: filepath.Dir(file), taxonomies: map[string]*analysis.Taxonomy{}}
	place, err := yamlfile.Decode(file, data, c)
	k := &checker{config: c, file: file, place: place, seen: map[string]int{}}
	if errors.Is(err, yamlfile.ErrUnread) || err != nil && !errors.As(err, &k.mistakes) {
		return nil, err
	}
	k.check()
	if len(k.mistakes) > 0 {
		return nil, k.mistakes.InOrder()
	}
	return c, nil
}

// path resolves a path of the config.
func (c *config) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}

// A checker adds what no decoder can know to the mistakes of a config.
type checker struct {
	*config
	file     string
	place    yamlfile.Place
	mistakes yamlfile.Mistakes
	seen     map[string]int // sources by practice and name: their line
}

func (k *checker) wrong(path, format string, args ...any) {
	line, column := k.place(path)
	k.mistakes = append(k.mistakes, yamlfile.Mistake{File: k.file, Line: line, Column: column, Message: fmt.Sprintf(format, args...)})
}

// blamed reports whether something is known to be wrong with a key.
func (k *checker) blamed(key string) bool {
	return slices.ContainsFunc(k.mistakes, func(m yamlfile.Mistake) bool { return strings.HasPrefix(m.Message, key+" ") })
}

func (k *checker) check() {
	c := k.config
	c.Store = cmp.Or(c.Store, "percept.duckdb")
	c.Reports = cmp.Or(c.Reports, "reports")
	c.Zone = cmp.Or(c.Zone, "UTC")
	c.Taxonomy = cmp.Or(c.Taxonomy, "optometry")
	c.Audience = cmp.Or(c.Audience, "shared")
	if c.Audience != "shared" && c.Audience != "internal" {
		k.wrong("audience", "audience is %q, want shared or internal", c.Audience)
	}
	c.Language = cmp.Or(c.Language, "en")
	k.language("language", c.Language)
	if strings.ContainsAny(c.Store, "?\x00") {
		k.wrong("store", "store %q: a path may not hold a question mark", c.Store)
	}
	if strings.HasPrefix(c.Store, "postgres:") {
		k.wrong("store", "store: PostgreSQL is not there yet; name a file such as percept.duckdb")
	}
	if c.Detect.Alpha == 0 {
		c.Detect.Alpha = 0.5
	}
	if c.Detect.Alpha < 0.01 || c.Detect.Alpha > 10 {
		k.wrong("detect.alpha", "detect.alpha is %v, want 0.01 to 10 false alarms a practice and year", c.Detect.Alpha)
	}
	c.zone = k.zone("zone", c.Zone)
	k.taxonomy("taxonomy", c.Taxonomy)
	if len(c.Practices) == 0 && !k.blamed("practices") {
		k.wrong("practices", "practices: none; at least one is needed")
	}
	k.practices()
	k.events("events", c.Events, c.Taxonomy)
	for i := range c.Sources {
		k.source(fmt.Sprintf("sources[%d]", i), &c.Sources[i], "", c.Taxonomy)
	}
	k.alerts()
	k.watch()
	k.audit()
}

func (k *checker) practices() {
	ids := map[string]int{}
	names := map[string]int{}
	for i := range k.Practices {
		p := &k.Practices[i]
		at := fmt.Sprintf("practices[%d]", i)
		line, _ := k.place(at + ".id")
		switch {
		case p.ID == "":
			k.wrong(at, "practices[%d]: no id", i)
		case !practiceID.MatchString(p.ID):
			k.wrong(at+".id", "id %q: want small letters, digits, - and _, at most 64, beginning with a letter or digit", p.ID)
		case ids[p.ID] > 0:
			k.wrong(at+".id", "id %q is taken by the practice on line %d", p.ID, ids[p.ID])
		default:
			ids[p.ID] = line
		}
		p.Name = cmp.Or(p.Name, p.ID)
		name := strings.ToLower(norm.NFC.String(p.Name))
		if names[name] > 0 {
			k.wrong(at+".name", "name %q is taken by the practice on line %d", p.Name, names[name])
		} else {
			names[name], _ = k.place(at + ".name")
		}
		if p.Zone != "" {
			k.zone(at+".zone", p.Zone)
		}
		if p.Taxonomy != "" {
			k.taxonomy(at+".taxonomy", p.Taxonomy)
		}
		k.language(at+".language", cmp.Or(p.Language, "en"))
		k.events(at+".events", p.Events, cmp.Or(p.Taxonomy, k.Taxonomy))
		for j := range p.Sources {
			k.source(fmt.Sprintf("%s.sources[%d]", at, j), &p.Sources[j], cmp.Or(p.ID, at), cmp.Or(p.Taxonomy, k.Taxonomy))
		}
	}
}

func (k *checker) zone(at, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		k.wrong(at, "zone %q is not known; want a name such as Africa/Johannesburg or Europe/London", name)
		return time.UTC
	}
	return loc
}

// taxonomy loads a taxonomy once: a built-in one by name, else a file.
func (k *checker) taxonomy(at, name string) {
	if k.taxonomies[name] != nil {
		return
	}
	t, err := loadTaxonomy(name, k.path)
	k.take(at, err)
	if err == nil {
		k.taxonomies[name] = t
	}
}

// take notes what is wrong with a file that the config names at a path: its own mistakes by their own
// place, anything else by that of the path.
func (k *checker) take(at string, err error) {
	var mistakes yamlfile.Mistakes
	switch {
	case errors.As(err, &mistakes):
		k.mistakes = append(k.mistakes, mistakes...)
	case err != nil:
		k.wrong(at, "%v", err)
	}
}

func loadTaxonomy(name string, path func(string) string) (*analysis.Taxonomy, error) {
	if !strings.ContainsAny(name, "./\\") {
		t, err := analysis.BuiltIn(name)
		if err != nil {
			return nil, fmt.Errorf("taxonomy %q is not built in%s", name, yamlfile.DidYouMean(name, analysis.BuiltInNames()))
		}
		return t, nil
	}
	file := path(name)
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("taxonomy %s: %w", file, reason(err))
	}
	return analysis.ParseTaxonomy(file, data)
}

// reason is the end of a path error, whose path the message names already.
func reason(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// sourceTypes are the types of source that a config may name.
func sourceTypes() []string {
	return append([]string{"survey", typeformType, "web", "reviews", "api"}, platformTypes()...)
}

func (k *checker) source(at string, s *sourceConfig, owner, taxonomy string) {
	many := owner == ""
	if s.Limit == 0 {
		s.Limit = defaultLimit
	}
	if s.Limit < time.Second {
		k.wrong(at+".limit", "limit is %s, want 1s or more, such as 30m", s.Limit)
	}
	switch s.Type {
	case "web":
		k.webSource(at, s)
	case "survey":
		k.surveySource(at, s)
		k.columns(at+".columns", s.Columns, k.taxonomies[taxonomy])
	case typeformType:
		k.typeformSource(at, s)
		k.columns(at+".columns", s.Columns, k.taxonomies[taxonomy])
	case "reviews":
		k.reviewFiles(at, s)
	case "":
		k.wrong(at, "%s: no type; want %s", at, strings.Join(sourceTypes(), ", "))
	default:
		if !s.platform() {
			k.wrong(at+".type", "type %q is not known%s", s.Type, yamlfile.DidYouMean(s.Type, sourceTypes()))
			break
		}
		k.platformSource(at, s)
	}
	where := s.Type + s.URL + s.Path
	if s.Type == typeformType {
		where = s.Type + ":" + s.ID
	}
	if s.platform() {
		where = s.Type + s.Format // is its name in the store
	}
	if s.Name != "" || s.platform() || s.Type == typeformType || s.URL+s.Path != "" {
		if s.Name != "" {
			where = s.Name
		}
		if line, ok := k.seen[owner+"\x00"+where]; ok {
			k.wrong(at, "%s: the same source as on line %d; give one of them another name", at, line)
		} else {
			k.seen[owner+"\x00"+where], _ = k.place(at)
		}
	}
	if many && (s.Type == "web" || s.platform() && s.Path == "") {
		k.wrong(at, "%s: a %s source belongs to one practice; put it under its sources", at, s.Type)
		return
	}
	if many && s.Practice.Column == "" && s.Type != "google" {
		k.wrong(at, "%s: a source of many practices needs practice: {column: ...}; or put it under its practice", at)
	}
	if !many && s.Practice.Column != "" {
		k.wrong(at+".practice", "%s: practice belongs to a source of many practices, under sources at the end of the file", at)
	}
}

func (k *checker) webSource(at string, s *sourceConfig) {
	if s.Path != "" {
		k.wrong(at+".path", "a web source has url, not path")
	}
	u, err := url.Parse(s.URL)
	switch {
	case s.URL == "":
		k.wrong(at, "%s: a web source needs url", at)
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		k.wrong(at+".url", "url %q: want an address such as https://practice.example/reviews", s.URL)
	case u.User != nil:
		k.wrong(at+".url", "url: a user name or password may not stand in an address")
	default:
		if err := transport.Denied(u.Hostname()); err != nil {
			k.wrong(at+".url", "%v", err)
		}
		if err := transport.CheckAddress(u, k.Web.Allow); err != nil {
			k.wrong(at+".url", "url %q: %v; a host of your own may be listed as host:port under allow: of web:", s.URL, err)
		}
	}
	if s.Profile != "" {
		var err error
		s.profile, err = readProfile(k.path(s.Profile))
		k.take(at+".profile", err)
	}
	if s.Pages < 0 {
		k.wrong(at+".pages", "pages is %d, want 1 or more", s.Pages)
	}
}

func readProfile(file string) (*web.Profile, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("profile %s: %w", file, reason(err))
	}
	return web.ParseProfile(file, data)
}

func (k *checker) surveySource(at string, s *sourceConfig) {
	if s.URL != "" {
		k.wrong(at+".url", "a survey source has path, not url")
	}
	if s.Path == "" {
		k.wrong(at, "%s: a survey source needs path", at)
		return
	}
	// A file that is not there is a source that fails: the others are read all the same.
	if _, err := filepath.Match(s.Path, ""); err != nil {
		k.wrong(at+".path", "path %q: %v", s.Path, err)
	}
}

// columns checks that the touchpoints a mapping names are in the taxonomy.
func (k *checker) columns(at string, m survey.Mapping, t *analysis.Taxonomy) {
	if t == nil {
		return
	}
	for i, r := range m.Ratings {
		k.touchpoint(fmt.Sprintf("%s.rating[%d].touchpoint", at, i), r.Touchpoint, t)
	}
	for i, c := range m.Texts {
		k.touchpoint(fmt.Sprintf("%s.text[%d].touchpoint", at, i), c.Touchpoint, t)
	}
}

// touchpoint checks that a taxonomy has a touchpoint.
func (k *checker) touchpoint(at, touchpoint string, t *analysis.Taxonomy) {
	known := []string{analysis.General}
	for _, tp := range t.Touchpoints {
		known = append(known, tp.ID)
	}
	if touchpoint != "" && !slices.Contains(known, touchpoint) {
		k.wrong(at, "touchpoint %q is not in the taxonomy %s%s", touchpoint, t.Name, yamlfile.DidYouMean(touchpoint, known))
	}
}

// practices are the practices of the config, in its order.
func (c *config) practices() []collector.Practice {
	all := make([]collector.Practice, len(c.Practices))
	for i, p := range c.Practices {
		zone := c.zone
		if p.Zone != "" {
			zone, _ = time.LoadLocation(p.Zone) // checked on reading
		}
		all[i] = collector.Practice{ID: p.ID, Name: p.Name, Zone: zone}
	}
	return all
}

// taxonomyOf is the taxonomy that a practice is read with.
func (c *config) taxonomyOf(p practiceConfig) *analysis.Taxonomy {
	return c.taxonomies[cmp.Or(p.Taxonomy, c.Taxonomy)]
}

// languageOf is the language of a practice's weekly page.
func (c *config) languageOf(practice string) string {
	for _, p := range c.Practices {
		if p.ID == practice {
			return cmp.Or(p.Language, c.Language)
		}
	}
	return c.Language
}

// foreign is the tag of a language other than English, which messages are stored in; else empty.
func foreign(tag string) string {
	if tag == "en" {
		return ""
	}
	return tag
}

// phrases are those of the languages of the config, English apart.
func (c *config) phrases() []alert.Phrases {
	tags := []string{c.Language}
	for _, p := range c.Practices {
		tags = append(tags, p.Language)
	}
	slices.Sort(tags)
	tags = slices.DeleteFunc(slices.Compact(tags), func(tag string) bool { return tag == "" || tag == "en" })
	all := make([]alert.Phrases, len(tags))
	for i, tag := range tags {
		all[i] = reports.PhrasesOf(tag)
	}
	return all
}

// language refuses a language that no page can be written in.
func (k *checker) language(at, tag string) {
	if tag == "en" {
		return // without reading the catalogues
	}
	if known := reports.Languages(); !slices.Contains(known, tag) {
		k.wrong(at, "language %q: pages can be written in %s", tag, strings.Join(known, ", "))
	}
}

// taxonomyOfPractice is the taxonomy of the practice with an id; nil where there is none.
func (c *config) taxonomyOfPractice(id string) *analysis.Taxonomy {
	for _, p := range c.Practices {
		if p.ID == id {
			return c.taxonomyOf(p)
		}
	}
	return nil
}

// transport is the one way out to the web sources, with the manners that the config asks for; it is
// told of every wait.
func (c *config) transport(log *slog.Logger, waiting func(host string, d time.Duration)) *transport.Transport {
	return transport.New(transport.Options{Agent: "percept", Contact: c.Web.Contact, Allow: c.Web.Allow, Delay: c.Web.Delay, Log: log, Waiting: waiting})
}
