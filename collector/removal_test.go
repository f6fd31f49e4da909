package collector_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"percept/collector"
	"percept/store"
	"percept/store/storetest"
)

// given is the mark-up of a review of a day in May 2026.
func given(author, text string, day int) string {
	return strings.Replace(reviewed(author, text), "2026-05-01", fmt.Sprintf("2026-05-%02d", day), 1)
}

// counted is the mark-up of a list that states its length.
func counted(n int, reviews ...string) string {
	return fmt.Sprintf(`<div itemscope itemtype=https://schema.org/AggregateRating><b itemprop=ratingValue>4.1</b><b itemprop=reviewCount>%d</b></div>`, n) + strings.Join(reviews, "")
}

// script is the mark-up of two reviews as JSON-LD, up to and with end.
func script(end string) string {
	const whole = `{"@type":"Optician","name":"Elm","review":[{"author":"Ann","datePublished":"2026-05-01","reviewBody":"The exam was thorough."},{"author":"Ben","datePublished":"2026-05-05","reviewBody":"I waited an hour."}]}`
	upTo, _, _ := strings.Cut(whole, end)
	if end == "" {
		upTo = whole
	}
	return `<script type="application/ld+json">` + upTo + end + `</script>`
}

// elm is a store that knows the practice.
func elm(t *testing.T) *store.Store {
	t.Helper()
	s := storetest.New(t)
	if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: time.UTC}}); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRemovalsAreMarkedByWholeRunsOnly(t *testing.T) {
	ann, ben, cat, dot := given("Ann", "The exam was thorough.", 1), given("Ben", "I waited an hour.", 5), given("Cat", "Lovely frames.", 9), given("Dot", "Nobody rang.", 12)
	const failed = ""
	type step struct {
		when, page string
		want       told
	}
	tests := []struct {
		name  string
		steps []step
		live  int // after the last: what was removed still counts
		gone  int
	}{
		{"a list that states its length", []step{
			{"first", counted(3, ann, ben, cat), told{collector.Complete, 1, 0, 3, 3, 0, 0}},
			{"fewer than stated", counted(3, ann, cat), told{collector.Complete, 1, 0, 2, 0, 0, 0}},
			{"as many as stated", counted(2, ann, cat), told{collector.Complete, 1, 0, 2, 0, 1, 0}},
			{"nothing changed", counted(2, ann, cat), told{collector.Complete, 1, 1, 2, 0, 0, 0}},
			{"back", counted(3, ann, ben, cat), told{collector.Complete, 1, 0, 3, 0, 0, 1}},
			{"gone again", counted(2, ann, cat), told{collector.Complete, 1, 0, 2, 0, 1, 0}},
		}, 3, 1},
		{"a failed run between", []step{
			{"first", counted(2, ann, ben), told{collector.Complete, 1, 0, 2, 2, 0, 0}},
			{"failed", failed, told{collector.Failed, 0, 0, 0, 0, 0, 0}},
			{"a challenge", "Verify you are human", told{collector.Failed, 0, 0, 0, 0, 0, 0}},
			{"the same again", counted(2, ann, ben), told{collector.Complete, 1, 1, 2, 0, 0, 0}},
		}, 2, 0},
		{"a first page whose second fails", []step{
			{"first", ann + ben + cat, told{collector.Complete, 1, 0, 3, 3, 0, 0}},
			{"cut", toSecond + ann + cat, told{collector.Incomplete, 1, 0, 2, 0, 0, 0}},
			{"cut again", toSecond + ann + " " + cat, told{collector.Incomplete, 1, 0, 2, 0, 0, 0}},
		}, 3, 0},
		{"a script that breaks off", []step{
			{"first", script(""), told{collector.Complete, 1, 0, 2, 2, 0, 0}},
			{"cut", script("I waited an ho"), told{collector.Incomplete, 1, 0, 1, 0, 0, 0}},
			{"cut elsewhere", script("I waited"), told{collector.Incomplete, 1, 0, 1, 0, 0, 0}},
			{"cut before its first review", script("Ann"), told{collector.Failed, 0, 0, 0, 0, 0, 0}},
			{"whole again", script(""), told{collector.Complete, 1, 0, 2, 0, 0, 0}},
		}, 2, 0},
		{"a list without a length must miss it twice", []step{
			{"first", ann + ben + cat, told{collector.Complete, 1, 0, 3, 3, 0, 0}},
			{"missed", ann + cat, told{collector.Complete, 1, 0, 2, 0, 0, 0}},
			{"only the kept page", ann + cat, told{collector.Complete, 1, 1, 2, 0, 0, 0}},
			{"missed in a new page", ann + cat + dot, told{collector.Complete, 1, 0, 3, 1, 1, 0}},
		}, 4, 1},
		{"the latest three of a list are no removals", []step{
			{"first", ann + ben + cat, told{collector.Complete, 1, 0, 3, 3, 0, 0}},
			{"one further", ben + cat + dot, told{collector.Complete, 1, 0, 3, 1, 0, 0}},
			{"and again", ben + cat + dot + "<hr>", told{collector.Complete, 1, 0, 3, 0, 0, 0}},
		}, 4, 0},
		{"an edit of a review without an id is a version, not a removal", []step{
			{"first", counted(2, ann, ben), told{collector.Complete, 1, 0, 2, 2, 0, 0}},
			{"edited", counted(2, ann, given("Ben", "I waited an hour, but they said sorry.", 5)), told{collector.Complete, 1, 0, 2, 0, 0, 0}},
		}, 2, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := &site{pages: map[string]string{}}
			k := elm(t)
			job := webJob(t, s.ServeHTTP)
			job.Absences = 1
			run := runs(t, job, k)
			for _, st := range tt.steps {
				if s.remove(""); st.page != failed {
					s.set("", st.page)
				}
				check(t, st.when, run(), st.want)
			}
			c, err := k.Counts(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if c.Feedback != tt.live || c.Removed != tt.gone {
				t.Errorf("%d count and %d are marked removed, want %d and %d", c.Feedback, c.Removed, tt.live, tt.gone)
			}
		})
	}
}

// A review that a list without a length misses once is not removed yet, and that it is missed is said.
func TestAMissedReviewIsSaidBeforeItIsRemoved(t *testing.T) {
	ann, ben, cat := given("Ann", "The exam was thorough.", 1), given("Ben", "I waited an hour.", 5), given("Cat", "Lovely frames.", 9)
	s := &site{pages: map[string]string{"": ann + ben + cat}}
	job := webJob(t, s.ServeHTTP)
	job.Absences = 1
	run := runs(t, job, elm(t))
	run()
	const note = "the list is without 1 of the reviews known from it; what 2 whole runs in a row miss counts as removed"
	for i, want := range []struct{ removed, notes int }{{0, 1}, {1, 0}, {0, 0}} {
		s.set("", ann+cat+strings.Repeat(" ", i))
		if e := run(); e.Removed != want.removed || len(e.Notes) != want.notes || want.notes == 1 && e.Notes[0] != note {
			t.Errorf("run %d without it: %d removed, notes %q; want %d and %d", i+1, e.Removed, e.Notes, want.removed, want.notes)
		}
	}
}

func TestANewPageIsNoMassRemoval(t *testing.T) {
	var all string
	for i := range 12 {
		all += given(fmt.Sprintf("Person %d", i), fmt.Sprintf("Visit number %d.", i), i+1)
	}
	first, last := given("Person 0", "Visit number 0.", 1), given("Person 11", "Visit number 11.", 12)
	s := &site{pages: map[string]string{"": all}}
	k := elm(t)
	job := webJob(t, s.ServeHTTP)
	job.Absences = 1
	run := runs(t, job, k)
	run()
	for i := range 3 {
		s.set("", first+last+strings.Repeat(" ", i))
		e := run()
		if e.Removed != 0 || len(e.Notes) != 1 || !strings.Contains(e.Notes[0], "10 known reviews gone from the list") {
			t.Errorf("%d removed, notes %q; want none, and a word about it", e.Removed, e.Notes)
		}
	}
}
