package analysis

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// ProgramOptions say which program scores and how long it may take.
type ProgramOptions struct {
	Command []string // the program and its arguments
	// Version is the user's name for what the program does now: another one scores everything again.
	Version string
	// Timeout is how long one text may take; 0 is 30 s.
	Timeout time.Duration
}

// A Program is a Scorer in any language: a program that reads the lines of `percept score` on its
// standard input and writes one answer a line, in order, on its standard output. It is started on the
// first text and goes on until Close. One that ends, answers nonsense or takes too long is started
// again once a text; a text that fails twice is an error. Safe for concurrent use: one call at a time.
type Program struct {
	o        ProgramOptions
	taxonomy *Taxonomy

	mu      sync.Mutex
	running *process // nil before the first text and after a failure
}

// NewProgram returns the Scorer; the program is not started yet.
func NewProgram(t *Taxonomy, o ProgramOptions) (*Program, error) {
	if len(o.Command) == 0 || o.Command[0] == "" {
		return nil, errors.New("scorer: no command")
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	return &Program{o: o, taxonomy: t}, nil
}

// Version names the program by its file and the version that the user gives it.
func (p *Program) Version() (model, taxonomy string) {
	name := "program-" + filepath.Base(p.o.Command[0])
	if len(p.o.Command) > 1 {
		name += "-" + filepath.Base(p.o.Command[len(p.o.Command)-1])
	}
	if p.o.Version != "" {
		name += "@" + p.o.Version
	}
	return name, p.taxonomy.Edition()
}

// Score asks the program about each text.
func (p *Program) Score(ctx context.Context, texts []Text) ([]Scored, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := make([]Scored, len(texts))
	for i, t := range texts {
		var err error
		for range 2 {
			if out[i], err = p.ask(ctx, i, t); err == nil || ctx.Err() != nil {
				break
			}
			p.stop()
		}
		if err != nil {
			return nil, fmt.Errorf("scorer %s: text %d: %w", strings.Join(p.o.Command, " "), i+1, err)
		}
	}
	return out, nil
}

// Close ends the program.
func (p *Program) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stop()
}

func (p *Program) stop() {
	if p.running != nil {
		p.running.stop()
		p.running = nil
	}
}

func (p *Program) ask(ctx context.Context, i int, t Text) (Scored, error) {
	if p.running == nil {
		var err error
		if p.running, err = start(p.o.Command); err != nil {
			p.running = nil
			return Scored{}, err
		}
	}
	id := json.RawMessage(strconv.Itoa(i + 1))
	question, err := json.Marshal(Line{ID: id, Text: &t.Text, Question: t.Question, Context: t.Context, Aspect: t.Aspect, Lang: t.Language})
	if err != nil {
		return Scored{}, err
	}
	timer := time.NewTimer(p.o.Timeout)
	defer timer.Stop()
	answer := p.running.exchange(question)
	select {
	case <-ctx.Done():
		p.stop()
		return Scored{}, ctx.Err()
	case <-timer.C:
		return Scored{}, fmt.Errorf("no answer in %v%s", p.o.Timeout, p.running.lastWords())
	case a := <-answer:
		if a.err != nil {
			ended := p.running
			p.stop() // waits until all that it wrote is read
			return Scored{}, fmt.Errorf("%w%s", a.err, ended.lastWords())
		}
		return p.read(id, t.Text, a.line)
	}
}

// read takes an answer in and refuses what no scorer may say.
func (p *Program) read(id json.RawMessage, text string, line []byte) (Scored, error) {
	var a ScoredLine
	if err := json.Unmarshal(line, &a); err != nil {
		return Scored{}, fmt.Errorf("answer %.80q: %w", line, err)
	}
	if !bytes.Equal(a.ID, id) {
		return Scored{}, fmt.Errorf("answer has id %s, want %s: one line an answer, in order", a.ID, id)
	}
	if a.Unread {
		return Scored{Unread: true}, nil
	}
	s := Scored{Score: a.Score, Label: a.Label, Label5: a.Label5, Mixed: a.Mixed, Confidence: a.Confidence}
	switch s.Label {
	case Negative, Neutral, Positive:
	default:
		return Scored{}, fmt.Errorf("label %q, want negative, neutral or positive", s.Label)
	}
	if s.Label5 == "" {
		s.Label5 = s.Label
	}
	scores := [][2]float64{{a.Score, a.Confidence}}
	for _, m := range a.Touchpoints {
		if _, ok := p.taxonomy.Touchpoint(m.ID); !ok {
			return Scored{}, fmt.Errorf("touchpoint %q is not in the taxonomy %s", m.ID, p.taxonomy.Name)
		}
		if m.Start == 0 && m.End == 0 {
			m.End = len(text)
		}
		if m.Start < 0 || m.End <= m.Start || m.End > len(text) {
			return Scored{}, fmt.Errorf("touchpoint %s: %d to %d is not within a text of %d bytes", m.ID, m.Start, m.End, len(text))
		}
		if !utf8.RuneStart(text[m.Start]) || m.End < len(text) && !utf8.RuneStart(text[m.End]) {
			return Scored{}, fmt.Errorf("touchpoint %s: %d to %d cuts a letter in two: offsets are bytes, not characters", m.ID, m.Start, m.End)
		}
		scores = append(scores, [2]float64{m.Score, m.Confidence})
		s.Mentions = append(s.Mentions, Span{ID: m.ID, Score: m.Score, Confidence: m.Confidence, Start: m.Start, End: m.End})
	}
	for _, b := range a.Behaviours {
		if !slices.ContainsFunc(p.taxonomy.Traits, func(t Trait) bool { return t.ID == b.ID }) {
			return Scored{}, fmt.Errorf("behaviour %q is not in the taxonomy %s", b.ID, p.taxonomy.Name)
		}
		scores = append(scores, [2]float64{b.Score, b.Confidence})
		s.Behaviours = append(s.Behaviours, Span{ID: b.ID, Score: b.Score, Confidence: b.Confidence, End: len(text)})
	}
	for _, x := range scores {
		if !(math.Abs(x[0]) <= 1) || !(x[1] >= 0 && x[1] <= 1) {
			return Scored{}, fmt.Errorf("score %v with confidence %v, want -1 to 1 and 0 to 1", x[0], x[1])
		}
	}
	return s, nil
}

// A process is one running program.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	errors tail
}

type answer struct {
	line []byte
	err  error
}

func start(command []string) (*process, error) {
	p := &process{cmd: exec.Command(command[0], command[1:]...)} //nolint:gosec,noctx // the user's own command; stop ends it
	p.cmd.Stderr = &p.errors
	p.cmd.WaitDelay = time.Second
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReaderSize(out, 1<<16)
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	return p, nil
}

// exchange writes a line and reads one. The process must be stopped when its answer is not waited for.
func (p *process) exchange(question []byte) <-chan answer {
	done := make(chan answer, 1)
	go func() {
		if _, err := p.in.Write(append(question, '\n')); err != nil {
			done <- answer{err: fmt.Errorf("ended before it was asked: %w", err)}
			return
		}
		line, err := p.out.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			err = errors.New("ended without an answer")
		}
		done <- answer{line, err}
	}()
	return done
}

func (p *process) stop() {
	_ = p.in.Close()
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait() // killed: its state says nothing
}

// lastWords is the end of what the program wrote to standard error, for the message.
func (p *process) lastWords() string {
	if s := p.errors.String(); s != "" {
		return "; it says: " + s
	}
	return ""
}

// A tail keeps the last line written to it.
type tail struct {
	mu   sync.Mutex
	kept []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, b...)
	if over := len(t.kept) - 1<<10; over > 0 {
		t.kept = append([]byte(nil), t.kept[over:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(strings.TrimSpace(string(t.kept)), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
