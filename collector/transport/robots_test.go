package transport

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	tests := []struct {
		name, file, path string
		want             bool
	}{
		{"an empty file allows", "", "/reviews", true},
		{"everything is forbidden", "User-agent: *\nDisallow: /", "/reviews", false},
		{"robots.txt itself is always allowed", "User-agent: *\nDisallow: /", "/robots.txt", true},
		{"an empty rule is no rule", "User-agent: *\nDisallow:", "/reviews", true},
		{"the longest rule wins", "User-agent: *\nDisallow: /\nAllow: /reviews", "/reviews?page=2", true},
		{"the longest rule wins in any order", "User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false},
		{"a tie allows", "User-agent: *\nDisallow: /reviews\nAllow: /reviews", "/reviews", true},
		{"own group stands alone", "User-agent: *\nDisallow: /\nUser-agent: percept\nDisallow: /x", "/reviews", true},
		{"own group is found in any case", "User-agent: PERCEPT\nDisallow: /", "/reviews", false},
		{"own group is found behind a version", "User-agent: percept/2.0\nDisallow: /", "/reviews", false},
		{"a longer name is another agent", "User-agent: perceptive\nDisallow: /", "/reviews", true},
		{"a shorter name is another agent", "User-agent: per\nDisallow: /", "/reviews", true},
		{"groups of one agent are joined", "User-agent: percept\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: percept\nDisallow: /c", "/c", false},
		{"several agents share a group", "User-agent: x\nUser-agent: percept\nDisallow: /a", "/a", false},
		{"other lines do not end the agents", "User-agent: percept\nCrawl-delay: 3\nUser-agent: x\nDisallow: /a", "/a", false},
		{"rules before any agent are nobody's", "Disallow: /\nUser-agent: x\nDisallow: /", "/reviews", true},
		{"a star matches anything", "User-agent: *\nDisallow: /*.pdf", "/a/b.pdf?x", false},
		{"a star matches nothing too", "User-agent: *\nDisallow: /a*b", "/ab", false},
		{"a dollar ends the path", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", true},
		{"a dollar ends the path exactly", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf", false},
		{"parts may not overlap", "User-agent: *\nDisallow: /ab*ba$", "/aba", true},
		{"a dollar within is a character", "User-agent: *\nDisallow: /a$b", "/a$b", false},
		{"an escaped star is a character", "User-agent: *\nDisallow: /a%2Ab", "/a*b", false},
		{"an escaped star is no wildcard", "User-agent: *\nDisallow: /a%2Ab", "/axb", true},
		{"escapes compare in any case", "User-agent: *\nDisallow: /caf%c3%a9", "/caf%C3%A9", false},
		{"bare UTF-8 is its escape", "User-agent: *\nDisallow: /café", "/caf%C3%A9", false},
		{"escaped letters are letters", "User-agent: *\nDisallow: /%61dmin", "/admin", false},
		{"an escaped slash is none", "User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
		{"a percent sign that escapes nothing is itself", "User-agent: *\nDisallow: /100%/x", "/100%25/x", false},
		{"the order of the query counts", "User-agent: *\nDisallow: /q?b=2&a=1", "/q?b=2&a=1", false},
		{"comments and carriage returns are skipped", "\ufeff# hi\rUser-agent: * # all\r\nDisallow: /a # no\r", "/a", false},
		{"an empty path is the root", "User-agent: *\nDisallow: /$", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ParseRobots([]byte(tt.file), "percept/1.0 (+https://example.org)").Allowed(tt.path); got != tt.want {
				t.Errorf("Allowed(%q) = %v, want %v, with\n%s", tt.path, got, tt.want, tt.file)
			}
		})
	}
}

func TestRobotsCrawlDelay(t *testing.T) {
	file := "User-agent: *\nCrawl-delay: 9\nUser-agent: percept\nDisallow: /x\nCrawl-delay: 2.5\nUser-agent: y\nCrawl-delay: NaN"
	for agent, want := range map[string]time.Duration{"percept": 2500 * time.Millisecond, "z": 9 * time.Second, "y": 0} {
		if got := ParseRobots([]byte(file), agent).CrawlDelay; got != want {
			t.Errorf("CrawlDelay of %s = %v, want %v", agent, got, want)
		}
	}
}

func TestRobotsReadsTheFirstHalfMegabyte(t *testing.T) {
	pad := strings.Repeat("# padding\n", maxRobots/10)
	if ParseRobots([]byte("User-agent: *\nDisallow: /a\n"+pad), "percept").Allowed("/a") {
		t.Error("a rule at the start of a long file is not read")
	}
	if !ParseRobots([]byte("User-agent: *\n"+pad+"Disallow: /a\n"), "percept").Allowed("/a") {
		t.Error("a rule past the limit is read")
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%61", "/a/b")
	f.Add("user-agent:percept\r\ncrawl-delay: 1e5\rdisallow: *%", "/%zz")
	f.Add("User-agent: *\nDisallow: ****$", "")
	f.Add("User-agent: *\nDisallow: /%0%61", "/%0%61") // a % that escapes nothing, before one that makes it
	f.Fuzz(func(t *testing.T, file, path string) {
		r := ParseRobots([]byte(file), "percept")
		if !r.Allowed("/robots.txt") {
			t.Error("robots.txt forbids itself")
		}
		if r.Allowed(path) != ParseRobots([]byte(file), "PERCEPT/2").Allowed(path) {
			t.Error("the answer depends on how the agent is written")
		}
		if n := normalPath(path); normalPath(n) != n {
			t.Errorf("normalPath(%q) = %q is not normal", path, n)
		}
		// What a rule of the file's own forbids must match the path it was made of.
		if plain := normalPath(path); strings.HasPrefix(plain, "/") && plain != "/robots.txt" {
			if ParseRobots([]byte("User-agent: *\nDisallow: "+plain), "percept").Allowed(path) {
				t.Errorf("a rule for %q does not forbid it", plain)
			}
		}
	})
}

// The shared robots.txt files, which are not part of this repository, are read as they state.
func TestSharedRobots(t *testing.T) {
	shared := os.Getenv("PERCEPT_SHARED")
	if shared == "" {
		t.Skip("SKIPPED: PERCEPT_SHARED names no folder with robots.txt files; .ci/run does")
	}
	dir := filepath.Join(shared, "fixtures", "robots")
	data, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var files []struct {
		File, Agent string
		Status      int `json:"http_status"`
		Checks      []struct {
			Path    string
			Allowed bool
		}
	}
	if err := json.Unmarshal(data, &files); err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	checks := 0
	for _, f := range files {
		body, err := os.ReadFile(filepath.Join(dir, f.File))
		if err != nil {
			t.Fatal(err)
		}
		site, hostport := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(f.Status)
				w.Write(body) //nolint:errcheck // the client says what is missing
			}
		})
		tr := newClock().use(New(Options{Agent: f.Agent, Allow: []string{hostport}}))
		for _, c := range f.Checks {
			checks++
			if _, _, err := get(t, tr, site+c.Path); (err == nil) != c.Allowed || err != nil && !errors.Is(err, ErrRefused) {
				t.Errorf("%s: GET %s by %s: %v, allowed should be %v", f.File, c.Path, f.Agent, err, c.Allowed)
			}
		}
	}
	t.Logf("%d paths of %d files", checks, len(files))
}
