package analysis

import "strings"

// nearby is how many bytes before and after a text are looked at for the sentences next to it.
const nearby = 400

// around returns the last two sentences before a text and the first after it in its context, in normal
// form: they say which story the text goes on with.
func around(t Text) (before, after string) {
	at := strings.Index(t.Context, t.Text)
	if at < 0 || len(t.Context) <= len(t.Text) || t.Text == "" {
		return "", ""
	}
	before = Normalise(Repair(t.Context[max(0, at-nearby):at])).Text
	if cut := lastStops(before, recent); cut > 0 {
		before = before[cut:]
	}
	end := at + len(t.Text)
	after = Normalise(Repair(t.Context[end:min(len(t.Context), end+nearby)])).Text
	if i := strings.IndexAny(after, ".!?\n"); i >= 0 {
		after = after[:i+1]
	}
	return strings.TrimSpace(before), strings.TrimSpace(after)
}

// lastStops returns where the last n sentences of text start, 0 where it has no more than n.
func lastStops(text string, n int) int {
	body := strings.TrimRight(text, " .!?\n\"'")
	for i := len(body) - 1; i > 0; i-- {
		if c := body[i]; c == '.' || c == '!' || c == '?' || c == '\n' {
			if n--; n == 0 {
				return i + 1
			}
		}
	}
	return 0
}
