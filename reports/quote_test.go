package reports

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"percept/analysis"
)

// told is a store of one text, for the quoter alone.
type told struct {
	Store
	text string
}

func (s told) Words(_ context.Context, feedback ...string) (map[analysis.Passage]string, error) {
	return map[analysis.Passage]string{{Feedback: feedback[0]}: s.text}, nil
}

// rewritten is a store whose words of one feedback are not what its evidence says.
type rewritten struct {
	Store
	feedback, from, to string
}

func (s rewritten) Words(ctx context.Context, feedback ...string) (map[analysis.Passage]string, error) {
	words, err := s.Store.Words(ctx, feedback...)
	for p, w := range words {
		if p.Feedback == s.feedback {
			words[p] = strings.Replace(w, s.from, s.to, 1)
		}
	}
	return words, err
}

func TestQuoteLockStopsThePage(t *testing.T) {
	p := harbour(t)
	w := invent(p, 1)
	last := w.reviews[len(w.reviews)-1] // of the last week: surely shown
	s := newStore(t, w)
	dir := t.TempDir()
	files, err := Build(t.Context(), dir, rewritten{s, last.ID, last.Text[:1], "\u00c7"}, practices(p), testOptions())
	if err == nil {
		t.Fatalf("pages were written: %v", files)
	}
	for _, want := range []string{"weekly page of " + p.ID, "quote of feedback " + last.ID, "is not what is stored"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error = %q, want %q in it", err, want)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, p.ID)); err == nil {
		t.Error("the page was written all the same")
	}
}

func TestQuoteLockHoldsLetterByLetter(t *testing.T) {
	const text = "Caf\u00e9 glasses were late."
	tests := []struct {
		name       string
		start, end int
		stored     string
		want       string // of the error; empty when the quote stands
	}{
		{"as stored", 6, 13, text, ""},
		{"words around it may differ", 6, 13, "Cafe! glasses are here.", ""},
		{"one letter changed", 6, 13, strings.Replace(text, "glasses", "classes", 1), "is not what is stored"},
		{"one letter more before it", 6, 13, "x" + text, "is not what is stored"},
		{"another case", 6, 13, strings.Replace(text, "glasses", "Glasses", 1), "is not what is stored"},
		{"another kind of space", 5, 13, strings.Replace(text, " ", "\u00a0", 1), "is not what is stored"},
		{"text cut short", 6, 13, text[:12], "is outside of its 12 bytes"},
		{"text gone", 6, 13, "", "is outside of its 0 bytes"},
		{"nothing marked", 6, 6, text, "is outside of its 24 bytes"},
		{"span the wrong way round", 13, 6, text, "is outside of its 24 bytes"},
		{"span before the text", -1, 6, text, "is outside of its 24 bytes"},
		{"half a letter", 4, 13, text, "cuts a letter in two"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := passage{feedback: "f1", start: tt.start, end: tt.end, words: text}
			_, err := newQuoter(told{text: tt.stored}, false).quote(t.Context(), p, 100)
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("quote failed: %v", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "f1")):
				t.Errorf("error = %v, want %q and the feedback in it", err, tt.want)
			}
		})
	}
}

func TestQuoteIsCutAtWordsAndSentences(t *testing.T) {
	const text = "The staff were kind. I waited six weeks for my glasses and nobody called. I will be back, perhaps."
	tests := []struct {
		name  string
		span  string
		limit int
		want  string
	}{
		{"a short text is shown whole", "I waited six weeks", 200, "[The staff were kind. ]I waited six weeks[ for my glasses and nobody called. I will be back, perhaps.]"},
		{"a span grows to its sentence", "six weeks", 60, "...[I waited ]six weeks[ for my glasses and nobody called.]..."},
		{"a span that ends a sentence does not take the next", "nobody called.", 70, "...[I waited six weeks for my glasses and ]nobody called...."},
		{"a long span is cut at a word", "I waited six weeks for my glasses and nobody called.", 20, "...I waited six weeks..."},
		{"a long way back is left out", "nobody called", 25, "...nobody called[.]..."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := strings.Index(text, tt.span)
			q, err := newQuoter(told{text: text}, false).quote(t.Context(), passage{start: start, end: start + len(tt.span), words: text}, tt.limit)
			if err != nil {
				t.Fatal(err)
			}
			if got := drawn(q); got != tt.want {
				t.Errorf("quote = %q, want %q", got, tt.want)
			}
		})
	}
}

// drawn writes a quote with its surroundings in brackets and dots where it is cut.
func drawn(q quote) string {
	var b strings.Builder
	if q.CutBefore {
		b.WriteString("...")
	}
	for _, p := range q.Pieces {
		if p.Mark || p.Mask {
			b.WriteString(p.Text)
		} else {
			b.WriteString("[" + p.Text + "]")
		}
	}
	if q.CutAfter {
		b.WriteString("...")
	}
	return b.String()
}

func TestMaskedQuoteIsStillLocked(t *testing.T) {
	text := "Dr Marlowe, call me on 082 555 01 23 or a@b.example. Nobody did."
	q, err := newQuoter(told{text: text}, true).quote(t.Context(), passage{start: 12, end: 51, words: text}, 200)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, p := range q.Pieces {
		got.WriteString(p.Text)
	}
	if want := "Dr [name], call me on [phone] or [mail]. Nobody did."; got.String() != want {
		t.Errorf("masked quote = %q, want %q", got.String(), want)
	}
	for i := range q.Pieces { // each changed letter, moved or missing piece breaks the lock
		for name, spoil := range map[string]func(p []piece) []piece{
			"letter":  func(p []piece) []piece { p[i].Text = "x" + p[i].Text[1:]; return p },
			"place":   func(p []piece) []piece { p[i].from++; return p },
			"missing": func(p []piece) []piece { return slices.Delete(p, i, i+1) },
		} {
			if q.Pieces[i].Mask && name == "letter" {
				continue
			}
			bad := quote{Pieces: spoil(slices.Clone(q.Pieces))}
			if bad.lock(text, 0, len(text)) == nil {
				t.Errorf("piece %d: another %s keeps the lock closed", i, name)
			}
		}
	}
	if err := q.lock(text, 0, len(text)); err != nil {
		t.Errorf("lock of what was quoted = %v", err)
	}
}

// FuzzQuote holds that a quote is an exact run of the text around its span, whatever the text.
func FuzzQuote(f *testing.F) {
	f.Add("The staff were kind. I waited six weeks.", 21, 39, 20)
	f.Add("Dr Marlowe, a@b.example, 082 555 01 23 \u0647\u0630\u0627 \u00e9\u00e9\u00e9", 3, 10, 12)
	f.Add("\u65e5\u672c\u8a9e\u306e\u6587\u3002\u3082\u3046\u4e00\u3064\u3002", 3, 9, 5)
	f.Add("a\n\n b", 0, 1, 1)
	f.Fuzz(func(t *testing.T, text string, start, end, limit int) {
		if !utf8.ValidString(text) || limit < 1 {
			t.Skip() // what is stored is valid
		}
		q, err := newQuoter(told{text: text}, false).quote(t.Context(), passage{start: start, end: end, words: text}, limit)
		valid := 0 <= start && start < end && end <= len(text) && boundary(text, max(0, start)) && boundary(text, min(end, len(text)))
		if valid != (err == nil) {
			t.Fatalf("quote of %q[%d:%d] = %v", text, start, end, err)
		}
		if err != nil {
			return
		}
		var whole, marked strings.Builder
		for _, p := range q.Pieces {
			whole.WriteString(p.Text)
			if p.Mark {
				marked.WriteString(p.Text)
			}
			if !utf8.ValidString(p.Text) {
				t.Errorf("piece %q cuts a letter", p.Text)
			}
		}
		if !strings.Contains(text, whole.String()) {
			t.Errorf("quote %q is not in %q", whole.String(), text)
		}
		if !strings.HasPrefix(text[start:end], marked.String()) || end-start < limit && marked.String() != text[start:end] {
			t.Errorf("marked %q, want %q", marked.String(), text[start:end])
		}
		hidden, err := newQuoter(told{text: text}, true).quote(t.Context(), passage{start: start, end: end, words: text}, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range hidden.Pieces {
			if !p.Mask && !strings.Contains(whole.String(), p.Text) {
				t.Errorf("piece %q of the masked quote is not in %q", p.Text, whole.String())
			}
		}
	})
}
