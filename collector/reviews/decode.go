package reviews

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// decode reads JSON, or several documents of it one behind the other, as JSON lines are; these become
// one list. Numbers stay as they are written.
func decode(body []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))))
	d.UseNumber()
	var all []any
	for {
		var v any
		err := d.Decode(&v)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("JSON, document %d: %w", len(all)+1, err)
		}
		all = append(all, v)
	}
	switch len(all) {
	case 0:
		return nil, errors.New("JSON: empty")
	case 1:
		return all[0], nil
	}
	return all, nil
}

// personal names members that tell who a person is or lead to them. Names stay: they are hashed when a
// review is kept.
var personal = regexp.MustCompile(`(?i)e-?mail|phone|mobile|(?:^|[ _-])(?:ip|tel)(?:$|[ _-])|ip_?address|photo|avatar|image_?url|profile_?ur[il]|author_url|reference ?_?id|order_?(?:id|ref|number|no)\b|display_?location|postal|post_?code|birth`)

// scrub takes what personal names out of a document, in place.
func scrub(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if personal.MatchString(k) {
				delete(v, k)
				continue
			}
			v[k] = scrub(x)
		}
	case []any:
		for i := range v {
			v[i] = scrub(v[i])
		}
	}
	return v
}

// encode writes a document so that the same one gives the same bytes.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}
