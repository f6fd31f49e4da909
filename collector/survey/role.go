package survey

import (
	"regexp"
	"strings"
)

// A Role is what a column is for.
type Role string

// The roles of columns. One column at most has each role but Rating, Text, Quoting and Personal.
const (
	Other      Role = ""           // not read
	ID         Role = "id"         // names a row for ever
	Respondent Role = "respondent" // shared by the rows of one response
	When       Role = "time"
	Practice   Role = "practice"
	Rating     Role = "rating"
	Text       Role = "text"
	Question   Role = "question" // the question that the row's text answers
	Language   Role = "language"
	Segment    Role = "segment"  // explains differences between rows: service, channel
	Consent    Role = "consent"  // rows without a yes are not taken
	Quoting    Role = "quoting"  // without a yes in each of them, words are counted and not shown
	Finished   Role = "finished" // rows that say no are not taken
	Status     Role = "status"   // test, preview and spam rows are not taken
	Personal   Role = "personal" // names, addresses, numbers of persons: dropped when the file is read
)

// ids ranks the headings of columns that name a row: the first of them in a file is the id.
var ids = []string{
	"response id", "responseid", "submission id", "submissionid", "comment id", "review id", "answer id", "record id", "antwort id", "respons id", "antwoord id", "id de la réponse", "id de respuesta", "id da resposta",
	"response uuid", "uuid", "guid", "feedback id", "respondent id", "respondentid", "#", "id", "token", "response number", "response no", "key",
}

// firm are the ids whose heading alone settles it, repeated or not.
var firm = map[string]bool{
	"response id": true, "responseid": true, "submission id": true, "submissionid": true, "comment id": true, "review id": true,
	"answer id": true, "record id": true, "antwort id": true, "respons id": true, "antwoord id": true, "id de la réponse": true, "id de respuesta": true, "id da resposta": true,
	"response uuid": true, "feedback id": true,
}

var respondents = []string{"respondent id", "respondentid", "respondent", "participant id", "response id", "responseid", "submission id"}

// times ranks the headings of dates: when the answer was given comes before when it was begun.
var times = []string{
	"recorded date", "recordeddate", "submit date", "submitdate", "date submitted", "submission date", "submitted at", "submitted on", "submitted", "submission time",
	"datum abgeschickt", "date de soumission", "fecha de envío", "fertigstellungszeit", "heure de fin", "hora de finalización",
	"completion time", "completed at", "completed on", "date completed", "end date", "enddate", "timestamp", "time stamp", "response date", "response at", "responded at", "responded", "date of response",
	"survey date", "feedback date", "review date", "answered at", "date", "time", "datetime", "date time", "created at", "created", "created on", "date created",
	"visit date", "date of visit", "appointment date", "date of appointment", "datum", "zeitstempel", "fecha", "day", "month", "week", "last modified", "date modified", "updated at",
	"date last action", "datestamp", "start date", "startdate", "date started", "start time", "started at", "stage date",
}

// soft is the first of times that is not the time of an answer but better than none.
const soft = "last modified"

var exact = map[Role]map[string]bool{
	Practice: phrases("practice; practice id; practice name; practiceid; branch; branch name; branch id; location; location name; clinic; clinic name; store; store name; shop; " +
		"site; surgery; surgery name; office; trust; practice visited; which practice did you visit; which branch did you visit; which location did you visit; " +
		"which clinic did you visit; which store did you visit; filiale; sucursal; agence"),
	Language: phrases("language; lang; start language; startlanguage; user language; userlanguage; person language; locale; response language; survey language"),
	Segment:  phrases("service type; service; channel; segment; department; service type 1; visit type; appointment type; clinic type"),
	Finished: phrases("finished; response type; completed; complete; is complete; finished survey; response status"),
	Personal: phrases("name; first name; last name; full name; surname; forename; your name; customer name; patient name; client name; respondent name; contact name; recipient last name; " +
		"recipient first name; recipient email; email; e mail; email address; e mail address; mail; phone; phone number; telephone; tel; mobile; mobile number; cell; cellphone; cell number; contact number; " +
		"ip; ip address; submission ip; ipaddress; ipaddr; network id; user id; userid; user agent; useragent; user agent browser; location latitude; location longitude; latitude; longitude; " +
		"address; street; street address; home address; postal code; postcode; post code; zip; zip code; city; date of birth; dob; birth date; birthday; birthdate; " +
		"patient id; patient number; patient no; customer id; customer number; order number; order no; nhs number; id number; medical record number; mrn; external reference; external data reference; " +
		"vorname; nachname; telefon; adresse; nom; prénom; naam; voornaam; achternaam; van; titel; person email; person user id; person first name; person last name; device id; twitter; handle; author; author name; reviewer; reviewer name"),
	Question: phrases("question; question text; fft question; survey question; question title; frage; pregunta"),
}

var personalAsked = regexp.MustCompile(`\b(?:your|the patient s|patient) (?:full |first |last |e )?(?:name|email|e mail|mail address|phone|telephone|mobile|cell|contact details|contact number|address|postcode|date of birth|id number)\b`)

var askedAbout = regexp.MustCompile(`\b(?:how|what did|why|satisf|rate|experience|describe|happy)\b`)

// bareText are headings that hold comments without a question; asksText are the wordings of open questions.
var (
	bareText = phrases("comment; comments; free text; freetext; feedback; text; review; answer; answers; fft answer; response; response text; remark; remarks; verbatim; message; body; opinion; " +
		"answer text; reason; reasons; do better; suggestion; suggestions; open text; title; headline; open ended response; additional comments; other comments; any other comments; further comments; general comments; customer comment; " +
		"patient comment; your comment; your comments; your feedback; kommentar; kommentare; anmerkungen; bemerkungen; commentaire; commentaires; comentario; comentarios; opmerking; opmerkings; opmerkingen; terugvoer")
	asksText = regexp.MustCompile(`\b(?:comments?|free text|open.?text|anything else|anything to add|any other|suggestions?|tell us|describe|explain|in your own words|improve|improvement|do better|done better|be better|better|` +
		`do well|did well|done well|what was (?:good|bad)|(?:should|could) we (?:change|do)|what (?:did|do) you (?:like|dislike|think)|reasons? (?:for|behind)|why|main reason|feedback|best thing|worst thing|went well|went wrong|what went|` +
		`warum|verbessern|gefallen|pourquoi|améliorer|mejorar|verbeter)\b`)
	// asksAbroad are open questions that begin as English ones about facts do, or with a word that is no verb of asking.
	asksAbroad = regexp.MustCompile(`^(?:was (?:können|könnten|sollten|sollen|würden|möchten|lief|gefiel|gefällt|haben wir|hat ihnen|hat sie gestört)|wie können wir|wat (?:kon|kan|kunnen|konden|vond|ging|moet|het ons)|wat was (?:goed|sleg)|` +
		`hoe (?:kan ons|kunnen we|kunnen wij)|que (?:pouvons|pourrions|devrions)|qu est ce qu[ei]|qu avez vous|comment (?:pouvons|pourrions)|qué (?:podemos|podríamos|le gustó|hicimos)|cómo (?:podemos|podríamos)|` +
		`o que (?:podemos|poderíamos|fizemos|gostou)|como podemos|cosa (?:possiamo|potremmo|le è piaciuto))(?: |$)`)
	// others are what somebody else wrote beside an answer.
	others = phrases("reply; replies; owner reply; our reply; reply text; reply date; business reply; response from owner; owner response; internal note; internal notes; staff note; staff notes; notes; note; " +
		"action; actions; action taken; actions taken; follow up; follow up notes; resolution; agent; assigned to; tags; tag; topics; themes; sentiment; url; link; source; referrer")
	// choice are questions that are answered by choosing: their words are a category.
	choice = regexp.MustCompile(`^(?:which|who|where|when|do you|did you|have you|has|are you|were you|was|is|will you|would you|are|does|how many|how often|how old|how long|how much|how did you (?:hear|find (?:us|out|your way|(?:our|the|this) (?:practice|branch|clinic|store|shop|surgery|office|website|number|address)))|age|gender|sex|ethnicity|please select|please choose|select)\b`)
	about  = regexp.MustCompile(`\b(?:ratings?|rate|rated|scores?|stars?|satisf\w*|happy|how likely|how easy|how was|how would|how well|how do you feel|recommend\w*|quality|nps|csat|ces|fft|experience|friendl\w*|effort|easy|ease|agree|` +
		`how \w+ (?:was|were|is|are|did|do|does)|likelihood|overall|bewert\w*|zufrieden\w*|satisfait|satisfaction|satisfacción|tevred\w*|wie (?:war|waren|gut|einfach|freundlich|verständlich)|hoe (?:was|goed|maklik|makkelijk|vriendelik|vriendelijk|duidelik|duidelijk)|beoordeel|comment (?:évaluez|jugez|notez)|comment était|cómo (?:fue|califica|valora)|como (?:foi|avalia)|service|impression|performance|value|cleanliness|waiting time|staff)\b`)
	// manner are questions after how something was done or found, with a verb that only an opinion answers: "how were you
	// welcomed at reception?", and not "how were you referred?", whose numbers are codes of a choice.
	manner = regexp.MustCompile(`\bhow (?:were|are|is) (?:the|our|your|my|this|these)\b|\bhow (?:were|are|have) (?:you|patients|customers|clients)(?: been)?(?: \w+)? (?:welcomed|greeted|received|treated|served|helped|assisted|advised|looked after|cared for|attended to|spoken to|dealt with)\b|` +
		`\bhow (?:did|do|does) (?:\w+ ){1,6}(?:do|perform|behave|treat|welcome|greet|help|serve|assist|advise|listen|explain|handle|look after|care for|attend to|speak to|deal with)\b|\bhow (?:did|do) you (?:find|like|feel|enjoy|experience)\b|` +
		`\bwie (?:wurden|werden) sie (?:\w+ )*(?:begrüßt|empfangen|behandelt|beraten|betreut|bedient)\b|\bwie (?:fanden|finden|empfanden) sie\b|\bhoe (?:is|werd|bent) (?:u|jy|je) (?:\w+ )*(?:ontvang\w*|verwelkom\w*|behandel\w*|gehelp|geholpen)\b|` +
		`\bcomment avez vous été (?:accueilli|reçu|traité|conseillé|servi)|\bcomment avez vous trouvé\b|\bcómo (?:le|lo|la) (?:recibieron|atendieron|trataron)\b|\bcómo fue (?:recibid|atendid|tratad)`)
	recommend = regexp.MustCompile(`\brecommend|\bnps\b|\bpromoter|empfehl|\brecommander|\brecomend|\brecomiend|\braccomand|\bconsigliere|\baanbeveel|\baanbevel|\baanrad`) //nolint:misspell // Spanish
)

// visited are the questions whose answer is a practice.
var visited = regexp.MustCompile(`^(?:which|what) (?:of our )?(?:practice|branch|clinic|store|shop|location|site|surgery|office)(?:e?s)? (?:did|have|do) you `)

// personal reports whether a heading asks who a person is.
func personal(k string) bool {
	if exact[Personal][k] || strings.HasPrefix(k, "recipient ") {
		return true
	}
	return personalAsked.MatchString(k) && !askedAbout.MatchString(k)
}
