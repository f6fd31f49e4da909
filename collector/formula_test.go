package collector

import (
	"strings"
	"testing"
	"unicode"
)

func TestInert(t *testing.T) {
	for _, tt := range []struct{ name, cell, want string }{
		{"words stay", "Lovely = people", "Lovely = people"},
		{"nothing stays nothing", "", ""},
		{"an apostrophe is no formula", "'Twas lovely", "'Twas lovely"},
		{"two are none either", "''Lovely'' she said", "''Lovely'' she said"},
		{"an equals sign", "=1+1", "'=1+1"},
		{"a telephone number", "+27 82 000 0000", "'+27 82 000 0000"},
		{"a list", "- waited", "'- waited"},
		{"a handle", "@home", "'@home"},
		{"spaces before it", "  =1+1", "'  =1+1"},
		{"a hard space before it", "\u00a0=1+1", "'\u00a0=1+1"},
		{"an ideographic space before it", "\u3000=1+1", "'\u3000=1+1"},
		{"a byte order mark before it", "\ufeff=1+1", "'\ufeff=1+1"},
		{"a character that is not seen before it", "\x00\u200b=1+1", "'\x00\u200b=1+1"},
		{"a tab", "\tx", "'\tx"},
		{"a carriage return", "\rx", "'\rx"},
		{"a line break", "\nx", "'\nx"},
		{"a line break before it", "\n =1", "'\n =1"},
		{"full-width", "＝1", "'＝1"},
		{"full-width plus", "＋1", "'＋1"},
		{"full-width minus", "－1", "'－1"},
		{"full-width at", "＠x", "'＠x"},
		{"a minus sign", "−1", "'−1"},
		{"what looks as if it were inert already", "'=1", "''=1"},
		{"a line break further on", "x\n=1", "x\n=1"},
	} {
		if got := Inert(tt.cell); got != tt.want {
			t.Errorf("%s: Inert(%q) = %q, want %q", tt.name, tt.cell, got, tt.want)
		}
		if got := Live(Inert(tt.cell)); got != tt.cell {
			t.Errorf("%s: Live(%q) = %q, want %q", tt.name, Inert(tt.cell), got, tt.cell)
		}
	}
}

// FuzzInert holds that what was made inert comes back as it was, and begins with nothing that a spreadsheet would run.
func FuzzInert(f *testing.F) {
	for _, s := range []string{"", "'", "''=", " '\t=", "'\n", "=\x00", "\u2028@", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		got := Inert(cell)
		if live := Live(got); live != cell {
			t.Errorf("Live(Inert(%q)) = %q", cell, live)
		}
		if strings.HasPrefix(got, "\t") || strings.HasPrefix(got, "\r") || strings.HasPrefix(got, "\n") {
			t.Errorf("Inert(%q) = %q begins with a break", cell, got)
		}
		seen := strings.TrimLeftFunc(got, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
		if seen != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(seen)[0]) {
			t.Errorf("Inert(%q) = %q can run", cell, got)
		}
	})
}
