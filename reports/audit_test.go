package reports

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"percept/analysis"
	"percept/collector"
	"percept/store"
)

// auditOptions are those of the invented practice: its insights are made from what is stored.
func auditOptions(t testing.TB, s *store.Store, practices ...collector.Practice) AuditOptions {
	t.Helper()
	o := AuditOptions{Options: testOptions(), Standards: DefaultStandards, Model: "model-test", Config: map[string]string{"store": "in memory"}}
	to := lastWeek.Add(week)
	back := func(weeks int) time.Time { return to.AddDate(0, 0, -7*weeks) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	m := analysis.Material{Practice: practices[0].ID}
	m.Quarter, err = s.RatingCounts(t.Context(), m.Practice, back(analysis.QuarterWeeks), to)
	must(err)
	m.Before, err = s.RatingCounts(t.Context(), m.Practice, back(2*analysis.QuarterWeeks), back(analysis.QuarterWeeks))
	must(err)
	m.Year, err = s.RatingCounts(t.Context(), m.Practice, back(analysis.YearWeeks), to)
	must(err)
	m.Said, err = s.ScoreSums(t.Context(), m.Practice, back(analysis.YearWeeks), to)
	must(err)
	for _, channel := range []collector.Kind{collector.Review, collector.Response} {
		for stories, err := range s.Stories(t.Context(), m.Practice, channel, back(analysis.RareWeeks), to) {
			must(err)
			m.Stories = stories
			in, err := analysis.NewInsight(channel, to, m)
			must(err)
			o.Insights = append(o.Insights, in)
		}
	}
	if len(practices) < 2 {
		return o
	}
	counts, err := s.RatingCounts(t.Context(), "", back(analysis.YearWeeks), to)
	must(err)
	var stars []analysis.Answers
	for _, a := range analysis.Tally(counts) {
		if a.Axis().Tag == analysis.Stars {
			stars = append(stars, a)
		}
	}
	c, err := analysis.ComparePractices(stars)
	must(err)
	o.Comparisons = append(o.Comparisons, c)
	return o
}

func makeAudit(t testing.TB, s AuditStore, p collector.Practice, o AuditOptions) *Audit {
	t.Helper()
	a, err := newAudit(t.Context(), s, p, o, paint)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// six practices: enough for a funnel; the first is audited.
func six(t testing.TB) ([]collector.Practice, *store.Store) {
	ps, ws := []collector.Practice{harbour(t)}, []*world{invent(harbour(t), 1)}
	for i := range 5 {
		p := collector.Practice{ID: fmt.Sprintf("p%d-practice", i), Name: fmt.Sprintf("Secret Client %d", i), Zone: zone(t)}
		ps, ws = append(ps, p), append(ws, quietly(invent(p, uint64(i+10))))
	}
	for i, w := range ws { // ids begin with two letters of the practice
		for _, said := range [][]collector.Feedback{w.reviews, w.responses} {
			for j := range said {
				if len(said[j].Answers) == 0 && i == 0 && j%4 == 0 && said[j].Reply != nil {
					said[j].Reply.Date = collector.OnDay(said[j].Date.Start.Year(), said[j].Date.Start.Month(), said[j].Date.Start.Day()+5, zone(t))
				}
			}
		}
	}
	return ps, newStore(t, ws...)
}

func TestAuditIsAsItWas(t *testing.T) {
	ps, s := six(t)
	empty := collector.Practice{ID: "empty-lane", Name: "Empty Lane", Zone: zone(t)}
	for name, make := range map[string]func() *Audit{
		"audit.html": func() *Audit { return makeAudit(t, s, ps[0], auditOptions(t, s, ps...)) },
		"audit_empty.html": func() *Audit {
			e := newStore(t, &world{practice: empty})
			return makeAudit(t, e, empty, auditOptions(t, e, empty))
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := make()
			root := checkPage(t, a.Page)
			same(t, name, a.Page)
			again := make()
			for i, f := range a.files {
				if !bytes.Equal(f.data, again.files[i].data) {
					t.Errorf("%s: the same store and now gave other bytes", f.name)
				}
			}
			for _, f := range a.Figures { // of each figure the table has, the page shows the same
				if found := find(root, "#f-"+f.ID); len(found) == 1 && strings.TrimSpace(f.Shown) != inner(found[0]) {
					t.Errorf("%s shows %q, figures.csv says %q", f.ID, inner(found[0]), f.Shown)
				} else if len(found) != 1 {
					t.Errorf("%s stands %d times in the page", f.ID, len(found))
				}
			}
			if found, err := a.Verify(packOf(a)); err != nil || len(found) > 0 {
				t.Errorf("Verify of what was written = %v, %v", found, err)
			}
		})
	}
}

func packOf(a *Audit) fstest.MapFS {
	pack := fstest.MapFS{}
	for _, f := range a.files {
		pack[f.name] = &fstest.MapFile{Data: slices.Clone(f.data)}
	}
	return pack
}

func TestVerifyNamesWhatWasTamperedWith(t *testing.T) {
	p := harbour(t)
	s := newStore(t, invent(p, 1))
	a := makeAudit(t, s, p, auditOptions(t, s, p))
	figure := func(id string) Figure {
		i := slices.IndexFunc(a.Figures, func(f Figure) bool { return f.ID == id })
		if i < 0 {
			t.Fatalf("no figure %s", id)
		}
		return a.Figures[i]
	}
	mean, words := figure("collection_call.review.mean"), figure("collection_call.bad.1")
	digit := strings.Replace(mean.Shown, mean.Shown[len("\u2212"):len("\u2212")+4], "0.99", 1)
	letter := strings.Replace(words.Shown, "l", "1", 1)
	tests := []struct {
		name, file, old, new string
		want                 Difference // but for the sums, which differ wherever a letter does
	}{
		{"a digit in the page", indexFile, ">" + strings.ReplaceAll(mean.Shown, "+", "&#43;") + "<", ">" + strings.ReplaceAll(digit, "+", "&#43;") + "<", Difference{indexFile, mean.ID, mean.What, digit, mean.Shown}},
		{"a digit in the table", figuresFile, mean.Shown, digit, Difference{figuresFile, mean.ID, mean.What, digit, mean.Shown}},
		{"a number before rounding", figuresFile, mean.Value, mean.Value + "1", Difference{figuresFile, mean.ID, mean.What, mean.Value + "1", mean.Value}},
		{"a letter of a quote", figuresFile, words.ID + `,"` + words.What + `","` + words.Shown, words.ID + `,"` + words.What + `","` + letter, Difference{figuresFile, words.ID, words.What, letter, words.Shown}},
		{"a letter outside of the figures", indexFile, "Perception is slipping", "Perception is skipping", Difference{Place: indexFile}},
		{"the config", configFile, "in memory", "elsewhere", Difference{Place: configFile}},
		{"a figure taken out", indexFile, `id="f-` + mean.ID + `"`, `id="x"`, Difference{indexFile, mean.ID, mean.What, "not there", mean.Shown}},
		{"a figure put in", indexFile, "<h2 id=\"h-scope\">", `<data id="f-mine" value="1">1</data><h2 id="h-scope">`, Difference{indexFile, "mine", "", "1", "not there"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pack := packOf(a)
			changed := strings.Replace(string(pack[tt.file].Data), tt.old, tt.new, 1)
			if changed == string(pack[tt.file].Data) {
				t.Fatalf("%s does not hold %q", tt.file, tt.old)
			}
			pack[tt.file].Data = []byte(changed)
			found, err := a.Verify(pack)
			if err != nil {
				t.Fatal(err)
			}
			if len(found) != 2 || found[0].What != "SHA-256" || found[0].Place != tt.file {
				t.Fatalf("Verify = %+v, want the sum of %s and one more", found, tt.file)
			}
			if got := found[1]; tt.want.Figure != "" && got != tt.want || got.Place != tt.want.Place {
				t.Errorf("Verify = %+v, want %+v", got, tt.want)
			}
		})
	}
	t.Run("a letter of a quote in the page, with its mark", func(t *testing.T) {
		pack := packOf(a)
		page := string(pack[indexFile].Data)
		at := strings.Index(page, `id="f-`+words.ID+`"`)
		at += strings.Index(page[at:], "<mark>") + len("<mark>")
		pack[indexFile].Data = []byte(page[:at] + "X" + page[at+1:])
		found, err := a.Verify(pack)
		if err != nil || len(found) != 2 || found[1].Figure != words.ID {
			t.Errorf("Verify = %+v, %v, want figure %s", found, err, words.ID)
		}
	})
	for _, gone := range []string{indexFile, figuresFile, sumsFile} {
		pack := packOf(a)
		delete(pack, gone)
		found, err := a.Verify(pack)
		if err != nil || !slices.ContainsFunc(found, func(d Difference) bool { return d.Place == gone && d.Pack == "not there" }) {
			t.Errorf("without %s: Verify = %+v, %v", gone, found, err)
		}
	}
}

// TestVerifyReadsThePackFromDisk holds that what Write wrote is what ReadPack and Verify read.
func TestVerifyReadsThePackFromDisk(t *testing.T) {
	p := harbour(t)
	s := newStore(t, invent(p, 1))
	a := makeAudit(t, s, p, auditOptions(t, s, p))
	dir := filepath.Join(t.TempDir(), "new", "audit")
	files, err := a.Write(dir)
	if err != nil || len(files) != 5 {
		t.Fatalf("Write = %v, %v", files, err)
	}
	info, err := ReadPack(os.DirFS(dir))
	if err != nil || info.Practice != p.ID || !info.Now.Equal(now) || info.Audience != Shared || info.Week != "2026-11-09" {
		t.Errorf("ReadPack = %+v, %v", info, err)
	}
	if found, err := a.Verify(os.DirFS(dir)); err != nil || len(found) > 0 {
		t.Errorf("Verify = %v, %v", found, err)
	}
	if _, err := ReadPack(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), fs.ErrNotExist.Error()) {
		t.Errorf("ReadPack of an empty folder = %v", err)
	}
}

func TestQuoteLockHoldsTheAudit(t *testing.T) {
	p := harbour(t)
	s := newStore(t, invent(p, 1))
	o := auditOptions(t, s, p)
	if _, err := NewAudit(t.Context(), forged{s}, p, o); err == nil || !strings.Contains(err.Error(), "is not what is stored") {
		t.Errorf("NewAudit over forged words = %v", err)
	}
}

// forged is a store whose words are one letter off when they are read again.
type forged struct{ *store.Store }

func (f forged) Words(ctx context.Context, feedback ...string) (map[analysis.Passage]string, error) {
	words, err := f.Store.Words(ctx, feedback...)
	for p, w := range words {
		words[p] = strings.ReplaceAll(w, "e", "a")
	}
	return words, err
}

func TestAuditAudiences(t *testing.T) {
	ps, s := six(t)
	o := auditOptions(t, s, ps...)
	shared := makeAudit(t, s, ps[0], o)
	o.Audience = Internal
	internal := makeAudit(t, s, ps[0], o)
	for _, f := range shared.files {
		for _, secret := range []string{"p0-practice", "Secret Client", "Marlowe"} {
			if bytes.Contains(f.data, []byte(secret)) {
				t.Errorf("shared %s holds %q", f.name, secret)
			}
		}
	}
	if !bytes.Contains(internal.Page, []byte("p0-practice")) {
		t.Error("the internal audit does not name the peers")
	}
}

func TestBrandStaysReadable(t *testing.T) {
	for _, colour := range []string{"#000000", "#ffffff", "#ffee00", "#1d5b86", "#ff0000", "#808080", "#00ff7f"} {
		b, err := NewBrand("Someone", colour, nil)
		if err != nil {
			t.Fatal(err)
		}
		for ground, end := range map[[3]float64]float64{lightGround: 0, darkGround: 255} {
			if got := contrast(readable(b.colour, ground, end), ground); got < 4.5 {
				t.Errorf("%s on %v has a contrast of %.2f", colour, ground, got)
			}
		}
	}
	// Black on white is 21 to 1, and #767676 on white 4.54 to 1: the examples of WCAG.
	if got := contrast([3]float64{}, [3]float64{255, 255, 255}); got < 20.99 || got > 21.01 {
		t.Errorf("contrast of black on white = %v, want 21", got)
	}
	if got := contrast([3]float64{0x76, 0x76, 0x76}, [3]float64{255, 255, 255}); got < 4.53 || got > 4.55 {
		t.Errorf("contrast of #767676 on white = %v, want 4.54", got)
	}
	for _, bad := range []string{"red", "#12345", "#1234567", "#12345g", "#+12345", "é12345", "}body{"} {
		if _, err := NewBrand("", bad, nil); err == nil {
			t.Errorf("NewBrand took the colour %q", bad)
		}
	}
	if _, err := NewBrand("", "", []byte("<svg onload=alert(1)>")); err == nil {
		t.Error("NewBrand took an SVG for a logo")
	}
}

func TestCellsAreNoFormulas(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "plain": "plain", "-0.71": "-0.71", "+0.42": "+0.42", "=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0",
		"-2+3": "'-2+3", "'quoted": "'quoted", "\t=1": "'\t=1", "+0.42 (90 % sure": "'+0.42 (90 % sure",
	} {
		if got := inert(cell); got != want {
			t.Errorf("inert(%q) = %q, want %q", cell, got, want)
		}
		if got := collector.Live(inert(cell)); got != cell {
			t.Errorf("Live(inert(%q)) = %q", cell, got)
		}
	}
}
