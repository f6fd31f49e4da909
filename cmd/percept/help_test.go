package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// Every command says in a line what it does, in a screen how, and shows examples that it would take.
func TestEveryCommandHelps(t *testing.T) {
	a := &app{out: &bytes.Buffer{}, err: &bytes.Buffer{}}
	root := a.root()
	for _, c := range root.Commands() {
		if c.Name() == "help" || c.Name() == "completion" || c.Name() == "version" {
			continue
		}
		t.Run(c.Name(), func(t *testing.T) {
			if c.Short == "" || strings.Contains(c.Short, "\n") || len(c.Short) > 100 {
				t.Errorf("Short = %q, want one line", c.Short)
			}
			if c.Long == "" || strings.Count(c.Long, "\n") > 20 {
				t.Errorf("Long has %d lines, want 1 to 20", strings.Count(c.Long, "\n"))
			}
			if c.Example == "" {
				t.Error("no Example")
			}
			for example := range strings.Lines(c.Example) {
				checkExample(t, root, example)
			}
		})
	}
}

// checkExample finds the command of an example and has it read its flags and arguments.
func checkExample(t *testing.T, root *cobra.Command, example string) {
	t.Helper()
	_, words, ok := strings.Cut(example, "percept ")
	if !ok {
		t.Errorf("example %q does not call percept", example)
		return
	}
	words, _, _ = strings.Cut(words, " > ")
	words, _, _ = strings.Cut(words, " < ")
	c, args, err := root.Find(strings.Fields(words))
	if err != nil || c == root {
		t.Errorf("example %q: %v", example, err)
		return
	}
	if err := c.ParseFlags(args); err != nil {
		t.Errorf("example %q: %v", example, err)
		return
	}
	if err := c.ValidateArgs(c.Flags().Args()); err != nil {
		t.Errorf("example %q: %v", example, err)
	}
}
