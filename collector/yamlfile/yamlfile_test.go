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
			`g.yaml:3:5: unknown key "row" in beds[0]; did you mean "rows"?`,
			`g.yaml:4:5: beds[1] is "7", want keys: plant, rows`}},
		{"a type with its own reading", "depth: shallow\n", []string{`g.yaml:1:8: depth: want deep or flat, not "shallow"`}},
		{"true where text is wanted", "name: yes\nbeds: [{plant: true}]\n", []string{`g.yaml:2:16: beds[0].plant is true, want text; put it in quotes if it is meant so`}},
		{"an anchor", "name: &a x\n", []string{`g.yaml:1:7: anchors, aliases and tags are not read here; write the value out`}},
		{"a second document", "name: a\n---\nname: b\n", []string{`g.yaml:3:1: a second document; only one is read`}},
		{"not a mapping", "- a\n", []string{`g.yaml:1:1: the file is a list, want keys: beds, depth, name, open, shade, share, size, tags, water`}},
		{"a NUL byte", "name: a\nb\x00", []string{"g.yaml:2:2: a NUL byte: is this a text file?"}},
		{"items that are nothing", "beds:\n  -\n  - {plant: a}\n", []string{`g.yaml:2:4: beds[0] is empty`}},
		{"a key that is no word", "<<: {name: a}\n&a tags: {a: b}\n", []string{`g.yaml:1:1: a key is a plain word`, `g.yaml:2:1: a key is a plain word`}},
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

// A recipe has fields that must be there.
type recipe struct {
	Name  string `yaml:"name,required"`
	Steps []step `yaml:"steps,required"`
}

type step struct {
	Do   string   `yaml:"do,required"`
	With []string `yaml:"with"`
}

func TestDecodeMissesWhatIsRequired(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"all is there", "name: soup\nsteps: [{do: cook}]\n", ""},
		{"an empty file", "# soup\n", "r.yaml:1:1: the file has no \"name\"\nr.yaml:1:1: the file has no \"steps\""},
		{"an empty list for the file", "[]\n", "r.yaml:1:1: the file is a list, want keys: name, steps"},
		{"a file of nothing", "null\n", "r.yaml:1:1: the file has no \"name\"\nr.yaml:1:1: the file has no \"steps\""},
		{"a key within a list", "name: soup\nsteps:\n  - with: [salt]\n", `r.yaml:3:5: steps[0] has no "do"`},
		{"nothing behind the key", "name:\nsteps:\n  - do: \" \"\n", "r.yaml:1:6: name is empty\nr.yaml:3:9: steps[0].do is empty"},
		{"an empty list", "name: soup\nsteps: []\n", "r.yaml:2:8: steps is empty"},
		{"the wrong kind is one mistake, not two", "name: []\nsteps: [{do: cook}]\n", "r.yaml:1:7: name is a list, want text"},
		{"a list that is not required may be empty", "name: soup\nsteps: [{do: cook, with: []}]\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recipe
			_, err := yamlfile.Decode("r.yaml", []byte(tt.file), &r)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("mistakes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeRefusesWhatWouldChokeTheParser(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"too large", strings.Repeat("# a\n", 300_000), "1:1: the file has 1200000 bytes; at most 1048576 are read"},
		{"brackets without end", strings.Repeat("[", 100_000), "1:33: nested more than 32 deep"},
		{"dashes in a row", strings.Repeat("- ", 100_000), "1:65: nested more than 32 deep"},
		{"a far indent", "tags:\n" + strings.Repeat(" ", 5000) + "b: 1\n", "2:5001: nested more than 32 deep"},
		{"a long list in brackets", "beds: [" + strings.Repeat("a,", 200_000), "1:20009: more than 10000 entries in brackets"},
		{"keys", strings.Repeat("size: 1\n", 100_000), "1001:1: more than 1000 keys in one place"},
		{"keys with a list each at their own indent", strings.Repeat("a:\n- b\n", 100_000), "2001:1: more than 1000 keys in one place"},
		{"keys behind question marks", strings.Repeat("? a\n", 100_000), "1001:1: more than 1000 keys in one place"},
		{"keys with a text each that goes on further out", "tags:\n" + strings.Repeat("  a: \"x\ny\"\n", 30_000), "2002:3: more than 1000 keys in one place"},
		{"keys all over the file", strings.Repeat("-\n  a: 1\n", 50_000), "40002:3: more than 20000 keys indented alike"},
		{"documents", strings.Repeat("---\n", 100_000), "2:1: a second document; only one is read"},
		{"a NUL byte", "name: a\nb\x00", "2:2: a NUL byte: is this a text file?"},
		{"a control character", "name: é\x01b\n", "1:8: a control character; delete it"},
		{"another encoding", "name: a\xffb\n", "1:8: not UTF-8; save the file as UTF-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var g garden
			_, err := yamlfile.Decode("g.yaml", []byte(tt.file), &g)
			if err == nil || err.Error() != "g.yaml:"+tt.want {
				t.Errorf("Decode = %v, want g.yaml:%s", err, tt.want)
			}
			if !errors.Is(err, yamlfile.ErrUnread) {
				t.Error("Decode: the error is not ErrUnread")
			}
		})
	}
}

func TestDecodeReadsLongListsAndEveryPlainTextFile(t *testing.T) {
	var beds strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&beds, "  - plant: \"plant %d [\"\n    rows: %d\n", i, i)
	}
	for _, tt := range []struct {
		name, file string
		beds       int
	}{
		{"a thousand entries in a block list", "beds:\n" + strings.ReplaceAll(beds.String(), " [", ""), 1000},
		{"a thousand entries in brackets", "beds: [" + strings.Repeat("{plant: a, rows: 2},\n ", 1000) + "]\n", 1000},
		{"lines that end as on Windows", "name: a\r\nbeds:\r\n  - plant: b\r\n", 1},
		{"a byte order mark", "\ufeffname: a\nbeds: [{plant: b}]\n", 1},
		{"the mark of a first document", "---\nbeds: [{plant: b}]\n", 1},
		{"a text over two thousand lines", "name: >\n" + strings.Repeat("  word\n", 2000) + "beds: [{plant: b}]\n", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var g garden
			if _, err := yamlfile.Decode("g.yaml", []byte(tt.file), &g); err != nil {
				t.Fatal(err)
			}
			if len(g.Beds) != tt.beds {
				t.Errorf("%d beds, want %d", len(g.Beds), tt.beds)
			}
		})
	}
}

func TestDecodeListsAHundredMistakes(t *testing.T) {
	var g garden
	_, err := yamlfile.Decode("g.yaml", []byte("beds:\n"+strings.Repeat("  - {plants: a}\n", 150)), &g)
	var ms yamlfile.Mistakes
	if !errors.As(err, &ms) || len(ms) != 101 {
		t.Fatalf("%d mistakes, want 100 and one for the rest", len(ms))
	}
	if got, want := ms[100].String(), "g.yaml:102:6: and 50 more"; got != want {
		t.Errorf("the last is %q, want %q", got, want)
	}
	if !errors.Is(err, yamlfile.ErrUnread) {
		t.Error("Decode: the error is not ErrUnread, though not all mistakes are there")
	}
}

func TestMistakesInOrder(t *testing.T) {
	ms := yamlfile.Mistakes{{"a", 2, 1, "third"}, {"a", 1, 7, "second"}, {"a", 1, 2, "first"}}
	if got, want := ms.InOrder().Error(), "a:1:2: first\na:1:7: second\na:2:1: third"; got != want {
		t.Errorf("InOrder = %q, want %q", got, want)
	}
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct {
		got   string
		known []string
		want  string
	}{
		{"nam", []string{"name", "zone"}, "name"},
		{"phrase", []string{"phase", "phrases"}, "phrases"},
		{"col", []string{"rating", "columns"}, "columns"},
		{"co", []string{"rating", "columns"}, ""},
		{"ehlm", []string{"helm", "elms"}, "helm"},
		{"Zone", []string{"zone"}, "zone"},
		{"colour", []string{"name", "zone"}, ""},
		{strings.Repeat("a", 100_000), []string{strings.Repeat("a", 99_999)}, ""},
		{"", []string{"a"}, ""},
	} {
		if got := yamlfile.Nearest(tt.got, tt.known); got != tt.want {
			t.Errorf("Nearest(%.20q, %.60q) = %q, want %q", tt.got, tt.known, got, tt.want)
		}
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
