package analysis

import (
	_ "embed" // the words
	"strings"
	"sync"

	"percept/collector/yamlfile"
)

//go:embed taxonomy/words/english.yaml
var englishYAML []byte

// A word is what English says of a single word.
type word struct {
	negator bool
	article bool    // may stand between the words of a phrase
	pronoun bool    // goes on about what came before
	weight  float64 // sentiment, -1 to 1
	hours   float64 // length of a unit of time, 0 for others
	degree  float64 // factor on the next word: above 1 stronger, below 1 weaker, 0 none
	number  float64 // value of a number word, 0 for others
	class   class   // of all that
}

// classed sets what a word is of.
func (w *word) classed() {
	for _, x := range []struct {
		is    bool
		class class
	}{{w.negator, isNegator}, {w.article, isArticle}, {w.pronoun, isPronoun}, {w.weight != 0, isWeighed}, {w.hours != 0, isUnit}, {w.degree != 0, isDegree}, {w.number > 0, isNumber}} {
		if x.is {
			w.class |= x.class
		}
	}
}

// A cue is a phrase that carries sentiment beyond its words.
type cue struct {
	Name     string   `yaml:"name"`
	Weight   float64  `yaml:"weight"`
	Patterns []string `yaml:"patterns"`
}

// english is the words and cues of the language, ready for use. It never changes.
type english struct {
	version string
	words   map[string]*word  // by form
	stems   map[string]*word  // by stem, for forms that are not listed
	bases   map[string]string // irregular forms to what the vocabulary knows them by
	cues    []cue
	neutral []string
	asks    questionWords
	answers answerWords
	sayings map[string]saying // those answers
	classes map[string]class  // of words by their form alone
}

// A saying tells in which lists of answers a text is.
type saying uint8

const (
	saysNone saying = 1 << iota
	saysNothing
	saysAll
)

// questionWords are phrases that say what a question asks for.
type questionWords struct {
	Praise  []string `yaml:"praise"`
	Improve []string `yaml:"improve"`
	Why     []string `yaml:"why"`
	Fact    []string `yaml:"fact"` // nothing about how anything was
}

// answerWords are whole answers that mean something only with their question.
type answerWords struct {
	None    []string `yaml:"none"`
	Nothing []string `yaml:"nothing"`
	All     []string `yaml:"all"`
}

// An englishFile is the words of English as written; its head says what they are.
type englishFile struct {
	Version  string             `yaml:"version,required"`
	Forms    map[string]string  `yaml:"forms"`
	Negators string             `yaml:"negators"`
	Stronger string             `yaml:"stronger"`
	Weaker   string             `yaml:"weaker"`
	Articles string             `yaml:"articles"`
	Pronouns string             `yaml:"pronouns"`
	Numbers  map[string]float64 `yaml:"numbers"`
	Units    map[string]float64 `yaml:"units"`
	Words    []struct {
		Weight float64 `yaml:"weight"`
		Words  string  `yaml:"words"`
	} `yaml:"words"`
	Cues      []cue         `yaml:"cues"`
	Neutral   []string      `yaml:"neutral"`
	Questions questionWords `yaml:"questions"`
	Answers   answerWords   `yaml:"answers"`
}

// readEnglish parses the embedded words, once.
var readEnglish = sync.OnceValues(func() (*english, error) {
	var doc englishFile
	if _, err := yamlfile.Decode("taxonomy/words/english.yaml", englishYAML, &doc); err != nil {
		return nil, err
	}
	e := &english{
		version: doc.Version, cues: doc.Cues, neutral: doc.Neutral, asks: doc.Questions, answers: doc.Answers,
		words: map[string]*word{}, stems: map[string]*word{}, bases: map[string]string{}, sayings: map[string]saying{},
		classes: map[string]class{"and": isAnd},
	}
	e.classify()
	for i, list := range [][]string{doc.Answers.None, doc.Answers.Nothing, doc.Answers.All} {
		for _, s := range list {
			e.sayings[s] |= 1 << i
			first, _, _ := strings.Cut(s, " ")
			e.classes[first] |= isAnswer
		}
	}
	for base, forms := range doc.Forms {
		root := string(stem([]byte(base)))
		e.bases[base] = root
		for f := range strings.FieldsSeq(forms) {
			e.bases[f] = root
		}
	}
	for _, group := range doc.Words {
		for w := range strings.FieldsSeq(group.Words) {
			e.word(w).weight = group.Weight
		}
	}
	// Inflections of a weighed word share its weight unless listed themselves; the first listed wins.
	for _, group := range doc.Words {
		for w := range strings.FieldsSeq(group.Words) {
			root := string(stem([]byte(w)))
			if e.stems[root] == nil && group.Weight != 0 {
				e.stems[root] = &word{weight: group.Weight}
			}
		}
	}
	for w := range strings.FieldsSeq(doc.Negators) {
		e.word(w).negator = true
	}
	for _, w := range []string{"n't", "nt"} {
		e.word(w).negator = true
	}
	for w := range strings.FieldsSeq(doc.Stronger) {
		e.word(w).degree = 1.3
	}
	for w := range strings.FieldsSeq(doc.Weaker) {
		e.word(w).degree = 0.6
	}
	for w := range strings.FieldsSeq(doc.Articles) {
		e.word(w).article = true
	}
	for w := range strings.FieldsSeq(doc.Pronouns) {
		e.word(w).pronoun = true
	}
	for w, n := range doc.Numbers {
		e.word(w).number = n
	}
	for w, h := range doc.Units {
		e.word(w).hours = h
		e.stems[string(stem([]byte(w)))] = e.word(w)
	}
	for _, words := range []map[string]*word{e.words, e.stems} {
		for _, w := range words {
			w.classed()
		}
	}
	return e, nil
})

// classify sets the classes of the words that the rules tell by their form.
func (e *english) classify() {
	for class, words := range map[class]string{
		isContrast: "but however although though tho while whilst yet except whereas despite nevertheless",
		isWaiting:  "wait waited waiting waits late past hold queue queued queuing overdue delayed behind still sat",
		isTold:     "was were is are had been have has n't not no nothing thank thanks than",
		isWish: `more better quicker faster shorter longer clearer easier less improve improved improving sooner earlier bigger
			cleaner warmer cheaper nicer increase reduce additional extra maybe perhaps`,
		isAnswer: "yes n't nt ca cannot", // some stand for others, see answerWords
	} {
		for w := range strings.FieldsSeq(words) {
			e.classes[w] |= class
		}
	}
}

// word returns the word of a form, which it makes if need be.
func (e *english) word(form string) *word {
	w := e.words[form]
	if w == nil {
		w = &word{}
		e.words[form] = w
	}
	return w
}
