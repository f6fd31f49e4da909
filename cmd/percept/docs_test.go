package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every source that docs/sources.md shows is one that a config may hold, and every type has its line.
func TestSourcesOfTheDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../docs/sources.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sourceTypes() {
		if !strings.Contains(string(text), "type: "+name) {
			t.Errorf("docs/sources.md shows no source of type %s", name)
		}
	}
	dir := t.TempDir()
	for _, name := range []string{"podopinions.yaml", "kind-words.yaml"} {
		_, file, shown := strings.Cut(string(text), "```yaml\n# "+name+"\n")
		file, _, _ = strings.Cut(file, "```")
		if err := os.WriteFile(filepath.Join(dir, name), []byte(file), 0o600); err != nil || !shown {
			t.Fatalf("%s is shown: %v, %v", name, shown, err)
		}
	}
	var config strings.Builder
	config.WriteString("practices:\n")
	shown := regexp.MustCompile(`(?m)^ +- (\{type: .*\})`).FindAllStringSubmatch(string(text), -1)
	if len(shown) < 14 {
		t.Fatalf("%d sources shown", len(shown))
	}
	for i, m := range shown {
		if strings.Contains(m[1], "practice: {") {
			continue // is of several practices
		}
		fmt.Fprintf(&config, "  - {id: p%d, sources: [%s]}\n", i, m[1])
		if path := regexp.MustCompile(`path: ([\w.]+)[,}]`).FindStringSubmatch(m[1]); path != nil {
			if err := os.WriteFile(filepath.Join(dir, path[1]), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	file := filepath.Join(dir, "percept.yaml")
	if err := os.WriteFile(file, []byte(config.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readConfig(file); err != nil {
		t.Errorf("%v\n%s", err, config.String())
	}
}
