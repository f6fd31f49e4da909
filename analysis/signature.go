package analysis

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode"
)

// longText is how many letters and digits a text needs before equal words mean a copy: "very good,
// thanks" written by twenty people is twenty voices.
const longText = 80

// TextSig returns a key that copies of one long text share, whatever their case, spacing and
// punctuation, and "" for a text too short to be called a copy.
func TextSig(text string) string {
	h := sha256.New()
	var n int
	var buf [4]byte
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
			h.Write(append(buf[:0], string(unicode.ToLower(r))...))
		}
	}
	if n < longText {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
