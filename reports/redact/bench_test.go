package redact

import (
	"strings"
	"testing"
)

// BenchmarkFind reads the labelled set; SetBytes gives the speed.
func BenchmarkFind(b *testing.B) {
	var all strings.Builder
	for _, l := range readLabelled(b, "held.jsonl") {
		all.WriteString(l.text + "\n")
	}
	b.SetBytes(int64(all.Len()))
	for b.Loop() {
		Find(all.String())
	}
}
