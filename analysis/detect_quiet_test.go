package analysis

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"
)

// TestDetectIsQuietWhenNobodyChangedTheirMind plants events after which a plain mean moves and nobody's
// opinion has. The blind rows hide from the detector what it needs to know better, and must alarm:
// else the event would prove nothing.
func TestDetectIsQuietWhenNobodyChangedTheirMind(t *testing.T) {
	const practices, event, weeks = 20, 50, 68
	base := simulation{seed: 23, practices: practices, weeks: weeks, perWeek: 10}
	fake := func(id string, w, day, p, touch int, sig string) Observation {
		return Observation{
			Practice: fmt.Sprintf("practice-%02d", p), Touchpoint: simTouches[touch], Source: "google",
			Day: simWeek(w).AddDate(0, 0, day), Score: -.9, Review: id, TextSig: sig,
		}
	}
	oneSource := func(obs []Observation) []Observation {
		for i := range obs {
			obs[i].Source = "reviews"
		}
		return obs
	}
	for _, c := range []struct {
		name  string
		plan  func(s *simulation)
		add   func(p int) []Observation
		blind func(obs []Observation) []Observation
	}{
		{"the mix of sources shifts", func(s *simulation) {
			s.volume = func(w int, source string) float64 {
				switch {
				case w < event:
					return 1
				case source == "survey":
					return .1
				case source == "google":
					return 2.5
				}
				return 1
			}
		}, nil, oneSource},
		{"three times the volume", func(s *simulation) {
			s.volume = func(w int, _ string) float64 { return when(w >= event, 3, 1) }
		}, nil, nil},
		{"a third of the volume", func(s *simulation) {
			s.volume = func(w int, _ string) float64 { return when(w >= event, .3, 1) }
		}, nil, nil},
		{"a burst of bad reviews in one week", func(*simulation) {}, func(p int) (obs []Observation) {
			for i := range 24 {
				id := fmt.Sprintf("burst-%d", i)
				obs = append(obs, fake(id, event, i%3, p, 1, ""), fake(id, event, i%3, p, 3, ""))
			}
			return obs
		}, func(obs []Observation) []Observation { // the same reviews, as if over eight weeks
			for i := range obs {
				if o := &obs[i]; o.Review[:2] == "bu" {
					o.Day = o.Day.AddDate(0, 0, 7*(len(o.Review)+int(o.Review[len(o.Review)-1]))%56)
				}
			}
			return obs
		}},
		{"one text again and again", func(*simulation) {}, func(p int) (obs []Observation) {
			for i := range 30 {
				obs = append(obs, fake(fmt.Sprintf("copy-%d", i), event+i/4, i%7, p, 3, "the same long text"))
			}
			return obs
		}, func(obs []Observation) []Observation {
			for i := range obs {
				obs[i].TextSig = ""
			}
			return obs
		}},
		{"a stricter platform replaces the survey", func(s *simulation) {
			s.sources = []simSource{{"survey", .9, .15}, {"google", .1, -.1}, {"platform", .9, -.2}}
			s.volume = func(w int, source string) float64 {
				return when(source == "google" || (source == "platform") == (w >= event), 1, 0)
			}
		}, nil, oneSource},
		{"a stricter platform comes beside the others", func(s *simulation) {
			s.sources = append(slices.Clone(simSources), simSource{"platform", .8, -.4})
			s.volume = func(w int, source string) float64 {
				return when(source != "platform" || w >= event, 1, 0)
			}
		}, nil, oneSource},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := base
			c.plan(&s)
			obs := s.run()
			if c.add != nil {
				for p := range practices {
					obs = append(obs, c.add(p)...)
				}
			}
			told := kinds(detect(t, obs, DetectOptions{}).Alarms, event, Drop, Rise)
			if limit := practices * 3 / 10; len(told) > limit {
				t.Errorf("%d alarms in %d practices, want at most %d: %+v", len(told), practices, limit, told[0])
			}
			if c.blind == nil {
				return
			}
			if told := kinds(detect(t, c.blind(obs), DetectOptions{}).Alarms, event, Drop, Rise); len(told) < practices*7/10 {
				t.Errorf("%d alarms without the guard in %d practices: the event is too small to prove anything", len(told), practices)
			}
		})
	}
}

func TestDetectTellsABurst(t *testing.T) {
	obs := simulation{seed: 29, practices: 1, weeks: 60, perWeek: 10}.run()
	for i := range 20 {
		obs = append(obs, Observation{
			Practice: "practice-00", Touchpoint: "exam", Source: "google", Day: simWeek(50), Score: -.8, Review: fmt.Sprint("burst", i),
		})
	}
	told := kinds(detect(t, obs, DetectOptions{}).Alarms, 0, Burst)
	if len(told) != 1 || told[0].Source != "google" || !told[0].Flagged.Equal(simWeek(50)) || told[0].N < 10 || told[0].EffectHi >= 0 {
		t.Errorf("told %+v, want one burst from google in week 50", told)
	}
	campaign := simulation{seed: 29, practices: 1, weeks: 60, perWeek: 10, volume: func(w int, source string) float64 {
		return when(source == "survey" && w == 50, 5, 1)
	}}.run()
	if told := kinds(detect(t, campaign, DetectOptions{}).Alarms, 0, Burst); len(told) != 0 {
		t.Errorf("a survey campaign told as %+v", told)
	}
}

// TestDetectTakesAFailedSourceAsMissing has a source whose pages could be read in part only, and the
// part happened to hold the complaints.
func TestDetectTakesAFailedSourceAsMissing(t *testing.T) {
	const failed, back = 56, 62
	sources := []simSource{{"survey", .8, .05}, {"google", .2, -.2}}
	all := simulation{seed: 31, practices: 1, weeks: 70, perWeek: 16, sources: sources}.run()
	part := slices.DeleteFunc(slices.Clone(all), func(o Observation) bool {
		return o.Source == "survey" && !o.Day.Before(simWeek(failed)) && o.Day.Before(simWeek(back)) && o.Score > -.2
	})
	if told := kinds(detect(t, part, DetectOptions{}).Alarms, failed, Drop); len(told) == 0 {
		t.Fatal("the part that was read raises no alarm without the hole: it proves nothing")
	}
	hole := []Hole{{Practice: "practice-00", Source: "survey", From: simWeek(failed).AddDate(0, 0, 2), To: simWeek(back).AddDate(0, 0, -1)}}
	d := detect(t, part, DetectOptions{Holes: hole})
	if told := kinds(d.Alarms, failed, Drop, Rise, Burst, SourceChange); len(told) != 0 {
		t.Errorf("told %+v", told)
	}
	want := "survey: not read from 2024-01-29 to 2024-03-10"
	for _, v := range d.Verdicts {
		if v.Word == Worse || v.Note != want {
			t.Errorf("%s: %q, note %q; want no slip and %q", v.Touchpoint, v.Word, v.Note, want)
		}
	}
	other := []Hole{{Practice: "another", Source: "survey", From: simWeek(failed), To: simWeek(back)}}
	if v := verdictOf(detect(t, part, DetectOptions{Holes: other}), PracticeWide); v.Note != "" {
		t.Errorf("note %q of another practice's hole", v.Note)
	}
}

// TestDetectFindsADropBesideAHole holds that a hole hides nothing that the other sources tell.
func TestDetectFindsADropBesideAHole(t *testing.T) {
	obs := simulation{seed: 37, practices: 1, weeks: 70, perWeek: 20, change: dropAt(3, 56, 999, -.5)}.run()
	hole := []Hole{{Source: "survey", From: simWeek(56)}}
	if v := verdictOf(detect(t, obs, DetectOptions{Holes: hole}), simTouches[3]); v.Word != Worse {
		t.Errorf("verdict %q, want worse", v.Word)
	}
}

func TestDetectTellsSources(t *testing.T) {
	obs := simulation{
		seed: 41, practices: 1, weeks: 80, perWeek: 12,
		sources: append(slices.Clone(simSources), simSource{"platform", .3, -.2}),
		volume: func(w int, source string) float64 {
			on := map[string]bool{"survey": true, "google": true, "facebook": w < 60, "platform": w >= 40}[source]
			return when(on, 1, 0)
		},
	}.run()
	told := kinds(detect(t, obs, DetectOptions{}).Alarms, 0, SourceChange)
	if len(told) != 2 {
		t.Fatalf("told %+v, want two", told)
	}
	if a := told[0]; a.Source != "platform" || !a.Since.Equal(simWeek(40)) || a.Cleared.Sub(a.Since) < 8*7*24*time.Hour {
		t.Errorf("told %+v, want the platform in week 40, counted after eight weeks", a)
	}
	if a := told[1]; a.Source != "facebook" || a.Since.Before(simWeek(59)) || a.Since.After(simWeek(61)) || !a.Cleared.IsZero() {
		t.Errorf("told %+v, want facebook silent about week 60", a)
	}
}

func TestDetectDoubtsAWeekInWhichEveryoneSlips(t *testing.T) {
	everyone := func(p, w, k int) float64 {
		if p < 12 && w >= 50 {
			return -.9
		}
		return 0
	}
	d := detect(t, simulation{seed: 43, practices: 14, weeks: 54, perWeek: 12, change: everyone}.run(), DetectOptions{})
	doubted := 0
	for _, v := range d.Verdicts {
		if v.Word == Worse && v.Touchpoint == PracticeWide && v.Note != "" {
			doubted++
		}
	}
	if doubted < 8 {
		t.Errorf("%d of 12 slips carry the doubt", doubted)
	}
}

func TestVerdictsAreListedAndSayWhenThereIsEnough(t *testing.T) {
	obs := simulation{seed: 47, practices: 1, weeks: 60, perWeek: 10}.run()
	rare := 0
	obs = slices.DeleteFunc(obs, func(o Observation) bool {
		rare++
		return o.Touchpoint == "recall" && rare%25 != 0
	})
	d := detect(t, obs, DetectOptions{Touchpoints: []string{"fitment", "settlement", "exam", "fitment"}})
	var order []string
	for _, v := range d.Verdicts {
		order = append(order, v.Touchpoint)
	}
	want := []string{"*", "fitment", "settlement", "exam", "appointment", "pretest", "quote", "recall", "reception", "selection"}
	if !slices.Equal(order, want) {
		t.Errorf("verdicts of %q, want %q", order, want)
	}
	if v := verdictOf(d, "settlement"); v.Word != NotEnough || v.Visible != 0 || v.WeeksToEnough != 0 || v.People != 0 {
		t.Errorf("a touchpoint without data: %+v", v)
	}
	if v := verdictOf(d, "recall"); v.Word != NotEnough || v.Visible <= .6 || v.People == 0 {
		t.Errorf("a rare touchpoint: %+v", v)
	}
	if v := verdictOf(d, "exam"); v.Word != Steady || v.Visible <= 0 || v.Visible > .6 || v.WeeksToEnough != 0 || v.Negative >= v.People {
		t.Errorf("a touchpoint with data: %+v", v)
	}
	young := detect(t, obs, DetectOptions{Until: simWeek(3)})
	v := verdictOf(young, "exam")
	if v.Word != NotEnough || v.WeeksToEnough < 5 {
		t.Errorf("after four weeks: %+v, want not enough for five weeks or more", v)
	}
	later := verdictOf(detect(t, obs, DetectOptions{Until: simWeek(3 + 2*v.WeeksToEnough)}), "exam")
	if later.Word == NotEnough {
		t.Errorf("twice the %d weeks later it is still %q", v.WeeksToEnough, later.Word)
	}
}

// TestVerdictsNameTheSourceThatChanged has sources that fail, come, go and shift, with scores that
// differ by source: no slips but those of the stated rate, and every verdict says what happened. Without
// the names of the sources half of the practices would slip or rise. The budget is a tight one, of which an
// unchanged practice spends a fortieth in these weeks: more slips than one in a thousand such groups of
// practices has are the event's.
func TestVerdictsNameTheSourceThatChanged(t *testing.T) {
	const event, weeks, practices, alpha = 60, 76, 20, .08
	most := tolerated(practices, alpha*(weeks-event)/52)
	sources := []simSource{{"survey", .5, .35}, {"google", .35, -.35}, {"facebook", .15, 0}}
	more := append(slices.Clone(sources), simSource{"platform", 1, -.6})
	from := func(source string, week int, before, after float64) func(int, string) float64 {
		return func(w int, s string) float64 { return when(s == source, when(w >= week, after, before), 1) }
	}
	for _, c := range []struct {
		name    string
		sources []simSource
		volume  func(w int, source string) float64
		holes   []Hole
		note    string
	}{
		{"failed", sources, from("survey", event, 1, .2), []Hole{{Source: "survey", From: simWeek(event)}},
			`^survey: not read from 2024-02-26 to 2024-06-16`},
		{"added, not yet comparable", more, from("platform", weeks-5, 0, 1), nil, `^platform: new since 2024-05-13, not yet comparable`},
		{"added", more, from("platform", event, 0, 1), nil, `^platform: new since 2024-02-26($|;)`},
		{"ended", sources, from("survey", event, 1, 0), []Hole{{Source: "survey", From: simWeek(event - 1), Ended: true}},
			`^survey: not collected since 2024-02-19`},
		{"fell silent", sources, from("survey", event, 1, 0), nil, `^survey: silent since 2024-02-26`},
		{"changed its share", sources, from("survey", weeks-13, 1, .1), nil,
			`^(survey|google): \d+ % of the voices of 13 weeks, \d+ % before; compared source by source`},
	} {
		t.Run(c.name, func(t *testing.T) {
			obs := simulation{seed: 80, practices: practices, weeks: weeks, perWeek: 16, sources: c.sources, volume: c.volume}.run()
			d := detect(t, obs, DetectOptions{Alpha: alpha, Holes: c.holes})
			if told := kinds(d.Alarms, event, Drop); len(told) > most {
				t.Errorf("%d slips in %d practices, want %d at most: %+v", len(told), practices, most, told[0])
			}
			if told := kinds(d.Alarms, event, SourceChange); c.holes != nil && len(told) != 0 {
				t.Errorf("told of a source that is known to be missing: %+v", told[0])
			}
			note := regexp.MustCompile(c.note)
			for _, v := range d.Verdicts {
				if !note.MatchString(v.Note) {
					t.Errorf("%s, %s: note %q, want %s", v.Practice, v.Touchpoint, v.Note, c.note)
				}
			}
			for i := range obs {
				obs[i].Source = "one"
			}
			if told := kinds(detect(t, obs, DetectOptions{Alpha: alpha}).Alarms, event, Drop, Rise); len(told) < practices/2 {
				t.Errorf("%d changes in %d practices where sources have no names: the event proves nothing", len(told), practices)
			}
		})
	}
}

func TestASteadyMixIsNotTold(t *testing.T) {
	obs := simulation{seed: 97, practices: 40, weeks: 80, perWeek: 8}.run()
	for _, v := range detect(t, obs, DetectOptions{}).Verdicts {
		if v.Touchpoint == PracticeWide && v.Note != "" {
			t.Errorf("%s: note %q of a steady mix", v.Practice, v.Note)
		}
	}
}
