package alert

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"percept/analysis"
)

// A Finding is something in a drafted reply that must not be said in public.
type Finding struct {
	Kind       string // patient status, date, treatment, money or name
	Start, End int    // bytes of the draft
	Words      string
	Why        string
}

// whyNot says of each kind what is wrong with it. To answer a review with any of these confirms that the
// writer was a patient: the privacy rules for health data forbid it (in the USA 45 CFR 164.502; regulators
// have fined practices for such replies), whatever the review itself says.
var whyNot = map[string]string{
	"patient status": "it confirms that the writer is or was a patient or customer",
	"date":           "a date tells when somebody was there",
	"treatment":      "it tells what was done, or found, about somebody",
	"money":          "it tells what somebody paid, owes or claims",
	"name":           "it names a person",
}

const (
	months  = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`
	weekday = `(?:mon|tues|wednes|thurs|fri|satur|sun)day`
	howMany = `(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|a few|several|some)`
	person  = `\p{Lu}[\p{L}'\-]+`
)

// lints find what must not be said. The words of a practice about itself (opening hours, a telephone
// number to call, regret) pass.
var lints = []struct {
	kind string
	find *regexp.Regexp
}{
	{"patient status", regexp.MustCompile(`(?i)\b(?:you|she|he|they)(?: are| were|'re| have been|'ve been| had been)(?: (?:a|an|one of|our|my|not|never|always|valued|loyal|long-standing|longstanding|regular|new|the))* (?:patients?|clients?|customers?)\b`)},
	{"patient status", regexp.MustCompile(`(?i)\b(?:as|being|having) (?:a|an|our|one of our)(?: \p{L}+)? (?:patient|client|customer)s?\b`)},
	{"patient status", regexp.MustCompile(`(?i)\b(?:valued|dear|loyal|fellow) (?:patient|client|customer)\b`)},
	{"patient status", regexp.MustCompile(`(?i)\byour(?: (?:last|recent|previous|first|next|latest|upcoming))? (?:visits?|appointments?|consultations?|files?|records?|charts?|medical history|history with us|bookings?|check-?ups?|orders?|stay|time with us|mother|father|husband|wife|son|daughter|child)\b`)},
	{"patient status", regexp.MustCompile(`(?i)\b(?:when|since|after|while|before) you (?:came|visited|saw|attended|were here|were seen|arrived|left|called in|collected|booked|cancelled|canceled|missed)\b`)},
	{"patient status", regexp.MustCompile(`(?i)\b(?:we|i|our (?:team|staff|optometrists?|doctors?)|the (?:team|staff|optometrist|doctor))(?: have| had|'ve)? (?:saw|seen|treated|examined|tested|fitted|met|served|advised|told|informed|called|phoned|emailed|helped|looked after) you\b`)},
	{"patient status", regexp.MustCompile(`(?i)\bour (?:records|files|notes|system|logs?) (?:show|shows|indicate|indicates|say|says|confirm|confirms|have|has)\b`)},
	{"patient status", regexp.MustCompile(`(?i)\b(?:thank(?:s| you) for (?:visiting|coming|choosing|being|booking|trusting us)|you (?:visited|chose|came to|missed|never (?:came|arrived|attended)|did not (?:come|attend|arrive)|didn't (?:come|attend|arrive)))\b`)},
	{"patient status", regexp.MustCompile(`(?i)\b(?:no record of you|cannot find you|can't find you|you are not in our|never (?:seen|treated) you)\b`)},

	{"date", regexp.MustCompile(`\b\d{1,4}[./\-]\d{1,2}[./\-]\d{1,4}\b`)},
	{"date", regexp.MustCompile(`(?i)\b(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? ` + months + `|` + months + `\.? \d{1,2}(?:st|nd|rd|th)?)\b(?:,? \d{4})?`)},
	{"date", regexp.MustCompile(`(?i)\b(?:on|last|this past|that) ` + weekday + `\b`)},
	{"date", regexp.MustCompile(`(?i)\b(?:yesterday|the day before|last (?:week|month|year|night)|` + howMany + ` (?:days?|weeks?|months?|years?) (?:ago|earlier|before|later))\b`)},
	{"date", regexp.MustCompile(`(?i)\b(?:on|since|until|by) the \d{1,2}(?:st|nd|rd|th)\b`)},

	{"treatment", regexp.MustCompile(`(?i)\b(?:prescriptions?|diagnos\p{L}*|glaucoma|cataracts?|macular|retina\p{L}*|cornea\p{L}*|astigmatism|myopi\p{L}*|diabet\p{L}*|infections?|surger\p{L}*|eye (?:drops|pressure|exams?|tests?|examinations?)|(?:exam|test|scan) results?|dilat\p{L}*|visual field|oct scan|allerg\p{L}*|medication|symptoms?|conditions?|pathology|blood pressure)\b`)},
	{"treatment", regexp.MustCompile(`(?i)\byour (?:eyes?|eyesight|vision|lens(?:es)?|glasses|spectacles|frames?|contacts|contact lens(?:es)?|exam(?:ination)?|eye test|test|results?|treatment|fitting|varifocals|progressives|health|teeth|tooth|procedure)\b`)},
	{"treatment", regexp.MustCompile(`(?i)\b(?:we|i|the optometrist|the doctor|dr\.? \p{L}+) (?:prescribed|diagnosed|recommended|adjusted|remade|fitted|found|tested|dispensed|referred|advised)\b`)},

	{"money", regexp.MustCompile(`(?i)(?:[$€£¥]|\b(?:r|zar|usd|eur|gbp|aud|nzd))\s?\d[\d ,.]*`)},
	{"money", regexp.MustCompile(`(?i)\b\d[\d ,.]* ?(?:rand|dollars?|euros?|pounds?|percent discount)\b`)},
	{"money", regexp.MustCompile(`(?i)\b(?:your (?:account|invoice|bill|deposit|payment|refund|claim|insur\p{L}*|medical aid|balance|debt|discount|receipt)|you (?:paid|owe|owed|were (?:charged|billed|refunded)|have (?:paid|not paid))|(?:we|i)(?: have|'ve)? (?:refunded|credited|charged|billed|reimbursed)|(?:full|partial) refund|free of charge|outstanding (?:balance|amount))\b`)},

	{"name", regexp.MustCompile(`\b(?i:dr|mr|mrs|ms|miss|mx|prof|professor|doctor|sister|nurse)\.? ` + person + `(?: ` + person + `)?`)},
	{"name", regexp.MustCompile(`(?m)^\s*(?i:dear|hi|hello|hey|good morning|good day),? (` + person + `(?: ` + person + `)?)`)},
	{"name", regexp.MustCompile(`\b(?i:our|the) (?i:optometrists?|receptionists?|dispensers?|opticians?|managers?|colleagues?|assistants?|doctors?|team members?|practice managers?),? (` + person + `(?: ` + person + `)?)`)},
	{"name", regexp.MustCompile(`\b(?i:spoke (?:to|with)|seen by|served by|helped by|assisted by|treated by|thank) (` + person + `(?: ` + person + `)?)`)},
}

// nobody are words that stand where a name would and name no person.
var nobody = map[string]bool{"reviewer": true, "all": true, "there": true, "sir": true, "madam": true, "guest": true, "everyone": true, "you": true, "team": true,
	"customer": true, "patient": true, "client": true, "friend": true, "neighbour": true, "sir/madam": true, "i": true, "we": true, "our": true, "the": true, "it": true}

// LintReply finds what must not stand in a public reply to a review, in the order of the text. It reads
// English. Nothing found is no legal advice.
func LintReply(draft string) []Finding {
	n := analysis.Normalise(draft)
	var all []Finding
	for _, l := range lints {
		for _, at := range l.find.FindAllStringSubmatchIndex(n.Text, -1) {
			from, to := at[0], at[1]
			if l.kind == "name" {
				if len(at) > 3 {
					from, to = at[2], at[3]
				}
				first, _, _ := strings.Cut(n.Text[from:to], " ")
				if nobody[strings.ToLower(first)] {
					continue
				}
			}
			given := n.Given(analysis.Extent{Start: from, End: to})
			words := strings.TrimSpace(given.In(draft))
			all = append(all, Finding{l.kind, given.Start, given.Start + len(words), words, whyNot[l.kind]})
		}
	}
	slices.SortStableFunc(all, func(a, b Finding) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	var out []Finding
	for _, f := range all { // of what overlaps, the first and longest of a kind
		if !slices.ContainsFunc(out, func(o Finding) bool { return o.Kind == f.Kind && f.Start < o.End }) {
			out = append(out, f)
		}
	}
	return out
}
