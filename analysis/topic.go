package analysis

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	topicPrior = 50   // words that the prior of a log-odds ratio counts for
	topicSure  = 2.33 // standard errors above nothing: one in a hundred by chance
	topicAlike = .6   // share of the people of a word beside whom a phrase says the same
)

// A Remark is what one person said of one touchpoint, in words. What must not be read in them is replaced by any letter
// that is in no word.
type Remark struct {
	Person, Touchpoint string
	Texts              []string
	Score              float64 // of the person for the touchpoint
}

// A Topic is a word or two that people use of one touchpoint more than of others: what they talk about within it.
type Topic struct {
	Words            string // as most of them write it, in small letters
	People, Negative int    // who use it of the touchpoint, and who of them score it below 0
	Elsewhere        int    // who use it of others, once for each
	LogOdds, Z       float64
}

// Topics finds by touchpoint the words and pairs of neighbouring words that stand out there, those of most people first:
// used by least people or more, and by more of those who speak of the touchpoint than of those who speak of any other, as the
// log-odds ratio with a prior of all words has it, with its standard error (Monroe, Colaresi and Quinn 2008, Political
// Analysis 16:372, equations 16 and 22). A person counts once. Words of function and of feeling, numbers and names,
// which are written with a capital within a sentence, are none. Words are counted by their stems.
func Topics(remarks []Remark, least int) (map[string][]Topic, error) {
	e, err := readEnglish()
	if err != nil {
		return nil, err
	}
	t := &topics{english: e, at: map[string]map[string]*told{}, in: map[string]float64{}, pooled: map[string]float64{}}
	for _, r := range remarks {
		t.add(r)
	}
	out := map[string][]Topic{}
	for touchpoint, words := range t.at {
		var found []Topic
		people := map[string]map[string]bool{} // by the words shown
		for _, term := range slices.Sorted(maps.Keys(words)) {
			if x := words[term]; len(x.people) >= least && 2*x.capital <= x.inside {
				topic := t.topic(touchpoint, term, x)
				if topic.Z >= topicSure {
					found = append(found, topic)
					people[topic.Words] = x.people
				}
			}
		}
		slices.SortFunc(found, func(a, b Topic) int {
			return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(b.Z, a.Z), cmp.Compare(a.Words, b.Words))
		})
		if found = unlike(found, people); len(found) > 0 {
			out[touchpoint] = found
		}
	}
	return out, nil
}

// topics counts who uses which word of which touchpoint.
type topics struct {
	english *english
	at      map[string]map[string]*told // by touchpoint and stem
	in      map[string]float64          // uses by touchpoint
	pooled  map[string]float64          // uses by stem
	all     float64
}

// A told is one word of one touchpoint.
type told struct {
	people   map[string]bool
	negative int
	forms    map[string]int
	// inside counts uses within a sentence, capital those of them with a capital.
	inside, capital int
}

func (t *topics) add(r Remark) {
	words := t.at[r.Touchpoint]
	if words == nil {
		words = map[string]*told{}
		t.at[r.Touchpoint] = words
	}
	use := func(key, form string, inside, capital bool) {
		x := words[key]
		if x == nil {
			x = &told{people: map[string]bool{}, forms: map[string]int{}}
			words[key] = x
		}
		if inside {
			x.inside++
			if capital {
				x.capital++
			}
		}
		if x.people[r.Person] {
			return
		}
		x.people[r.Person] = true
		x.forms[form]++
		if r.Score < 0 {
			x.negative++
		}
		t.in[r.Touchpoint]++
		t.pooled[key]++
		t.all++
	}
	for _, text := range r.Texts {
		var last topicWord
		for _, w := range t.words(text) {
			if w.stem != "" {
				use(w.stem, w.form, w.inside, w.capital)
				if last.stem != "" && w.joins {
					use(last.stem+" "+w.stem, last.form+" "+w.form, w.inside, w.capital || last.capital && last.inside)
				}
			}
			last = w
		}
	}
}

// A topicWord is a word of a text; its stem is empty where it can be no topic.
type topicWord struct {
	stem, form      string
	inside, capital bool // not the first of a sentence; written with a capital and small letters
	joins           bool // only a space lies between it and the word before
}

// words cuts a text at what is neither letter, digit nor mark within a word.
func (t *topics) words(text string) []topicWord {
	var out []topicWord
	inside := false
	for len(text) > 0 {
		i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
		if i < 0 {
			return out
		}
		between := text[:i]
		text = text[i:]
		if strings.ContainsAny(between, ".!?\n") {
			inside = false
		}
		end := strings.IndexFunc(text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != '-'
		})
		if end < 0 {
			end = len(text)
		}
		raw := strings.TrimRight(text[:end], "'’-")
		text = text[end:]
		w := topicWord{form: strings.ToLower(raw), inside: inside, joins: len(between) == 1 && between == " "}
		first, size := utf8.DecodeRuneInString(raw)
		w.capital = unicode.IsUpper(first) && raw[size:] != strings.ToUpper(raw[size:])
		if t.tells(w.form) {
			w.stem = string(stem([]byte(w.form)))
		}
		out = append(out, w)
		inside = true
	}
	return out
}

// tells reports whether a word can be a topic.
func (t *topics) tells(form string) bool {
	if utf8.RuneCountInString(form) < 3 || strings.ContainsFunc(form, unicode.IsDigit) || strings.ContainsAny(form, "'’") {
		return false
	}
	base := cmp.Or(t.english.bases[form], form)
	if idle()[form] || idle()[base] || idle()[string(stem([]byte(form)))] {
		return false
	}
	w := t.english.words[form]
	if w == nil {
		w = t.english.words[base]
	}
	return w == nil || !w.negator && !w.article && !w.pronoun && w.weight == 0 && w.degree == 0 && w.number == 0 && w.hours == 0
}

// topic measures a word of a touchpoint against all others.
func (t *topics) topic(touchpoint, stem string, x *told) Topic {
	here, n := float64(len(x.people)), t.in[touchpoint]
	there, m := t.pooled[stem]-here, t.all-n
	prior := topicPrior * t.pooled[stem] / t.all
	odds := func(k, n float64) float64 { return math.Log((k + prior) / (n + topicPrior - k - prior)) }
	delta := odds(here, n) - odds(there, m)
	form := ""
	for _, f := range slices.Sorted(maps.Keys(x.forms)) {
		if x.forms[f] > x.forms[form] {
			form = f
		}
	}
	return Topic{Words: form, People: len(x.people), Negative: x.negative, Elsewhere: int(there),
		LogOdds: delta, Z: delta / math.Sqrt(1/(here+prior)+1/(there+prior))}
}

// unlike leaves out what says the same as another: of a word and a phrase with it the phrase, where most who use the
// word use the phrase, else the word.
func unlike(found []Topic, people map[string]map[string]bool) []Topic {
	gone := map[string]bool{}
	for _, phrase := range found {
		for _, word := range strings.Fields(phrase.Words) {
			if word == phrase.Words || people[word] == nil {
				continue
			}
			if float64(phrase.People) >= topicAlike*float64(len(people[word])) {
				gone[word] = true
			} else {
				gone[phrase.Words] = true
			}
		}
	}
	return slices.DeleteFunc(found, func(t Topic) bool { return gone[t.Words] })
}
