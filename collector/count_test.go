package collector

import "testing"

func TestPlural(t *testing.T) {
	for _, c := range []struct {
		n    int
		noun string
		want string
	}{
		{0, "row", "0 rows"}, {1, "row", "1 row"}, {2, "row", "2 rows"}, {4812, "survey response", "4,812 survey responses"},
		{1, "entry", "1 entry"}, {1234567, "entry", "1,234,567 entries"}, {-1500, "row", "-1,500 rows"},
	} {
		if got := Plural(c.n, c.noun); got != c.want {
			t.Errorf("Plural(%d, %q) = %q, want %q", c.n, c.noun, got, c.want)
		}
	}
}
