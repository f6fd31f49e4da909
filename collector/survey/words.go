package survey

import (
	"maps"
	"slices"
	"strings"
)

// wordTags gives the metric's definition of each scale in words.
var wordTags = map[string]string{
	"fft": "fft", "fft-recommend": "fft-recommend", "satisfied": "csat-5", "agree": "agree-5",
	"quality": "quality-5", "rating": "quality-5", "easy": "ease-5", "likely": "likely-5", "often": "often-5",
}

// wordScales are answers in words, from 5, the best, to 1; 0 is an answer that is no rating.
var wordScales = map[string]map[string]float64{
	"fft": ranked("don't know; dont know; do not know",
		"very good", "good", "neither good nor poor", "poor", "very poor"),
	"fft-recommend": ranked("don't know; dont know; do not know",
		"extremely likely", "likely", "neither likely nor unlikely; neither unlikely nor likely", "unlikely", "extremely unlikely"),
	"satisfied": ranked("",
		"very satisfied; extremely satisfied; completely satisfied; sehr zufrieden; très satisfait; très satisfaite; muy satisfecho; muy satisfecha; zeer tevreden; baie tevrede",
		"satisfied; somewhat satisfied; fairly satisfied; zufrieden; eher zufrieden; satisfait; satisfaite; satisfecho; satisfecha; tevreden; tevrede",
		"neutral; neither satisfied nor dissatisfied; neither; teils teils; weder noch; neutre; ni satisfait ni insatisfait; neutraal", //nolint:misspell // Dutch
		"dissatisfied; unsatisfied; somewhat dissatisfied; fairly dissatisfied; unzufrieden; eher unzufrieden; insatisfait; insatisfaite; insatisfecho; insatisfecha; ontevreden; ontevrede",
		"very dissatisfied; very unsatisfied; extremely dissatisfied; completely dissatisfied; sehr unzufrieden; très insatisfait; très insatisfaite; muy insatisfecho; muy insatisfecha; zeer ontevreden; baie ontevrede"),
	"agree": ranked("",
		"strongly agree; totally agree; completely agree; stimme voll zu; stimme voll und ganz zu; tout à fait d'accord; totalmente de acuerdo; helemaal mee eens; stem heeltemal saam",
		"agree; somewhat agree; tend to agree; stimme zu; stimme eher zu; d'accord; de acuerdo; mee eens; stem saam",
		"neither agree nor disagree; neutral; undecided; teils teils; ni d'accord ni pas d'accord; neutral",
		"disagree; somewhat disagree; tend to disagree; stimme nicht zu; stimme eher nicht zu; pas d'accord; en desacuerdo; mee oneens; stem nie saam nie",
		"strongly disagree; totally disagree; completely disagree; stimme gar nicht zu; stimme überhaupt nicht zu; pas du tout d'accord; totalmente en desacuerdo; helemaal mee oneens; stem glad nie saam nie"),
	"quality": ranked("",
		"excellent; outstanding", "very good", "good", "fair; average; ok; okay; satisfactory", "poor; very poor; bad; terrible"),
	"rating": ranked("",
		"excellent; very good; great; sehr gut; très bien; très bon; muy bueno; uitstekend",
		"good; above average; gut; bien; bon; bueno; goed; goeie",
		"fair; average; ok; okay; neutral; satisfactory; befriedigend; moyen; regular; redelijk",
		"poor; bad; below average; schlecht; mauvais; malo; slecht; swak",
		"very poor; very bad; terrible; awful; sehr schlecht; très mauvais; muy malo; zeer slecht; baie swak"),
	"easy": ranked("",
		"very easy; extremely easy", "easy; somewhat easy; fairly easy", "neither easy nor difficult; neutral; neither easy nor hard",
		"difficult; somewhat difficult; fairly difficult; hard", "very difficult; extremely difficult; very hard"),
	"likely": ranked("",
		"very likely; definitely; definitely would", "likely; somewhat likely; probably; probably would", "neutral; neither likely nor unlikely; not sure; might or might not",
		"unlikely; somewhat unlikely; not very likely; probably not", "very unlikely; not at all likely; definitely not"),
	"often": ranked("", "always", "often; usually; mostly", "sometimes", "rarely; seldom", "never"),
}

// ranked makes a scale of five answers, each with its synonyms, from the best to the worst.
func ranked(none string, best ...string) map[string]float64 {
	m := make(map[string]float64)
	for p := range phrases(none) {
		m[p] = 0
	}
	for i, list := range best {
		for p := range phrases(list) {
			m[p] = float64(5 - i)
		}
	}
	return m
}

func phrases(list string) map[string]bool {
	m := make(map[string]bool)
	for p := range strings.SplitSeq(list, ";") {
		if p = strings.TrimSpace(p); p != "" {
			m[p] = true
		}
	}
	return m
}

func wordNames() []string { return slices.Sorted(maps.Keys(wordScales)) }
