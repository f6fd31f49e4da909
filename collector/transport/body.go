package transport

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// A body is an answer's whole body, in memory.
type body struct {
	*bytes.Reader
	bytes []byte
}

func (*body) Close() error { return nil }

// readBody replaces resp.Body by its decompressed content: the whole of at most limit bytes, or, with
// cut, the first limit bytes.
func readBody(resp *http.Response, limit int64, cut bool) error {
	defer resp.Body.Close()
	if !framed(resp) {
		// Without a length, an answer that broke off looks whole: it must not be asked for by name again.
		resp.Header.Del("ETag")
		resp.Header.Del("Last-Modified")
	}
	if resp.ContentLength > limit && !cut {
		return fmt.Errorf("answer of %d bytes: %w of %d", resp.ContentLength, ErrTooLarge, limit)
	}
	b, err := unpack(resp.Body, resp.Header.Values("Content-Encoding"), limit)
	if errors.Is(err, ErrTooLarge) && cut {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	resp.Body = &body{bytes.NewReader(b), b}
	resp.ContentLength = int64(len(b))
	resp.Header.Del("Content-Encoding")
	resp.Header.Del("Content-Length")
	resp.Uncompressed = true
	return nil
}

// framed reports whether an answer says itself where it ends.
func framed(resp *http.Response) bool {
	return resp.ContentLength >= 0 || len(resp.TransferEncoding) > 0 || resp.ProtoMajor >= 2
}

// unpack undoes the one content encoding that was asked for. With more than limit bytes it returns
// the first of them and ErrTooLarge.
func unpack(r io.Reader, encodings []string, limit int64) ([]byte, error) {
	zipped := false
	for enc := range strings.SplitSeq(strings.Join(encodings, ","), ",") {
		switch enc = strings.ToLower(strings.TrimSpace(enc)); {
		case enc == "" || enc == "identity":
		case (enc == "gzip" || enc == "x-gzip") && !zipped:
			zipped = true
		default:
			return nil, fmt.Errorf("content encoding %q was not asked for", enc)
		}
	}
	if zipped {
		z, err := gzip.NewReader(r)
		if errors.Is(err, io.EOF) {
			return nil, nil // no body at all
		}
		if err != nil {
			return nil, err
		}
		r = z
	}
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > limit {
		return b[:limit], fmt.Errorf("%w of %d bytes", ErrTooLarge, limit)
	}
	return b, nil
}
