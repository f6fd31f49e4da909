package collector

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// An Identity names feedback and authors by keyed hashes, so that ids tell nothing about persons.
type Identity struct {
	// Feedback never rotates: a new key would make every known feedback new. At least 16 bytes.
	Feedback []byte
	// Author may rotate.
	Author []byte
}

// Name fills in ID and AuthorKey. The id rests on the source's own id where there is one, else on
// what the source wrote (Raw), else on practice, source, author, words and the date where that is
// absolute.
func (n Identity) Name(f *Feedback) { n.namer().name(f) }

// A namer names many feedbacks by one Identity.
type namer struct {
	feedback, author hash.Hash
	scratch          []byte
}

func (n Identity) namer() *namer {
	return &namer{feedback: hmac.New(sha256.New, n.Feedback), author: hmac.New(sha256.New, n.Author)}
}

func (n *namer) name(f *Feedback) {
	if who := Fold(f.Author); who != "" {
		n.scratch = put(n.scratch[:0], cmp.Or(f.Site, f.Source), who) // one person of a site, whoever passes it on
		f.AuthorKey = keyed(n.author, n.scratch)
	}
	b := put(n.scratch[:0], "1", f.Practice, f.Source)
	switch {
	case f.SourceID != "":
		b = put(b, "id", f.SourceID)
	case f.Raw != "":
		b = put(b, "raw", f.Raw, strconv.Itoa(f.Twin))
	default:
		b = put(b, "words", Fold(f.Author), Fold(f.Title), Fold(f.Text), f.Date.absolute(), strconv.Itoa(f.Twin))
		if f.Text == "" { // stars alone: they are all that was said
			b = put(b, f.Rating.Raw)
		}
	}
	f.ID, n.scratch = keyed(n.feedback, b), b
}

// keyed is 24 digits of the keyed hash of b, whose bytes it uses.
func keyed(h hash.Hash, b []byte) string {
	h.Reset()
	h.Write(b)
	return hex.EncodeToString(h.Sum(b[:0])[:12])
}

// put appends all of a rating, as it was written and as it was understood.
func (r *Rating) put(b []byte) []byte {
	b = put(b, r.Raw, r.Best, r.Worst, r.Tag)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(r.Value))
	if r.Valid {
		return append(b, 1)
	}
	return append(b, 0)
}

// Digest tells versions apart: it changes when what the person or the practice said changes, or how it
// is understood (a scale, a date, what a question asks).
func (f *Feedback) Digest() [16]byte {
	var start [2 << 10]byte // most fit
	b := put(start[:0], f.Title, f.Text, f.Date.absolute(), f.Subject)
	b = f.Rating.put(b)
	for i := range f.Answers {
		a := &f.Answers[i]
		b = put(b, a.Column, string(a.Asks), a.Text, a.Touchpoint)
		if a.Question != a.Column {
			b = put(append(b, 'q'), a.Question)
		}
		b = a.Rating.put(b)
	}
	if f.Site != "" {
		b = put(b, "site", f.Site, f.SiteID)
	}
	if f.Private {
		b = put(b, "private")
	}
	if f.Reply != nil {
		b = put(b, "reply", f.Reply.Text, f.Reply.State)
	}
	h := sha256.Sum256(b)
	return [16]byte(h[:16])
}

func (d Date) absolute() string {
	if !d.Known() || d.Relative {
		return ""
	}
	return d.Start.Format(time.RFC3339Nano) + "/" + d.End.Format(time.RFC3339Nano)
}

// put appends the fields with their lengths, so that no two lists of fields hash alike.
func put(b []byte, fields ...string) []byte {
	for _, s := range fields {
		b = append(binary.LittleEndian.AppendUint64(b, uint64(len(s))), s...)
	}
	return b
}

// Fold makes spellings of one text equal: normal form C, white space runs as one space.
func Fold(s string) string {
	if strings.HasPrefix(s, " ") || strings.Contains(s, "  ") || !printable(s) {
		return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	}
	return strings.TrimSuffix(s, " ")
}

// printable reports whether s has ASCII characters alone and none that controls: eight at a time (H. S. Warren, Hacker's
// Delight, 6-1).
func printable(s string) bool {
	const each, high = 0x0101010101010101, 0x8080808080808080
	for ; len(s) >= 8; s = s[8:] {
		w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		if (w|(w-' '*each))&high != 0 {
			return false
		}
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
