package web

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// decode returns body as UTF-8. Valid UTF-8 with any character beyond ASCII is that whatever the page
// declares: the other encodings hardly ever look like it.
func decode(body []byte, contentType string) []byte {
	utf16 := bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff"))
	if !utf16 && utf8.Valid(body) && !escaped(body) {
		return body
	}
	enc, name, _ := charset.DetermineEncoding(body, contentType)
	if name == "utf-8" {
		return bytes.ToValidUTF8(body, []byte("\ufffd"))
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\ufffd"))
	}
	return out
}

// escaped reports the shift sequences of ISO-2022-JP, which is all ASCII bytes.
func escaped(body []byte) bool {
	return bytes.Contains(body, []byte("\x1b$")) || bytes.Contains(body, []byte("\x1b("))
}

// pageText returns a saved page as UTF-8 without a byte order mark. What Pages decoded already is
// left as it is, whatever declaration it still carries.
func pageText(body []byte) string {
	return string(bytes.TrimPrefix(decode(body, ""), []byte("\xef\xbb\xbf")))
}
