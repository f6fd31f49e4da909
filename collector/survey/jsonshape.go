package survey

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// A field is one cell of a response in JSON, with what its tool says of the column.
type field struct {
	name     string // the tool's own key, which stays when a question is worded anew
	question string // as the customer read it, where the file says
	role     Role   // where the tool leaves no doubt
	scale    Scale
	value    string
}

// A shaped is a response in JSON as the cells of a row.
type shaped struct {
	tool   string
	zone   string // of its times, where they state none and the tool has one
	fields []field
	bad    string // why it is no answer, empty where it is one
}

// shape recognises the tool that wrote an object and lays its answers out in a row.
func shape(o object) shaped {
	if len(o) == 1 && opens(o[0].value, '{') && digits(o[0].name) { // LimeSurvey before 5: {"17": {...}}
		o = membersOf(o[0].value)
	}
	switch {
	case opens(o.get("form_response"), '{'):
		return typeform(o.object("form_response"))
	case o.has("token") && (o.has("answers") || o.has("landed_at")):
		return typeform(o)
	case o.has("pages", "response_status"):
		return surveyMonkey(o)
	case o.has("event") && o.object("data").has("surveyId", "data"):
		s := formbricks(o.object("data"))
		if e := o.text("event"); e != "responseFinished" {
			s.bad = "a response that is not finished: " + shorten(e, 40)
		}
		return s
	case o.has("surveyId") && opens(o.get("data"), '{'):
		return formbricks(o)
	case o.has("form_id") && opens(o.get("answers"), '{'):
		return jotform(o)
	case o.has("responseId") && opens(o.get("values"), '{'):
		return qualtrics(o)
	case o.has("responseId") && opens(o.get("answers"), '{'):
		return googleForms(o)
	}
	s := shaped{}
	switch {
	case o.has("survey_type", "score", "comment"):
		s.tool = "Delighted"
	case o.has("response_id", "answer", "question_type"):
		s.tool = "AskNicely"
	case o.has("submitdate", "lastpage"):
		s.tool = "LimeSurvey"
	}
	s.flat("", o, 0)
	return s
}

func digits(s string) bool { return s != "" && onlyDigits(s) }

func (s *shaped) add(name, question, value string) {
	s.fields = append(s.fields, field{name: name, question: question, value: value})
}

// apart are the objects that tell of a person, a device or the form, and not what the person said.
var apart = phrases("person; person_properties; contact; contactattributes; customer; patient; client; respondent; recipient; user; author; reviewer; meta; metadata; ttc; links; event")

// flat lays out an object of any tool: nested ones as "outer.inner". Of what tells of a person, only
// the practice, the kind of visit and the language are read, under their own names.
func (s *shaped) flat(outer string, o object, depth int) {
	for _, m := range o {
		name := outer + m.name
		switch {
		case apart[strings.ToLower(m.name)] && opens(m.value, '{'):
			for _, inner := range membersOf(m.value) {
				if k := key(inner.name); exact[Practice][k] || exact[Segment][k] || exact[Language][k] {
					s.add(inner.name, "", cellOf(inner.value))
				}
			}
		case s.tool == "Delighted" && m.name == "additional_answers":
			s.additional(m.value)
		case opens(m.value, '{') && depth < 4:
			s.flat(name+".", membersOf(m.value), depth+1)
		default:
			s.add(name, "", cellOf(m.value))
		}
	}
}

// additional are the questions that Delighted asks after the score.
func (s *shaped) additional(list json.RawMessage) {
	for _, raw := range elementsOf(list) {
		a := membersOf(raw)
		q, v := a.object("question"), a.object("value")
		for _, kind := range []string{"free_response", "scale", "select_one", "select_many"} {
			if value := v.text(kind); value != "" {
				s.add(cmp.Or(q.text("id"), q.text("text")), q.text("text"), value)
				break
			}
		}
	}
}

// typeform is a response of the Responses API or of a webhook. Only the latter says what was asked.
func typeform(o object) shaped {
	s := shaped{tool: "Typeform"}
	if submitted := o.text("submitted_at"); submitted == "" || strings.HasPrefix(submitted, "0001-") {
		s.bad = "not submitted"
	}
	s.fields = append(s.fields, field{name: "token", role: ID, value: o.text("token")}, field{name: "submitted_at", role: When, value: o.text("submitted_at")})
	for _, m := range o.object("hidden") {
		s.add(m.name, "", cellOf(m.value))
	}
	asked := make(map[string]object)
	askedIn(asked, o.object("definition").get("fields"), 0)
	for _, raw := range elementsOf(o.get("answers")) {
		a := membersOf(raw)
		f := a.object("field")
		kind := a.text("type")
		switch f.text("type") {
		case "contact_info", "address", "email", "phone_number":
			kind = "email"
		}
		if kind == "email" || kind == "phone_number" || kind == "file_url" || kind == "payment" {
			continue
		}
		id := f.text("id")
		x := field{name: cmp.Or(f.text("ref"), id), question: asked[id].text("title"), value: a.text(kind)}
		switch f.text("type") {
		case "long_text", "short_text":
			x.role = Text
		case "nps":
			x.role, x.scale = Rating, namedScales["nps-0-10"]
		case "rating", "opinion_scale":
			x.role, x.scale = Rating, steps(f.text("type"), asked[id].object("properties"))
		}
		s.fields = append(s.fields, x)
	}
	return s
}

// askedIn adds the questions of a form by their ids, those within groups and the rows of a matrix too: of a row the title is
// "Question [Row]".
func askedIn(asked map[string]object, fields json.RawMessage, depth int) {
	for _, raw := range elementsOf(fields) {
		f := membersOf(raw)
		asked[f.text("id")] = f
		inner := f.object("properties").get("fields")
		if inner == nil || depth == 4 {
			continue
		}
		if f.text("type") != "matrix" {
			askedIn(asked, inner, depth+1)
			continue
		}
		for _, raw := range elementsOf(inner) {
			row := membersOf(raw)
			title, err := json.Marshal(f.text("title") + " [" + row.text("title") + "]")
			if err == nil {
				asked[row.text("id")] = append(object{{"title", title}}, row...)
			}
		}
	}
}

// steps is the scale of a Typeform question, none where the form does not say: the answers then decide.
func steps(kind string, p object) Scale {
	n, err := strconv.Atoi(p.text("steps"))
	if err != nil || n < 2 || n > 11 {
		return Scale{}
	}
	if kind == "rating" || p.text("start_at_one") == "true" {
		return numeric(1, float64(n))
	}
	if n == 11 {
		return Scale{} // by its question: recommending or anything else
	}
	return numeric(0, float64(n-1))
}

// surveyMonkey is a response of the interface; simple=true adds the words of questions and choices.
func surveyMonkey(o object) shaped {
	s := shaped{tool: "SurveyMonkey"}
	s.fields = []field{
		{name: "id", role: ID, value: o.text("id")},
		{name: "date_modified", role: When, value: o.text("date_modified")},
		{name: "response_status", role: Finished, value: o.text("response_status")},
	}
	for _, m := range o.object("custom_variables") {
		s.add(m.name, "", cellOf(m.value))
	}
	for _, page := range elementsOf(o.get("pages")) {
		for _, raw := range elementsOf(membersOf(page).get("questions")) {
			q := membersOf(raw)
			var said []string
			for _, raw := range elementsOf(q.get("answers")) {
				a := membersOf(raw)
				if v := cmp.Or(a.text("simple_text"), a.text("text"), a.text("choice_id")); v != "" {
					said = append(said, v)
				}
			}
			s.add(q.text("id"), q.text("heading"), strings.Join(said, "; "))
		}
	}
	return s
}

// formbricks is a response of the management API, or the data of a webhook.
func formbricks(o object) shaped {
	s := shaped{tool: "Formbricks"}
	s.fields = []field{
		{name: "id", role: ID, value: o.text("id")},
		{name: "createdAt", role: When, value: o.text("createdAt")},
		{name: "finished", role: Finished, value: o.text("finished")},
		{name: "language", value: o.text("language")},
	}
	s.flat("", o.object("variables"), 0)
	s.flat("", o.object("data"), 0)
	return s
}

// jotform is a submission of the interface, whose times are those of New York.
func jotform(o object) shaped {
	s := shaped{tool: "Jotform", zone: "America/New_York"}
	if o.text("status") == "DELETED" {
		s.bad = "deleted"
	}
	s.fields = []field{{name: "id", role: ID, value: o.text("id")}, {name: "created_at", role: When, value: o.text("created_at")}}
	answers := o.object("answers")
	slices.SortStableFunc(answers, func(a, b member) int { return order(a) - order(b) })
	for _, m := range answers {
		a := membersOf(m.value)
		switch a.text("type") {
		case "control_fullname", "control_email", "control_phone", "control_address", "control_signature", "control_fileupload", "control_head", "control_button", "control_text":
			continue
		}
		name, question := cmp.Or(a.text("name"), m.name), a.text("text")
		rows := a.object("answer")
		switch pretty := a.text("prettyFormat"); {
		case a.get("answer") == nil:
		case rows == nil:
			s.add(name, question, a.text("answer"))
		case a.text("type") == "control_matrix" || pretty == "":
			for _, r := range rows {
				s.add(name+"."+r.name, question+" ["+r.name+"]", cellOf(r.value))
			}
		default:
			s.add(name, question, pretty)
		}
	}
	return s
}

// order is where a question of Jotform stands in its form.
func order(m member) int {
	n, err := strconv.Atoi(membersOf(m.value).text("order"))
	if err != nil {
		return 0
	}
	return n
}

// qualtrics is a response of a JSON export. What a person chose is read in words where they stand there.
func qualtrics(o object) shaped {
	s := shaped{tool: "Qualtrics"}
	s.fields = []field{{name: "responseId", role: ID, value: o.text("responseId")}}
	labels := o.object("labels")
	for _, m := range o.object("values") {
		v := cellOf(m.value)
		if m.name != "finished" && m.name != "status" {
			v = cmp.Or(labels.text(m.name), v)
		}
		s.add(m.name, "", v)
	}
	return s
}

// googleForms is a response of the Forms API, which names questions by their ids alone.
func googleForms(o object) shaped {
	s := shaped{tool: "Google Forms"}
	s.fields = []field{
		{name: "responseId", role: ID, value: o.text("responseId")},
		{name: "lastSubmittedTime", role: When, value: cmp.Or(o.text("lastSubmittedTime"), o.text("createTime"))},
	}
	answers := o.object("answers")
	slices.SortStableFunc(answers, func(a, b member) int { return strings.Compare(a.name, b.name) })
	for _, m := range answers {
		if text := membersOf(m.value).object("textAnswers"); text != nil {
			s.add(m.name, "", cellOf(text.get("answers")))
		}
	}
	return s
}
