package reports

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/analysis"
	"percept/collector"
	"percept/store"
)

var update = flag.Bool("update", false, "rewrite testdata/golden")

// same compares a page with its golden file.
func same(t *testing.T, name string, page []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(golden(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden(name), page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden(name))
	if err != nil {
		t.Fatalf("%v; go test ./reports -update writes it", err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(page), "\n")); diff != "" {
		t.Errorf("page differs from %s (-want +got), go test ./reports -update rewrites it:\n%.4000s", golden(name), diff)
	}
}

// paint is shared by the tests, as Build shares one among its pages.
var paint = newPainter()

// makeWeekly makes the page that Build would.
func makeWeekly(t *testing.T, s Store, p collector.Practice, o Options) []byte {
	t.Helper()
	m, err := load(t.Context(), s, p, o)
	if err != nil {
		t.Fatal(err)
	}
	page, err := m.weekly(t.Context(), s, paint, o, "")
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// quietly takes a world's changes away.
func quietly(w *world) *world {
	w.verdicts = nil
	return w
}

func TestWeeklyIsAsItWas(t *testing.T) {
	p := harbour(t)
	broken := quietly(invent(p, 2))
	broken.review.State, broken.review.Why = collector.Incomplete, "page 2 of 4: status 503"
	empty := &world{practice: p}
	for name, w := range map[string]*world{"weekly.html": invent(p, 1), "broken.html": broken, "empty.html": empty} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t, w)
			if name == "weekly.html" {
				track(t, s, analysis.Trial{Practice: p.ID, Touchpoint: "fitment", What: "A second fitting, a week later", Channel: collector.Response, Date: lastWeek.Add(-9 * week)})
				track(t, s, analysis.Trial{Practice: p.ID, Touchpoint: "collection_call", What: "One person makes all calls", Channel: collector.Review, Date: lastWeek.Add(-week)})
			}
			o := withInsights(t, s, p)
			page := makeWeekly(t, s, p, o)
			checkPage(t, page)
			same(t, name, page)
			var again bytes.Buffer
			if err := Weekly(t.Context(), &again, s, p, o); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(page, again.Bytes()) {
				t.Error("the same store and now gave other bytes")
			}
			if len(page) > pageLimit {
				t.Errorf("page has %d bytes, at most %d wanted", len(page), pageLimit)
			}
		})
	}
}

// track writes a change down as percept track add does.
func track(t *testing.T, s *store.Store, trial analysis.Trial) {
	t.Helper()
	said, err := s.Said(t.Context(), trial.Practice, trial.Touchpoint, trial.Channel, analysis.Baseline(trial.Date))
	if err != nil {
		t.Fatal(err)
	}
	if trial, err = trial.Plan(said); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddTrial(t.Context(), trial); err != nil {
		t.Fatal(err)
	}
}

func TestWeeklySaysWhatTheVerdictsSay(t *testing.T) {
	p := harbour(t)
	change := func(word analysis.Word, effect float64) analysis.Verdict {
		return analysis.Verdict{Word: word, Since: lastWeek.Add(-6 * week), SinceLo: lastWeek.Add(-8 * week), SinceHi: lastWeek.Add(-5 * week), Effect: effect, EffectLo: effect - .2, EffectHi: effect + .2, Statistic: 7}
	}
	tests := []struct {
		name     string
		verdicts map[place]analysis.Verdict
		want     string // the first line
	}{
		{"nothing passed the test: quiet", nil, "No reliable change this week."},
		{"one slip in one channel", map[place]analysis.Verdict{{"review", "exam"}: change(analysis.Worse, -.4)},
			"Eye exam is worse than usual in reviews, since about 28 September."},
		{"a slip comes before a rise", map[place]analysis.Verdict{{"response", "exam"}: change(analysis.Better, .4), {"response", "settlement"}: change(analysis.Worse, -.4)},
			"Settlement of account is worse than usual in the survey, since about 28 September. Eye exam is better than usual in the survey, since about 28 September."},
		{"everything slipped comes first", map[place]analysis.Verdict{{"review", "*"}: change(analysis.Worse, -.2), {"review", "exam"}: change(analysis.Worse, -.4)},
			"Everything slipped, in reviews, since about 28 September. Eye exam is worse than usual in reviews, since about 28 September."},
		{"more than three are counted", map[place]analysis.Verdict{{"review", "exam"}: change(analysis.Worse, -.4), {"review", "quote"}: change(analysis.Worse, -.4),
			{"review", "order"}: change(analysis.Worse, -.4), {"review", "pretest"}: change(analysis.Worse, -.4), {"review", "fitment"}: change(analysis.Worse, -.4)},
			"Eye exam is worse than usual in reviews, since about 28 September.  Fitment of appliance is worse than usual in reviews, since about 28 September.  Finalise order and account is worse than usual in reviews, since about 28 September. 2 more are worse too."},
		{"a watched touchpoint is not called", map[place]analysis.Verdict{{"review", "exam"}: {Word: analysis.Steady, Watch: true}}, "No reliable change this week."},
		{"a verdict of another taxonomy is not shown", map[place]analysis.Verdict{{"review", "haircut"}: change(analysis.Worse, -.4)}, "No reliable change this week."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := invent(p, 1)
			w.verdicts = tt.verdicts
			root := checkPage(t, makeWeekly(t, newStore(t, w), p, testOptions()))
			if got := inner(find(root, "changed")[0]); got != tt.want {
				t.Errorf("first line = %q, want %q", got, tt.want)
			}
			coloured := 0
			for _, chip := range append(find(find(root, "strip")[0], "worse"), find(find(root, "strip")[0], "better")...) {
				coloured++
				if text := inner(chip); !strings.Contains(text, "worse") && !strings.Contains(text, "better") {
					t.Errorf("colour without a word: %q", text)
				}
			}
			steps := 0
			for at := range tt.verdicts {
				if v := tt.verdicts[at]; (v.Word == analysis.Worse || v.Word == analysis.Better) && at.touchpoint != "*" && at.touchpoint != "haircut" {
					steps++
				}
			}
			if coloured != steps {
				t.Errorf("journey has %d coloured verdicts, want %d", coloured, steps)
			}
		})
	}
}

func TestWeeklyBannerNamesTheHole(t *testing.T) {
	p := harbour(t)
	const more = "A source was not read whole: there may be more, and what is usual is not known."
	for state, want := range map[collector.State]string{
		collector.Incomplete: "is incomplete: status 503",
		collector.Failed:     "failed: status 503",
		collector.Running:    "was cut off: status 503",
	} {
		t.Run(string(state), func(t *testing.T) {
			w := quietly(invent(p, 1))
			w.review.State, w.review.Why = state, "status 503"
			page := makeWeekly(t, newStore(t, w), p, testOptions())
			root := checkPage(t, page)
			banner := inner(find(root, "banner")[0])
			for _, want := range []string{want, " reviews.example/harbour-street ", "No verdict is drawn from the hole"} {
				if !strings.Contains(banner, want) {
					t.Errorf("banner = %q, want %q in it", banner, want)
				}
			}
			if bytes.Index(page, []byte(`class="banner"`)) > bytes.Index(page, []byte("<h1>")) {
				t.Error("the banner does not stand above the page")
			}
			if !bytes.Contains(page, []byte(more)) {
				t.Errorf("the number of new reviews is told without %q", more)
			}
		})
	}
	page := makeWeekly(t, newStore(t, invent(p, 1)), p, testOptions())
	if len(find(checkPage(t, page), "banner")) > 0 {
		t.Error("a page whose sources are complete has a banner")
	}
	if bytes.Contains(page, []byte(more)) {
		t.Errorf("a page whose sources are complete says %q", more)
	}
}

func TestWhatEveryVerdictNotesIsSaidOnce(t *testing.T) {
	p := harbour(t)
	w := invent(p, 1)
	w.note = "web:x.example/reviews: new since 2026-09-07"
	const said = "x.example/reviews: new since 7 September 2026"
	own := w.verdicts[place{"review", "collection_call"}]
	own.Note = "the reviews of one week are left out"
	w.verdicts[place{"review", "collection_call"}] = own
	page := string(makeWeekly(t, newStore(t, w), p, testOptions()))
	for note, want := range map[string]int{
		"Reviews: " + said:      1,
		"Survey: " + said:       1,
		said:                    2,
		"one week are left out": 2, // in its card and in its section
	} {
		if got := strings.Count(page, note); got != want {
			t.Errorf("%q is said %d times, want %d", note, got, want)
		}
	}
}

func TestWeeklyFitsEvenWhenManySpeakAtLength(t *testing.T) {
	p := harbour(t)
	w := invent(p, 1)
	long := strings.Repeat(" And <then> I waited & waited for \"them\".", 60)
	for i := range w.reviews {
		w.reviews[i].Text += long
	}
	for i := range w.responses {
		w.responses[i].Answers[0].Text += long
	}
	page := makeWeekly(t, newStore(t, w), p, testOptions())
	checkPage(t, page)
	if len(page) > pageLimit {
		t.Errorf("page has %d bytes, at most %d wanted", len(page), pageLimit)
	}
	if !bytes.Contains(page, []byte("more, not on this page")) {
		t.Error("the page does not say that it leaves feedback out")
	}
}

// TestEveryNumberOpensTheFeedback holds that what a chip counts is what its link lists, or more.
func TestEveryNumberOpensTheFeedback(t *testing.T) {
	p := harbour(t)
	o := testOptions()
	o.Audience = Internal
	root := checkPage(t, makeWeekly(t, newStore(t, invent(p, 1)), p, o))
	for _, cell := range find(root, "cell") {
		total := 0
		var list string
		for _, chip := range find(cell, "chip") {
			var n int
			if _, err := fmt.Sscanf(inner(find(chip, "n")[0]), "%d people", &n); err != nil {
				t.Fatalf("chip %q: %v", inner(chip), err)
			}
			total += n
			list = attr(chip, "href")
		}
		words := find(root, list)
		if total > 0 {
			shown, hidden := len(find(words[0], "voice")), 0
			for n := words[0].NextSibling; n != nil; n = n.NextSibling {
				if attr(n, "class") == "note" {
					fmt.Sscanf(inner(n), "%d more", &hidden)
				}
			}
			if shown+hidden < total || shown == 0 {
				t.Errorf("%s: %d people counted, %d listed and %d said to be more", list, total, shown, hidden)
			}
		}
	}
}

func TestActNowListsWhatWaits(t *testing.T) {
	p := harbour(t)
	stars := func(n float64) collector.Rating {
		return collector.Rating{Raw: fmt.Sprint(n), Best: "5", Value: n, Valid: true, Tag: "stars"}
	}
	reply := &collector.Reply{Text: "Sorry.", State: "published"}
	tests := []struct {
		name   string
		days   int
		kind   collector.Kind
		rating collector.Rating
		score  float64
		reply  *collector.Reply
		want   bool
	}{
		{"one star without a reply waits", 3, collector.Review, stars(1), -.9, nil, true},
		{"two stars wait whatever the words", 3, collector.Review, stars(2), .1, nil, true},
		{"very bad words without a rating wait", 3, collector.Review, collector.Rating{}, -.8, nil, true},
		{"bad words in a good review do not", 3, collector.Review, stars(5), -.8, nil, false},
		{"mildly bad words do not", 3, collector.Review, stars(3), -.3, nil, false},
		{"an answered one does not", 3, collector.Review, stars(1), -.9, reply, false},
		{"a rejected reply is none", 3, collector.Review, stars(1), -.9, &collector.Reply{Text: "Sorry.", State: "rejected"}, true},
		{"a response is not public", 3, collector.Response, stars(1), -.9, nil, false},
		{"one of forty days ago is past", 40, collector.Review, stars(1), -.9, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			day := now.AddDate(0, 0, -tt.days)
			w := &world{practice: p}
			f := collector.Feedback{ID: "one", Practice: p.ID, Kind: tt.kind, SourceID: "one", Rows: 1, Text: "I waited for weeks.", Rating: tt.rating, Reply: tt.reply,
				Date: collector.OnDay(day.Year(), day.Month(), day.Day(), p.Zone)}
			w.review = collector.Entry{Source: "web:x", Kind: "web", State: collector.Complete}
			w.reviews = []collector.Feedback{f}
			w.understood = []analysis.Understood{{Feedback: "one", Version: 1, Mentions: []analysis.Mention{{Feedback: "one", Version: 1, Touchpoint: "exam", End: 19, Score: tt.score, Confidence: 1, Origin: analysis.FromText}}}}
			s := newStore(t, w)
			root := checkPage(t, makeWeekly(t, s, p, testOptions()))
			if got := len(find(find(root, "#act-now")[0], "voice")) == 1; got != tt.want {
				t.Errorf("waits = %v, want %v", got, tt.want)
			}
			want := Ages{}
			if tt.want {
				want.UnderAWeek = 1
			}
			reviews, err := s.Unanswered(t.Context(), UnansweredSince(now))
			if ages := Unanswered(reviews, now); err != nil || ages != want || !strings.Contains(inner(root), ages.Sentence()) {
				t.Errorf("by age: %+v, %v; want %+v, as the page says it", ages, err, want)
			}
		})
	}
}

func TestALowRatingWithoutAWordWaitsToo(t *testing.T) {
	p := harbour(t)
	day := now.AddDate(0, 0, -3)
	silent := func(id string, stars float64, reply *collector.Reply) collector.Feedback {
		return collector.Feedback{ID: id, Practice: p.ID, Kind: collector.Review, SourceID: id, Rows: 1, Reply: reply,
			Rating: collector.Rating{Raw: fmt.Sprint(stars), Best: "5", Value: stars, Valid: true, Tag: "stars"},
			Date:   collector.OnDay(day.Year(), day.Month(), day.Day(), p.Zone)}
	}
	w := &world{practice: p, review: collector.Entry{Source: "web:x", Kind: "web", State: collector.Complete}}
	w.reviews = []collector.Feedback{silent("low", 1, nil), silent("high", 5, nil), silent("answered", 1, &collector.Reply{Text: "Sorry."})}
	root := checkPage(t, makeWeekly(t, newStore(t, w), p, testOptions()))
	voices := find(find(root, "#act-now")[0], "voice")
	if len(voices) != 1 || !strings.Contains(inner(voices[0]), "1 of 5 stars, without a word.") {
		t.Errorf("act now has %d voices, want the one low rating without a reply", len(voices))
	}
	if next := inner(find(root, "next")[0]); !strings.Contains(next, "Answer 1 unhappy review") {
		t.Errorf("next = %q, want an answer", next)
	}
}

func TestNextNamesWhoActs(t *testing.T) {
	p := harbour(t)
	o := testOptions()
	o.Owners = func(practice string) func(string) string {
		return func(touchpoint string) string {
			return map[string]string{"collection_call": "Anna of " + practice}[touchpoint]
		}
	}
	page := makeWeekly(t, newStore(t, invent(p, 1)), p, o)
	if n := bytes.Count(page, []byte("For <bdi>Anna of harbour-street</bdi>.")); n != 1 {
		t.Errorf("the owner stands %d times on the page, want once: beside what is to be done at the touchpoint", n)
	}
}

func TestActNowSaysWhatBecameOfAReply(t *testing.T) {
	p := harbour(t)
	w := invent(p, 1)
	for i, state := range []string{"", "rejected", "pending", "published"} {
		f := collector.Feedback{ID: "low-" + state, Practice: p.ID, Kind: collector.Review, SourceID: "low-" + state, Rows: 1,
			Date: collector.OnDay(2026, 11, 10+i, p.Zone), Rating: collector.Rating{Raw: "1", Best: "5", Value: 1, Valid: true, Tag: "stars"}}
		if state != "" {
			f.Reply = &collector.Reply{Text: "Sorry.", State: state}
		}
		w.reviews = append(w.reviews, f)
	}
	m, err := load(t.Context(), newStore(t, w), p, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	open, err := m.urgent(t.Context(), newQuoter(nil, true))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, u := range open {
		got[u.Feedback] = u.Reply
	}
	want := map[string]string{"low-": "", "low-rejected": "the reply was refused there", "low-pending": "the reply is not shown there yet"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("replies (-want +got):\n%s", diff)
	}
}

func TestVitalSignsAreAtMostSixWithLimits(t *testing.T) {
	p := harbour(t)
	s := newStore(t, invent(p, 1))
	o := withInsights(t, s, p)
	m, err := load(t.Context(), s, p, o)
	if err != nil {
		t.Fatal(err)
	}
	var tags []string
	for _, v := range m.vitals(o.Insights(p.ID)) {
		tags = append(tags, v.Tag)
		if v.Run == nil || len(v.Rows) != vitalPeriods || v.Run.BandHeight == "" || v.Word == "" {
			t.Errorf("%s has no run of a year with limits: %+v", v.Tag, v)
		}
		sum := 0
		for _, r := range v.Rows {
			n, err := strconv.Atoi(r.N.Text)
			if err != nil {
				t.Error(err)
			}
			sum += n
		}
		if v.Tag == "stars-mean" && sum != len(m.reviews) {
			t.Errorf("%s: %d ratings in the table, want %d", v.Tag, sum, len(m.reviews))
		}
	}
	if want := []string{"stars-mean", "nps-0-10", "reviews-13w", "answered-7d", "reply-median", "unhappy-share"}; !slices.Equal(tags, want) {
		t.Errorf("vital signs %v, want %v", tags, want)
	}
	if got := m.published(); !slices.Equal(got, []string{fmt.Sprintf("3.7 of %d reviews", len(m.reviews))}) {
		t.Errorf("published = %q", got)
	}
	// Without a reply that has a day there is no time to one; without reviews there is nothing about them.
	for i := range m.reviews {
		m.reviews[i].Reply = collector.Date{}
	}
	if n := len(m.vitals(nil)); n != 3 {
		t.Errorf("%d vital signs without days of replies and ratings, want 3", n)
	}
	m.reviews = nil
	if n := len(m.vitals(nil)); n != 1 {
		t.Errorf("%d vital signs without reviews and ratings, want 1", n)
	}
}

func TestPraiseIsGoodWordsAndNothingElse(t *testing.T) {
	p := harbour(t)
	root := checkPage(t, makeWeekly(t, newStore(t, invent(p, 1)), p, testOptions()))
	voices := find(find(root, "#praise")[0], "voice")
	if len(voices) == 0 || len(voices) > praiseShown {
		t.Fatalf("%d quotes of praise, want 1 to %d", len(voices), praiseShown)
	}
	for _, v := range voices {
		for q := range v.Descendants() {
			if q.Data != "q" {
				continue
			}
			good := false
			for _, both := range sentences {
				good = good || slices.Contains(both[1], inner(q))
			}
			if !good {
				t.Errorf("praise %q is not one of the good sentences", inner(q))
			}
		}
	}
}

func TestTheQuestionForASilentTouchpointMapsItself(t *testing.T) {
	for _, name := range analysis.BuiltInNames() {
		taxonomy, err := analysis.BuiltIn(name)
		if err != nil {
			t.Fatal(err)
		}
		o := testOptions()
		o.Taxonomy = func(string) *analysis.Taxonomy { return taxonomy }
		silent := newMaterial(harbour(t), o, english, nil).silent()
		if len(silent) != len(taxonomy.Touchpoints) {
			t.Errorf("%s: %d silent touchpoints of %d", name, len(silent), len(taxonomy.Touchpoints))
		}
		for i, s := range silent {
			if got := taxonomy.Asks(s.Question); got != taxonomy.Touchpoints[i].ID {
				t.Errorf("%s: %q asks about %q, want %q", name, s.Question, got, taxonomy.Touchpoints[i].ID)
			}
		}
	}
}

func TestABridgeIsDrawnAndAddsUp(t *testing.T) {
	five, one := 5., 1.
	m := &material{in: english, pairs: []analysis.RatingPair{
		{Source: "a", Before: &five, After: &five, N: 20}, {Source: "a", After: &one, N: 4}, {Source: "a", Before: &one, After: &five, N: 2},
		{Source: "b", Before: &one, N: 3}, {Source: "b", Before: &five, After: &five, N: 3},
	}}
	b := m.bridge()
	if b == nil {
		t.Fatal("no bridge")
	}
	if len(b.Parts) != 4 || len(b.Bars) != 6 {
		t.Errorf("%d parts and %d bars, want 4 and 6", len(b.Parts), len(b.Bars))
	}
	for i, n := range []string{"4", "3", "2", ""} {
		if b.Parts[i].N.Text != n {
			t.Errorf("%s: n = %q, want %q", b.Parts[i].Name, b.Parts[i].N, n)
		}
	}
	// The axis is cut and says where; the means are places on it, and bars as long as the parts.
	if from, now := b.Bars[0], b.Bars[5]; from.Dot == "" || now.Dot == "" || from.Width != "" || now.Width != "" || b.Lo == "" || b.Lo == b.Hi || strings.Count(b.Joints, "M") != 5 {
		t.Errorf("the ends are %+v and %+v on an axis from %s to %s", from, now, b.Lo, b.Hi)
	}
	width := func(i int) float64 {
		v, err := strconv.ParseFloat(b.Bars[i].Width, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	value := func(i int) float64 {
		v, err := strconv.ParseFloat(strings.TrimPrefix(strings.Replace(b.Parts[i].Value, "\u2212", "-", 1), "+"), 64)
		if err != nil {
			t.Fatal(err)
		}
		return max(v, -v)
	}
	if got, want := width(1)/width(3), value(0)/value(2); got < .97*want || got > 1.03*want {
		t.Errorf("the bars of %s and %s are as %.2f to 1", b.Parts[0].Value, b.Parts[2].Value, got)
	}
	m.pairs = m.pairs[:1]
	if b := m.bridge(); b != nil {
		t.Errorf("a mean that did not move has a bridge: %+v", b)
	}
}
