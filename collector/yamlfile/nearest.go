package yamlfile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A word of fewer letters is the beginning of too much; one of more is written like nothing known.
const (
	shortest = 3
	longest  = 64
)

// Nearest returns the word of known that is written most like got or that begins with it, "" when
// none is near. Of two that differ by as much it is the one that got begins.
func Nearest(got string, known []string) string {
	g := []rune(strings.ToLower(got))
	if len(g) == 0 || len(g) > longest {
		return ""
	}
	far := max(1, len(g)/3)
	word, least := "", 2*(far+longest)
	for _, k := range known {
		w := []rune(strings.ToLower(k))
		if len(w) > longest {
			continue
		}
		d := distance(g, w)
		begins := len(g) >= shortest && strings.HasPrefix(string(w), string(g))
		if d > far && !begins {
			continue
		}
		d *= 2
		if begins {
			d--
		}
		if d < least {
			word, least = k, d
		}
	}
	return word
}

// NearestFile returns the name of the file beside path that is written most like it, "" without one.
func NearestFile(path string) string {
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return ""
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name()
	}
	return Nearest(filepath.Base(path), names)
}

// DidYouMean is the tail of a message about an unknown word: the nearest one, or all when they are few.
func DidYouMean(got string, known []string) string {
	if near := Nearest(got, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	if len(known) == 0 || len(known) > 12 {
		return ""
	}
	return "; known are " + strings.Join(known, ", ")
}

// distance is the optimal string alignment distance: edits and swaps of neighbours.
func distance(s, t []rune) int {
	before, row, next := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := range s {
		next[0] = i + 1
		for j := range t {
			change := row[j]
			if s[i] != t[j] {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(t)]
}
