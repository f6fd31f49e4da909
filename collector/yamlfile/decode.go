package yamlfile

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// A decoder fills a struct and notes mistakes on the way.
type decoder struct {
	file     string
	mistakes Mistakes
	// left counts the mistakes after the first maxMistakes; firstLeft is where they begin.
	left      int
	firstLeft Mistake
	places    map[string][2]int
	known     map[reflect.Type]fields
}

func newDecoder(file string) *decoder {
	return &decoder{file: file, places: map[string][2]int{"": {1, 1}}, known: map[reflect.Type]fields{}}
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
	line, column := 1, 1
	if n != nil {
		line, column = position(n)
	}
	m := Mistake{File: d.file, Line: line, Column: column}
	if len(d.mistakes) == maxMistakes {
		if d.left++; d.left == 1 {
			d.firstLeft = m
		}
		return
	}
	m.Message = fmt.Sprintf(format, args...)
	d.mistakes = append(d.mistakes, m)
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

// document reads the one document of f. It refuses a second, and reads neither then.
func (d *decoder) document(f *ast.File, v any) (second bool) {
	var bodies []ast.Node
	for _, doc := range f.Docs {
		if _, null := doc.Body.(*ast.NullNode); doc.Body != nil && !null {
			bodies = append(bodies, doc.Body)
		}
	}
	if len(bodies) > 1 {
		d.wrong(bodies[1], secondDocument)
		return true
	}
	if len(bodies) == 1 {
		d.value(bodies[0], reflect.ValueOf(v).Elem(), "", 0)
		return false
	}
	d.missing(nil, d.fieldsOf(reflect.TypeOf(v).Elem()), "", nil)
	return false
}

var textType = reflect.TypeFor[encoding.TextUnmarshaler]()

// value reads n into v. path is where it stands, for Place.
func (d *decoder) value(n ast.Node, v reflect.Value, path string, depth int) {
	if depth > maxDepth {
		d.wrong(n, tooDeep)
		return
	}
	line, column := position(n)
	d.places[path] = [2]int{line, column}
	switch n := n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.TagNode:
		d.wrong(n, noAnchors)
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

// filled reads n into v and does not take it empty.
func (d *decoder) filled(n ast.Node, v reflect.Value, path string, depth int) {
	before := len(d.mistakes) + d.left
	d.value(n, v, path, depth)
	if len(d.mistakes)+d.left == before && blank(n) {
		d.wrong(n, "%s is empty", path)
	}
}

// entries are the pairs of a mapping, with unreadable keys left out and doubles reported.
func (d *decoder) entries(n ast.Node, path, wanted string) (once []*ast.MappingValueNode, ok bool) {
	var pairs []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	default:
		d.wrong(n, "%s is %s, want %s", named(path), kindOf(n), wanted)
		return nil, false
	}
	seen := map[string]int{}
	for _, kv := range pairs {
		key := kv.Key.GetToken()
		switch kv.Key.(type) {
		case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		default:
			d.wrong(kv.Key, "a key%s is a plain word", within(path))
			continue
		}
		if line, ok := seen[key.Value]; ok {
			d.wrong(kv.Key, "%q is given twice, first on line %d", key.Value, line)
			continue
		}
		seen[key.Value] = key.Position.Line
		once = append(once, kv)
	}
	return once, true
}

func (d *decoder) structure(n ast.Node, v reflect.Value, path string, depth int) {
	known := d.fieldsOf(v.Type())
	pairs, ok := d.entries(n, path, "keys: "+strings.Join(known.keys, ", "))
	if !ok {
		return
	}
	seen := map[string]bool{}
	for _, kv := range pairs {
		key := kv.Key.GetToken().Value
		f, ok := known.byKey[key]
		if !ok {
			d.wrong(kv.Key, "unknown key %q%s%s", key, within(path), DidYouMean(key, known.keys))
			continue
		}
		seen[key] = true
		at := join(path, key)
		if f.required {
			d.filled(kv.Value, v.FieldByIndex(f.index), at, depth+1)
		} else {
			d.value(kv.Value, v.FieldByIndex(f.index), at, depth+1)
		}
	}
	d.missing(n, known, path, seen)
}

// missing reports the required keys that were not seen in n, which is nil for a file without a value.
func (d *decoder) missing(n ast.Node, known fields, path string, seen map[string]bool) {
	for _, key := range known.keys {
		if known.byKey[key].required && !seen[key] {
			d.wrong(n, "%s has no %q", named(path), key)
		}
	}
}

func (d *decoder) mapping(n ast.Node, v reflect.Value, path string, depth int) {
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	pairs, _ := d.entries(n, path, "keys with values")
	for _, kv := range pairs {
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
		d.filled(item, v.Index(i), fmt.Sprintf("%s[%d]", path, i), depth+1)
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
