package reports

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// replySample is how many replies are read one by one, replyShown how many bytes of each are shown.
const (
	replySample = 20
	replyShown  = 240
)

// replies are a sample of the answers that stand under reviews, read one by one.
type replies struct {
	All, N Figure // of the year, and read
	Rows   []labelled
	List   []replyRead
}

// A replyRead is one of them.
type replyRead struct {
	When, Took, Rated string
	Words             Figure
	Flags             []string
}

// replies reads the sample: the first by id, which is a hash and knows no time.
func (a *auditor) replies(ctx context.Context) error {
	all, err := a.store.Replied(ctx, a.practice.ID, a.begin, a.last.Add(week))
	if err != nil {
		return fmt.Errorf("replies: %w", err)
	}
	if len(all) == 0 {
		return nil
	}
	wordings := map[string]int{}
	for _, r := range all {
		wordings[r.Wording()]++
	}
	sample := all[:min(replySample, len(all))]
	out := &replies{All: a.f.plain("replies.all", "Replies of the year", len(all)), N: a.f.plain("replies.n", "Replies read", len(sample))}
	var told, copied, open, low, changed int
	for i, r := range sample {
		row := replyRead{When: english.when(r.Given, a.practice.Zone), Rated: english.rated(r.Rating)}
		if r.At.Known() && r.Given.Known() && !r.At.Start.Before(r.Given.Start) {
			row.Took = lasting(r.At.Start.Sub(r.Given.Start))
		}
		words := cutReply(r.Text)
		if a.o.masks() {
			words = Masked(words)
		}
		row.Words = a.f.add("replies."+strconv.Itoa(i+1), "Reply, "+row.When, words, r.Feedback)
		if a.o.LintReply != nil {
			if kinds := a.o.LintReply(r.Text); len(kinds) > 0 {
				told++
				row.Flags = append(row.Flags, "tells what must not be public: "+strings.Join(kinds, ", "))
			}
		}
		if wordings[r.Wording()] > 1 {
			copied++
			row.Flags = append(row.Flags, "the same words as another")
		}
		if r.Offers() {
			open++
			row.Flags = append(row.Flags, "offers to talk")
		}
		if r.Rating.Valid && r.Rating.Value <= lowRating {
			low++
			if r.Changes() {
				changed++
				row.Flags = append(row.Flags, "says what changes")
			}
		}
		out.List = append(out.List, row)
	}
	if a.o.LintReply != nil {
		out.Rows = append(out.Rows, labelled{"Tell what must not be public (that the writer is a patient, a date, a treatment, money, a name)", a.f.plain("replies.told", "Replies read that tell what must not be public", told)})
	}
	out.Rows = append(out.Rows,
		labelled{"Have the same words as another reply of the year", a.f.plain("replies.copied", "Replies read with the same words as another", copied)},
		labelled{"Offer a way to go on talking", a.f.plain("replies.open", "Replies read that offer a way to go on talking", open)},
		labelled{"Answer an unhappy review", a.f.plain("replies.low", "Replies read to unhappy reviews", low)},
		labelled{"Of those, say what was changed or will be", a.f.plain("replies.changed", "Replies read to unhappy reviews that say what was changed or will be", changed)})
	a.page.Replies = out
	return nil
}

// cutReply cuts a reply at a word.
func cutReply(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) <= replyShown {
		return text
	}
	return strings.TrimRightFunc(text[:cutAtWord(text, 0, replyShown)], func(r rune) bool { return r == ' ' || r == utf8.RuneError }) + " …"
}
