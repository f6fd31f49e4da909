package reports

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// checkPage holds a page to what every page promises: no script, no style but the one whose hash the
// policy names, nothing loaded, every link within the page leading somewhere, ids once, headings in
// order, charts with words for who cannot see them. It returns the parsed page.
func checkPage(t *testing.T, page []byte) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatalf("page does not parse: %v", err)
	}
	ids := map[string]bool{}
	var hrefs []string
	styles, level := 0, 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "iframe", "object", "embed", "link", "base", "form", "input", "image", "foreignobject", "animate", "set":
			t.Errorf("page has an element %s", n.Data)
		case "use":
			if !strings.HasPrefix(attr(n, "href"), "#") {
				t.Errorf("page uses %q", attr(n, "href"))
			}
		case "img":
			if !strings.HasPrefix(attr(n, "src"), "data:image/png;base64,") {
				t.Errorf("page has an image of %.40q", attr(n, "src"))
			}
		case "style":
			styles++
			sum := sha256.Sum256([]byte(n.FirstChild.Data))
			if hash := base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(string(page), "style-src 'sha256-"+hash+"'") {
				t.Errorf("the policy does not name the hash of the style, %s", hash)
			}
		case "h1", "h2", "h3", "h4":
			if now := int(n.Data[1] - '0'); now > level+1 {
				t.Errorf("heading %s %q follows h%d", n.Data, inner(n), level)
			} else {
				level = now
			}
		case "svg":
			if attr(n, "aria-hidden") == "" && (attr(n, "role") != "img" || attr(n, "aria-label") == "") {
				t.Errorf("svg of class %q has no words", attr(n, "class"))
			}
		case "table":
			if n.FirstChild == nil || !slices.ContainsFunc(slices.Collect(n.ChildNodes()), func(c *html.Node) bool { return c.Data == "caption" }) {
				t.Errorf("table without caption: %.80s", inner(n))
			}
		case "th":
			if attr(n, "scope") == "" {
				t.Errorf("th %q has no scope", inner(n))
			}
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "style", strings.HasPrefix(a.Key, "on"), a.Key == "src" && n.Data != "img", a.Key == "srcset", a.Key == "action":
				t.Errorf("%s has an attribute %s=%q", n.Data, a.Key, a.Val)
			case a.Key == "id":
				if ids[a.Val] {
					t.Errorf("id %q stands twice", a.Val)
				}
				ids[a.Val] = true
			case a.Key == "href":
				hrefs = append(hrefs, a.Val)
				if u, err := url.Parse(a.Val); err != nil || u.Scheme != "" && (u.Scheme != "https" && u.Scheme != "http" || attr(n, "rel") != "noreferrer noopener") {
					t.Errorf("link %q with rel %q", a.Val, attr(n, "rel"))
				}
			case strings.Contains(a.Val, "url(") && !strings.HasPrefix(a.Val, "url(#"):
				t.Errorf("%s refers outside: %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
	if styles != 1 {
		t.Errorf("page has %d style elements, want 1", styles)
	}
	for _, h := range hrefs {
		if id, ok := strings.CutPrefix(h, "#"); ok && !ids[id] {
			t.Errorf("link %q leads nowhere", h)
		}
	}
	if first := strings.Index(string(page), "<meta http-equiv"); first < 0 || first > strings.Index(string(page), "<style") {
		t.Error("the policy does not stand before the style")
	}
	return root
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// inner is the text inside of a node.
func inner(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// find returns the nodes of an element with a class, or with an id where what begins with #.
func find(root *html.Node, what string) []*html.Node {
	var out []*html.Node
	for n := range root.Descendants() {
		if id, ok := strings.CutPrefix(what, "#"); ok && attr(n, "id") == id || !ok && slices.Contains(strings.Fields(attr(n, "class")), what) {
			out = append(out, n)
		}
	}
	return out
}

func golden(name string) string { return filepath.Join("testdata", "golden", name) }
