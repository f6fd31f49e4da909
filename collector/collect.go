package collector

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// A Keeper keeps what is collected. Each method is one transaction.
type Keeper interface {
	// Begin opens the ledger's line about a source.
	Begin(ctx context.Context, e Entry) error
	// Keep stores a page, its feedback, its rejections and the line so far. Known feedback does
	// nothing; it says how many rows were new, new versions of known ones, or known.
	Keep(ctx context.Context, e *Entry, p Page, feedback []Feedback, rejected []Rejection) error
	// Last returns the page kept of an address of the line's source, where its host named it by ETag or
	// Last-Modified; else a zero Page.
	Last(ctx context.Context, e Entry, url string) (Page, error)
	// Known is Query.Known for the source of the line.
	Known(ctx context.Context, e Entry, feedback []Feedback) (unchanged, standing int, err error)
	// End closes the line. It counts what came back; after a whole run it marks what the source has no
	// more, by e.Absences, and counts that too.
	End(ctx context.Context, e *Entry) error
}

// A Job is a Source to collect, for one practice or, with Practice empty, for those its rows name.
type Job struct {
	Practice string
	// Name is the name of the source in the store and in reports, where config gives it one: its
	// address or path may then change without making what is known new. Empty: Source.Name().
	Name   string
	Kind   string // "web", "survey": for the ledger
	Source Source
	// Limit bounds the time that the source may take; 0 is no limit. What was read by then is kept, and
	// the source is incomplete.
	Limit time.Duration
	// Absences is how many whole runs in a row must miss a feedback until it counts as removed at the
	// source; 0 is never, for exports that hold a part of what there is.
	Absences int
}

func (j Job) name() string {
	if j.Name != "" {
		return j.Name
	}
	return j.Source.Name()
}

// Options are what a run needs besides its jobs.
type Options struct {
	Keeper   Keeper
	Identity Identity
	Run      string
	Now      time.Time
	Log      *slog.Logger
	// Progress is told of every source before its first page, and of every page; it may be nil.
	Progress func(e Entry)
}

// Collect runs the jobs one after another and returns the ledger's line of each. A source that fails
// is a line that says so, and the next goes on; the error is of the Keeper or of ctx, which end the run.
func Collect(ctx context.Context, jobs []Job, o Options) ([]Entry, error) {
	var entries []Entry
	for _, j := range jobs {
		e, err := collect(ctx, j, o)
		entries = append(entries, e)
		if err != nil {
			return entries, fmt.Errorf("collect %s: %w", j.name(), err)
		}
	}
	return entries, nil
}

func collect(ctx context.Context, j Job, o Options) (Entry, error) {
	e := Entry{Run: o.Run, Practice: j.Practice, Source: j.name(), Kind: j.Kind, State: Running, Started: o.Now, Absences: j.Absences}
	if err := o.Keeper.Begin(ctx, e); err != nil {
		return e, err
	}
	if o.Progress != nil {
		o.Progress(e)
	}
	limited, cancel := j.limit(ctx)
	defer cancel()
	var faults []error
	last := func(ctx context.Context, url string) (Page, error) { return o.Keeper.Last(ctx, e, url) }
	known := func(ctx context.Context, feedback []Feedback) (int, int, error) {
		feedback = slices.Clone(feedback)
		j.own(feedback, o.Identity)
		return o.Keeper.Known(ctx, e, feedback)
	}
	for p, err := range j.Source.Pages(limited, Query{Now: o.Now, Last: last, Known: known}) {
		if ctx.Err() != nil {
			return e, ctx.Err()
		}
		if err != nil {
			o.Log.Warn("page not read", "source", e.Source, "err", err)
			faults = append(faults, err)
			continue
		}
		parsed, err := j.Source.Parse(p)
		if err != nil {
			o.Log.Warn("page not understood", "source", e.Source, "page", p.URL, "err", err)
			faults = append(faults, err)
		}
		if parsed.Partial != "" {
			o.Log.Warn("page understood in part", "source", e.Source, "page", p.URL, "why", parsed.Partial)
			faults = append(faults, fmt.Errorf("%s: %s", p.URL, parsed.Partial))
		}
		if err := keep(ctx, &e, j, p, parsed, o); err != nil {
			return e, err
		}
		o.Log.Info("page", "source", e.Source, "page", p.URL, "part", p.Part, "rows", parsed.Rows, "unchanged", p.Unchanged)
		if o.Progress != nil {
			o.Progress(e)
		}
		if limited.Err() != nil {
			break
		}
	}
	if err := ctx.Err(); err != nil {
		return e, err
	}
	if limited.Err() != nil {
		faults = append([]error{context.Cause(limited)}, faults...)
	}
	e.close(faults, o.Now)
	return e, o.Keeper.End(ctx, &e)
}

// limit is ctx with the job's own end.
func (j Job) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if j.Limit <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, j.Limit, fmt.Errorf("not read to its end within %s: the limit of this source", j.Limit))
}

func keep(ctx context.Context, e *Entry, j Job, p Page, parsed Parsed, o Options) error {
	feedback := parsed.Feedback
	j.own(feedback, o.Identity)
	e.Pages++
	if p.Unchanged {
		e.Unchanged++
	}
	e.Rest += p.Rest
	e.Rows += parsed.Rows
	e.Duplicate += parsed.Duplicates
	e.Empty += parsed.Empty
	e.Rejected += len(parsed.Rejected)
	e.Expected = max(e.Expected, parsed.Aggregate.Count)
	if r := parsed.Aggregate.Rating; r.Valid {
		e.Published = r.Value
	}
	e.note(parsed.Notes)
	e.count(parsed.Counts)
	return o.Keeper.Keep(ctx, e, p, feedback, parsed.Rejected)
}

// own makes feedback that the job's Source parsed the job's.
func (j Job) own(feedback []Feedback, identity Identity) {
	n := identity.namer()
	for i := range feedback {
		f := &feedback[i]
		if f.Practice == "" {
			f.Practice = j.Practice
		}
		f.Source = j.name()
		f.Rows = max(f.Rows, 1)
		n.name(f)
	}
}

// Reparse parses a kept page of the job's Source again. The error says why not all of it could be read.
func (j Job) Reparse(p Page, identity Identity) ([]Feedback, error) {
	parsed, err := j.Source.Parse(p)
	if err != nil {
		return nil, err
	}
	j.own(parsed.Feedback, identity)
	if parsed.Partial != "" {
		return parsed.Feedback, fmt.Errorf("%s: %s", p.URL, parsed.Partial)
	}
	return parsed.Feedback, nil
}

// maxNotes bounds what a hostile source can make the ledger hold.
const maxNotes = 50

func (e *Entry) note(notes []string) {
	seen := make(map[string]bool, len(e.Notes))
	for _, n := range e.Notes {
		seen[n] = true
	}
	for _, n := range notes {
		if !seen[n] && len(e.Notes) < maxNotes {
			seen[n] = true
			e.Notes = append(e.Notes, n)
		}
	}
}

// count adds to what is noted of how many of something were met.
func (e *Entry) count(counts []Count) {
	for _, c := range counts {
		i := slices.IndexFunc(e.counts, func(k Count) bool { return k.Noun == c.Noun && k.Says == c.Says })
		if i < 0 {
			e.counts = append(e.counts, c)
			e.note([]string{c.String()})
			continue
		}
		before := e.counts[i].String()
		e.counts[i].N += c.N
		if at := slices.Index(e.Notes, before); at >= 0 {
			e.Notes[at] = e.counts[i].String()
		}
	}
}

// close decides the state: complete only when every page came and was understood.
func (e *Entry) close(faults []error, now time.Time) {
	e.Ended = now
	if e.Expected > e.Seen+e.Rest && e.Seen > 0 {
		e.note([]string{fmt.Sprintf("the source says that it has %s; read: %s", Plural(e.Expected, "review"), Thousands(e.Seen))})
	}
	switch {
	case len(faults) == 0 && e.Pages > 0:
		e.State = Complete
		return
	case e.New+e.Edited+e.Duplicate+e.Rest > 0:
		e.State = Incomplete
	default:
		e.State = Failed
	}
	if len(faults) == 0 {
		faults = []error{errors.New("nothing was fetched")}
	}
	e.Why = faults[0].Error()
	if more := len(faults) - 1; more > 0 {
		e.Why += fmt.Sprintf(" (and %s more)", Thousands(more))
	}
}
