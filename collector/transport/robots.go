package transport

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxRobots is how much of a robots.txt is read, in bytes; RFC 9309 asks for at least 500 KiB.
const maxRobots = 512 << 10

// Robots is what a robots.txt says to one agent, by RFC 9309.
type Robots struct {
	rules []robotsRule // longest first, allow before disallow
	// CrawlDelay is the pause the file asks for, 0 where it asks for none. It is no part of the RFC.
	CrawlDelay time.Duration
}

type robotsRule struct {
	parts  []string // what stands between the wildcards, normalised
	length int
	anchor bool // the pattern ends with $
	allow  bool
}

// ParseRobots reads the rules for agent, of which only the product token counts ("percept" of
// "percept/1.0 (+https://...)"). Groups of the same agent are joined; without one those of * count.
func ParseRobots(body []byte, agent string) *Robots {
	body = bytes.TrimPrefix(body[:min(len(body), maxRobots)], []byte("\xef\xbb\xbf"))
	agent = productToken(agent)
	own, all := &Robots{}, &Robots{}
	named := false // a group of the agent's own exists
	var group []*Robots
	open := false // still reading the User-agent lines of a group
	for line := range bytes.FieldsFuncSeq(body, func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value, ok := robotsLine(line)
		if !ok {
			continue
		}
		switch key {
		case "user-agent":
			if !open {
				group, open = nil, true
			}
			if value == "*" {
				group = append(group, all)
			} else if agent != "" && strings.EqualFold(productToken(value), agent) {
				named = true
				group = append(group, own)
			}
		case "allow", "disallow":
			open = false
			if value == "" {
				continue
			}
			rule := newRobotsRule(value, key == "allow")
			for _, g := range group {
				g.rules = append(g.rules, rule)
			}
		case "crawl-delay":
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && s < 1e6 {
				for _, g := range group {
					g.CrawlDelay = max(g.CrawlDelay, time.Duration(s*float64(time.Second)))
				}
			}
		}
	}
	r := all
	if named {
		r = own
	}
	slices.SortStableFunc(r.rules, func(a, b robotsRule) int {
		if c := cmp.Compare(b.length, a.length); c != 0 {
			return c
		}
		switch {
		case a.allow == b.allow:
			return 0
		case a.allow:
			return -1
		}
		return 1
	})
	return r
}

func robotsLine(line []byte) (key, value string, ok bool) {
	line, _, _ = bytes.Cut(line, []byte("#"))
	k, v, ok := bytes.Cut(line, []byte(":"))
	return strings.ToLower(string(bytes.TrimSpace(k))), string(bytes.TrimSpace(v)), ok
}

// productToken returns the leading letters, underscores and hyphens of an agent's name.
func productToken(s string) string {
	s = strings.TrimSpace(s)
	end := strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == '-')
	})
	if end >= 0 {
		s = s[:end]
	}
	return s
}

func newRobotsRule(pattern string, allow bool) robotsRule {
	r := robotsRule{allow: allow}
	if p, ok := strings.CutSuffix(pattern, "$"); ok {
		pattern, r.anchor, r.length = p, true, 1
	}
	r.parts = strings.Split(pattern, "*")
	for i, p := range r.parts {
		r.parts[i] = normalPath(p)
		r.length += len(r.parts[i])
	}
	r.length += len(r.parts) - 1
	return r
}

// Allowed reports whether the agent may fetch path, given escaped and with its query: "/a?b=c".
func (r *Robots) Allowed(path string) bool {
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	path = normalPath(path)
	for _, rule := range r.rules {
		if rule.match(path) {
			return rule.allow
		}
	}
	return true
}

// match takes each part at its first place, which finds a match if there is one, in linear time.
func (r robotsRule) match(path string) bool {
	rest, ok := strings.CutPrefix(path, r.parts[0])
	if !ok {
		return false
	}
	if len(r.parts) == 1 {
		return !r.anchor || rest == ""
	}
	last := len(r.parts) - 1
	for i, p := range r.parts[1:] {
		if i+1 == last && r.anchor {
			return strings.HasSuffix(rest, p)
		}
		at := strings.Index(rest, p)
		if at < 0 {
			return false
		}
		rest = rest[at+len(p):]
	}
	return true
}

// normalPath makes spellings of one path equal: unreserved characters unescaped, all else that is
// escaped in capitals, and what may not stand bare in a path, or means something in a rule, escaped: a % that
// escapes nothing too.
func normalPath(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		escaped := false
		if c == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, escaped = byte(v), true
				i += 2
			}
		}
		if unreserved(c) || !escaped && c > ' ' && c < 0x7f && c != '*' && c != '$' && c != '%' {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}
