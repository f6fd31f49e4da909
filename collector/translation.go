package collector

import "strings"

const (
	translated = "(Translated by Google)"
	originally = "(Original)"
)

// Original takes Google's translation off a text: "(Translated by Google) T\n\n(Original)\nO" and
// "O\n\n(Translated by Google)\nT" are O. The marks count at the start of a paragraph only: a customer
// may write them within a sentence.
func Original(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if strings.HasPrefix(s, translated) {
		if _, o, ok := strings.Cut(s, "\n\n"+originally+"\n"); ok {
			return strings.TrimSpace(o)
		}
		if _, o, ok := strings.Cut(s, "\n\n"+originally+" "); ok {
			return strings.TrimSpace(o)
		}
		return s
	}
	if o, rest, ok := strings.Cut(s, "\n\n"+translated); ok && (strings.HasPrefix(rest, "\n") || strings.HasPrefix(rest, " ")) {
		return strings.TrimSpace(o)
	}
	return s
}
