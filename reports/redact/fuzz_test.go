package redact

import (
	"testing"
	"unicode/utf8"
)

// FuzzFind holds that spans are in order, apart, within the text and between letters, whatever the text.
func FuzzFind(f *testing.F) {
	f.Add("Dr. Anna Marlowe-Smith, 12 Elm Road, SW1A 1AA, a@b.example, +27 82 555 01 23")
	f.Add("jo (at) post (dot) example www. http:// @ (at) at dot \u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660\u0661")
	f.Add("born 12th of March 1968 (DOB) Flat 3, 9 Mill Lane, Leeds AB 12 34 56 C")
	f.Add("- Sarah\u2019s '' O'' mr  \u00e9 \u202e")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip() // what is stored is valid
		}
		at := 0
		for _, s := range Find(text) {
			if s.Start < at || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("Find(%q): span %v after %d", text, s, at)
			}
			if !utf8.ValidString(text[:s.Start]) || !utf8.ValidString(text[s.Start:s.End]) {
				t.Fatalf("Find(%q): span %v cuts a letter in two", text, s)
			}
			at = s.End
		}
	})
}
