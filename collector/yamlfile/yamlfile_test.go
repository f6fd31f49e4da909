package yamlfile_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/collector/yamlfile"
)

type garden struct {
	Name  string            `yaml:"name"`
	Beds  []bed             `yaml:"beds"`
	Water time.Duration     `yaml:"water"`
	Size  int               `yaml:"size"`
	Share float64           `yaml:"share"`
	Open  bool              `yaml:"open"`
	Tags  map[string]string `yaml:"tags"`
	Shade *bed              `yaml:"shade"`
	Depth depth             `yaml:"depth"`
}

type bed struct {
	Plant string `yaml:"plant"`
	Rows  int    `yaml:"rows"`
}

// depth reads "deep" or "flat".
type depth int

func (d *depth) UnmarshalText(b []byte) error {
	switch string(b) {
	case "deep":
		*d = 2
	case "flat":
		*d = 1
	default:
		return fmt.Errorf("want deep or flat, not %q", b)
	}
	return nil
}

func TestDecodeFillsEveryKindOfField(t *testing.T) {
	const file = `name: 010
beds:
  - {plant: beans, rows: 3}
  - plant: |
      peas
      and more
water: 90s
size: 4
share: 0.5
open: true
tags: {a: b}
shade: {plant: fern}
depth: deep
`
	var got garden
	place, err := yamlfile.Decode("g.yaml", []byte(file), &got)
	if err != nil {
		t.Fatal(err)
	}
	want := garden{Name: "010", Beds: []bed{{"beans", 3}, {"peas\nand more\n", 0}}, Water: 90 * time.Second, Size: 4, Share: .5, Open: true,
		Tags: map[string]string{"a": "b"}, Shade: &bed{Plant: "fern"}, Depth: 2}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Decode (-want +got):\n%s", diff)
	}
	for path, line := range map[string]int{"beds[0].rows": 3, "beds[1].plant": 4, "beds[1].rows": 4, "depth": 13, "nothing": 1} {
		if got, _ := place(path); got != line {
			t.Errorf("place(%q) = line %d, want %d", path, got, line)
		}
	}
}

func TestDecodeListsEveryMistake(t *testing.T) {
	tests := []struct {
		name, file string
		want       []string
	}{
		{"unknown keys with the nearest word", "nam: x\nbeds: []\nzzzz: 1\n", []string{
			`g.yaml:1:1: unknown key "nam"; did you mean "name"?`,
			`g.yaml:3:1: unknown key "zzzz"; known are beds, depth, name, open, shade, share, size, tags, water`}},
		{"a key given twice", "size: 1\nname: a\nsize: 2\n", []string{`g.yaml:3:1: "size" is given twice, first on line 1`}},
		{"wrong kinds", "name: [a]\nbeds: {plant: x}\nsize: many\nwater: 5\nopen: maybe\nshare: x\ntags: 3\n", []string{
			`g.yaml:1:7: name is a list, want text`,
			`g.yaml:2:7: beds is keys with values, want a list`,
			`g.yaml:3:7: size is "many", want a whole number`,
			`g.yaml:4:8: water is "5", want a duration such as "5s" or "24h"`,
			`g.yaml:5:7: open is "maybe", want true or false`,
			`g.yaml:6:8: share is "x", want a number`,
			`g.yaml:7:7: tags is "3", want keys with values`}},
		{"inside a list", "beds:\n  - plant: a\n    row: 1\n  - 7\n", []string{
			`g.yaml:3:5: unknown key "row"; did you mean "rows"?`,
			`g.yaml:4:5: beds[1] is "7", want keys: plant, rows`}},
		{"a type with its own reading", "depth: shallow\n", []string{`g.yaml:1:8: depth: want deep or flat, not "shallow"`}},
		{"true where text is wanted", "name: yes\nbeds: [{plant: true}]\n", []string{`g.yaml:2:16: beds[0].plant is true, want text; put it in quotes if it is meant so`}},
		{"an anchor", "name: &a x\n", []string{`g.yaml:1:7: anchors, aliases and tags are not read here; write the value out`}},
		{"a second document", "name: a\n---\nname: b\n", []string{`g.yaml:3:5: a second document; only one is read`}},
		{"not a mapping", "- a\n", []string{`g.yaml:1:1: the file is a list, want keys: beds, depth, name, open, shade, share, size, tags, water`}},
		{"a NUL byte", "name: a\nb\x00", []string{"g.yaml:2:2: a NUL byte: is this a text file?"}},
		{"brackets without end", strings.Repeat("[", 100_000), []string{"g.yaml:1:65: nested deeper than 64"}},
		{"too large", strings.Repeat("# a\n", 300_000), []string{"g.yaml:1:1: the file has 1200000 bytes, at most 1048576 are read"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var g garden
			_, err := yamlfile.Decode("g.yaml", []byte(tt.file), &g)
			var got yamlfile.Mistakes
			if !errors.As(err, &got) {
				t.Fatalf("Decode = %v, want Mistakes", err)
			}
			if diff := cmp.Diff(strings.Join(tt.want, "\n"), got.Error()); diff != "" {
				t.Errorf("mistakes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeNamesThePlaceOfBrokenYAML(t *testing.T) {
	var g garden
	_, err := yamlfile.Decode("g.yaml", []byte("name: a\nbeds: [{plant: x}\n"), &g)
	if err == nil || !strings.HasPrefix(err.Error(), "g.yaml:2:") || strings.Contains(err.Error(), "\n") {
		t.Errorf("Decode = %v, want one line about line 2", err)
	}
}

func TestAnEmptyFileIsAnEmptyStruct(t *testing.T) {
	var g garden
	if _, err := yamlfile.Decode("g.yaml", []byte("# nothing yet\n"), &g); err != nil {
		t.Error(err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"name: a\n", "beds:\n - {plant: x, rows: 1}\n", "a: &a [*a]\n", "? x\n: y\n", "name: !!str 3\n", "<<: {a: b}\n", "\"\\u00\"", "- - - -"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var g garden
		_, err := yamlfile.Decode("g.yaml", data, &g)
		var ms yamlfile.Mistakes
		if err != nil && !errors.As(err, &ms) {
			t.Errorf("Decode(%q) = %v, want Mistakes", data, err)
		}
		for _, m := range ms {
			if m.Line < 1 || m.Column < 0 || m.Message == "" {
				t.Errorf("Decode(%q): mistake without place or words: %+v", data, m)
			}
		}
	})
}
