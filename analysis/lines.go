package analysis

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"
)

const (
	// maxLine is how many bytes a line may have.
	maxLine = 4 << 20
	// batchLines and batchBytes bound what a worker is given at a time.
	batchLines = 64
	batchBytes = 1 << 20
)

// A Line is one text to score, as `percept score` reads it. Other keys are ignored.
type Line struct {
	ID       json.RawMessage `json:"id"` // a string or number, given back as it is
	Text     *string         `json:"text"`
	Question string          `json:"question"`
	Context  string          `json:"context"`
	Aspect   string          `json:"aspect"`
	Channel  string          `json:"channel"`
	Lang     string          `json:"lang"` // as declared (BCP 47)
}

// A ScoredLine is what `percept score` says of a Line.
type ScoredLine struct {
	ID          json.RawMessage `json:"id"`
	Score       float64         `json:"score"`
	Label       string          `json:"label"`
	Label5      string          `json:"label5"`
	Mixed       bool            `json:"mixed,omitempty"`
	Confidence  float64         `json:"confidence"`
	Touchpoints []SpanLine      `json:"touchpoints"`
	Behaviours  []TraitLine     `json:"behaviours"`
	// Unread is true of a text in a language that the scorer does not know: an unreadLine.
	Unread bool `json:"unread,omitempty"`
}

// An unreadLine is what `percept score` says of a Line that it does not score.
type unreadLine struct {
	ID       json.RawMessage `json:"id"`
	Unread   bool            `json:"unread"`
	Language string          `json:"language"`
}

// A SpanLine is a touchpoint and where the text speaks of it.
type SpanLine struct {
	ID         string  `json:"id"`
	Score      float64 `json:"score"`
	Confidence float64 `json:"confidence"`
	Start      int     `json:"start"`
	End        int     `json:"end"`
}

// A TraitLine is a behaviour that the text tells of.
type TraitLine struct {
	ID         string  `json:"id"`
	Score      float64 `json:"score"`
	Confidence float64 `json:"confidence"`
}

// An asker guesses the touchpoint of a question, as a Scorer over a taxonomy may.
type asker interface{ Asks(question string) string }

// ScoreLines reads texts from in, scores them and writes one JSON object a text to out, in the order
// of the input whatever the number of workers. Input is JSONL, or CSV with a heading where the first
// character is no brace. A line that cannot be read is named through bad, counted from 1, and skipped;
// bad is called in order, from one goroutine at a time. The error is of reading, writing or scoring.
func ScoreLines(ctx context.Context, in io.Reader, out io.Writer, s Scorer, workers int, bad func(line int, err error)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type batch struct {
		lines []rawLine
		done  chan written
	}
	workers = max(workers, 1)
	todo := make(chan batch)
	ordered := make(chan chan written, workers)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for b := range todo {
				b.done <- scoreBatch(ctx, s, b.lines)
			}
		})
	}
	var readErr error
	group.Go(func() {
		defer close(ordered)
		defer close(todo)
		readErr = batches(in, func(lines []rawLine) error {
			b := batch{lines, make(chan written, 1)}
			select {
			case ordered <- b.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			// A worker is always on its way to todo: it writes to done without waiting.
			todo <- b
			return nil
		})
	})
	err := writeAll(out, ordered, bad)
	stop()
	for range ordered {
	}
	group.Wait()
	if err != nil {
		return err
	}
	return readErr
}

// written is what a batch came to.
type written struct {
	body []byte
	bad  []badLine
	err  error
}

type badLine struct {
	line int
	err  error
}

// writeAll writes what the batches came to, in order, until the first error.
func writeAll(out io.Writer, ordered <-chan chan written, bad func(line int, err error)) error {
	for done := range ordered {
		w := <-done
		for _, b := range w.bad {
			bad(b.line, b.err)
		}
		if w.err != nil {
			return w.err
		}
		if _, err := out.Write(w.body); err != nil {
			return fmt.Errorf("write scores: %w", err)
		}
	}
	return nil
}

// scoreBatch scores the lines that can be read.
func scoreBatch(ctx context.Context, s Scorer, lines []rawLine) written {
	var w written
	var texts []Text
	var answers []any // an unreadLine, or the id of the next of texts
	for _, l := range lines {
		in, err := l.parse()
		if err != nil {
			w.bad = append(w.bad, badLine{l.number, err})
			continue
		}
		if language := foreign(s, in); language != "" {
			answers = append(answers, unreadLine{in.ID, true, language})
			continue
		}
		t := Text{ID: string(in.ID), Text: *in.Text, Question: in.Question, Context: in.Context, Aspect: in.Aspect, Language: in.Lang}
		if a, ok := s.(asker); ok && t.Question != "" {
			t.Touchpoint = a.Asks(t.Question)
		}
		texts, answers = append(texts, t), append(answers, in.ID)
	}
	scored, err := s.Score(ctx, texts)
	if err == nil && len(scored) != len(texts) {
		err = fmt.Errorf("%d answers to %d texts", len(scored), len(texts))
	}
	if err != nil {
		w.err = fmt.Errorf("score: %w", err)
		return w
	}
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	for _, answer := range answers {
		if id, read := answer.(json.RawMessage); read {
			answer, scored = lineOf(id, scored[0]), scored[1:]
		}
		if err := enc.Encode(answer); err != nil {
			w.err = fmt.Errorf("score: %w", err)
			return w
		}
	}
	w.body = body.Bytes()
	return w
}

// foreign is the language of a line that declares one and is in none that the scorer knows, else "".
func foreign(s Scorer, in Line) string {
	l, limited := s.(linguist)
	if !limited || in.Lang == "" {
		return ""
	}
	if language := Language(in.Lang, cmp.Or(in.Context, *in.Text)); !l.Knows(language) {
		return language
	}
	return ""
}

// lineOf puts what was understood into the form of the filter. Scores are rounded to four places.
func lineOf(id json.RawMessage, s Scored) ScoredLine {
	l := ScoredLine{
		ID: id, Score: round(s.Score), Label: s.Label, Label5: s.Label5, Mixed: s.Mixed, Confidence: round(s.Confidence),
		Touchpoints: make([]SpanLine, 0, len(s.Mentions)), Behaviours: []TraitLine{},
	}
	for _, m := range s.Mentions {
		l.Touchpoints = append(l.Touchpoints, SpanLine{m.ID, round(m.Score), round(m.Confidence), m.Start, m.End})
	}
	for _, b := range s.Behaviours {
		l.Behaviours = append(l.Behaviours, TraitLine{b.ID, round(b.Score), round(b.Confidence)})
	}
	return l
}

func round(v float64) float64 { return float64(int64(v*1e4+sign(v)*0.5)) / 1e4 }

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}
