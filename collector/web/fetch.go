package web

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gocolly/colly/v2"

	"percept/collector"
	"percept/collector/transport"
)

// fetch gets one page through colly. Robots, pauses, sizes and addresses are the Transport's, which
// sees every hop; what colly would do about them is switched off. Where the host says that known, a page
// kept of the address, still stands, the answer is known, Unchanged.
func (s *Source) fetch(ctx context.Context, address string, known collector.Page) (collector.Page, error) {
	c := colly.NewCollector(colly.StdlibContext(ctx))
	c.WithTransport(s.o.Transport)
	c.IgnoreRobotsTxt = true
	c.AllowURLRevisit = true
	c.ParseHTTPErrorResponse = true
	c.MaxBodySize = 0
	c.SetRequestTimeout(0)
	c.DisableCookies()
	c.SetRedirectHandler(checkHop)
	c.OnRequest(func(r *colly.Request) {
		r.Headers.Set("Accept", "text/html,application/xhtml+xml,application/ld+json;q=0.9,*/*;q=0.1")
		if known.ETag != "" {
			r.Headers.Set("If-None-Match", known.ETag)
		}
		if known.LastModified != "" {
			r.Headers.Set("If-Modified-Since", known.LastModified)
		}
	})
	var page collector.Page
	var fault error
	c.OnResponseHeaders(func(r *colly.Response) {
		page.ContentType = r.Headers.Get("Content-Type")
		page.ETag, page.LastModified = validator(r.Headers.Get("ETag")), validator(r.Headers.Get("Last-Modified"))
		r.Headers.Del("Content-Type") // colly would decode by it, and overlook what the page itself declares
	})
	c.OnResponse(func(r *colly.Response) {
		page.URL = r.Request.URL.String()
		if page.URL != address {
			page.ETag, page.LastModified = "", "" // they name another address's page
		}
		if r.StatusCode == http.StatusNotModified && page.URL == address && known.ETag+known.LastModified != "" {
			page = known
			page.Unchanged = true
			return
		}
		if r.StatusCode != http.StatusOK {
			fault = statusError(r.StatusCode)
			if seconds, err := strconv.ParseInt(r.Headers.Get("Retry-After"), 10, 64); err == nil {
				fault = fmt.Errorf("%w: it asks to be left alone for %s", fault, wait(seconds))
			}
			return
		}
		page.Body = decode(r.Body, page.ContentType)
	})
	err := c.Visit(address)
	if inner := (*url.Error)(nil); errors.As(err, &inner) {
		err = inner.Err // the address is in the message already
	}
	if err == nil {
		err = fault
	}
	if err == nil {
		err = readable(page.ContentType)
	}
	return page, err
}

// A statusError is an answer that is no page.
type statusError int

func (e statusError) Error() string {
	return fmt.Sprintf("status %d %s", int(e), http.StatusText(int(e)))
}

// wait is a time in words; seconds are not negative.
func wait(seconds int64) string {
	const minute, hour, day = 60, 3600, 86400
	switch {
	case seconds < 2*minute:
		return collector.Plural(int(seconds), "second")
	case seconds < 2*hour:
		return fmt.Sprintf("%d minutes", seconds/minute)
	case seconds < 2*day:
		return fmt.Sprintf("%d hours", seconds/hour)
	}
	return fmt.Sprintf("%d days", seconds/day)
}

// maxValidator bounds what is kept of a name that a host gives a page.
const maxValidator = 1 << 10

func validator(header string) string {
	if len(header) > maxValidator {
		return ""
	}
	return header
}

// checkHop keeps redirects on the site that was asked for. What names the page of the first address
// names nothing at the next.
func checkHop(req *http.Request, via []*http.Request) error {
	req.Header.Del("If-None-Match")
	req.Header.Del("If-Modified-Since")
	if len(via) > transport.MaxHops {
		return fmt.Errorf("more than %d redirects", transport.MaxHops)
	}
	if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return fmt.Errorf("redirected to %.20q, which is no address of a page", req.URL.Scheme+":")
	}
	if bareHost(req.URL) != bareHost(via[0].URL) {
		return fmt.Errorf("redirected to another site, %s", req.URL.Host)
	}
	return nil
}

// readable refuses what is no page: a document, an image.
func readable(contentType string) error {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil || kind == "" || strings.HasPrefix(kind, "text/") || strings.Contains(kind, "html") ||
		strings.Contains(kind, "xml") || strings.Contains(kind, "json") {
		return nil //nolint:nilerr // a type that cannot be read forbids nothing
	}
	return fmt.Errorf("content type %s is no page", kind)
}
