package analysis

import (
	"strings"
	"sync"
	"unicode"
)

// smallWords are words that every text of some length has and other languages hardly do, by language.
var smallWords = map[string]string{
	"en": "the and was were is are with for they my have had very of to as a do this that it i not but you been at in",
	"af": "die en is nie het ek my vir van wat baie om te ons was hulle dit met sy sal hy jy n",
	"nl": "de het een en is niet ik van voor met zijn ze mijn wat heel erg bij ook maar heb wij ben naar",
	"de": "der die das und ist nicht ich ein eine mit für sehr war auch wir sie zu den mein bei wurde habe es im",
	"fr": "le la les et est pas je une un des avec pour très ai nous mon ma était qui que du ce dans mais",
	"es": "el la los las y es una un con para muy mi que por del fue han se en pero lo gracias su todo",
	"it": "il la le e è non una un con per molto mi che di del sono gli ho ma mio mia stato della anche",
	"pt": "o os e é não uma um com para muito meu minha que por da foi em mas fui são está eu atendimento",
	"pl": "i w na nie jest się do z że to bardzo o jak po mnie był była ale od przez za polecam są",
	"da": "og det er ikke jeg en et med for meget der til på var min mit af de har men blev også",
	"sv": "och det är inte jag en ett med för mycket som till på var min mitt av de har men blev också",
	"no": "og det er ikke jeg en et med for veldig som til på var min mitt av de har men ble også",
}

// smallWordsOf lists the languages of each small word.
var smallWordsOf = sync.OnceValue(func() map[string][]string {
	out := make(map[string][]string)
	for language, words := range smallWords {
		for word := range strings.FieldsSeq(words) {
			out[word] = append(out[word], language)
		}
	}
	return out
})

// scripts name what is written in another alphabet than the Latin one.
var scripts = []struct {
	table    *unicode.RangeTable
	language string
}{
	{unicode.Cyrillic, "und-Cyrl"}, {unicode.Arabic, "und-Arab"}, {unicode.Hangul, "ko"}, {unicode.Hiragana, "ja"},
	{unicode.Katakana, "ja"}, {unicode.Han, "und-Hani"}, {unicode.Greek, "el"}, {unicode.Hebrew, "he"},
	{unicode.Devanagari, "und-Deva"}, {unicode.Thai, "th"},
}

// languageWords is how many words are looked at: enough for any text. Of them each small word counts once.
const languageWords = 60

// Language returns the base language of a text as BCP 47 has it: the declared one, else what the small
// words or the alphabet of the text show, else "". Pages declare the language of their template: where
// the words of a text clearly are another language's, they count. It knows English, Afrikaans, Danish,
// Dutch, French, German, Italian, Norwegian, Polish, Portuguese, Spanish and Swedish, and other alphabets.
func Language(declared, text string) string {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(declared, "_", "-")), "-")
	if base == "nb" || base == "nn" {
		base = "no"
	}
	if script := scriptOf(text); script != "" {
		if base == "" || smallWords[base] != "" {
			return script
		}
		return base
	}
	hits, seen, words := make(map[string]int), make(map[string]bool), 0
	lists := smallWordsOf()
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if words++; words > languageWords {
			break
		}
		if word = strings.ToLower(word); lists[word] == nil || seen[word] {
			continue
		}
		seen[word] = true
		for _, language := range lists[word] {
			hits[language]++
		}
	}
	best := ""
	for language, n := range hits {
		if best == "" || n > hits[best] || n == hits[best] && language < best {
			best = language
		}
	}
	switch {
	case best == "" || best == base:
	case base == "en" || base == "":
		if hits[best] >= 3 && hits[best]*8 >= words && hits[best] >= 2*hits["en"] {
			return best
		}
		if base == "" && best == "en" && hits["en"] >= 2 {
			return "en"
		}
	case hits[best] >= 4 && hits[best]*8 >= words && hits[best] >= 3*hits[base]:
		return best
	}
	return base
}

// scriptOf names the alphabet other than the Latin one that most letters are of, or "".
func scriptOf(text string) string {
	counts, letters := make([]int, len(scripts)), 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		if letters++; letters > 5*languageWords {
			break
		}
		if r < 0x370 {
			continue // Latin
		}
		for i, s := range scripts {
			if unicode.Is(s.table, r) {
				counts[i]++
				break
			}
		}
	}
	for i, n := range counts {
		if letters >= 4 && 2*n > letters {
			return scripts[i].language
		}
	}
	return ""
}
