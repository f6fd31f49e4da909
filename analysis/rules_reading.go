package analysis

import "percept/collector"

// A Reading is what the rules see in a text: a trained scorer takes its features and spans from it.
// Touchpoints and behaviours are numbers into Rules.Touchpoints and Rules.Behaviours, -1 for none. The zero Reading is ready
// to be read into, any number of times; it remembers the words it met. Reasons are there where Text.Explain asked for them.
type Reading struct {
	Normal
	Sentences []Extent // of Normal.Text
	Tokens    []Token
	Clauses   []ReadClause
	Asks      collector.Asks // what the question invites
	Empty     bool           // an answer that says nothing ("n/a")
	Whole     Scored         // by the rules; no spans
	// Of the feedback around the text:
	Story  float64 // its sentiment as a whole, else the text's own
	At     int     // touchpoint that the words before the text named last
	Asked  int     // touchpoint that the question asks about
	Before string  // the sentences before the text, at most two
	After  string  // the sentence after it
	// Round goes up when spellings are numbered anew, which is when there are too many.
	Round int

	page *page
}

// A ReadClause is a clause as the rules understand it.
type ReadClause struct {
	Clause
	Score   float64 // verdict, -1 to 1
	Mass    float64 // how much was said for or against: sum of weights without their signs
	Weight  float64 // how much it counts in its sentence: less before a "but", more after it
	Carries bool    // it goes on about what came before ("it", "they")
	Names   []Named
	Traits  []Trace
	Why     []string // what moved Score, for people
}

// A Named is a touchpoint that a clause is about.
type Named struct {
	Touchpoint int
	Strength   float64 // 0 to 1: 1 named, less where only hinted or carried over
	Score      float64 // what is said of it, -1 to 1
	Judged     bool    // by words of the clause itself
	polar      bool    // by words that judge it too
	from, to   int     // the tokens that name it: [from, to)
	how        string  // the reason where no words of the clause are, see reason
	Why        string  // the words that name it, or what else points to it, for people
}

// A Trace is a behaviour that a clause shows or lacks.
type Trace struct {
	Behaviour int
	Score     float64 // above 0 shown, below lacking
}

// Touchpoints returns the slugs that readings number; the last is General.
func (r *Rules) Touchpoints() []string { return r.slugs }

// Behaviours returns the slugs of behaviours that readings number.
func (r *Rules) Behaviours() []string {
	list := make([]string, len(r.taxonomy.Traits))
	for i, t := range r.taxonomy.Traits {
		list[i] = t.ID
	}
	return list
}

// Read reads a text as Score does and sets out to what it saw. What out held before is used again.
func (r *Rules) Read(out *Reading, t Text) error {
	if out.page == nil || out.page.lexis.phrases != r.find {
		out.page = newPage(r.find)
	}
	p := out.page
	out.Normal = Normalise(t.Text)
	out.Asks, p.explain = r.asked(p, t), t.Explain
	if err := r.read(p, out.Text, out.Asks); err != nil {
		return err
	}
	out.Empty = r.answered(p, out.Text, out.Asks)
	story, err := r.story(t, out.Text)
	if err != nil {
		return err
	}
	out.Whole = p.whole()
	if !story.known {
		story.score = out.Whole.Score
	}
	if i, ok := r.index(t.Touchpoint); ok {
		story.asked = i
	}
	out.Story, out.At, out.Asked = story.score, story.at, story.asked
	out.Before, out.After = around(t)
	r.assign(p, story)
	out.Sentences, out.Round = p.sentences, p.lexis.round
	r.tell(out)
	return nil
}

// tell sets the tokens and clauses of out to what its page holds.
func (r *Rules) tell(out *Reading) {
	p := out.page
	for _, s := range p.traits {
		x := &p.clauses[s.clause]
		x.Traits = append(x.Traits, Trace{s.trait, s.score})
	}
	for c := range p.clauses {
		for i := range p.clauses[c].Names {
			if n := &p.clauses[c].Names[i]; p.explain {
				n.Why = p.reason(n, n.Touchpoint == len(r.slugs)-1)
			}
		}
	}
	out.Tokens, out.Clauses = p.toks, p.clauses
}

// More appends to list the tokens of another normal text, spelled as those of r. None is marked as denying or judging.
func (r *Reading) More(list []Token, text string) []Token {
	from, p := len(list), r.page
	list, p.around = p.lexis.read(list, p.around[:0], text, Extent{0, len(text)})
	for i := from; i < len(list); i++ {
		list[i].Judges, list[i].Denies = 0, false
	}
	return list
}

// Asks is what a question invites, as collector has it.
type Asks = collector.Asks

// What an open question invites.
const (
	AsksPraise  = collector.AsksPraise
	AsksImprove = collector.AsksImprove
	AsksWhy     = collector.AsksWhy
)
