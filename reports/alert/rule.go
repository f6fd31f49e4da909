package alert

import (
	"fmt"
	"slices"
	"strings"
)

// A Severity says how an alert may interrupt.
type Severity string

// The severities.
const (
	Severe Severity = "severe" // at once, whatever the budget
	Normal Severity = "normal" // at once within the budget, else in the digest
	Low    Severity = "low"    // in the digest
)

func (s Severity) rank() int { return slices.Index([]Severity{Low, Normal, Severe}, s) }

// A Rule says when an alert is raised. Everything that it names must hold. A rule is about feedback, or
// it is one of Slip and Source, which are about neither rating nor words.
type Rule struct {
	Name     string   `yaml:"name,required"`
	Severity Severity `yaml:"severity"` // empty: normal
	// Channel is "review" or "response"; empty: both.
	Channel string `yaml:"channel"`
	// Rating is the most it was rated, 1 to 5; what has no rating does not match.
	Rating float64 `yaml:"rating"`
	// Text wants words, not a rating alone.
	Text bool `yaml:"text"`
	// Words wants one of these, whole, in any case; "refund*" is every word that begins so, and
	// "data breach" is two words in a row.
	Words []string `yaml:"words"`
	// UnlessRated leaves out what was rated so or better, or, without a rating, is surely positive as a whole.
	UnlessRated float64 `yaml:"unless_rated"`
	// Touchpoint wants a mention of this touchpoint, with a score of at most Score where that is not 0.
	Touchpoint string  `yaml:"touchpoint"`
	Score      float64 `yaml:"score"`
	// Unanswered wants a public review without a reply so many days after it was given.
	Unanswered int `yaml:"unanswered"`
	// Reply wants this state of the practice's own reply: "rejected".
	Reply string `yaml:"reply"`
	// Slip wants a verdict of worse.
	Slip bool `yaml:"slip"`
	// Source wants a source that was not read whole.
	Source bool `yaml:"source"`
}

// sure is the least confidence with which a text without a rating passes for positive: what is in doubt is told.
const sure = 0.7

// severeWords are about safety, law, discrimination and data.
var severeWords = []string{
	"infection*", "infected", "injur*", "unsafe", "hospital", "ambulance", "emergency", "pain", "painful", "wrong prescription",
	"solicitor*", "lawyer*", "attorney*", "sue", "sued", "suing", "ombudsman", "trading standards", "legal action",
	"racis*", "sexist", "discriminat*", "harass*", "data breach", "gdpr", "popia", "hipaa", "refund*", "fraud*", "scam",
}

// DefaultRules are those of a config that names none.
func DefaultRules() []Rule {
	return []Rule{
		{Name: "words", Severity: Severe, Words: severeWords, UnlessRated: 4},
		{Name: "one-star", Severity: Severe, Channel: "review", Rating: 1, Text: true},
		{Name: "rejected-reply", Severity: Normal, Reply: "rejected"},
		{Name: "slip", Severity: Normal, Slip: true},
		{Name: "source", Severity: Normal, Source: true},
		{Name: "low-rating", Severity: Normal, Channel: "review", Rating: 2},
		{Name: "unanswered", Severity: Low, Rating: 2, Unanswered: 7},
	}
}

// Check says what is wrong with a rule, nil when nothing is.
func (r Rule) Check() error {
	wants := r.Rating > 0 || len(r.Words) > 0 || r.Touchpoint != "" || r.Unanswered > 0 || r.Reply != ""
	switch {
	case r.Severity != "" && r.Severity.rank() < 0:
		return fmt.Errorf("severity is %q, want severe, normal or low", r.Severity)
	case r.Channel != "" && r.Channel != "review" && r.Channel != "response":
		return fmt.Errorf("channel is %q, want review or response", r.Channel)
	case r.Rating < 0 || r.Rating > 5 || r.UnlessRated < 0 || r.UnlessRated > 5:
		return fmt.Errorf("a rating is 1 to 5")
	case r.Score < -1 || r.Score > 1:
		return fmt.Errorf("score is %v, want -1 to 1", r.Score)
	case r.Score != 0 && r.Touchpoint == "":
		return fmt.Errorf("score belongs to a touchpoint; name it, or general")
	case r.Unanswered < 0:
		return fmt.Errorf("unanswered is %d, want days", r.Unanswered)
	case r.Reply != "" && r.Reply != "rejected":
		return fmt.Errorf("reply is %q, want rejected", r.Reply)
	case r.Slip && r.Source || (r.Slip || r.Source) && (wants || r.Text || r.UnlessRated > 0):
		return fmt.Errorf("slip and source stand alone; make two rules of it")
	case !r.Slip && !r.Source && !wants:
		return fmt.Errorf("the rule wants nothing; name a rating, words, a touchpoint, unanswered, reply, slip or source")
	}
	for _, w := range r.Words {
		if len(wordsOf(w)) == 0 {
			return fmt.Errorf("words: %q is no word", w)
		}
	}
	return nil
}

func (r Rule) severity() Severity {
	if r.Severity == "" {
		return Normal
	}
	return r.Severity
}

// waits reports whether the rule is about what becomes of a feedback in time: it is asked about known
// feedback too.
func (r Rule) waits() bool { return r.Unanswered > 0 || r.Reply != "" }

// A rule is a Rule with its words ready to be matched.
type rule struct {
	Rule
	words phrases
}

func compile(rules []Rule) []rule {
	out := make([]rule, len(rules))
	for i, r := range rules {
		r.Severity = r.severity()
		out[i] = rule{r, newPhrases(r.Words)}
	}
	return out
}

// match says why a rule about feedback fires, and on which words.
func (r rule) match(f *Feedback, days int) (why string, words []string, ok bool) {
	if r.Slip || r.Source || r.Channel != "" && r.Channel != f.Kind {
		return "", nil, false
	}
	var reasons []string
	if r.Rating > 0 {
		if f.Rating == 0 || f.Rating > r.Rating {
			return "", nil, false
		}
		reasons = append(reasons, "rated "+f.RatingText)
	}
	if r.Text && !f.speaks() {
		return "", nil, false
	}
	if r.UnlessRated > 0 && (f.Rating >= r.UnlessRated || f.Rating == 0 && f.Label == "positive" && f.Confidence >= sure) {
		return "", nil, false
	}
	if r.Touchpoint != "" {
		m, found := f.worst(r.Touchpoint)
		if !found || r.Score != 0 && m.Score > r.Score {
			return "", nil, false
		}
		reasons = append(reasons, fmt.Sprintf("about %s, score %.2f", m.Name, m.Score))
	}
	if len(r.words) > 0 {
		if words = f.find(r.words); len(words) == 0 {
			return "", nil, false
		}
		reasons = append(reasons, "says "+quoted(words))
	}
	if r.Unanswered > 0 {
		if f.Kind != "review" || f.Replied || days < r.Unanswered {
			return "", nil, false
		}
		reasons = append(reasons, "no reply after "+things(days, "day"))
	}
	if r.Reply != "" {
		if f.ReplyState != r.Reply {
			return "", nil, false
		}
		reasons = append(reasons, "the site rejected your reply")
	}
	return strings.Join(reasons, ", "), words, true
}

func quoted(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("“" + w + "”")
	}
	return b.String()
}
