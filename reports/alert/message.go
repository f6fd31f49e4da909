package alert

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// A Kind is what a message is.
type Kind string

// The kinds of messages.
const (
	OneAlert  Kind = "alert"     // one feedback that needs a person
	SlipAlert Kind = "slip"      // a touchpoint that is worse
	Failure   Kind = "source"    // a collector failed
	Many      Kind = "many"      // more severe ones at once than a person can be called for one by one
	First     Kind = "first"     // what the first import found
	Digest    Kind = "digest"    // what could wait
	Withdrawn Kind = "withdrawn" // a slip that was told is none any more, or a source is mended
	Weekly    Kind = "weekly"    // the first screen of a practice's page
	Portfolio Kind = "portfolio" // all practices in one table
	Trial     Kind = "test"      // sent by hand to try a receiver
)

// interrupts reports whether messages of the kind count against the budget.
func (k Kind) interrupts() bool { return k == OneAlert || k == SlipAlert || k == Failure || k == Many }

// A Message goes to one receiver. Its key never changes: whoever gets it twice can tell.
type Message struct {
	Key       string
	Receiver  string
	Practice  string // empty where it is of several
	Kind      Kind
	Severity  Severity
	Created   time.Time
	NotBefore time.Time
	Content   Content
	// Tries, RetryAt and LastError say how sending went so far; RetryAt is zero unless the receiver
	// itself, or a pause after a failure, set it. Asked is set when the receiver itself named RetryAt. Way
	// tells the way to the receiver that the last try went.
	Tries     int
	RetryAt   time.Time
	Asked     bool
	LastError string
	Way       string
}

// A Content is what a message says, before it takes the form of its receiver.
type Content struct {
	Subject string `json:"subject"`
	// Language is the tag of the language that the message is read in, empty for English; the texts here are English,
	// but for those of a Page.
	Language string `json:"language,omitempty"`
	// Thread is what the message belongs to: mails of one feedback stand together.
	Thread string `json:"thread,omitempty"`
	Items  []Item `json:"items,omitempty"`
	// More are the items that were counted and not listed.
	More int `json:"more,omitempty"`
	// Page is the weekly page or the portfolio, nil otherwise.
	Page *Page `json:"page,omitempty"`
}

// An Item is one thing that happened.
type Item struct {
	ID           string   `json:"id"`       // of the alert, for percept alert ack
	Practice     string   `json:"practice"` // empty: several
	PracticeName string   `json:"practice_name"`
	Kind         string   `json:"kind"` // review, response, slip or source
	Severity     Severity `json:"severity"`
	Rules        []string `json:"rules"`
	Why          []string `json:"why"`             // one for each rule
	Notes        []string `json:"notes,omitempty"` // what else is to be known, in sentences
	Words        []string `json:"words,omitempty"` // that a rule found
	Feedback     string   `json:"feedback,omitempty"`
	Version      int      `json:"version,omitempty"`
	Source       string   `json:"source,omitempty"`
	SourceName   string   `json:"source_name,omitempty"` // as people call it
	Rating       string   `json:"rating,omitempty"`
	Private      bool     `json:"private,omitempty"` // the person asked not to be quoted
	Touchpoints  []string `json:"touchpoints,omitempty"`
	Title        string   `json:"title,omitempty"`
	Text         string   `json:"text,omitempty"`
	Answers      []Answer `json:"answers,omitempty"`
	Given        string   `json:"given,omitempty"` // a day, in the practice's zone
	Age          string   `json:"age,omitempty"`
	URL          string   `json:"url,omitempty"`
	Owner        string   `json:"owner,omitempty"`
	Withdrawn    string   `json:"withdrawn,omitempty"` // why there is nothing to do about it any more
}

// A Page is a report that travels by mail.
type Page struct {
	Title string   `json:"title"`
	Lines []string `json:"lines"` // the first screen, in sentences
	Quote string   `json:"quote,omitempty"`
	By    string   `json:"by,omitempty"`
	Next  []string `json:"next,omitempty"`
	Holes []string `json:"holes,omitempty"` // sources that were not read whole
	Rows  []Row    `json:"rows,omitempty"`  // of a portfolio
	// Name and Body are the page itself, attached to mails only; Body is packed by Attach.
	Name string `json:"name,omitempty"`
	Body []byte `json:"body,omitempty"`
}

// Attach packs the page itself.
func (p *Page) Attach(html []byte) error {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(html)
	err = errors.Join(err, z.Close())
	p.Body = b.Bytes()
	return err
}

// attached unpacks it.
func (p *Page) attached() ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(p.Body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// A Row is one practice of a portfolio.
type Row struct {
	Practice string `json:"practice"`
	Word     string `json:"word"`
	Holes    int    `json:"holes,omitempty"`
}

// Key is the key of a message about something, for a receiver. It is made of what happened, never of
// the clock.
func Key(kind Kind, practice, about string, version int, rule, receiver string) string {
	return hash(string(kind), practice, about, fmt.Sprint(version), rule, receiver)[:32]
}

// alertID is the id of an alert, short enough to type.
func alertID(practice, about, rule string) string {
	return hash("id", practice, about, rule)[:10]
}

func hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}
