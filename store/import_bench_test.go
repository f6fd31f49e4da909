//go:build unix

package store_test

import (
	"bufio"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"percept/collector"
	"percept/collector/survey"
	"percept/store"
	"percept/store/storetest"
)

// A survey of 100,000 rows, from the file to what is stored, checked, hashed and without doubles, beside
// DuckDB's own COPY of the same file into a table: the ratio of the two speeds, of the same process, by the clock and
// by the time of all processors. PERCEPT_BENCH_ROWS sets another number of rows.
func BenchmarkImport(b *testing.B) {
	rows := 100_000
	if n := os.Getenv("PERCEPT_BENCH_ROWS"); n != "" {
		if _, err := fmt.Sscan(n, &rows); err != nil {
			b.Fatal(err)
		}
	}
	file := filepath.Join(b.TempDir(), "survey.csv")
	columns := writeSurvey(b, file, rows)
	var bare, whole, bareWork, wholeWork time.Duration
	for b.Loop() {
		b.StopTimer()
		before := work(b)
		took, err := storetest.Copy(b, file, columns, rows)
		if err != nil {
			b.Fatal(err)
		}
		bare += took
		bareWork += work(b) - before
		s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "percept.duckdb"), store.Options{Create: true, Now: storetest.Now})
		if err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		b.StartTimer()
		from := time.Now()
		before = work(b)
		importSurvey(b, s, file, rows)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		whole += time.Since(from)
		wholeWork += work(b) - before
	}
	b.ReportMetric(float64(rows*b.N)/whole.Seconds(), "rows/s")
	b.ReportMetric(bare.Seconds()/whole.Seconds(), "xCOPY")
	b.ReportMetric(bareWork.Seconds()/wholeWork.Seconds(), "xCOPY-cpu")
	b.ReportMetric(float64(wholeWork.Microseconds())/float64(rows*b.N), "µs-cpu/row")
}

// work is the time that processors have worked for this process, in its own code and in the system's.
func work(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// importSurvey collects the file as percept collect does.
func importSurvey(b *testing.B, s *store.Store, file string, rows int) {
	src, err := survey.New(survey.Options{Path: file, Practice: "harbour-street", Zone: time.UTC})
	if err != nil {
		b.Fatal(err)
	}
	entries, err := collector.Collect(b.Context(), []collector.Job{{Practice: "harbour-street", Kind: "survey", Source: src}}, collector.Options{
		Keeper: s, Run: "00000001", Now: storetest.Now, Log: slog.New(slog.DiscardHandler),
		Identity: collector.Identity{Feedback: []byte("0123456789abcdef"), Author: []byte("fedcba9876543210")},
	})
	if err != nil {
		b.Fatal(err)
	}
	if e := entries[0]; e.Stored() != rows || !e.Whole() {
		b.Fatalf("%s: %s", e.Sum(), e.Why)
	}
}

// writeSurvey writes a survey of seven columns, whose answers hold up to three sentences, and returns how
// many columns it has. The same rows come every time.
func writeSurvey(b *testing.B, file string, rows int) int {
	f, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	var (
		w     = bufio.NewWriterSize(f, 1<<20)
		r     = rand.New(rand.NewPCG(1, 2))
		who   = []string{"The optometrist", "Reception", "The lady on the phone", "My new frames", "The quote", "The eye test", "The reminder"}
		how   = []string{"was friendly", "took far too long", "was explained well", "never came back to me", "was wrong twice", "was worth the wait"}
		then  = []string{"and I would come again", "but nobody said sorry", "so I went elsewhere", "which was a surprise", "and the price was fair"}
		start = time.Date(2022, 1, 1, 8, 0, 0, 0, time.UTC)
	)
	said := func(sentences int) string {
		var s strings.Builder
		for range sentences {
			fmt.Fprintf(&s, "%s %s %s, order %d. ", who[r.IntN(len(who))], how[r.IntN(len(how))], then[r.IntN(len(then))], r.IntN(1_000_000))
		}
		return s.String()
	}
	columns := []string{"Timestamp", "How likely are you to recommend us? (0-10)", "How satisfied were you with making an appointment?",
		"How satisfied were you with the eye exam?", "What did we do well?", "What could we do better?", "Do you agree that we may use your answers?"}
	fmt.Fprintln(w, strings.Join(columns, ","))
	for i := range rows {
		fmt.Fprintf(w, "%s,%d,%d,%d,%q,%q,Yes\n", start.Add(time.Duration(i)*90*time.Second).Format(time.DateTime),
			r.IntN(11), 1+r.IntN(5), 1+r.IntN(5), said(r.IntN(4)), said(r.IntN(2)))
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return len(columns)
}
