package collector

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
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
func (n Identity) Name(f *Feedback) {
	if who := Fold(f.Author); who != "" {
		f.AuthorKey = keyed(n.Author, put(nil, cmp.Or(f.Site, f.Source), who)) // one person of a site, whoever passes it on
	}
	b := put(nil, "1", f.Practice, f.Source)
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
	f.ID = keyed(n.Feedback, b)
}

// keyed is 24 digits of the keyed hash of b.
func keyed(key, b []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write(b)
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// fields are all of a rating, as it was written and as it was understood.
func (r Rating) fields() []string {
	return []string{r.Raw, r.Best, r.Worst, r.Tag, strconv.FormatFloat(r.Value, 'g', -1, 64), strconv.FormatBool(r.Valid)}
}

// Digest tells versions apart: it changes when what the person or the practice said changes, or how it
// is understood (a scale, a date, what a question asks).
func (f *Feedback) Digest() string {
	b := put(make([]byte, 0, 2<<10), f.Title, f.Text, f.Date.absolute(), f.Subject)
	b = put(b, f.Rating.fields()...)
	for _, a := range f.Answers {
		b = put(b, a.Column, a.Question, string(a.Asks), a.Text, a.Touchpoint)
		b = put(b, a.Rating.fields()...)
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
	return hex.EncodeToString(h[:16])
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
	gap := true // before what is not looked at yet
	for i := range len(s) {
		b := s[i]
		if b >= utf8.RuneSelf || b == ' ' && gap || b >= '\t' && b <= '\r' {
			return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
		}
		gap = b == ' '
	}
	return strings.TrimSuffix(s, " ")
}
