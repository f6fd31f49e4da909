package web

import "testing"

func TestParseRating(t *testing.T) {
	tests := []struct {
		name, raw, best, worst string
		want                   float64 // 0: not valid
		noted, failed          bool
	}{
		{"a number", "4", "", "", 4, false, false},
		{"stars of a keyboard", "⭐⭐⭐", "", "", 3, false, false},
		{"stars of a keyboard, some empty", "⭐️⭐️☆☆☆", "", "", 2, false, false},
		{"a star and a number", "⭐ 4.5", "", "", 4.5, false, false},
		{"a decimal comma", "4,5", "", "", 4.5, false, false},
		{"of ten", "8/10", "", "", 4, false, false},
		{"of ten, stated", "7.9", "10", "1", 3.95, false, false},
		{"of a hundred", "60", "100", "", 3, false, false},
		{"in words", "Rated 4 out of 5", "", "", 4, false, false},
		{"in German words", "4,5 von 5 Sternen", "", "", 4.5, false, false},
		{"in percent", "80 %", "", "", 4, false, false},
		{"in stars", "★★★☆☆", "", "", 3, false, false},
		{"in full stars only", "★★★", "", "", 3, false, false},
		{"in French words", "4,5 sur 5", "", "", 4.5, false, false},
		{"a half as a sign", "3½", "", "", 3.5, false, false},
		{"stars and a half", "★★★½", "", "", 3.5, false, false},
		{"stars and a half of five", "★★½☆☆", "", "", 2.5, false, false},
		{"stars beside a number with a half", "★ 4½", "", "", 4.5, false, false},
		{"half of five", "½/5", "", "", 1, false, false},
		{"a half of five", "Rated 4 ½ / 5", "", "", 4.5, false, false},
		{"wide figures", "４．５／５", "", "", 4.5, false, false},
		{"Arabic figures", "٤ / ٥", "", "", 4, false, false},
		{"an exponent", "4.5e0", "", "", 4.5, false, false},
		{"an exponent beyond every scale", "1e3", "", "", 0, false, true},
		{"zero of ten is the worst", "0", "10", "0", 1, false, false},
		{"above its best", "7", "5", "1", 5, true, false},
		{"below its worst", "0", "5", "1", 1, true, false},
		{"best as bad as worst says nothing", "4", "1", "1", 4, false, false},
		{"a best of nothing says nothing", "4", "0", "", 4, false, false},
		{"eight without a best", "8", "", "", 0, false, true},
		{"zero without a best", "0", "", "", 0, false, true},
		{"empty", "", "5", "1", 0, false, false},
		{"no number", "excellent", "5", "", 0, false, false},
		{"not a number", "NaN", "5", "", 0, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, note, err := ParseRating(tt.raw, tt.best, tt.worst)
			if r.Value != tt.want || r.Valid != (tt.want != 0) || (note != "") != tt.noted || (err != nil) != tt.failed {
				t.Errorf("ParseRating(%q, %q, %q) = %+v, %q, %v", tt.raw, tt.best, tt.worst, r, note, err)
			}
			if r.Raw != tt.raw {
				t.Errorf("Raw = %q, want %q as written", r.Raw, tt.raw)
			}
		})
	}
}

func TestParseCount(t *testing.T) {
	for in, want := range map[string]int{"87": 87, "1 024": 1024, "1,024": 1024, "1.203": 1203, "212 reviews": 212, "(31)": 31, "0": 0, "": -1, "many": -1} {
		got, ok := parseCount(in)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("parseCount(%q) = %d, want %d", in, got, want)
		}
	}
}
