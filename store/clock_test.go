package store_test

import (
	"fmt"
	"testing"
	"time"

	"percept/collector"
	"percept/store/storetest"
)

// TestWeeksFollowTheClocksOfTheZone holds the week that the store gives a moment against that of the
// zone itself: around every change of clocks, over half hours and quarters, and far from today.
func TestWeeksFollowTheClocksOfTheZone(t *testing.T) {
	for _, name := range []string{"UTC", "Africa/Johannesburg", "Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"} {
		t.Run(name, func(t *testing.T) {
			zone, err := time.LoadLocation(name)
			if err != nil {
				t.Fatal(err)
			}
			s := storetest.New(t)
			if err := s.SetPractices(t.Context(), []collector.Practice{{ID: "elm", Name: "Elm", Zone: zone}}); err != nil {
				t.Fatal(err)
			}
			var all []collector.Feedback
			want := map[string]collector.Date{}
			add := func(d collector.Date) {
				f := collector.Feedback{Practice: "elm", Source: "s", Kind: collector.Review, SourceID: fmt.Sprint(len(all)), Date: d, Rows: 1, Text: "Good."}
				identity.Name(&f)
				all = append(all, f)
				want[f.ID] = d
			}
			for _, year := range []int{1971, 1999, 2011, 2026, 2040, 2060} {
				// Sunday to Monday of every week, where clocks change and weeks turn.
				first := time.Date(year, 1, 1, 0, 0, 0, 0, zone)
				for d := collector.Monday(first, zone); d.Year() <= year; d = d.AddDate(0, 0, 7) {
					midnight := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, zone)
					for _, off := range []time.Duration{-time.Second, 0, -23 * time.Hour} {
						add(collector.At(midnight.Add(off)))
					}
				}
				add(collector.OnDay(year, 3, 29, zone))
				add(collector.Date{Start: first.UTC(), End: first.AddDate(0, 1, 0).UTC(), Precision: collector.Month})
			}
			keep(t, s, "00000001", all)
			read := 0
			for stories, err := range s.Stories(t.Context(), "", collector.Review, time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2090, 1, 1, 0, 0, 0, 0, time.UTC)) {
				if err != nil {
					t.Fatal(err)
				}
				for _, got := range stories {
					read++
					d := want[got.Feedback]
					y, m, day := d.Start.In(zone).Date()
					_, named := d.Week(zone)
					if !got.Day.Equal(time.Date(y, m, day, 0, 0, 0, 0, time.UTC)) || got.Week != named {
						t.Errorf("%v: day %s, week named %v, want %d-%02d-%02d, %v", d, got.Day, got.Week, y, m, day, named)
					}
				}
			}
			if read != len(all) {
				t.Errorf("%d of %d are read", read, len(all))
			}
		})
	}
}
