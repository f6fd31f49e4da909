package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/store"
	"percept/store/storetest"
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

// docs/export.md names the tables and columns that export writes; PERCEPT_UPDATE=1 rewrites them.
func TestColumnsOfTheDocumentation(t *testing.T) {
	columns, err := storetest.New(t).ExportColumns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const file = "../../docs/export.md"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, told, found := strings.Cut(string(text), "\n## ")
	if !found {
		t.Fatal("docs/export.md has no section for a table")
	}
	var want strings.Builder
	for _, table := range store.ExportTables() {
		fmt.Fprintf(&want, "\n## %s\n\n%s\n\n| column | type | meaning |\n| --- | --- | --- |\n", table.Name, table.About)
		for _, c := range columns {
			if c.Table == table.Name {
				fmt.Fprintf(&want, "| `%s` | %s | %s |\n", c.Name, strings.ToLower(c.Type), c.Meaning)
			}
		}
	}
	if os.Getenv("PERCEPT_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(head+want.String()), 0o644); err != nil { //nolint:gosec // documentation
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(want.String(), "\n## "+told); d != "" {
		t.Errorf("docs/export.md (-tables +told):\n%s", d)
	}
}
