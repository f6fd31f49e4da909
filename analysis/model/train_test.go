package model

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"percept/analysis"
)

// small is a labelled text a line: label, then words.
const small = `positive Lovely people and a lovely room
positive I am so happy with this
positive Great value, would buy it again
positive Kind, patient and quick
negative Awful, never again
negative They lost my order twice and shrugged
negative Broke after two days
negative Rude and slow
neutral It is blue
neutral I went there on a Monday`

// folder writes the sets that training reads, tiny ones.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, body string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range sentimentSources {
		var b strings.Builder
		for line := range strings.Lines(small) {
			label, text, _ := strings.Cut(strings.TrimSpace(line), " ")
			fmt.Fprintf(&b, "{\"id\":%q,\"text\":%q,\"label\":%q,\"label5\":%q}\n", text, text+" "+s.file, label, label)
		}
		write(s.file, b.String())
	}
	var b strings.Builder
	for i, pair := range [][2]string{{"soup", "waiter"}, {"bread", "barman"}, {"pasta", "hostess"}, {"cake", "chef"}, {"rice", "owner"}} {
		text := fmt.Sprintf("The %s was lovely, but the %s was rude.", pair[0], pair[1])
		fmt.Fprintf(&b, "{\"sid\":\"%d\",\"text\":%q,\"aspect\":\"food\",\"label\":\"positive\"}\n", i, text)
		fmt.Fprintf(&b, "{\"sid\":\"%d\",\"text\":%q,\"aspect\":\"staff\",\"label\":\"negative\"}\n", i, text)
	}
	write(aspectFile, b.String())
	return dir
}

func smallCorpus(t *testing.T) []CorpusFile {
	t.Helper()
	var b strings.Builder
	for i, s := range []string{"The eye test was thorough.", "My frames never came.", "Nice shop.", "A text reminded me.", "The bill was wrong."} {
		slug := []string{"exam", "order", "general", "reminder", "settlement"}[i]
		fmt.Fprintf(&b, "{\"id\":\"p%d\",\"outcome\":1,\"units\":[{\"text\":%q,\"touchpoints\":{%q:%d},\"s\":%d},{\"text\":\"That was in May.\"}]}\n", i, s, slug, 1-2*(i%2), 1-2*(i%2))
	}
	files, err := ReadCorpus(fstest.MapFS{"c.jsonl": {Data: []byte(b.String())}}, "c.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTheSameFilesGiveTheSameBytes(t *testing.T) {
	dir, corpus := folder(t), smallCorpus(t)
	taxonomy, err := analysis.BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	var bodies [2]bytes.Buffer
	var cards [2]bytes.Buffer
	for i := range bodies {
		w, c, err := Train(t.Context(), taxonomy, corpus, Options{Data: dir, Workers: 1 + i, Say: t.Logf})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.WriteTo(&bodies[i]); err != nil {
			t.Fatal(err)
		}
		if err := c.Write(&cards[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(bodies[0].Bytes(), bodies[1].Bytes()) {
		t.Error("one worker and two train different weights")
	}
	if !bytes.Equal(cards[0].Bytes(), cards[1].Bytes()) {
		t.Error("one worker and two write different cards")
	}
	for _, want := range []string{aspectFile, "corpus/c.jsonl", "| exam | "} {
		if !strings.Contains(cards[0].String(), want) {
			t.Errorf("the card does not name %q", want)
		}
	}
	w, err := ReadWeights(bodies[0].Bytes())
	if err != nil {
		t.Fatal(err)
	}
	s, err := With(taxonomy, w)
	if err != nil {
		t.Fatal(err)
	}
	if got := score(t, s, analysis.Text{Text: "Lovely people and a lovely room"}); got.Label != analysis.Positive {
		t.Errorf("what was learnt is read as %s", got.Label)
	}
}

func TestTrainNamesWhatIsMissing(t *testing.T) {
	taxonomy, err := analysis.BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = Train(t.Context(), taxonomy, smallCorpus(t), Options{Data: t.TempDir(), Workers: 1, Say: t.Logf})
	if err == nil || !strings.Contains(err.Error(), aspectFile) {
		t.Errorf("error %v, want one that names %s", err, aspectFile)
	}
}

func TestTrainNamesLabelsThatTheTaxonomyDoesNotHave(t *testing.T) {
	taxonomy, err := analysis.BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	corpus := smallCorpus(t)
	corpus[0].Pieces[0].Units[0].Touchpoints["exams"] = 1
	_, _, err = Train(t.Context(), taxonomy, corpus, Options{Data: folder(t), Workers: 1, Say: t.Logf})
	if want := `c.jsonl: p0: the taxonomy has no touchpoint "exams"`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestAUsersOwnThemesAreLearnt(t *testing.T) {
	set := Set{Name: "mine"}
	for i := range 12 {
		set.Rows = append(set.Rows,
			Labelled{Text: fmt.Sprintf("The parking was full again, space %d was taken", i), Themes: []string{"Parking"}},
			Labelled{Text: fmt.Sprintf("The coffee was cold, cup number %d", i), Themes: []string{"Coffee"}})
	}
	built, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	w, err := TrainThemes(t.Context(), built, set, Options{Workers: 2, Say: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	taxonomy, err := analysis.BuiltIn("service")
	if err != nil {
		t.Fatal(err)
	}
	s, err := With(taxonomy, w)
	if err != nil {
		t.Fatal(err)
	}
	const text = "Pleasant staff. The parking was full."
	got := score(t, s, analysis.Text{Text: text})
	if len(got.Mentions) != 1 || got.Mentions[0].ID != "Parking" || text[got.Mentions[0].Start:got.Mentions[0].End] != "The parking was full." {
		t.Errorf("mentions %+v, want Parking in the second sentence", got.Mentions)
	}
}

func TestPlainPhraseIsWhatAPersonMightWrite(t *testing.T) {
	for pattern, want := range map[string]string{
		"book/make * appointment": "book appointment",
		"waited <n> weeks":        "waited 3 weeks",
		"=order in/out":           "order in",
	} {
		if got := plainPhrase(pattern); got != want {
			t.Errorf("plainPhrase(%q) = %q, want %q", pattern, got, want)
		}
	}
}

func TestTrainRefusesMoreLabelsThanItCanLearn(t *testing.T) {
	taxonomy, err := analysis.BuiltIn("optometry")
	if err != nil {
		t.Fatal(err)
	}
	dir := folder(t)
	var aspects strings.Builder
	var themes Set
	for i := range maxLabels + 1 {
		fmt.Fprintf(&aspects, "{\"sid\":\"1\",\"text\":\"Soup and much else.\",\"aspect\":\"a%d\",\"label\":\"positive\"}\n", i)
		themes.Rows = append(themes.Rows, Labelled{Text: fmt.Sprintf("Number %d", i), Themes: []string{fmt.Sprint(i)}})
	}
	if err := os.WriteFile(filepath.Join(dir, aspectFile), []byte(aspects.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	o := Options{Data: dir, Workers: 1, Say: t.Logf}
	if _, _, err := Train(t.Context(), taxonomy, smallCorpus(t), o); err == nil || !strings.Contains(err.Error(), "aspects of a sentence: 65 labels; at most 64 can be learnt") {
		t.Errorf("Train with 65 aspects: error %v", err)
	}
	if _, err := TrainThemes(t.Context(), nil, themes, o); err == nil || !strings.Contains(err.Error(), "65 themes; at most 64 can be learnt") {
		t.Errorf("TrainThemes with 65 themes: error %v", err)
	}
}
