package main

import (
	"fmt"
	"os"

	"percept/analysis"
	"percept/analysis/model"
)

// scorers makes one scorer a taxonomy: the program that the config names, else percept's own.
type scorers struct {
	config   scorerConfig
	made     map[*analysis.Taxonomy]analysis.Scorer
	programs []*analysis.Program
}

func (c *config) scorers() *scorers {
	return &scorers{config: c.Scorer, made: map[*analysis.Taxonomy]analysis.Scorer{}}
}

func (s *scorers) of(t *analysis.Taxonomy) (analysis.Scorer, error) {
	if made := s.made[t]; made != nil {
		return made, nil
	}
	made, err := s.make(t)
	if err != nil {
		return nil, err
	}
	s.made[t] = made
	return made, nil
}

func (s *scorers) make(t *analysis.Taxonomy) (analysis.Scorer, error) {
	if len(s.config.Command) == 0 {
		return ownScorer(t)
	}
	p, err := analysis.NewProgram(t, analysis.ProgramOptions{Command: s.config.Command, Version: s.config.Version, Timeout: s.config.Timeout})
	if err != nil {
		return nil, err
	}
	s.programs = append(s.programs, p)
	return p, nil
}

// ownScorer is the scorer that percept brings along.
func ownScorer(t *analysis.Taxonomy) (analysis.Scorer, error) { return model.New(t) }

// scorerWith is percept's scorer with the weights of a file, or with its own.
func scorerWith(t *analysis.Taxonomy, file string) (analysis.Scorer, error) {
	if file == "" {
		return ownScorer(t)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, usageError{err}
	}
	w, err := model.ReadWeights(data)
	if err != nil {
		return nil, usageError{fmt.Errorf("%s: %w", file, err)}
	}
	return model.With(t, w)
}

// close ends the programs.
func (s *scorers) close() {
	for _, p := range s.programs {
		p.Close()
	}
}
