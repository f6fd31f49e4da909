package collector

import (
	"context"
	"iter"
	"time"
)

// A Source brings in feedback from one place.
type Source interface {
	// Name is stable: it is part of the identity of what has no id of its own.
	Name() string
	// Pages fetches what may hold feedback given since q.Since. An error concerns one page; the
	// sequence goes on after it where it can. It ends when ctx does.
	Pages(ctx context.Context, q Query) iter.Seq2[Page, error]
	// Parse reads the feedback out of a page. It does no I/O: the same page gives the same feedback
	// years later. An error means that nothing on the page could be read.
	Parse(p Page) (Parsed, error)
}

// A Query says what a Source is asked for.
type Query struct {
	Since time.Time // zero: everything
	Now   time.Time
	// Last returns the page that was kept of an address, with the names its host gave it, and of a file the
	// block that has its ETag; a zero Page where there is none. Nil where nothing is kept. Pages may ask the host whether that page still
	// stands, and yield it again, Unchanged, if it does.
	Last func(ctx context.Context, url string) (Page, error)
	// Known says how many of some feedback stand as they are kept, and how many of the source stand in
	// all, without what it has no more. Nil where nothing is kept. Where a list begins with what changed
	// last, Pages may end it at a page that has nothing new, if no more stand than the source says it has.
	Known func(ctx context.Context, feedback []Feedback) (unchanged, standing int, err error)
}

// A Page is one fetched document, or one block of rows of a file, as it came.
type Page struct {
	URL         string // address, or path as the config writes it
	Part        int    // block of a file, from 0
	FetchedAt   time.Time
	ContentType string
	Body        []byte
	// Layout is what a Source decided about a file before reading it (columns, scales), as JSON, so
	// that Parse needs nothing but the page. Nil for web pages.
	Layout []byte
	// ETag and LastModified are what the host names this version of the page by (RFC 9110, 8.8), as it
	// wrote them; empty where it named none, or where it is not sure that the whole page came. The last block
	// of a file has an ETag that names the whole file and how it was read.
	ETag, LastModified string
	// Unchanged is true for a page that was kept before and that the host says still stands (304). Its
	// FetchedAt is that of the kept page: "a week ago" was written then. Of a file, it is the whole file that
	// stands, and Body is empty.
	Unchanged bool
	// Rest is how many more feedbacks of the list stand as they are kept, and were not asked for again.
	Rest int
}

// Parsed is what a page holds.
type Parsed struct {
	Feedback []Feedback
	// Rows counts the rows or reviews met: the Rows of Feedback, Duplicates, Empty and Rejected add up to it.
	Rows int
	// Duplicates counts exact doubles within the page or file, Empty rows without words and rating.
	Duplicates, Empty int
	Rejected          []Rejection
	// Notes say what was decided or repaired and deserves a person's eye.
	Notes []string
	// Counts are notes of how many of something there are.
	Counts []Count
	// Partial says what kept feedback of the page from being read, where some was: a run that met such a page
	// is not complete. Empty where all was read.
	Partial string
	// Aggregate is the summary the page itself states; Aggregate.Count 0 where it states none.
	Aggregate Aggregate
	// Next is the address of the next page of the same list, empty on the last.
	Next string
}

// A Rejection is a row or review that could not be taken, by name.
type Rejection struct {
	Ref    string // "group.csv:17", or an address and the number of the review on it
	Reason string
}

// An Aggregate is a rating summary as the source states it.
type Aggregate struct {
	Rating Rating
	Count  int
}
