package model

import (
	"context"
	"path/filepath"
	"sync"

	"percept/analysis"
)

// Options say what a model is trained from.
type Options struct {
	Data    string // folder of labelled sets
	Workers int
	// Say tells what is being done; never nil.
	Say func(format string, args ...any)
}

// A trainer holds what training has read so far.
type trainer struct {
	Options
	rules *analysis.Rules
	sets  map[string]Set
	banks []CardBank
}

// set reads a set once.
func (t *trainer) set(file string) (Set, error) {
	if s, ok := t.sets[file]; ok {
		return s, nil
	}
	s, err := ReadSet(filepath.Join(t.Data, file))
	if err == nil {
		t.sets[file] = s
	}
	return s, err
}

// each reads every text and calls fn with its number; fn is called by several at once.
func (t *trainer) each(ctx context.Context, texts []analysis.Text, fn func(i int, s *sheet)) error {
	return each(ctx, t.rules, t.Workers, texts, fn)
}

func each(ctx context.Context, rules *analysis.Rules, workers int, texts []analysis.Text, fn func(i int, s *sheet)) error {
	workers = max(1, workers)
	errs := make([]error, workers)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			s, err := newSheet(nil)
			if errs[w] = err; err != nil {
				return
			}
			for i := w; i < len(texts); i += workers {
				if errs[w] = ctx.Err(); errs[w] != nil {
					return
				}
				if errs[w] = s.read(rules, texts[i]); errs[w] != nil {
					return
				}
				fn(i, s)
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
