package reports

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestSVGIsWrittenAnew(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"styles become attributes", `<svg><path d="M0 0" style="fill:none;stroke-width:2px;cursor:pointer"/></svg>`,
			`<path d="M0 0" fill="none" stroke-width="2px"></path>`},
		{"ids and what refers to them are prefixed", `<svg><defs><clipPath id="c0"><rect width="1"/></clipPath></defs><g clip-path="url(#c0)"/></svg>`,
			`<defs><clipPath id="x-c0"><rect width="1"></rect></clipPath></defs><g clip-path="url(#x-c0)"></g>`},
		{"named colours become classes", `<svg><path fill="#000001" style="stroke:#000003"/></svg>`, `<path class="f-ink s-rule"></path>`},
		{"hundredths are cut", `<svg><path d="M1.2345 6.7l0.0499 2" fill-opacity="0.25"/></svg>`, `<path d="M1.2 6.7l0.0 2" fill-opacity="0.25"></path>`},
		{"what runs is left out, with all in it", `<svg><script>alert(1)<g/></script><g onclick="x"><foreignObject><p>x</p></foreignObject></g></svg>`, `<g></g>`},
		{"links are left out", `<svg><a href="https://evil.example"><text>x</text></a><image href="x"/><use href="#y"/></svg>`, ``},
		{"outside references are left out", `<svg><g fill="url(https://evil.example/#x)" style="stroke:url(//evil.example)"/></svg>`, `<g></g>`},
		{"text stays text", `<svg><text>&lt;script&gt; &amp; "q"</text></svg>`, `<text text-anchor="start">&lt;script&gt; &amp; &#34;q&#34;</text>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := svgInside(tt.in, "x")
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("svgInside(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
	for _, broken := range []string{"", "<p/>", "<svg>", "<svg><g></svg>", "<svg/><svg/>"} {
		if got, err := svgInside(broken, "x"); err == nil {
			t.Errorf("svgInside(%q) = %q, want an error", broken, got)
		}
	}
}

// TestClassesOfChartsHaveTheirColour holds that no colour of a chart is left to the browser, which paints black.
func TestClassesOfChartsHaveTheirColour(t *testing.T) {
	for _, name := range []string{"weekly.html", "broken.html", "audit.html"} {
		page, err := os.ReadFile(golden(name))
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, m := range regexp.MustCompile(`class="((?:[fs]-\w+ ?)+)"`).FindAllSubmatch(page, -1) {
			for class := range strings.FieldsSeq(string(m[1])) {
				seen++
				if !bytes.Contains(page, []byte("."+class+" {")) {
					t.Errorf("%s: the style sheet has no colour for .%s", name, class)
				}
			}
		}
		if seen == 0 {
			t.Errorf("%s: no chart has a colour", name)
		}
	}
}

// FuzzSVGInside holds that whatever comes in, only known elements and attributes come out.
func FuzzSVGInside(f *testing.F) {
	f.Add(`<svg xmlns="http://www.w3.org/2000/svg"><text style="font-size:12px" transform="translate(1 2)">A &amp; B</text></svg>`)
	f.Add(`<svg><script>1</script><path d="M0 0" fill="#000001" onload="x" id="a"/></svg>`)
	f.Add(`<svg><g clip-path="url(#a)"><!-- --><![CDATA[<script>]]></g></svg>`)
	f.Fuzz(func(t *testing.T, in string) {
		out, err := svgInside(in, "x")
		if err != nil {
			return
		}
		root, err := html.Parse(strings.NewReader("<svg>" + out + "</svg>"))
		if err != nil {
			t.Fatal(err)
		}
		for n := range find2(root, "svg").Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if !svgElements[n.Data] {
				t.Errorf("element %q in %q", n.Data, out)
			}
			for _, a := range n.Attr {
				if a.Key != "class" && !svgAttributes[a.Key] {
					t.Errorf("attribute %q in %q", a.Key, out)
				}
			}
		}
	})
}
