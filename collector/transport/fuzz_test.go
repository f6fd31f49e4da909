package transport

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// FuzzUnpack reads any bytes as an answer: what comes is whole or an error, and never more than the limit.
func FuzzUnpack(f *testing.F) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	z.Write(bytes.Repeat([]byte("a page "), 100)) //nolint:errcheck // into memory
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	whole := zipped.Bytes()
	f.Add(whole, "gzip")
	f.Add(whole[:len(whole)-6], "x-gzip")
	f.Add(append(bytes.Clone(whole), whole...), "gzip, identity")
	f.Add([]byte("<p>plain</p>"), "")
	f.Add([]byte{}, "gzip")
	f.Add(whole, "gzip, gzip")
	f.Add(whole, "br")
	f.Fuzz(func(t *testing.T, body []byte, encoding string) {
		const limit = 512
		b, err := unpack(bytes.NewReader(body), []string{encoding}, limit)
		again, errAgain := unpack(bytes.NewReader(body), strings.Split(encoding, ","), limit)
		switch {
		case len(b) > limit || len(b) > 0 && err != nil && !errors.Is(err, ErrTooLarge):
			t.Errorf("%d bytes, %v", len(b), err)
		case !bytes.Equal(b, again) || (err == nil) != (errAgain == nil):
			t.Errorf("one header is read otherwise than two: %v, %v", err, errAgain)
		case encoding == "" && err == nil && !bytes.Equal(b, body):
			t.Errorf("a plain answer of %d bytes came as %d", len(body), len(b))
		}
	})
}

// FuzzRetryAfter reads any header: the wait has an end and is not in the past.
func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"7", "", "soon", "-1", "99999999999999999999", "Sun, 01 Jun 2025 00:00:30 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Sunday, 01-Jun-25 00:00:30 GMT", " 3 "} {
		f.Add(s)
	}
	now := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, header string) {
		wait, asked := retryAfter(header, now, time.Second)
		if wait < 0 || wait > maxAsked*time.Second || !asked && (wait < time.Second || wait >= 3*time.Second/2) {
			t.Errorf("retryAfter(%q) = %v, asked %v", header, wait, asked)
		}
		if at, err := http.ParseTime(strings.TrimSpace(header)); err == nil && !asked && at.After(now) {
			t.Errorf("retryAfter(%q) overlooks the date", header)
		}
	})
}
