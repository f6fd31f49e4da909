package reviews

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// ask gets one answer: the page at a number or token, the first for none.
func (s *APISource) ask(ctx context.Context, at string) (any, error) {
	api := &s.o.Format.API
	query := url.Values{}
	for k, v := range api.Query {
		query.Set(k, strings.ReplaceAll(v, "{id}", s.o.ID))
	}
	switch {
	case at != "":
		query.Set(api.Page.Param, at)
	case api.Page.Param != "" && !api.Page.Token.set():
		query.Set(api.Page.Param, strconv.Itoa(api.Page.First))
	}
	return s.get(ctx, s.address, query)
}

// Ask gets what else the interface tells, at a path of it; {id} is the practice's there.
func (s *APISource) Ask(ctx context.Context, path string) (any, error) {
	doc, err := s.get(ctx, s.at(path), url.Values{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name(), err)
	}
	return doc, nil
}

// get asks at an address. A key that was not accepted is renewed once.
func (s *APISource) get(ctx context.Context, address string, query url.Values) (any, error) {
	key := ""
	for renew := false; ; renew = true {
		if s.o.Key != nil {
			var err error
			if key, err = s.o.Key(ctx, renew); err != nil {
				return nil, err
			}
		}
		resp, err := s.send(ctx, address, query, key)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusUnauthorized && s.o.Key != nil && !renew {
			resp.Body.Close() //nolint:errcheck // in memory
			continue
		}
		doc, err := s.answer(resp, key)
		return doc, errors.Join(err, resp.Body.Close())
	}
}

func (s *APISource) send(ctx context.Context, address string, query url.Values, key string) (*http.Response, error) {
	api := &s.o.Format.API
	if api.Param != "" {
		query.Set(api.Param, key)
	}
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("address of %s cannot be read", s.Name())
	}
	if api.Header != "" {
		req.Header.Set(api.Header, api.Prefix+key)
	}
	req.Header.Set("Accept", cmp.Or(api.Accept, "application/json"))
	resp, err := s.client.Do(req)
	var inner *url.Error
	if errors.As(err, &inner) {
		err = inner.Err // the address may hold the key
	}
	return resp, err
}

// answer reads the JSON of a response, or says what the platform said instead.
func (s *APISource) answer(resp *http.Response, key string) (any, error) {
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, s.refusal(resp, body, key)
	}
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err == nil && !strings.Contains(kind, "json") && kind != "text/plain" && kind != "application/octet-stream" {
		return nil, fmt.Errorf("the answer is %s, not JSON", kind)
	}
	return decode(body)
}

// said is where platforms tell in JSON what is wrong.
var said = func() (v Value) {
	if err := v.UnmarshalText([]byte("error.message | message | error_description | errors[].message | error | detail")); err != nil {
		panic(err) // a constant
	}
	return v
}()

// refusal is the error of an answer that is none, in the platform's own words where it has any.
func (s *APISource) refusal(resp *http.Response, body []byte, key string) error {
	text := fmt.Sprintf("status %d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	if doc, err := decode(body); err == nil {
		if words := said.string(doc); words != "" {
			if key != "" {
				words = strings.ReplaceAll(words, key, "***")
			}
			if r := []rune(words); len(r) > 200 {
				words = string(r[:200]) + "..."
			}
			text += ": " + words
		}
	}
	api := &s.o.Format.API
	switch code := resp.StatusCode; {
	case code >= 300 && code < 400:
		text += ": it leads elsewhere, where the key is not sent"
	case (code == http.StatusUnauthorized || code == http.StatusForbidden) && api.Key != "":
		text += "; the key was not accepted: " + api.Key
	case code == http.StatusNotFound && api.ID != "":
		text += fmt.Sprintf("; is id %s right? It is %s", s.o.ID, api.ID)
	case code == http.StatusTooManyRequests:
		text += "; it was asked too often and wants to be left alone for a while"
	}
	return errors.New(text)
}
