package reports

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// What the chart library may put into a page; everything else is left out.
var (
	svgElements   = set("g path rect circle ellipse line polyline polygon text tspan defs clipPath")
	svgAttributes = set("d x y x1 y1 x2 y2 dx dy width height cx cy r rx ry points transform id clip-path opacity " +
		"fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap " +
		"stroke-linejoin stroke-miterlimit dominant-baseline text-anchor font-size font-weight font-style")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// paints name the colours that chart options use, so that the style sheet can give each its light
// and its dark colour: fill="#000001" becomes class="f-ink".
var paints = map[string]string{
	"#000001": "ink", "#000002": "dim", "#000003": "rule", "#000004": "line",
	"#fff":    "card", // the library's own, within a hollow dot
	"#000011": "h1", "#000012": "h2", "#000013": "h3", "#000014": "h4", "#000015": "h5",
}

// decimals are what a coordinate has beyond the first one: nobody sees a hundredth of a pixel.
var decimals = regexp.MustCompile(`(\d\.\d)\d+`)

// svgInside reads an SVG document and writes what is inside of its root anew: known elements and
// attributes only, style attributes as presentation attributes, ids with a prefix, references only
// to those, colours that paints knows as classes.
func svgInside(document, prefix string) (string, error) {
	// What XML cannot hold, a control character in a name, would keep the whole chart from being read.
	d := xml.NewDecoder(strings.NewReader(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			return '\ufffd'
		}
		return r
	}, document)))
	var b strings.Builder
	depth, root := 0, false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", fmt.Errorf("read svg: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch {
			case depth == 0:
				if root || t.Name.Local != "svg" {
					return "", fmt.Errorf("read svg: root is %s", t.Name.Local)
				}
				root = true
				depth++
			case !svgElements[t.Name.Local]:
				if err := d.Skip(); err != nil {
					return "", fmt.Errorf("read svg: %w", err)
				}
			default:
				writeElement(&b, t, prefix)
				depth++
			}
		case xml.EndElement:
			depth--
			if depth > 0 {
				b.WriteString("</" + t.Name.Local + ">")
			}
		case xml.CharData:
			if text := string(t); depth > 1 && strings.TrimSpace(text) != "" {
				escape(&b, text)
			}
		}
	}
	if !root {
		return "", errors.New("read svg: no svg element")
	}
	return b.String(), nil
}

// writeElement writes a start tag with what its attributes and its style allow.
func writeElement(b *strings.Builder, t xml.StartElement, prefix string) {
	var classes []string
	b.WriteString("<" + t.Name.Local)
	if t.Name.Local == "text" && !slices.ContainsFunc(t.Attr, func(a xml.Attr) bool { return a.Name.Local == "text-anchor" }) {
		b.WriteString(` text-anchor="start"`) // the page's charts are centred, see the style sheet
	}
	put := func(name, value string) {
		if !svgAttributes[name] {
			return
		}
		value = strings.TrimSpace(value)
		switch {
		case name == "id":
			value = prefix + "-" + value
		case strings.HasPrefix(value, "url(#"):
			value = "url(#" + prefix + "-" + strings.TrimPrefix(value, "url(#")
		case strings.Contains(value, "url("), strings.Contains(value, ":"):
			return
		case name == "dominant-baseline" && value == "central", name == "text-anchor" && value == "middle":
			return // what the style sheet says of every chart
		case (name == "fill" || name == "stroke") && paints[value] != "":
			classes = append(classes, name[:1]+"-"+paints[value])
			return
		}
		b.WriteString(" " + name + `="`)
		if !strings.Contains(name, "opacity") {
			value = decimals.ReplaceAllString(value, "$1")
		}
		escape(b, value)
		b.WriteString(`"`)
	}
	for _, a := range t.Attr {
		switch {
		case a.Name.Space != "":
		case a.Name.Local == "style":
			for declaration := range strings.SplitSeq(a.Value, ";") {
				name, value, _ := strings.Cut(declaration, ":")
				put(strings.TrimSpace(name), value)
			}
		default:
			put(a.Name.Local, a.Value)
		}
	}
	if len(classes) > 0 {
		b.WriteString(` class="` + strings.Join(classes, " ") + `"`)
	}
	b.WriteString(">")
}

// escape writes text for an element or a quoted attribute.
func escape(b *strings.Builder, text string) {
	_ = xml.EscapeText(b, []byte(text)) // a strings.Builder never fails
}
