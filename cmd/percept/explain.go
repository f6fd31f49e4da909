package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"percept/analysis"
	"percept/collector"
	"percept/store"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain ID",
		Short: "One feedback: which words are about which touchpoint, how they score, and why",
		Long: `Explain shows one feedback as percept reads it. ID is the id that reports show (its beginning is
enough), the source's own id, or that of an alert about it.`,
		Example: "  percept explain 3f9a2c41\n  percept explain HS-10042 --json",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), "explain", false, func(p *pipeline) error { return p.explain(cmd.Context(), args[0]) })
		},
	}
}

// An explained part is one text of a feedback with what was read in it.
type explainedPart struct {
	Part       string   `json:"part"`
	Question   string   `json:"question,omitempty"`
	Rating     string   `json:"rating,omitempty"`
	Text       string   `json:"text,omitempty"`
	Score      *float64 `json:"score,omitempty"`
	Label      string   `json:"label,omitempty"`
	Confidence float64  `json:"confidence,omitempty"`
	// Unread is the language of words that the scorer does not know: they are not scored.
	Unread     string        `json:"not_scored_language,omitempty"`
	Mentions   []explainSpan `json:"mentions,omitempty"`
	Behaviours []explainSpan `json:"behaviours,omitempty"`
}

type explainSpan struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Score      float64  `json:"score"`
	Confidence float64  `json:"confidence"`
	Start      int      `json:"start"`
	End        int      `json:"end"`
	Words      string   `json:"words,omitempty"`
	Why        []string `json:"why,omitempty"`
}

func (p *pipeline) explain(ctx context.Context, id string) error {
	f, err := p.one(ctx, id)
	if err != nil {
		return err
	}
	t, err := p.taxonomyFor(f.Practice)
	if err != nil {
		return err
	}
	scorers := p.cfg.scorers()
	defer scorers.close()
	scorer, err := scorers.of(t)
	if err != nil {
		return err
	}
	parts, err := explainParts(ctx, f.Feedback, t, scorer)
	if err != nil {
		return err
	}
	language, _ := analysis.Reader{Scorer: scorer, Asks: t.Asks}.Foreign(&f.Feedback)
	corrections, err := p.store.Corrections(ctx, f.ID)
	if err != nil {
		return err
	}
	for i := range parts {
		parts[i].correct(corrections, t)
	}
	if p.json {
		enc := json.NewEncoder(p.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(struct {
			ID       string          `json:"id"`
			Practice string          `json:"practice"`
			Source   string          `json:"source"`
			SourceID string          `json:"source_id,omitempty"`
			Version  int             `json:"version"`
			Language string          `json:"language,omitempty"`
			Declared string          `json:"declared_language,omitempty"`
			Private  bool            `json:"private,omitempty"`
			Parts    []explainedPart `json:"parts"`
		}{f.ID, f.Practice, f.Source, f.SourceID, f.Version, language, f.Language, f.Private, parts})
	}
	p.sayExplained(f, scorer, language, parts)
	return nil
}

// one is the feedback that an id typed by a person means.
func (p *pipeline) one(ctx context.Context, id string) (analysis.Heard, error) {
	found, err := p.store.Find(ctx, id)
	if err == nil && len(found) == 0 {
		found, err = p.alerted(ctx, id)
	}
	if err != nil {
		return analysis.Heard{}, err
	}
	switch len(found) {
	case 0:
		return analysis.Heard{}, hinted{fmt.Errorf("%q: no such feedback", id), "ids are in the reports beside each quote, and in percept alert list"}
	case 2:
		return analysis.Heard{}, hinted{fmt.Errorf("%q: more than one feedback begins so", id), "give more of the id: " + found[0].ID}
	}
	return found[0], nil
}

// alerted is the feedback that an alert is about, none where no alert or more than one begins so. An alert about a touchpoint
// or a source is an error that says what it is about.
func (p *pipeline) alerted(ctx context.Context, id string) ([]analysis.Heard, error) {
	tasks, err := p.store.Tasks(ctx)
	if err != nil {
		return nil, err
	}
	tasks = slices.DeleteFunc(tasks, func(t store.Task) bool { return !strings.HasPrefix(t.ID, id) })
	switch {
	case len(tasks) != 1:
		return nil, nil
	case !aboutFeedback(tasks[0].Alert):
		hint := "the words behind it are on the page of the practice: percept report"
		if tasks[0].Kind == "source" {
			hint = "see: percept status"
		}
		return nil, hinted{fmt.Errorf("alert %s is about no single feedback: %s", tasks[0].ID, line(strings.Join(tasks[0].Why, "; "))), hint}
	}
	return p.store.Find(ctx, tasks[0].About)
}

func (p *pipeline) taxonomyFor(practice string) (*analysis.Taxonomy, error) {
	if t := p.cfg.taxonomyOfPractice(practice); t != nil {
		return t, nil
	}
	return nil, fmt.Errorf("practice %q is stored but not in %s", practice, p.config)
}

// explainParts reads every part anew, as analyze does, and keeps the reasons.
func explainParts(ctx context.Context, f collector.Feedback, t *analysis.Taxonomy, s analysis.Scorer) ([]explainedPart, error) {
	var parts []explainedPart
	reader := analysis.Reader{Scorer: s, Asks: t.Asks}
	language, foreign := reader.Foreign(&f)
	for _, p := range reader.Parts(&f) {
		if !p.Speaks() && !p.Rating.Valid {
			continue
		}
		e := explainedPart{Part: partName(p.Number), Question: p.Text.Question}
		if p.Rating.Valid {
			e.Rating = p.Rating.Raw
		}
		if p.Rates() {
			e.Mentions = append(e.Mentions, explainSpan{
				ID: p.About, Name: touchpointName(t, p.About), Score: p.Rating.Score(), Confidence: 1,
				Why: []string{fmt.Sprintf("rated %s (%s)", p.Rating.Raw, p.Rating.Tag)},
			})
		}
		if p.Speaks() && foreign {
			e.Text, e.Unread = p.Text.Text, cmp.Or(language, "?")
		} else if p.Speaks() {
			p.Text.Explain = true
			scored, err := s.Score(ctx, []analysis.Text{p.Text})
			if err != nil {
				return nil, fmt.Errorf("explain %s: %w", f.ID, err)
			}
			e.add(p.Text.Text, scored[0], t)
		}
		parts = append(parts, e)
	}
	return parts, nil
}

func (e *explainedPart) add(text string, s analysis.Scored, t *analysis.Taxonomy) {
	e.Text, e.Score, e.Label, e.Confidence = text, &s.Score, s.Label, s.Confidence
	for _, m := range s.Mentions {
		e.Mentions = append(e.Mentions, spanOf(m, text, touchpointName(t, m.ID)))
	}
	for _, b := range s.Behaviours {
		e.Behaviours = append(e.Behaviours, spanOf(b, text, traitName(t, b.ID)))
	}
}

// correct puts a person's labels in place of what was read.
func (e *explainedPart) correct(all []analysis.Correction, t *analysis.Taxonomy) {
	for _, c := range all {
		if partName(c.Part) != e.Part {
			continue
		}
		e.Mentions = slices.DeleteFunc(e.Mentions, func(m explainSpan) bool { return m.ID == c.Touchpoint && m.Words != "" })
		if c.About {
			e.Mentions = append(e.Mentions, explainSpan{ID: c.Touchpoint, Name: touchpointName(t, c.Touchpoint), Score: c.Score, Confidence: 1,
				Start: c.Start, End: c.End, Words: e.Text[c.Start:c.End], Why: []string{"a person says so"}})
		}
	}
}

func partName(number int) string {
	switch number {
	case analysis.PartTitle:
		return "title"
	case analysis.PartText:
		return "text"
	}
	return fmt.Sprintf("answer %d", number)
}

func touchpointName(t *analysis.Taxonomy, id string) string {
	if tp, ok := t.Touchpoint(id); ok {
		return tp.Name
	}
	return id
}

func traitName(t *analysis.Taxonomy, id string) string {
	for _, b := range t.Traits {
		if b.ID == id {
			return b.Name
		}
	}
	return id
}

func spanOf(s analysis.Span, text, name string) explainSpan {
	return explainSpan{ID: s.ID, Name: name, Score: s.Score, Confidence: s.Confidence, Start: s.Start, End: s.End, Words: text[s.Start:s.End], Why: s.Why}
}

// languageOf says in which language a feedback is, and how that is known.
func languageOf(language, declared string) string {
	switch {
	case language == "":
		return "its language is not known"
	case declared == "":
		return "its language is " + language + ", by its words"
	case language == analysis.Language(declared, ""):
		return "its language is " + language + ", as declared"
	}
	return "its language is " + language + ", by its words; declared " + line(declared)
}

func (p *pipeline) sayExplained(f analysis.Heard, s analysis.Scorer, language string, parts []explainedPart) {
	model, taxonomy := s.Version()
	fmt.Fprintf(p.out, "%s  %s of %s, %s", f.ID, f.Kind, line(f.Practice), line(f.Source))
	if f.Date.Known() {
		fmt.Fprintf(p.out, ", %s (%s)", f.Date.Start.In(p.cfg.zone).Format("2 January 2006"), f.Date.Precision)
	}
	if f.Rating.Valid {
		fmt.Fprintf(p.out, ", rated %s (%s)", line(f.Rating.Raw), f.Rating.Tag)
	}
	fmt.Fprintf(p.out, "\nversion %d, found at %s; read by %s with %s; %s\n", f.Version, line(f.Ref), model, analysis.EditionName(taxonomy), languageOf(language, f.Language))
	if f.Private {
		fmt.Fprintln(p.out, "the person asked not to be quoted: the words stand on no page and in no message for sharing")
	}
	for _, part := range parts {
		fmt.Fprintf(p.out, "\n%s", part.Part)
		if part.Question != "" {
			fmt.Fprintf(p.out, ": %s", line(part.Question))
		}
		fmt.Fprintln(p.out)
		if part.Rating != "" {
			verb := "answered"
			if f.Kind == collector.Review {
				verb = "rated"
			}
			fmt.Fprintf(p.out, "  %s %s\n", verb, line(part.Rating))
		}
		if part.Unread != "" {
			fmt.Fprintf(p.out, "  %s\n  not scored: its language, %s, is one that the scorer does not know\n", line(part.Text), part.Unread)
		} else if part.Text != "" {
			fmt.Fprintf(p.out, "  %s\n  as a whole: %s, %+.2f, confidence %.2f\n", line(part.Text), part.Label, *part.Score, part.Confidence)
		}
		for _, m := range part.Mentions {
			p.saySpan(m)
		}
		for _, b := range part.Behaviours {
			p.saySpan(b)
		}
	}
}

func (p *pipeline) saySpan(s explainSpan) {
	fmt.Fprintf(p.out, "  - %s: %+.2f, confidence %.2f", line(s.Name), s.Score, s.Confidence)
	if s.Words != "" {
		fmt.Fprintf(p.out, ": “%s”", line(s.Words))
	}
	fmt.Fprintln(p.out)
	for _, w := range s.Why {
		fmt.Fprintf(p.out, "      %s\n", line(w))
	}
}
