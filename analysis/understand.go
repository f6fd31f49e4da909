package analysis

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"percept/collector"
)

// A Heard is one version of a feedback, as stored, that is to be understood.
type Heard struct {
	collector.Feedback
	Version int
}

// An Understood is what was found in one version of a feedback.
type Understood struct {
	Feedback   string
	Version    int
	Practice   string
	Whole      Scored // over all parts; no spans
	Mentions   []Mention
	Behaviours []Behaviour
	Language   string // as Language has it, "" unknown
	// Unread is true where the scorer does not know the language: the words were not scored.
	Unread bool
}

// A linguist is a Scorer that does not know every language; one without the method takes any.
type linguist interface {
	// Knows reports whether texts of a language (BCP 47, "" unknown) can be scored.
	Knows(language string) bool
}

// A Reader understands feedback: it has its texts scored and adds what ratings say of touchpoints.
type Reader struct {
	Scorer Scorer
	// Asks guesses which touchpoint a survey question asks about where config does not say; it may be nil.
	Asks    func(question string) string
	Workers int // at least 1
}

// Understand reads a batch. The result has the order of heard, whatever the number of workers.
func (r Reader) Understand(ctx context.Context, heard []Heard) ([]Understood, error) {
	workers := max(1, min(r.Workers, len(heard)))
	out := make([]Understood, len(heard))
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		from, to := len(heard)*w/workers, len(heard)*(w+1)/workers
		wg.Go(func() { errs[w] = r.understand(ctx, heard[from:to], out[from:to]) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// A Part is one text or one rating of a feedback, as it goes to the scorer.
type Part struct {
	Number int // PartTitle, PartText, or the number of the answer
	Text   Text
	Rating collector.Rating
	About  string // the touchpoint that the rating is of; empty where nobody knows
}

// Parts takes a feedback apart: title, words and answers, those left empty too.
func (r Reader) Parts(f *collector.Feedback) []Part {
	whole := contextOf(f)
	parts := []Part{
		{Number: PartTitle, Text: Text{Text: f.Title}},
		{Number: PartText, Text: Text{Text: f.Text}, Rating: f.Rating, About: General}, // stars are of the whole
	}
	for i, a := range f.Answers {
		touchpoint := a.Touchpoint
		if touchpoint == "" && r.Asks != nil {
			touchpoint = r.Asks(a.Question)
		}
		parts = append(parts, Part{Number: i + 1, Rating: a.Rating, About: touchpoint,
			Text: Text{Text: a.Text, Question: a.Question, Asks: a.Asks, Touchpoint: touchpoint}})
	}
	for i := range parts {
		t := &parts[i].Text
		t.ID, t.Context, t.Language = f.ID, whole, f.Language
	}
	return parts
}

// Rates reports whether the part is a rating of one touchpoint, which is a mention without words.
func (p Part) Rates() bool { return p.Rating.Valid && p.About != "" }

// Speaks reports whether the part has words.
func (p Part) Speaks() bool { return strings.TrimSpace(p.Text.Text) != "" }

// Foreign is the language of a feedback whose words the scorer does not know; false where it knows it, or all.
func (r Reader) Foreign(f *collector.Feedback) (language string, foreign bool) {
	language = Language(f.Language, contextOf(f))
	return language, r.foreign(language)
}

func (r Reader) foreign(language string) bool {
	l, limited := r.Scorer.(linguist)
	return limited && !l.Knows(language)
}

func (r Reader) understand(ctx context.Context, heard []Heard, out []Understood) error {
	type place struct{ feedback, part int }
	var texts []Text
	var places []place
	for i := range heard {
		out[i] = Understood{Feedback: heard[i].ID, Version: heard[i].Version, Practice: heard[i].Practice, Language: Language(heard[i].Language, contextOf(&heard[i].Feedback))}
		foreign := r.foreign(out[i].Language)
		for _, p := range r.Parts(&heard[i].Feedback) {
			if p.Rates() {
				out[i].Mentions = append(out[i].Mentions, Mention{
					Feedback: heard[i].ID, Version: heard[i].Version, Part: p.Number, Touchpoint: p.About,
					Score: p.Rating.Score(), Confidence: 1, Origin: FromRating,
				})
			}
			if p.Speaks() && foreign {
				out[i].Unread = true
			} else if p.Speaks() {
				texts, places = append(texts, p.Text), append(places, place{i, p.Number})
			}
		}
	}
	scored, err := r.Scorer.Score(ctx, texts)
	if err != nil {
		return fmt.Errorf("score: %w", err)
	}
	if len(scored) != len(texts) {
		return fmt.Errorf("score: %d answers to %d texts", len(scored), len(texts))
	}
	for i, s := range scored {
		out[places[i].feedback].add(places[i].part, s)
	}
	return nil
}

// add takes in the reading of one part. The whole is the mean of its parts by confidence.
func (u *Understood) add(part int, s Scored) {
	if s.Unread {
		u.Unread = true
		return
	}
	for _, m := range s.Mentions {
		u.Mentions = append(u.Mentions, Mention{
			Feedback: u.Feedback, Version: u.Version, Part: part, Touchpoint: m.ID, Start: m.Start, End: m.End,
			Score: m.Score, Confidence: m.Confidence, Origin: FromText,
		})
	}
	for _, b := range s.Behaviours {
		u.Behaviours = append(u.Behaviours, Behaviour{
			Feedback: u.Feedback, Version: u.Version, Part: part, Behaviour: b.ID, Start: b.Start, End: b.End,
			Score: b.Score, Confidence: b.Confidence,
		})
	}
	w := &u.Whole
	if w.Label == "" {
		*w = Scored{Score: s.Score, Label: s.Label, Label5: s.Label5, Mixed: s.Mixed, Confidence: s.Confidence}
		return
	}
	if total := w.Confidence + s.Confidence; total > 0 {
		w.Mixed = w.Mixed || s.Mixed || w.Score*s.Score < 0
		w.Score = (w.Score*w.Confidence + s.Score*s.Confidence) / total
		if s.Confidence > w.Confidence {
			w.Label, w.Label5 = s.Label, s.Label5
		}
		w.Confidence = total / 2
	}
}

// contextOf joins the words of a feedback, for what one part means beside the others.
func contextOf(f *collector.Feedback) string {
	parts := make([]string, 0, 2+len(f.Answers))
	for _, s := range append([]string{f.Title, f.Text}, answerTexts(f.Answers)...) {
		if s = strings.TrimSpace(s); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n")
}

func answerTexts(answers []collector.Answer) []string {
	texts := make([]string, len(answers))
	for i, a := range answers {
		texts[i] = a.Text
	}
	return texts
}
