package analysis

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func program(t *testing.T, command ...string) *Program {
	t.Helper()
	tax, err := BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewProgram(tax, ProgramOptions{Command: command, Version: "1", Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func needs(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("SKIPPED: %s is not here", name)
	}
}

func TestAProgramInAnotherLanguageScores(t *testing.T) {
	needs(t, "python3")
	p := program(t, "python3", filepath.Join("..", "docs", "scorer.py"))
	got, err := p.Score(t.Context(), []Text{{Text: "A lovely place."}, {Text: "So rude and late."}, {Text: "Open on Mondays\nand \"Tuesdays\"."}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{Positive, Negative, Neutral} {
		if got[i].Label != want || len(got[i].Mentions) != 1 || got[i].Mentions[0].ID != General {
			t.Errorf("text %d = %+v, want %s and general", i, got[i], want)
		}
	}
	if got[0].Mentions[0].End != len("A lovely place.") {
		t.Errorf("a mention without a span ends at %d, want the whole text", got[0].Mentions[0].End)
	}
	if model, taxonomy := p.Version(); model != "program-python3-scorer.py@1" || !strings.HasPrefix(taxonomy, "optometry@") {
		t.Errorf("Version = %s, %s", model, taxonomy)
	}
}

func TestAProgramThatFailsSaysHow(t *testing.T) {
	needs(t, "sh")
	const good = `{"id":1,"score":0,"label":"neutral","confidence":1,"touchpoints":[],"behaviours":[]}`
	tests := []struct {
		name, script, want string
	}{
		{"ends at once", "echo no model >&2; exit 3", "it says: no model"},
		{"answers no JSON", "while read x; do echo hello; done", `answer "hello`},
		{"answers another text", `while read x; do echo '{"id":7,"label":"neutral"}'; done`, "answer has id 7, want 1"},
		{"knows another label", `while read x; do echo '{"id":1,"label":"fine"}'; done`, `label "fine"`},
		{"knows another touchpoint", `while read x; do echo '{"id":1,"label":"neutral","touchpoints":[{"id":"parking"}]}'; done`, `touchpoint "parking" is not in the taxonomy`},
		{"points beside the text", `while read x; do echo '{"id":1,"label":"neutral","touchpoints":[{"id":"exam","start":0,"end":999}]}'; done`, "not within a text of 3 bytes"},
		{"counts characters for bytes", `while read x; do echo '{"id":1,"label":"neutral","touchpoints":[{"id":"exam","start":0,"end":2}]}'; done`, "cuts a letter in two"},
		{"knows another behaviour", `while read x; do echo '{"id":1,"label":"neutral","behaviours":[{"id":"parking"}]}'; done`, `behaviour "parking" is not`},
		{"scores off the scale", `while read x; do echo '{"id":1,"label":"neutral","score":3}'; done`, "score 3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := program(t, "sh", "-c", tt.script).Score(t.Context(), []Text{{Text: "aé"}})
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "scorer sh -c ") {
				t.Errorf("Score = %v, want the command and %q", err, tt.want)
			}
		})
	}
	t.Run("is started again", func(t *testing.T) {
		// It answers one text and ends, which is no reason to fail.
		p := program(t, "sh", "-c", "read x; echo '"+good+"'")
		for range 3 {
			if _, err := p.Score(t.Context(), []Text{{Text: "abc"}}); err != nil {
				t.Error(err)
			}
		}
	})
	t.Run("is not waited for for ever", func(t *testing.T) {
		p := program(t, "sh", "-c", "while read x; do sleep 600; done")
		p.o.Timeout = 50 * time.Millisecond
		if _, err := p.Score(t.Context(), []Text{{Text: "abc"}}); err == nil || !strings.Contains(err.Error(), "no answer in 50ms") {
			t.Errorf("Score = %v, want a time-out", err)
		}
	})
	t.Run("is not there", func(t *testing.T) {
		if _, err := program(t, "percept-no-such-scorer").Score(t.Context(), []Text{{Text: "abc"}}); !errors.Is(err, exec.ErrNotFound) {
			t.Errorf("Score = %v, want not found", err)
		}
	})
	t.Run("ends with the context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := program(t, "sh", "-c", "while read x; do sleep 600; done").Score(ctx, []Text{{Text: "abc"}}); !errors.Is(err, context.Canceled) {
			t.Errorf("Score = %v, want canceled", err)
		}
	})
}
