package survey

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"percept/collector"
)

// idsOf collects the content of a file and returns the ids of its responses, no two of them equal.
func idsOf(t *testing.T, content string, o Options) map[string]bool {
	t.Helper()
	o.Path, o.Name = write(t, "f.csv", content), "f.csv"
	got, errs := collect(t, o)
	if errs != nil {
		t.Fatal(errs)
	}
	key := collector.Identity{Feedback: make([]byte, 16), Author: make([]byte, 16)}
	ids := make(map[string]bool)
	for _, f := range got.Feedback {
		key.Name(&f)
		if ids[f.ID] {
			t.Errorf("%s has the id of another response", f.Ref)
		}
		ids[f.ID] = true
	}
	return ids
}

// What becomes of a file later, and of how it is read, must not make its old rows new responses.
func TestIdentitySurvives(t *testing.T) {
	const head = "Date,Name,Rating,Colour,Comment\n"
	const old = head +
		"2026-02-03 10:15,Ann,4,red,the staff were  kind\n" +
		"2026-02-03 10:15,Bob,5,red,\n" +
		"2026-02-03 10:15,Cat,5,red,\n" +
		"2026-02-03 10:16,Dan,5,blue,\n"
	const more = "2026-02-05 09:00,Eve,5,red,the fitting was slow\n2026-02-03 10:15,Fay,5,red,\n"
	rated := func(scale string) Mapping {
		return Mapping{Ratings: []RatingColumn{{Column: "Rating", Scale: scale}}}
	}
	const undecided = "Date,Rating,Comment\n03/02/2026,4,kind\n04/02/2026,4,kind\n04/02/2026,4,kind\n"
	for _, c := range []struct {
		name          string
		before, after string
		then, now     Options
	}{
		{"more rows", old, old + more, Options{}, Options{}},
		{"more rows at the top", old, head + more + strings.TrimPrefix(old, head), Options{}, Options{}},
		{"columns in another order", old,
			"Comment,Rating,Date,Colour,Name\nthe staff were  kind,4,2026-02-03 10:15,red,Ann\n,5,2026-02-03 10:15,red,Bob\n,5,2026-02-03 10:15,red,Cat\n,5,2026-02-03 10:16,blue,Dan\n", Options{}, Options{}},
		{"a new column, still empty", old, strings.ReplaceAll(old+more, "\n", ",\n"), Options{}, Options{}},
		{"the file written with other blanks", old, strings.ReplaceAll(old, "were  kind", "were kind "), Options{}, Options{}},
		{"another zone", old, old + more, Options{}, Options{Zone: johannesburg(t)}},
		{"a zone in the config", old, old, Options{}, Options{Mapping: Mapping{Time: TimeMapping{Zone: "Africa/Johannesburg"}}}},
		{"1 is best after all", old, old, Options{Mapping: rated("1-5")}, Options{Mapping: rated("5-1")}},
		{"a column is an answer after all", old, old, Options{}, Options{Mapping: Mapping{Texts: []TextColumn{{Column: "Colour"}}}}},
		{"an answer is none after all", old, old, Options{}, Options{Mapping: Mapping{Ignore: []string{"Comment"}}}},
		{"names are ignored", old, old, Options{}, Options{Mapping: Mapping{Ignore: []string{"Name"}}}},
		{"names are read", old, old, Options{}, Options{Mapping: Mapping{Texts: []TextColumn{{Column: "Name"}}}}},
		{"the order of dates is given", undecided, undecided, Options{Mapping: Mapping{Time: TimeMapping{Order: DayFirst}}}, Options{Mapping: Mapping{Time: TimeMapping{Order: MonthFirst}}}},
		{"later rows decide the order of dates", strings.ReplaceAll(undecided, "03/02", "02/13"), undecided + "2026-02-03,5,x\n02/13/2026,4,kind\n", Options{}, Options{}},
		{"a reply is written", "Date,Rating,Comment,Reply\n2026-02-03,4,kind,\n", "Date,Rating,Comment,Reply\n2026-02-03,4,kind,Thank you all so much\n", Options{}, Options{}},
		{"answers in rows of their own without a respondent", "Question,Answer,Date\nWhat was good?,The staff were kind,2026-02-03\nWhat was bad?,The wait was long,2026-02-03\n",
			"Date,Question,Answer\n2026-02-03,What was good?,The staff were kind\n2026-02-03,What was bad?,The wait was long\n2026-02-04,What was bad?,The wait\n", Options{}, Options{Zone: johannesburg(t)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, after := idsOf(t, c.before, c.then), idsOf(t, c.after, c.now)
			if len(before) == 0 {
				t.Fatal("no response")
			}
			for id := range before {
				if !after[id] {
					t.Errorf("an old row has a new id: %v, then %v", before, after)
				}
			}
		})
	}
}

// Rows whose respondent is not named are told apart like rows without an id.
func TestUnnamedRespondentsAreToldApart(t *testing.T) {
	const rows = "Respondent ID,Name,Question,Answer\nr1,,What was good?,The staff were kind\n,Ann,What was good?,The staff were kind\n,Bob,What was good?,The staff were kind\n"
	if ids := idsOf(t, rows, Options{}); len(ids) != 3 {
		t.Errorf("%d responses, want 3", len(ids))
	}
}

// A row of one second is one response also where an equal one of somebody else came first.
func TestRowsOfOneSecondAfterAnother(t *testing.T) {
	const rows = "Date,Name,Rating\n2026-02-03 10:15:07,Ann,5\n2026-02-03 10:15:07,Bob,5\n2026-02-03 10:15:07,Bob,5\n"
	got, _ := collect(t, Options{Path: write(t, "f.csv", rows)})
	if len(got.Feedback) != 2 || got.Duplicates != 1 || got.Feedback[1].Twin != 1 {
		t.Errorf("%d responses and %d duplicates, want 2 and 1", len(got.Feedback), got.Duplicates)
	}
}

func TestRawHoldsNothingOfAPerson(t *testing.T) {
	const rows = "Name,Reach me at,Rating,Comment\nAnn Example,ann@mail.example,4,the staff were kind\nBob Example,,5,it was fine\nCat Example,,5,it was fine again\n"
	got, _ := collect(t, Options{Path: write(t, "f.csv", rows)})
	if len(got.Feedback) != 3 {
		t.Fatalf("%d responses, want 3", len(got.Feedback))
	}
	if want := "4\nthe staff were kind"; got.Feedback[0].Raw != want {
		t.Errorf("Raw = %q, want %q", got.Feedback[0].Raw, want)
	}
}

func TestRowsWithAnIDHaveNoRaw(t *testing.T) {
	got, _ := collect(t, Options{Path: write(t, "visits.csv", visits), Practices: practices("north-street", "south-street")})
	for _, f := range got.Feedback {
		if f.Raw != "" {
			t.Errorf("%s: Raw = %q, want none beside %s", f.Ref, f.Raw, f.SourceID)
		}
	}
}

func TestIgnoredNamesAreNotInThePage(t *testing.T) {
	s, err := New(Options{Path: write(t, "f.csv", "Name,Rating,Comment\nAnn Example,4,kind\n"), Mapping: Mapping{Ignore: []string{"Name"}}})
	if err != nil {
		t.Fatal(err)
	}
	for p, err := range s.Pages(t.Context(), collector.Query{Now: now}) {
		if err != nil || strings.Contains(string(p.Body), "Ann Example") {
			t.Errorf("page %s, %v; want no name", p.Body, err)
		}
	}
}

// A file under another name, or copied beside itself, holds the same responses, with an id or without.
func TestRenamedFileIsTheSameSurvey(t *testing.T) {
	for _, content := range []string{visits, "Date,Rating,Comment\n2026-02-03,4,kind\n2026-02-03,4,kind\n", formbricksAPI} {
		dir := t.TempDir()
		for _, name := range []string{"spring.csv", "spring (1).csv"} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got, errs := collect(t, Options{Path: filepath.Join(dir, "*.csv"), Name: "*.csv"})
		if errs != nil {
			t.Fatal(errs)
		}
		key := collector.Identity{Feedback: make([]byte, 16), Author: make([]byte, 16)}
		times := make(map[string]int)
		for _, f := range got.Feedback {
			key.Name(&f)
			times[f.ID]++
		}
		for id, n := range times {
			if n != 2 {
				t.Errorf("%s is read %d times, want once in each file of\n%s", id, n, content)
			}
		}
		if len(times) == 0 {
			t.Error("no response")
		}
	}
}
