package analysis

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReadObservations(t *testing.T) {
	long := strings.Repeat("x", 3*maxRow)
	in := "\ufeffDate, score ,practice,touchpoint,source,rating,review,textsig,remark\r\n" +
		"2024-02-29,0.5,harbour,exam,google,5,r1,aa,\r\n" +
		"2024-02-29,-1,harbour,quote,google,,r1,aa,\r\n" +
		"\r\n" +
		"2024-02-30,0.5,harbour,exam,google,5,r2,,\r\n" +
		"2024-03-01,2,harbour,exam,google,5,r2,,\r\n" +
		"2024-03-01,NaN,harbour,exam,google,5,r2,,\r\n" +
		"2024-03-01,,harbour,exam,google,5,r2,,\r\n" +
		"2024-03-01,0.1,,exam,google,5,r2,,\r\n" +
		"2024-03-01,0.1,harbour,*,google,5,r2,,\r\n" +
		"2024-03-01,0.1,harbour,exam\r\n" +
		"2024-03-01,0.1,harbour,exam,google,5,\"r2,,\r\n" +
		long + "\r\n" +
		"1024-03-01,0.1,harbour,exam,google,5,r2,,\r\n" +
		"2024-03-02,0.25,\"harbour, east\",\"the \"\"exam\"\"\",survey,4,,,last"
	var bad []string
	got, err := ReadObservations(strings.NewReader(in), func(line int, err error) { bad = append(bad, fmt.Sprintf("%d: %v", line, err)) })
	if err != nil {
		t.Fatal(err)
	}
	day := func(m time.Month, d int) time.Time { return time.Date(2024, m, d, 0, 0, 0, 0, time.UTC) }
	want := []Observation{
		{Practice: "harbour", Touchpoint: "exam", Source: "google", Day: day(2, 29), Score: .5, Review: "r1", TextSig: "aa"},
		{Practice: "harbour", Touchpoint: "quote", Source: "google", Day: day(2, 29), Score: -1, Review: "r1", TextSig: "aa"},
		{Practice: "harbour, east", Touchpoint: `the "exam"`, Source: "survey", Day: day(3, 2), Score: .25},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("observations (-want +got):\n%s", diff)
	}
	wantBad := []string{
		`5: date "2024-02-30": want YYYY-MM-DD`,
		"6: score 2: want -1 to 1",
		"7: score NaN: want -1 to 1",
		`8: score "": want a number from -1 to 1`,
		"9: no practice",
		`10: touchpoint "*": want a name`,
		"11: 4 fields, the header has 9",
		`12: extraneous or missing " in quoted-field`,
		"13: longer than 65536 bytes",
		"14: day 1024-03-01: want a year from 1970 to 2199",
	}
	if diff := cmp.Diff(wantBad, bad); diff != "" {
		t.Errorf("bad lines (-want +got):\n%s", diff)
	}
}

func TestReadObservationsRefuses(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, c := range []struct {
		name string
		in   io.Reader
		want string
	}{
		{"an empty file", strings.NewReader(""), "line 1: no header"},
		{"a header without scores", strings.NewReader("practice,touchpoint,source,date\n"), `line 1: no column "score"; the header is "practice,touchpoint,source,date"`},
		{"a column twice", strings.NewReader("practice,date,Date\n"), `line 1: column "date" is there twice`},
		{"a reader that fails", io.MultiReader(strings.NewReader("practice,touchpoint,source,date,score\n"), failing{broken}), "line 2: the disk is gone"},
	} {
		if _, err := ReadObservations(c.in, func(int, error) {}); err == nil || err.Error() != c.want {
			t.Errorf("%s: error %v, want %s", c.name, err, c.want)
		}
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestWriteAlarms(t *testing.T) {
	var out bytes.Buffer
	err := WriteAlarms(&out, []Alarm{
		{
			Practice: "harbour, east", Touchpoint: "exam", Kind: Drop, Flagged: simWeek(8), Since: simWeek(5), SinceLo: simWeek(4), SinceHi: simWeek(6),
			Cleared: simWeek(20), Effect: -.31249, EffectLo: -.5, EffectHi: -.1, N: 31, Statistic: 6.5,
		},
		{Practice: "harbour", Touchpoint: PracticeWide, Kind: Burst, Flagged: simWeek(8), Since: simWeek(8), SinceLo: simWeek(8), SinceHi: simWeek(8), N: 9},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "practice,touchpoint,kind,week_flagged,estimated_start_week,start_lo,start_hi,effect,effect_lo,effect_hi,week_cleared,n,statistic\n" +
		"\"harbour, east\",exam,drop,2023-02-27,2023-02-06,2023-01-30,2023-02-13,-0.3125,-0.5000,-0.1000,2023-05-22,31,6.5000\n" +
		"harbour,*,burst,2023-02-27,2023-02-27,2023-02-27,2023-02-27,0.0000,0.0000,0.0000,,9,0.0000\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("CSV (-want +got):\n%s", diff)
	}
}

// FuzzReadObservations holds that whatever is read can be judged in numbers, and that every line of the input is
// an observation, a bad line or empty.
func FuzzReadObservations(f *testing.F) {
	head := "practice,touchpoint,source,date,score,rating,review,textsig\n"
	f.Add(head + "p,exam,google,2024-02-29,0.5,5,r1,aa\np,exam,survey,2024-03-05,-0.5,,r2,\n")
	f.Add(head + "p,\"ex\"\"am\",google,2024-02-29,1e-3,5,r1,aa\r\n\r\n\"")
	f.Add(head + "p,exam,,1970-01-01,-0,,,\np,exam,,2199-12-31,+1,,,\n")
	f.Add("\ufeffscore,date,source,touchpoint,practice\n0x1p-2,2024-01-01,a,b,c\n,,,,\n")
	f.Fuzz(func(t *testing.T, in string) {
		bad, last := 0, 1
		list, err := ReadObservations(strings.NewReader(in), func(line int, err error) {
			if line <= last || err == nil {
				t.Fatalf("bad line %d after %d: %v", line, last, err)
			}
			bad, last = bad+1, line
		})
		if err != nil {
			return
		}
		lines := strings.Split(in, "\n")[1:]
		if len(list)+bad > len(lines) {
			t.Fatalf("%d observations and %d bad lines in %d lines", len(list), bad, len(lines))
		}
		d, err := Detect(t.Context(), list, DetectOptions{Workers: 1})
		if err != nil {
			t.Fatalf("what was read is refused: %v", err)
		}
		finiteNumbers(t, d)
	})
}
