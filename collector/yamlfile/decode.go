package yamlfile

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

type decoder struct {
	file     string
	mistakes Mistakes
	places   map[string][2]int
}

func (d *decoder) place(path string) (line, column int) {
	for {
		if p, ok := d.places[path]; ok {
			return p[0], p[1]
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
}

func (d *decoder) wrong(n ast.Node, format string, args ...any) {
	p := n.GetToken().Position
	d.mistakes = append(d.mistakes, Mistake{d.file, p.Line, p.Column, fmt.Sprintf(format, args...)})
}

// syntax finds the place in an error of the parser, whose text spans several lines.
func syntax(file string, err error) Mistake {
	m := Mistake{file, 1, 1, err.Error()}
	var e yaml.Error
	if errors.As(err, &e) {
		m.Message = e.GetMessage()
		if t := e.GetToken(); t != nil {
			m.Line, m.Column = t.Position.Line, t.Position.Column
		}
	}
	return m
}

func (d *decoder) document(f *ast.File, v any) {
	var bodies []ast.Node
	for _, doc := range f.Docs {
		if doc.Body != nil {
			bodies = append(bodies, doc.Body)
		}
	}
	switch len(bodies) {
	case 0:
		return
	case 1:
		d.value(bodies[0], reflect.ValueOf(v).Elem(), "", 0)
	default:
		d.wrong(bodies[1], "a second document; only one is read")
	}
}

var textType = reflect.TypeFor[encoding.TextUnmarshaler]()

// value reads n into v. path is where it stands, for Place.
func (d *decoder) value(n ast.Node, v reflect.Value, path string, depth int) {
	if depth > maxDepth {
		d.wrong(n, "nested deeper than %d", maxDepth)
		return
	}
	p := n.GetToken().Position
	d.places[path] = [2]int{p.Line, p.Column}
	switch n := n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.TagNode:
		d.wrong(n, "anchors, aliases and tags are not read here; write the value out")
		return
	case *ast.NullNode:
		return
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	_, scalar := n.(ast.ScalarNode)
	if scalar && reflect.PointerTo(v.Type()).Implements(textType) {
		if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(words(n))); err != nil {
			d.wrong(n, "%s: %v", named(path), err)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v, path, depth)
	case reflect.Map:
		d.mapping(n, v, path, depth)
	case reflect.Slice:
		d.list(n, v, path, depth)
	default:
		if !scalar {
			d.wrong(n, "%s is %s, want %s", named(path), kindOf(n), want(v.Type()))
			return
		}
		d.scalar(n, v, path)
	}
}

// entries are the pairs of a mapping, with unreadable keys left out and doubles reported.
func (d *decoder) entries(n ast.Node, path, wanted string) []*ast.MappingValueNode {
	var pairs []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	default:
		d.wrong(n, "%s is %s, want %s", named(path), kindOf(n), wanted)
		return nil
	}
	seen := map[string]int{}
	once := pairs[:0:0]
	for _, kv := range pairs {
		key := kv.Key.GetToken()
		if line, ok := seen[key.Value]; ok {
			d.wrong(kv.Key, "%q is given twice, first on line %d", key.Value, line)
			continue
		}
		seen[key.Value] = key.Position.Line
		once = append(once, kv)
	}
	return once
}

func (d *decoder) structure(n ast.Node, v reflect.Value, path string, depth int) {
	fields, keys := fieldsOf(v.Type())
	for _, kv := range d.entries(n, path, "keys: "+strings.Join(keys, ", ")) {
		key := kv.Key.GetToken().Value
		i, ok := fields[key]
		if !ok {
			d.wrong(kv.Key, "unknown key %q%s", key, DidYouMean(key, keys))
			continue
		}
		d.value(kv.Value, v.FieldByIndex(i), join(path, key), depth+1)
	}
}

func (d *decoder) mapping(n ast.Node, v reflect.Value, path string, depth int) {
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	for _, kv := range d.entries(n, path, "keys with values") {
		key := kv.Key.GetToken().Value
		item := reflect.New(v.Type().Elem()).Elem()
		d.value(kv.Value, item, join(path, key), depth+1)
		v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), item)
	}
}

func (d *decoder) list(n ast.Node, v reflect.Value, path string, depth int) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		d.wrong(n, "%s is %s, want a list", named(path), kindOf(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values)))
	for i, item := range seq.Values {
		d.value(item, v.Index(i), fmt.Sprintf("%s[%d]", path, i), depth+1)
	}
}

func (d *decoder) scalar(n ast.Node, v reflect.Value, path string) {
	raw := words(n)
	var err error
	switch {
	case v.Type() == reflect.TypeFor[time.Duration]():
		var t time.Duration
		if t, err = time.ParseDuration(raw); err == nil {
			v.SetInt(int64(t))
		}
	case v.Kind() == reflect.String:
		if _, ok := n.(*ast.BoolNode); ok {
			d.wrong(n, "%s is %s, want text; put it in quotes if it is meant so", named(path), raw)
			return
		}
		v.SetString(raw)
	case v.Kind() == reflect.Bool:
		var b bool
		if b, err = strconv.ParseBool(raw); err == nil {
			v.SetBool(b)
		}
	case v.CanInt():
		var i int64
		if i, err = strconv.ParseInt(raw, 10, v.Type().Bits()); err == nil {
			v.SetInt(i)
		}
	case v.CanFloat():
		var f float64
		if f, err = strconv.ParseFloat(raw, 64); err == nil {
			v.SetFloat(f)
		}
	default:
		panic("yamlfile: field of a type that no file can fill: " + v.Type().String()) // a mistake in our own struct
	}
	if err != nil {
		d.wrong(n, "%s is %q, want %s", named(path), raw, want(v.Type()))
	}
}

// words is a scalar as written, so that 010 and 1.10 stay what they are.
func words(n ast.Node) string {
	if l, ok := n.(*ast.LiteralNode); ok {
		return l.Value.Value
	}
	return n.GetToken().Value
}

// fieldsOf maps the keys of a struct to its fields; those of embedded structs are its own.
func fieldsOf(t reflect.Type) (map[string][]int, []string) {
	fields := map[string][]int{}
	var keys []string
	for _, f := range reflect.VisibleFields(t) {
		key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if key == "" || key == "-" {
			continue
		}
		fields[key] = f.Index
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return fields, keys
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func named(path string) string {
	if path == "" {
		return "the file"
	}
	return path
}

func kindOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "keys with values"
	case *ast.SequenceNode:
		return "a list"
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	default:
		return strconv.Quote(n.GetToken().Value)
	}
}

func want(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[time.Duration]():
		return `a duration such as "5s" or "24h"`
	case t.Kind() == reflect.String:
		return "text"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Float64:
		return "a number"
	default:
		return "a whole number"
	}
}
