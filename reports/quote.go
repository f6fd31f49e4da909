package reports

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"unicode/utf8"

	"percept/analysis"
	"percept/reports/redact"
)

// A passage names words of a stored feedback: the part they stand in and their place in it.
type passage struct {
	feedback      string
	version, part int
	start, end    int
	words         string // the whole part as the evidence has it
}

// A piece of a quote is an exact run of stored letters, or stands for a masked one.
type piece struct {
	Text     string
	Mark     bool // within the words the score rests on
	Mask     bool // Text stands for what is not shown
	from, to int  // bytes of the stored text
}

// A quote is what a person said, cut to length. Its pieces are, but for the masks, one exact
// substring of the stored text; ellipses are drawn outside of it.
type quote struct {
	CutBefore, CutAfter bool
	Pieces              []piece
}

// quoter reads quotes from the store and keeps what it read, for one page.
type quoter struct {
	store Store
	mask  bool
	in    *language
	read  map[analysis.Passage]string
}

func newQuoter(s Store, mask bool) *quoter {
	return &quoter{store: s, mask: mask, in: english, read: map[analysis.Passage]string{}}
}

// newQuoter keeps what it reads for one page of the practice, in its language.
func (m *material) newQuoter(s Store, mask bool) *quoter {
	q := newQuoter(s, mask)
	q.in = m.in
	return q
}

// quote returns the passage, in at most about limit bytes of its surroundings. It is the quote lock:
// the part is read again from the store, and the passage must stand there letter by letter.
func (q *quoter) quote(ctx context.Context, p passage, limit int) (quote, error) {
	key := analysis.Passage{Feedback: p.feedback, Version: p.version, Part: p.part}
	if _, ok := q.read[key]; !ok {
		if err := q.fetch(ctx, p.feedback); err != nil {
			return quote{}, fmt.Errorf("quote of feedback %s: %w", p.feedback, err)
		}
	}
	text := q.read[key]
	if err := locked(p, text); err != nil {
		return quote{}, fmt.Errorf("quote of feedback %s: part %d of version %d: %w", p.feedback, p.part, p.version, err)
	}
	lo, hi := surround(text, p.start, p.end, limit)
	var hidden []redact.Span
	if q.mask {
		hidden = redact.Find(text)
	}
	made := quote{
		CutBefore: strings.TrimSpace(text[:lo]) != "",
		CutAfter:  strings.TrimSpace(text[hi:]) != "",
		Pieces:    pieces(q.in, text, lo, hi, p.start, p.end, hidden),
	}
	if err := made.lock(text, lo, hi); err != nil {
		return quote{}, fmt.Errorf("quote of feedback %s: part %d of version %d: %w", p.feedback, p.part, p.version, err)
	}
	return made, nil
}

// fetch reads the words of feedback that will be quoted, many at once.
func (q *quoter) fetch(ctx context.Context, feedback ...string) error {
	words, err := q.store.Words(ctx, feedback...)
	maps.Copy(q.read, words)
	return err
}

// lock says why the pieces are not text[lo:hi] in order, letter by letter but for the masks; nil when they are.
func (q quote) lock(text string, lo, hi int) error {
	at := lo
	for _, p := range q.Pieces {
		if p.from != at || p.to <= p.from || p.to > hi {
			return fmt.Errorf("piece %d:%d does not follow byte %d", p.from, p.to, at)
		}
		if !p.Mask && p.Text != text[p.from:p.to] {
			return fmt.Errorf("piece %d:%d is not what is stored", p.from, p.to)
		}
		at = p.to
	}
	if at != hi {
		return fmt.Errorf("pieces end at byte %d, not at %d", at, hi)
	}
	return nil
}

// locked says why the passage is not in the stored text, nil when it is.
func locked(p passage, text string) error {
	if p.start < 0 || p.end > len(text) || p.start >= p.end {
		return fmt.Errorf("span %d:%d is outside of its %d bytes", p.start, p.end, len(text))
	}
	if p.end > len(p.words) || text[p.start:p.end] != p.words[p.start:p.end] {
		return fmt.Errorf("span %d:%d is not what is stored", p.start, p.end)
	}
	if !boundary(text, p.start) || !boundary(text, p.end) {
		return fmt.Errorf("span %d:%d cuts a letter in two", p.start, p.end)
	}
	return nil
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// surround widens a span to the sentences it is in, or to the whole text where that is short, and
// cuts it at a word where it is longer than limit bytes.
func surround(text string, start, end, limit int) (lo, hi int) {
	switch {
	case len(text) <= limit:
		lo, hi = 0, len(text)
	case end-start >= limit:
		return start, cutAtWord(text, start, start+limit)
	default:
		lo, hi = sentenceStart(text, start), sentenceEnd(text, end)
		if end-lo > limit {
			lo = start
		}
		if hi-lo > limit {
			hi = max(end, cutAtWord(text, lo, lo+limit))
		}
	}
	lo = start - len(strings.TrimLeft(text[lo:start], " \t\r\n")) // never past the span
	hi = end + len(strings.TrimRight(text[end:hi], " \t\r\n"))
	return lo, hi
}

// sentenceStart looks back from i for the end of the sentence before.
func sentenceStart(text string, i int) int {
	j := strings.LastIndexAny(text[:i], ".!?\n")
	if j < 0 {
		return 0
	}
	return j + 1
}

// sentenceEnd looks on from i for the end of the sentence; i itself when the span ends one.
func sentenceEnd(text string, i int) int {
	if i > 0 && strings.ContainsRune(".!?\n", rune(text[i-1])) {
		return i
	}
	j := strings.IndexAny(text[i:], ".!?\n")
	if j < 0 {
		return len(text)
	}
	return i + j + 1
}

// cutAtWord returns the last place before i, and after lo, where a word ends; else the last letter's.
func cutAtWord(text string, lo, i int) int {
	i = min(i, len(text))
	for i > lo && !boundary(text, i) {
		i--
	}
	if j := strings.LastIndexAny(text[lo:i], " \t\r\n"); j > 0 {
		return lo + j
	}
	return i
}

// pieces cuts text[lo:hi] at the ends of the marked span and of what is hidden.
func pieces(in *language, text string, lo, hi, start, end int, hidden []redact.Span) []piece {
	var out []piece
	add := func(from, to int) {
		for _, b := range []int{start, end, to} { // the mark's ends cut a run in up to three
			if to := min(b, to); to > from {
				out = append(out, piece{Text: text[from:to], Mark: from >= start && from < end, from: from, to: to})
				from = to
			}
		}
	}
	at := lo
	for _, h := range hidden {
		if h.End <= at || h.Start >= hi {
			continue
		}
		add(at, max(at, h.Start))
		at = max(at, h.Start)
		out = append(out, piece{Text: in.say(h.Kind.Mask()), Mask: true, from: at, to: min(h.End, hi)})
		at = min(h.End, hi)
	}
	add(at, hi)
	return out
}
