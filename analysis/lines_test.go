package analysis

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// filter runs ScoreLines and returns what it wrote and which lines it named.
func filter(tb testing.TB, in string, workers int) (out, bad []string) {
	tb.Helper()
	var buf bytes.Buffer
	err := ScoreLines(tb.Context(), strings.NewReader(in), &buf, optometry(tb), workers, func(line int, err error) {
		bad = append(bad, fmt.Sprintf("%d: %v", line, err))
	})
	if err != nil {
		tb.Fatal(err)
	}
	if s := strings.TrimSuffix(buf.String(), "\n"); s != "" {
		out = strings.Split(s, "\n")
	}
	return out, bad
}

func TestScoreLinesWritesTheDocumentedObject(t *testing.T) {
	out, bad := filter(t, `{"id":"a1","text":"The “eye exam” was thorough & kind, but it cost too much.","label":"zzz","stars":1,"touchpoints":[{"id":"recall"}]}`+"\n", 1)
	if len(bad) > 0 || len(out) != 1 {
		t.Fatalf("out %q, bad %q", out, bad)
	}
	dec := json.NewDecoder(strings.NewReader(out[0]))
	dec.DisallowUnknownFields()
	var got struct {
		ID          string
		Score       *float64
		Label       string
		Label5      string
		Mixed       bool
		Confidence  *float64
		Touchpoints []struct {
			ID         string
			Score      *float64
			Confidence *float64
			Start, End *int
		}
		Behaviours []struct {
			ID         string
			Score      *float64
			Confidence *float64
		}
	}
	if err := dec.Decode(&got); err != nil {
		t.Fatalf("%s: %v", out[0], err)
	}
	if got.ID != "a1" || got.Score == nil || got.Confidence == nil || got.Label5 == "" || !got.Mixed {
		t.Errorf("%s", out[0])
	}
	text := "The “eye exam” was thorough & kind, but it cost too much."
	var spans []string
	for _, p := range got.Touchpoints {
		spans = append(spans, p.ID+signOf(*p.Score)+" "+text[*p.Start:*p.End])
	}
	if d := cmp.Diff([]string{"exam+ The “eye exam” was thorough & kind", "quote- but it cost too much."}, spans); d != "" {
		t.Error(d)
	}
	var traits []string
	for _, b := range got.Behaviours {
		traits = append(traits, b.ID+signOf(*b.Score))
	}
	if d := cmp.Diff([]string{"manners+", "detail+"}, traits); d != "" {
		t.Error(d)
	}
}

func TestScoreLinesReadsNoLabelOfTheInput(t *testing.T) {
	plain, _ := filter(t, `{"id":1,"text":"The desk was rude."}`, 1)
	labelled, _ := filter(t, `{"id":1,"text":"The desk was rude.","label":"positive","label5":"very positive","touchpoints":["exam"],"behaviours":[],"stars":5,"fft":1,"rating":5,"score":1}`, 1)
	if d := cmp.Diff(plain, labelled); d != "" {
		t.Error(d)
	}
}

func TestScoreLinesKeepsOrderForAnyNumberOfWorkers(t *testing.T) {
	var in strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&in, "{\"id\":%d,\"text\":%q}\n", i, strings.Repeat("Good frames. ", i%7)+"Bad wait.")
	}
	want, _ := filter(t, in.String(), 1)
	if len(want) != 1000 {
		t.Fatalf("%d lines, want 1000", len(want))
	}
	for _, workers := range []int{2, 5} {
		got, _ := filter(t, in.String(), workers)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%d workers: %s", workers, d)
		}
	}
}

func TestScoreLinesAnswersALineBeforeTheNextComes(t *testing.T) {
	in, ask := io.Pipe()
	answers, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- ScoreLines(t.Context(), in, out, optometry(t), 2, func(int, error) {})
		out.Close()
	}()
	read := bufio.NewScanner(answers)
	for _, id := range []string{"1", "2", "3"} {
		if _, err := fmt.Fprintf(ask, "{\"id\":%s,\"text\":\"Kind staff\"}\n", id); err != nil {
			t.Fatal(err)
		}
		if !read.Scan() || !strings.Contains(read.Text(), `"id":`+id) {
			t.Fatalf("asked %s, got %q, %v", id, read.Text(), read.Err())
		}
	}
	ask.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestScoreLinesNamesBadLinesAndGoesOn(t *testing.T) {
	in := strings.Join([]string{
		`{"id":"a","text":"Good."}`,
		`not json`,
		``,
		`{"id":"b"}`,
		`{"text":"Good."}`,
		`{"id":[1],"text":"Good."}`,
		`{"id":"c","text":7}`,
		`{"id":null,"text":"Good."}`,
		`{"id":12,"text":"","unknown":{"deep":[1,2]}}`,
		`{"id":"long","text":"` + strings.Repeat("x", maxLine) + `"}`,
		`{"id":"d","text":"Good."}`,
	}, "\n")
	out, bad := filter(t, in, 2)
	var ids []string
	for _, l := range out {
		id, _, _ := strings.Cut(strings.TrimPrefix(l, `{"id":`), ",")
		ids = append(ids, id)
	}
	if d := cmp.Diff([]string{`"a"`, "12", `"d"`}, ids); d != "" {
		t.Error(d)
	}
	want := []string{
		"2: not a JSON object: invalid character 'o' in literal null (expecting 'u')",
		"4: no text",
		"5: no id",
		"6: id [1] is neither text nor a number",
		"7: not a JSON object: json: cannot unmarshal number into Go struct field Line.text of type string",
		"8: no id",
		"10: longer than 4194304 bytes",
	}
	if d := cmp.Diff(want, bad); d != "" {
		t.Error(d)
	}
}

func TestScoreLinesReadsCSV(t *testing.T) {
	in := "\ufeffRating,ID,Text,Question\n5,r1,\"Lovely, \"\"quick\"\" exam\nand cheap\",\n1,r2,Nothing,What could we do better?\n1,,No id,\n3,r4\n"
	out, bad := filter(t, in, 2)
	if len(out) != 2 || !strings.HasPrefix(out[0], `{"id":"r1",`) || !strings.Contains(out[1], `"label5":"very positive"`) {
		t.Errorf("out %q", out)
	}
	if d := cmp.Diff([]string{"5: no id", "6: no text"}, bad); d != "" {
		t.Error(d)
	}
}

func TestScoreLinesReadsWhatSpreadsheetsWriteAsCSV(t *testing.T) {
	for name, in := range map[string]string{
		"semicolons":                      "id;text\n1;Lovely, quick exam\n2;\"Slow; nobody rang\"\n",
		"tabs":                            "id\ttext\r\n1\tLovely, quick exam\r\n2\tSlow; nobody rang\r\n",
		"a heading with a comma in it":    "id;text;\"where, when\"\n1;Lovely, quick exam;x\n2;\"Slow; nobody rang\";y\n",
		"a heading that the file ends in": "id;text",
	} {
		out, bad := filter(t, in, 1)
		want := min(2, strings.Count(in, "\n"))
		if len(bad) > 0 || len(out) != want || want > 0 && !strings.HasPrefix(out[1], `{"id":"2",`) {
			t.Errorf("%s: out %q, bad %q, want %d lines", name, out, bad, want)
		}
	}
}

func TestScoreLinesRefusesWhatIsNeither(t *testing.T) {
	err := ScoreLines(t.Context(), strings.NewReader("hello,world\n1,2\n"), io.Discard, optometry(t), 1, func(int, error) {})
	want := `the first line is neither a JSON object nor a CSV heading with id and text: "hello,world"`
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if out, bad := filter(t, " \n \n", 1); len(out)+len(bad) > 0 {
		t.Errorf("blank input gives %q, %q", out, bad)
	}
}

func TestScoreLinesAsksWhatTheQuestionIsAbout(t *testing.T) {
	out, _ := filter(t, `{"id":1,"text":"Very good","question":"How was your eye test?"}`, 1)
	if len(out) != 1 || !strings.Contains(out[0], `"touchpoints":[{"id":"exam"`) {
		t.Errorf("out %q, want a mention of exam", out)
	}
}

// A brokenWriter fails after some bytes, as a closed pipe does.
type brokenWriter struct{ left int }

var errPipe = errors.New("pipe is closed")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errPipe
	}
	return len(p), nil
}

func TestScoreLinesStopsWhenItCannotWrite(t *testing.T) {
	in := strings.Repeat(`{"id":1,"text":"Good."}`+"\n", 5000)
	err := ScoreLines(t.Context(), strings.NewReader(in), &brokenWriter{4000}, optometry(t), 3, func(int, error) {})
	if !errors.Is(err, errPipe) {
		t.Errorf("error %v, want %v", err, errPipe)
	}
}

func TestScoreLinesStopsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	err := ScoreLines(ctx, strings.NewReader(strings.Repeat(`{"id":1,"text":"Good."}`+"\n", 500)), io.Discard, optometry(t), 2, func(int, error) {})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

func FuzzScoreLines(f *testing.F) {
	for _, s := range []string{`{"id":1,"text":"a"}`, "id,text\n1,\"a\nb\"\n", "{", "{}\n{\"id\":1e9,\"text\":\"\\ud800\"}", "\ufeff{}", "id,text\n\"", "id,text,id\n1,2,3"} {
		f.Add([]byte(s))
	}
	r := optometry(f)
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		last := 0
		err := ScoreLines(t.Context(), bytes.NewReader(in), &out, r, 2, func(line int, err error) {
			if line < last || err == nil {
				t.Errorf("line %d after %d: %v", line, last, err)
			}
			last = line
		})
		if err != nil {
			return
		}
		for l := range bytes.Lines(out.Bytes()) {
			var x ScoredLine
			if err := json.Unmarshal(l, &x); err != nil || len(x.ID) == 0 {
				t.Errorf("wrote %q: %v", l, err)
			}
		}
	})
}
