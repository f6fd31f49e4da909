package survey

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"percept/collector"
	"percept/collector/sourcetest"
)

// summary lists what was read of responses: id, day, rating and answers.
func summary(got collector.Parsed) []string {
	var out []string
	for _, f := range got.Feedback {
		s := f.SourceID
		if f.Date.Known() {
			s += " " + f.Date.Start.UTC().Format("2006-01-02T15:04:05Z")
		}
		if f.Practice != "" {
			s += " at " + f.Practice
		}
		if f.Rating.Raw != "" {
			s += fmt.Sprintf(" | %s %s", f.Rating.Tag, f.Rating.Raw)
		}
		for _, a := range f.Answers {
			s += " | " + a.Question + ": "
			if a.Rating.Raw != "" {
				s += a.Rating.Tag + " "
			}
			s += a.Rating.Raw + a.Text
		}
		out = append(out, s)
	}
	return out
}

const typeformWebhook = `{"event_id":"01A","event_type":"form_response","form_response":{"form_id":"F1","token":"tok1","landed_at":"2026-02-03T07:00:00Z","submitted_at":"2026-02-03T07:05:10Z",
 "hidden":{"branch":"North"},
 "definition":{"id":"F1","fields":[
  {"id":"f1","ref":"nps","type":"nps","title":"How likely are you to recommend us?","properties":{}},
  {"id":"f2","ref":"9f1c","type":"rating","title":"How was the eye exam?","properties":{"steps":5}},
  {"id":"f3","ref":"svc","type":"multiple_choice","title":"Which services did you use?"},
  {"id":"f4","ref":"chg","type":"long_text","title":"What should we change?"},
  {"id":"f5","ref":"mail","type":"email","title":"Where can we reach you?"}]},
 "answers":[
  {"type":"number","number":9,"field":{"id":"f1","type":"nps","ref":"nps"}},
  {"type":"number","number":4,"field":{"id":"f2","type":"rating","ref":"9f1c"}},
  {"type":"choices","choices":{"labels":["Eye test","Frames"]},"field":{"id":"f3","type":"multiple_choice","ref":"svc"}},
  {"type":"text","text":"Longer hours, \"please\"","field":{"id":"f4","type":"long_text","ref":"chg"}},
  {"type":"email","email":"a@example.com","field":{"id":"f5","type":"email","ref":"mail"}}]}}`

const typeformAPI = `{"total_items":3,"page_count":1,"items":[
 {"landing_id":"x","token":"tok1","landed_at":"2026-02-03T07:00:00Z","submitted_at":"2026-02-03T07:05:10Z","metadata":{"user_agent":"M"},"hidden":{"branch":"South"},
  "answers":[{"type":"number","number":0,"field":{"id":"f1","type":"nps","ref":"nps"}},{"type":"text","text":"Too far","field":{"id":"f4","type":"short_text","ref":"why"}}]},
 {"landing_id":"y","token":"tok2","landed_at":"2026-02-03T08:00:00Z","submitted_at":"0001-01-01T00:00:00Z","answers":null},
 {"landing_id":"z","token":"tok3","landed_at":"2026-02-03T08:00:00Z","submitted_at":"2026-02-03T08:01:00Z","answers":[{"type":"boolean","boolean":true,"field":{"id":"f6","type":"yes_no","ref":"again"}}]}]}`

const surveyMonkeyAPI = `{"per_page":2,"total":2,"data":[
 {"id":"501","response_status":"completed","date_created":"2026-02-03T21:57:14+00:00","date_modified":"2026-02-03T21:59:38+00:00","ip_address":"192.0.2.1","custom_variables":{"branch":"North"},
  "pages":[{"id":"1","questions":[
   {"id":"31","heading":"How satisfied were you with the fitting?","answers":[{"choice_id":"77","simple_text":"Very satisfied"}]},
   {"id":"32","heading":"What could we do better?","answers":[{"text":"Open later on Fridays","simple_text":"Open later on Fridays"}]}]}]},
 {"id":"502","response_status":"partial","date_created":"2026-02-03T21:57:14+00:00","date_modified":"2026-02-03T21:59:38+00:00",
  "pages":[{"id":"1","questions":[{"id":"31","heading":"How satisfied were you with the fitting?","answers":[{"choice_id":"78","simple_text":"Satisfied"}]}]}]}],"page":1}`

const formbricksAPI = `{"data":[{"id":"cm1","createdAt":"2026-02-03T10:00:00.000Z","updatedAt":"2026-02-03T10:01:00.000Z","surveyId":"s1","finished":true,"language":"de","contact":{"userId":"u-77"},
 "data":{"recommend":9,"exam_rating":4,"comment":"Freundlich und schnell","branch":"North"},"ttc":{"recommend":2100},"meta":{"userAgent":{"browser":"B"},"country":"DE"},"variables":{}},
 {"id":"cm2","createdAt":"2026-02-04T10:00:00.000Z","updatedAt":"2026-02-04T10:01:00.000Z","surveyId":"s1","finished":false,"data":{"recommend":3},"ttc":{},"meta":{}}]}`

const formbricksHooks = `{"webhookId":"w1","event":"responseCreated","data":{"id":"cm1","createdAt":"2026-02-03T10:00:00Z","surveyId":"s1","finished":false,"data":{"recommend":9}}}
{"webhookId":"w1","event":"responseFinished","data":{"id":"cm1","createdAt":"2026-02-03T10:00:00Z","surveyId":"s1","finished":true,"data":{"recommend":9,"comment":"Kind people"}}}
`

const jotformAPI = `{"responseCode":200,"message":"success","content":[{"id":"6001112223334445556","form_id":"9","ip":"192.0.2.1","created_at":"2026-02-03 10:00:00","status":"ACTIVE","answers":{
 "5":{"name":"anything","order":"4","text":"Anything else?","type":"control_textarea","answer":"Lovely\nteam"},
 "3":{"name":"rateThe","order":"2","text":"How was the eye exam?","type":"control_rating","answer":"4"},
 "4":{"name":"rows","order":"3","text":"How satisfied were you with","type":"control_matrix","answer":{"Reception":"Very satisfied","Fitting":"Satisfied"}},
 "2":{"name":"name","order":"1","text":"Name","type":"control_fullname","answer":{"first":"Ann","last":"Example"}},
 "1":{"name":"head","order":"0","text":"Survey","type":"control_head"}}},
 {"id":"6001112223334445557","form_id":"9","created_at":"2026-02-03 10:00:00","status":"DELETED","answers":{"3":{"name":"rateThe","text":"How was the eye exam?","type":"control_rating","answer":"1"}}}]}`

const delightedAPI = `[{"id":"1","person":"10","survey_type":"nps","score":0,"comment":null,"permalink":"https://survey.example/1","created_at":1770102310,"updated_at":null,"person_properties":{"branch":"North","email":"a@example.com"},"notes":[],"tags":["vip"],
 "additional_answers":[{"id":"4","value":{"free_response":"The queue","scale":null,"select_one":null,"select_many":null},"question":{"id":"q9","type":"free_response","text":"What could we do better?"}}]},
 {"id":"2","person":"11","survey_type":"nps","score":9,"comment":"Loved the visit","permalink":"https://survey.example/2","created_at":1770102370,"updated_at":1770102390,"person_properties":{"branch":"South"},"notes":[],"tags":[],"additional_answers":[]}]`

const askNicelyAPI = `{"success":true,"total":"2","pagesize":"5","data":[
 {"response_id":"54120","person_id":"9","name":"A. Sample","email":"a@example.com","answer":"8","answerlabel":"8","comment":"Quick","note":null,"status":"","sent":"1770000000","opened":"1770000001","responded":"1770102310","created":"1770000000","question_type":"nps"},
 {"response_id":"54121","person_id":"10","name":"B. Sample","email":"b@example.com","answer":"","answerlabel":"","comment":"","note":null,"status":"","sent":"1770000000","opened":"0","responded":"","created":"1770000000","question_type":"nps"}]}`

const qualtricsJSON = `{"responses":[{"responseId":"R_1","values":{"startDate":"2026-02-03T10:00:00Z","endDate":"2026-02-03T10:05:00Z","status":0,"ipAddress":"192.0.2.1","finished":1,"recordedDate":"2026-02-03T10:05:01.250Z","QID1":5,"QID2_TEXT":"The frames were bent and nobody noticed it"},
 "labels":{"status":"IP Address","finished":"True","QID1":"Very satisfied"},"displayedFields":["QID1"]},
 {"responseId":"R_2","values":{"recordedDate":"2026-02-03T10:06:01Z","status":1,"finished":1,"QID1":1},"labels":{"QID1":"Very dissatisfied"}}]}`

const limeSurveyJSON = `{"responses":[{"17":{"id":"17","submitdate":"2026-02-03 10:00:01","lastpage":"3","startlanguage":"en","seed":"9","ipaddr":"192.0.2.1","recommend":"9","comment":"Good frames"}},
 {"18":{"id":"18","submitdate":null,"lastpage":"1","startlanguage":"en","seed":"9","recommend":"1","comment":"half"}}]}`

const googleFormsAPI = `{"responses":[{"responseId":"AC1","createTime":"2026-02-03T10:00:00Z","lastSubmittedTime":"2026-02-03T10:01:00.123Z","respondentEmail":"a@example.com","answers":{
 "2b":{"questionId":"2b","textAnswers":{"answers":[{"value":"They explained the test well and took the time"}]}},
 "1a":{"questionId":"1a","textAnswers":{"answers":[{"value":"Very satisfied"}]}}}}]}`

// The answers of survey tools in JSON, as their interfaces, webhooks and exports write them.
func TestJSON(t *testing.T) {
	for _, c := range []struct {
		name, content, tool string
		want, rejected      []string
		empty               int
	}{
		{"Typeform, a webhook", typeformWebhook, "Typeform",
			[]string{"tok1 2026-02-03T07:05:10Z at north | nps-0-10 9 | How was the eye exam?: csat-5 4 | What should we change?: Longer hours, \"please\""}, nil, 0},
		{"Typeform, webhooks as JSON lines", strings.ReplaceAll(typeformWebhook, "\n", "") + "\n" + strings.ReplaceAll(strings.ReplaceAll(typeformWebhook, "\n", ""), "tok1", "tok2") + "\n", "Typeform",
			[]string{"tok1 2026-02-03T07:05:10Z at north | nps-0-10 9 | How was the eye exam?: csat-5 4 | What should we change?: Longer hours, \"please\"",
				"tok2 2026-02-03T07:05:10Z at north | nps-0-10 9 | How was the eye exam?: csat-5 4 | What should we change?: Longer hours, \"please\""}, nil, 0},
		{"Typeform, the interface", typeformAPI, "Typeform",
			[]string{"tok1 2026-02-03T07:05:10Z at south | nps-0-10 0 | why: Too far"}, []string{"f.json:2: not submitted"}, 1},
		{"SurveyMonkey, the interface", surveyMonkeyAPI, "SurveyMonkey",
			[]string{"501 2026-02-03T21:59:38Z at north | How satisfied were you with the fitting?: csat-5 Very satisfied | What could we do better?: Open later on Fridays"}, []string{"f.json:2: not finished"}, 0},
		{"Formbricks, the interface", formbricksAPI, "Formbricks",
			[]string{"cm1 2026-02-03T10:00:00Z at north | nps-0-10 9 | exam_rating: csat-5 4 | comment: Freundlich und schnell"}, []string{"f.json:2: not finished"}, 0},
		{"Formbricks, webhooks of a response that grows", formbricksHooks, "Formbricks",
			[]string{"cm1 2026-02-03T10:00:00Z | nps-0-10 9 | comment: Kind people"}, []string{"f.json:1: a response that is not finished: responseCreated"}, 0},
		{"Jotform, the interface", jotformAPI, "Jotform",
			[]string{"6001112223334445556 2026-02-03T15:00:00Z | How was the eye exam?: csat-5 4 | How satisfied were you with [Reception]: csat-5 Very satisfied | How satisfied were you with [Fitting]: csat-5 Satisfied | Anything else?: Lovely\nteam"},
			[]string{"f.json:2: deleted"}, 0},
		{"Delighted, the interface", delightedAPI, "Delighted",
			[]string{"1 2026-02-03T07:05:10Z at north | nps-0-10 0 | What could we do better?: The queue", "2 2026-02-03T07:06:10Z at south | nps-0-10 9 | comment: Loved the visit"}, nil, 0},
		{"AskNicely, the interface", askNicelyAPI, "AskNicely", []string{"54120 2026-02-03T07:05:10Z | nps-0-10 8 | comment: Quick"}, nil, 1},
		{"Qualtrics, a JSON export", qualtricsJSON, "Qualtrics",
			[]string{"R_1 2026-02-03T10:05:01Z | QID1: csat-5 Very satisfied | QID2_TEXT: The frames were bent and nobody noticed it"}, []string{"f.json:2: a preview, not an answer"}, 0},
		{"LimeSurvey, a JSON export", limeSurveyJSON, "LimeSurvey", []string{"17 2026-02-03T08:00:01Z | nps-0-10 9 | comment: Good frames"}, []string{"f.json:2: not submitted"}, 0},
		{"Google Forms, the interface", googleFormsAPI, "Google Forms",
			[]string{"AC1 2026-02-03T10:01:00Z | 1a: csat-5 Very satisfied | 2b: They explained the test well and took the time"}, nil, 0},
		{"an array of flat objects", `[{"date":"2026-02-03","rating":4,"comment":"fine"},{"comment":null,"rating":5,"date":"2026-02-04","extra":[1,2]}]`, "",
			[]string{" 2026-02-02T22:00:00Z | csat-5 4 | comment: fine", " 2026-02-03T22:00:00Z | csat-5 5"}, nil, 0},
		{"lines of flat objects, one of them broken", "{\"id\":\"a\",\"date\":\"2026-02-03\",\"rating\":4,\"comment\":\"fine\"}\n\n{\"id\":\"b\",\n{\"id\":\"c\",\"rating\":3}\n[1]\n", "",
			[]string{"a 2026-02-02T22:00:00Z | csat-5 4 | comment: fine", "c | csat-5 3"}, []string{"f.json:3: not JSON", "f.json:5: not a JSON object"}, 0},
		{"documents one after another", "{\n\"items\": [{\"id\":\"a\",\"rating\":4}]}\n{\"items\": [{\"id\":\"b\",\"rating\":5}]}", "", []string{"a | csat-5 4", "b | csat-5 5"}, nil, 0},
		{"a list under a name that is none of responses", `[{"id":"a","rating":4,"comment":"ok then","items":["x","y"],"customer":{"name":"Ann","branch":"North"},"visit":{"kind":"exam"}}]`, "", []string{"a at north | csat-5 4 | comment: ok then"}, nil, 0},
		{"an answer whose list holds no objects is a response", `{"id":"a","rows":[1,"x"],"data":{"k":[]},"rating":4}`, "", []string{"a | csat-5 4"}, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := Options{Path: write(t, "f.json", c.content), Name: "f.json", Zone: johannesburg(t)}
			if strings.Contains(c.content, "branch") {
				o.Practices = practices("north", "south")
			}
			l, err := Inspect(t.Context(), o.Path, o)
			if err != nil {
				t.Fatal(err)
			}
			if l.Tool != c.tool {
				t.Errorf("tool = %q, want %q", l.Tool, c.tool)
			}
			got, errs := collect(t, o)
			if errs != nil {
				t.Fatal(errs)
			}
			if d := cmp.Diff(c.want, summary(got)); d != "" {
				t.Errorf("responses (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.rejected, rejections(got)); d != "" {
				t.Errorf("rejected (-want +got):\n%s", d)
			}
			if got.Empty != c.empty {
				t.Errorf("%d empty, want %d", got.Empty, c.empty)
			}
			if t.Failed() {
				t.Log(strings.Join(l.Describe(), "\n"))
			}
		})
	}
}

// What is broken is named with its place, and the responses before it are read.
func TestBrokenJSON(t *testing.T) {
	long := `{"id":"z","comment":"` + strings.Repeat("x", 3*maxRecord) + `"}`
	for _, c := range []struct {
		name, content, want string
		read                int
	}{
		{"cut short", `[{"id":"a","rating":4},{"id":"b","rat`, "the JSON ends in the middle, at byte 23, after 1 response", 1},
		{"cut short after a response", `{"items":[{"id":"a","rating":4}`, "the JSON ends in the middle, at byte 31, after 1 response", 1},
		{"broken between responses", `[{"id":"a","rating":4};{"id":"b"}]`, "not JSON behind byte 22, after 1 response: expected comma after array element", 1},
		{"broken within", "[{\"id\":\"a\",\n\"rating\":4}, {\"id\":b}]", "not JSON behind byte 24, after 1 response: invalid character 'b' looking for beginning of value", 1},
		{"one response of many megabytes", `[{"id":"a","rating":4},` + long + `]`, "response 2: more than 4 MB", 1},
		{"one line of many megabytes", `{"id":"a","rating":4}` + "\n" + long + "\n", "line 2: a response of more than 4 MB", 1},
		{"no response", `{"items":[]}`, "no response in it", 0},
		{"names without end", `[{` + names(maxColumns+1) + `}]`, "more than 5,000 columns", 0},
		{"Parquet", "PAR1\x15\x04\x15\x10PAR1", `a Parquet file: write it as CSV, as with duckdb -c "COPY (FROM 'f.json') TO 'answers.csv'"`, 0},
	} {
		got, errs := collect(t, Options{Path: write(t, "f.json", c.content), Name: "f.json"})
		if len(errs) != 1 || errs[0] != "f.json: "+c.want || len(got.Feedback) != c.read {
			t.Errorf("%s: %d read and errors %q, want %d and %q", c.name, len(got.Feedback), errs, c.read, c.want)
		}
	}
}

func names(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"n%d":1,`, i)
	}
	return strings.TrimSuffix(b.String(), ",")
}

// Nothing that tells who a person is leaves the file: not by its name, its object, its type or its looks.
func TestPersonsInJSONAreNotInThePage(t *testing.T) {
	for _, content := range []string{typeformWebhook, delightedAPI, askNicelyAPI, jotformAPI, qualtricsJSON, limeSurveyJSON, googleFormsAPI, formbricksAPI, surveyMonkeyAPI} {
		s, err := New(Options{Path: write(t, "f.json", content), Name: "f.json"})
		if err != nil {
			t.Fatal(err)
		}
		for p, err := range s.Pages(t.Context(), collector.Query{Now: now}) {
			if err != nil {
				t.Fatal(err)
			}
			for _, who := range []string{"example.com", "192.0.2.1", "Ann", "Sample", "u-77"} {
				if strings.Contains(string(p.Body), who) {
					t.Errorf("the page holds %s:\n%s", who, p.Body)
				}
			}
		}
	}
}

func TestConformanceOfJSON(t *testing.T) {
	s, err := New(Options{Path: write(t, "hooks.jsonl", formbricksHooks), Name: "hooks.jsonl", BlockRows: 1})
	if err != nil {
		t.Fatal(err)
	}
	sourcetest.Run(t, s, collector.Query{Now: now})
}

// FuzzJSON reads any bytes as a JSON file: nothing panics and every response has an outcome.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		"[]", "{}", `[{"a":1}]`, "{\"a\":1}\n{\"a\":[{\"b\":null}]}\n", typeformWebhook, typeformAPI, surveyMonkeyAPI, formbricksAPI, formbricksHooks, jotformAPI, delightedAPI,
		askNicelyAPI, qualtricsJSON, limeSurveyJSON, googleFormsAPI, `{"data":{"data":{"data":1}},"items":[1,{"x":2}],"rows":[]}`, `[{"":{"":{"":{"":{"":[[[[[[[["deep"]]]]]]]]}}}}}]`,
	} {
		f.Add([]byte(seed))
	}
	path := filepath.Join(f.TempDir(), "f.json")
	f.Fuzz(func(t *testing.T, content []byte) {
		if is, _ := isJSON(content); !is || len(content) > 1<<16 {
			return
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		collect(t, Options{Path: path, Name: "f.json", BlockRows: 3, Practices: practices("north")})
		var b bytes.Buffer
		if _, err := WriteExtract(t.Context(), &b, "f", path, Options{}); err == nil && !json.Valid(b.Bytes()) {
			t.Errorf("the extract is not JSON: %s", b.Bytes())
		}
	})
}

// The questions of a Typeform stand in groups too, and the rows of a matrix are questions of their own.
func TestTypeformGroups(t *testing.T) {
	const hook = `{"event_type": "form_response", "form_response": {"token": "t1", "submitted_at": "2026-02-03T10:00:00Z", "definition": {"fields": [
		{"id": "g", "title": "Your visit", "type": "group", "properties": {"fields": [{"id": "a", "title": "What could we do better?", "type": "long_text"}]}},
		{"id": "m", "title": "How was", "type": "matrix", "properties": {"fields": [{"id": "r1", "title": "the eye exam", "type": "multiple_choice"}]}}]},
		"answers": [{"type": "text", "text": "Nothing", "field": {"id": "a", "type": "long_text", "ref": "ra"}}, {"type": "choice", "choice": {"label": "Very good"}, "field": {"id": "r1", "type": "multiple_choice", "ref": "rb"}}]}}`
	f := write(t, "f.json", hook)
	l, err := Inspect(t.Context(), f, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]collector.Asks{}
	for _, c := range l.Columns[2:] {
		got[c.Question] = c.Asks
	}
	if want := map[string]collector.Asks{"What could we do better?": collector.AsksImprove, "How was [the eye exam]": ""}; !maps.Equal(got, want) {
		t.Errorf("questions %v, want %v", got, want)
	}
}
