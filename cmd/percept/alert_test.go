package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"percept/reports/alert/alerttest"
)

// A sink is a webhook receiver that keeps what it took.
type sink struct {
	*httptest.Server
	mu     sync.Mutex
	bodies map[string][]string // by webhook-id
	order  []string
	came   chan struct{} // told of each message, if anybody listens
	status atomic.Int32  // not 0: it refuses with this one
}

func newSink(t *testing.T) *sink {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return newSinkOn(t, l)
}

func newSinkOn(t *testing.T, l net.Listener) *sink {
	s := &sink{bodies: map[string][]string{}, came: make(chan struct{}, 1)}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		if code := s.status.Load(); code >= 300 {
			w.WriteHeader(int(code))
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		id := r.Header.Get("webhook-id")
		s.bodies[id] = append(s.bodies[id], string(body))
		s.order = append(s.order, id)
		select {
		case s.came <- struct{}{}:
		default:
		}
	}))
	_ = s.Listener.Close() // the one that httptest opened unasked
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// layOutAlerts writes a practice whose n responses of the second import are severe, one a message.
func layOutAlerts(t *testing.T, dir, hook string, n int) {
	t.Helper()
	host := strings.TrimPrefix(hook, "http://")
	var rules strings.Builder
	for i := range n { // a practice each, so that no flood makes them one message
		fmt.Fprintf(&rules, "  - {id: p%03d}\n", i)
	}
	config := fmt.Sprintf(`web: {allow: [%q]}
practices:
%ssources:
  - {type: survey, path: "in/*.csv", practice: {column: Practice}}
alerts:
  receivers:
`, host, rules.String())
	for i := range n {
		config += fmt.Sprintf("    - {name: r%03d, type: webhook, url: %q, practices: [p%03d]}\n", i, hook, i)
	}
	var first, second strings.Builder
	first.WriteString("Response ID,Practice,Submitted at,What could we do better?\n")
	second.WriteString("Response ID,Practice,Submitted at,What could we do better?\n")
	for i := range n {
		fmt.Fprintf(&first, "A-%d,p%03d,2026-11-02 09:15:00,Nothing\n", i, i)
		fmt.Fprintf(&second, "B-%d,p%03d,2026-11-14 09:15:00,I got an infection from the lenses.\n", i, i)
	}
	if err := os.MkdirAll(filepath.Join(dir, "in"), 0o750); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"percept.yaml": config, "in/a.csv": first.String(), "second.csv": second.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func mustRun(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out, err := perceptCommand(t, dir, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("percept %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// Killed at any moment, `alert --send` loses no key, and repeats only what was in flight, under the
// same key and with the same bytes. PERCEPT_KILLS sets how often; 100 is what the design asks for.
func TestKilledSenderLosesNothing(t *testing.T) {
	t.Parallel()
	kills := 8
	if n, err := strconv.Atoi(os.Getenv("PERCEPT_KILLS")); err == nil {
		kills = n
	}
	messages := max(40, kills)
	s := newSink(t)
	dir := t.TempDir()
	layOutAlerts(t, dir, s.URL, messages)
	here := percept{t, dir}
	for _, stage := range []string{"collect", "analyze"} {
		here.run(exitDone, stage, "--now", "2026-11-09")
	}
	secondImport(t, dir)
	for _, stage := range []string{"collect", "analyze"} {
		here.run(exitDone, stage, "--now", "2026-11-16")
	}
	var want []string
	for l := range strings.Lines(here.run(exitDone, "alert", "--json", "--now", "2026-11-16")) {
		var m struct{ Key string }
		if err := json.Unmarshal([]byte(l), &m); err != nil {
			t.Fatal(err)
		}
		want = append(want, m.Key)
	}
	if len(want) != messages {
		t.Fatalf("%d messages are due, want %d", len(want), messages)
	}
	random := rand.New(rand.NewPCG(11, 11))
	killed := 0
	for range kills {
		before := len(s.taken())
		cmd := perceptCommand(t, dir, "alert", "--send", "--now", "2026-11-16")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Some kills fall before the first message, most within, by how many the sink has taken and a moment.
		after := before + random.IntN(1+2*messages/kills)
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		var done bool
		for !done && len(s.taken()) < after {
			select {
			case <-s.came:
			case <-ended:
				done = true
			}
		}
		if !done {
			killed++
			timer := time.AfterFunc(time.Duration(random.Int64N(int64(4*time.Millisecond))), func() { _ = cmd.Process.Kill() })
			<-ended // killed or done: both are fine
			timer.Stop()
		}
	}
	here.run(exitDone, "alert", "--send", "--now", "2026-11-16")
	s.mu.Lock()
	defer s.mu.Unlock()
	repeats := 0
	for _, key := range want {
		got := s.bodies[key]
		if len(got) == 0 {
			t.Errorf("key %s never came", key)
			continue
		}
		repeats += len(got) - 1
		for _, b := range got[1:] {
			if b != got[0] {
				t.Errorf("key %s came with other words:\n%s\n%s", key, got[0], b)
			}
		}
	}
	if len(s.bodies) != len(want) {
		t.Errorf("%d keys came, want %d", len(s.bodies), len(want))
	}
	if repeats > killed || repeats == 0 {
		t.Errorf("%d repeats after %d kills, want some and at most as many", repeats, killed)
	}
	t.Logf("%d kills, %d keys, %d repeats", killed, len(want), repeats)
	if out := here.run(exitDone, "alert", "--send", "--now", "2026-11-16"); !strings.Contains(out, "alerts: 0 sent, 0 waiting, 0 refused") {
		t.Errorf("one more sending says %q", out)
	}
}

func (s *sink) taken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.order
}

// The watcher's day: due is printed, sent once, acknowledged, closed.
func TestAlertIsSentOnceAndWorkedOff(t *testing.T) {
	t.Parallel()
	s := newSink(t)
	dir := t.TempDir()
	layOutAlerts(t, dir, s.URL, 1)
	here := percept{t, dir}
	here.run(exitDone, "run", "--now", "2026-11-09")
	if len(s.taken()) != 0 {
		t.Fatalf("the quiet first import sent %d messages", len(s.taken()))
	}
	secondImport(t, dir)
	here.run(exitDone, "collect", "--now", "2026-11-16")
	here.run(exitDone, "analyze", "--now", "2026-11-16")
	printed := here.run(exitDone, "alert", "--now", "2026-11-16")
	if again := here.run(exitDone, "alert", "--now", "2026-11-16"); again != printed || !strings.Contains(printed, "says “infection”") || len(s.taken()) != 0 {
		t.Errorf("alert prints\n%s\nand then\n%s\nand sent %d", printed, again, len(s.taken()))
	}
	here.run(exitDone, "alert", "--send", "--now", "2026-11-16")
	here.run(exitDone, "run", "--now", "2026-11-17")
	if len(s.taken()) != 1 {
		t.Fatalf("%d messages came, want 1", len(s.taken()))
	}
	var task struct{ ID string }
	if err := json.Unmarshal([]byte(here.run(exitDone, "alert", "list", "--json", "--now", "2026-11-17")), &task); err != nil {
		t.Fatal(err)
	}
	here.run(exitDone, "alert", "ack", task.ID[:6], "--now", "2026-11-16T02:00:00Z")
	here.run(exitDone, "alert", "useless", task.ID, "--now", "2026-11-16T05:00:00Z")
	if out := here.run(exitDone, "alert", "list", "--now", "2026-11-18"); !strings.Contains(out, "no open alert") ||
		!strings.Contains(out, "1 acknowledged, within 2 hours; 1 closed, within 5 hours") || !strings.Contains(out, "Worth the interruption: 0 of the 1 closed") {
		t.Errorf("the work list says\n%s", out)
	}
}

// A receiver that is wrongly set up is named by every run until it is mended, and by status; what waits
// for it is kept, and goes out by itself once the config leads elsewhere.
func TestAlertReceiverIsMended(t *testing.T) {
	t.Parallel()
	s := newSink(t)
	wrong := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(wrong.Close)
	dir := t.TempDir()
	layOutAlerts(t, dir, wrong.URL, 1)
	here := percept{t, dir}
	here.run(exitDone, "run", "--now", "2026-11-09")
	secondImport(t, dir)
	for _, day := range []string{"2026-11-16", "2026-11-17"} {
		out := here.run(exitIncomplete, "run", "--now", day)
		for _, want := range []string{"r000 refuses since 16 Nov 2026 00:00: 1 message set aside; last: refused for good: answered 404 Not Found", "percept alert --again"} {
			if !strings.Contains(out, want) {
				t.Errorf("the run of %s does not say %q:\n%s", day, want, out)
			}
		}
	}
	if out := here.run(exitDone, "status"); !strings.Contains(out, "receiver r000 refuses since 16 Nov 2026 00:00") {
		t.Errorf("status\n%s", out)
	}
	config := filepath.Join(dir, "percept.yaml")
	text := strings.ReplaceAll(string(readFile(t, config)), strings.TrimPrefix(wrong.URL, "http://"), strings.TrimPrefix(s.URL, "http://"))
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	here.run(exitDone, "alert", "--send", "--now", "2026-11-18")
	if len(s.taken()) != 1 {
		t.Errorf("%d messages came after the config was mended, want 1", len(s.taken()))
	}
	if out := here.run(exitDone, "status", "--json"); !strings.Contains(out, `"alerts_due": 0`) || !strings.Contains(out, `"alerts_refused": 0`) || !strings.Contains(out, `"receivers_failing": 0`) {
		t.Errorf("status after all is mended\n%s", out)
	}
}

// A receiver that is mended at its end gets what it refused when a person says so.
func TestRefusedIsTriedAnewByHand(t *testing.T) {
	t.Parallel()
	s := newSink(t)
	s.status.Store(http.StatusForbidden)
	dir := t.TempDir()
	layOutAlerts(t, dir, s.URL, 1)
	here := percept{t, dir}
	here.run(exitDone, "run", "--now", "2026-11-09")
	secondImport(t, dir)
	here.run(exitIncomplete, "run", "--now", "2026-11-16")
	s.status.Store(http.StatusOK)
	here.run(exitIncomplete, "alert", "--send", "--now", "2026-11-17")
	if len(s.taken()) != 0 {
		t.Error("what was refused went out unasked")
	}
	here.run(exitDone, "alert", "--again", "--now", "2026-11-17")
	if len(s.taken()) != 1 {
		t.Errorf("%d messages came after --again, want 1", len(s.taken()))
	}
	here.run(exitDone, "alert", "--send", "--now", "2026-11-18")
}

// Two days of a receiver that is down, a sending an hour, and an alert every twelve: nothing is lost, all
// comes in its order when the receiver is back, and nothing comes twice.
func TestTwoDaysOfOutageReplayed(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	layOutAlerts(t, dir, "http://"+addr, 1)
	here := percept{t, dir}
	begins := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	now := func(hour int) string { return begins.Add(time.Duration(hour) * time.Hour).Format(time.RFC3339) }
	here.run(exitDone, "collect", "--now", now(-24))
	here.run(exitDone, "analyze", "--now", now(-24))
	var want []string
	for hour := range 48 {
		if hour%12 == 0 {
			word := fmt.Sprintf("Infection number %d.", hour/12)
			want = append(want, word)
			rows := "Response ID,Practice,Submitted at,What could we do better?\nC-" + now(hour) + ",p000,2026-11-15 09:15:00," + word + "\n"
			if err := os.WriteFile(filepath.Join(dir, "in", fmt.Sprintf("h%02d.csv", hour)), []byte(rows), 0o600); err != nil {
				t.Fatal(err)
			}
			here.run(exitDone, "collect", "--now", now(hour))
			here.run(exitDone, "analyze", "--now", now(hour))
		}
		if out := here.run(exitIncomplete, "alert", "--send", "--now", now(hour)); !strings.Contains(out, fmt.Sprintf("alerts: 0 sent, %d waiting, 0 refused", len(want))) ||
			!strings.Contains(out, "r000: ") {
			t.Fatalf("hour %d:\n%s", hour, out)
		}
	}
	if out := here.run(exitDone, "status", "--now", now(48)); !strings.Contains(out, "receiver r000 takes nothing since 16 Nov 2026 00:00: ") {
		t.Errorf("status in the outage\n%s", out)
	}
	if l, err = (&net.ListenConfig{}).Listen(t.Context(), "tcp", addr); err != nil {
		t.Fatal(err)
	}
	s := newSinkOn(t, l)
	for range 2 {
		here.run(exitDone, "alert", "--send", "--now", now(48))
	}
	var got []string
	for _, key := range s.taken() {
		var m struct {
			Data struct {
				Items []struct{ Answers []struct{ Text string } }
			}
		}
		if err := json.Unmarshal([]byte(s.bodies[key][0]), &m); err != nil {
			t.Fatal(err)
		}
		got = append(got, m.Data.Items[0].Answers[0].Text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what came (-want +got):\n%s", diff)
	}
}

// The bodies that a webhook gets, of every kind that a small practice makes, are what is published.
func TestBodiesFollowThePublishedSchema(t *testing.T) {
	t.Parallel()
	s := newSink(t)
	dir := t.TempDir()
	layOutAlerts(t, dir, s.URL, 1)
	config := filepath.Join(dir, "percept.yaml")
	text := strings.Replace(string(readFile(t, config)), "practices: [p000]", "practices: [p000], gets: [alerts, weekly, portfolio]", 1)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	here := percept{t, dir}
	here.run(exitDone, "run", "--now", "2026-11-09T08:00:00Z")
	secondImport(t, dir)
	broken := filepath.Join(dir, "in", "c.csv")
	if err := os.WriteFile(broken, []byte("\x00\x01\x02,\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	here.run(exitIncomplete, "run", "--now", "2026-11-16T08:00:00Z")
	here.run(exitDone, "alert", "test", "r000")
	published := alerttest.Published(t, filepath.Join("..", "..", "docs", "alert.schema.json"))
	kinds := map[string]bool{}
	for _, key := range s.taken() {
		body := s.bodies[key][0]
		if wrong := published.Check([]byte(body)); len(wrong) > 0 {
			t.Errorf("%q\n%s", wrong, body)
		}
		var m struct{ Type string }
		if err := json.Unmarshal([]byte(body), &m); err != nil {
			t.Fatal(err)
		}
		kinds[m.Type] = true
	}
	for _, kind := range []string{"percept.alert", "percept.source", "percept.weekly", "percept.portfolio", "percept.test"} {
		if !kinds[kind] {
			t.Errorf("no body of %s among %v", kind, kinds)
		}
	}
}

// A percept runs commands in a folder, within this process and with no pause between tries.
type percept struct {
	t   *testing.T
	dir string
}

// run runs a command and returns all that it says.
func (p percept) run(want int, args ...string) string {
	p.t.Helper()
	var out bytes.Buffer
	a := &app{out: &out, err: &out, pause: func(context.Context, time.Duration) error { return nil }}
	if code := runApp(p.t.Context(), a, append(args, "--config", filepath.Join(p.dir, "percept.yaml"))); code != want {
		p.t.Fatalf("percept %s = %d, want %d\n%s", strings.Join(args, " "), code, want, out.String())
	}
	return out.String()
}

// secondImport brings in the severe responses of layOutAlerts.
func secondImport(t *testing.T, dir string) {
	t.Helper()
	if err := os.Rename(filepath.Join(dir, "second.csv"), filepath.Join(dir, "in", "b.csv")); err != nil {
		t.Fatal(err)
	}
}
