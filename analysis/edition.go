package analysis

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Edition names a taxonomy by its name, its version and a digest of all that understanding rests on: "corner@1+5ad0e1f2".
// What was read by one edition is read again by another, whether or not the version says that something changed.
func (t *Taxonomy) Edition() string { return t.edition }

// EditionName is an edition as a person reads it, without the digest: "corner@1".
func EditionName(edition string) string {
	if at := strings.LastIndexByte(edition, '+'); at >= 0 {
		return edition[:at]
	}
	return edition
}

// seal works out the edition. Examples are a test of the words, and phases an order on the page: neither is in it.
func (t *Taxonomy) seal() error {
	content := struct {
		Touchpoints []Touchpoint
		Neutral     []string
		Traits      []Trait
	}{t.all(), t.Neutral, slices.Clone(t.Traits)}
	for i := range content.Touchpoints {
		content.Touchpoints[i].Phase, content.Touchpoints[i].Examples = "", nil
	}
	for i := range content.Traits {
		content.Traits[i].Examples = nil
	}
	text, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("digest of taxonomy %s: %w", t.Name, err)
	}
	digest := sha256.Sum256(text)
	t.edition = t.Name + "@" + t.Version + "+" + hex.EncodeToString(digest[:4])
	return nil
}
