package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The rooms of the house: what of ours each may import, and which library is used nowhere else.
// Data flows collector, store, analysis, reports; imports flow the other way.
var rooms = map[string]struct {
	imports []string
	alone   []string
}{
	"collector":               {},
	"collector/yamlfile":      {},
	"collector/transport":     {imports: []string{"collector"}},
	"collector/sourcetest":    {imports: []string{"collector"}},
	"collector/survey":        {imports: []string{"collector", "collector/yamlfile"}, alone: []string{"github.com/xuri/excelize"}},
	"collector/reviews":       {imports: []string{"collector", "collector/survey", "collector/web", "collector/yamlfile"}},
	"collector/google":        {imports: []string{"collector", "collector/reviews"}},
	"collector/typeform":      {imports: []string{"collector", "collector/reviews", "collector/survey"}},
	"collector/web":           {imports: []string{"collector", "collector/transport", "collector/yamlfile"}, alone: []string{"github.com/gocolly/colly"}},
	"analysis":                {imports: []string{"collector", "collector/yamlfile"}, alone: []string{"github.com/jdkato/prose", "gonum.org/v1/gonum"}},
	"analysis/model":          {imports: []string{"analysis"}},
	"store":                   {imports: []string{"analysis", "collector", "reports/alert"}, alone: []string{"github.com/duckdb/duckdb-go"}},
	"store/storetest":         {imports: []string{"store"}},
	"reports":                 {imports: []string{"analysis", "collector", "reports/redact"}, alone: []string{"github.com/go-echarts/go-echarts", "github.com/xo/echartsgoja"}},
	"reports/alert":           {imports: []string{"analysis"}, alone: []string{"github.com/wneessen/go-mail"}},
	"reports/alert/alerttest": {},
	"reports/redact":          {},
	"cmd/percept":             {imports: []string{"*"}, alone: []string{"github.com/spf13/cobra"}},
}

func TestImportsFollowTheHouse(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".." {
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		room := path.Dir(filepath.ToSlash(rel))
		seen[room] = true
		rules, ok := rooms[room]
		if !ok {
			t.Errorf("%s: package %s is not in the table of rooms", rel, room)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if ours, ok := strings.CutPrefix(name, "percept/"); ok {
				if !slices.Contains(rules.imports, ours) && !slices.Contains(rules.imports, "*") {
					t.Errorf("%s imports %s, which %s may not", rel, name, room)
				}
				continue
			}
			for other, r := range rooms {
				for _, lib := range r.alone {
					if other != room && strings.HasPrefix(name, lib) {
						t.Errorf("%s imports %s, which only %s may", rel, name, other)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range rooms {
		if !seen[room] {
			t.Errorf("room %s of the table has no Go file", room)
		}
	}
}
