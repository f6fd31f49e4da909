package redact

import "strings"

// What the words shortly before a number say of it.
const (
	cuePhone = 1 << iota
	cueBirth
	cueIdentity
	cueReference
)

// cueReach is how many bytes before a number are looked at.
const cueReach = 40

var cues = map[string]int{
	"call": cuePhone, "phone": cuePhone, "telephone": cuePhone, "tel": cuePhone, "ring": cuePhone, "cell": cuePhone, "mobile": cuePhone, "whatsapp": cuePhone,
	"sms": cuePhone, "fax": cuePhone, "landline": cuePhone, "cellphone": cuePhone, "selfoon": cuePhone, "bel": cuePhone, "reach": cuePhone, "dial": cuePhone, "text": cuePhone,
	"born": cueBirth, "dob": cueBirth, "birth": cueBirth, "birthday": cueBirth, "birthdate": cueBirth, "gebore": cueBirth, "verjaarsdag": cueBirth, "geboortedatum": cueBirth,
	"id": cueIdentity, "identity": cueIdentity, "nhs": cueIdentity, "ssn": cueIdentity, "passport": cueIdentity, "security": cueIdentity, "insurance": cueIdentity, "nino": cueIdentity, "ni": cueIdentity,
	"order": cueReference, "ref": cueReference, "reference": cueReference, "invoice": cueReference, "account": cueReference, "acc": cueReference, "policy": cueReference,
	"member": cueReference, "membership": cueReference, "claim": cueReference, "booking": cueReference, "patient": cueReference, "file": cueReference, "case": cueReference,
	"ticket": cueReference, "receipt": cueReference, "customer": cueReference, "job": cueReference, "aid": cueReference, "tracking": cueReference, "quote": cueReference, "voucher": cueReference,
}

// joins are the words that may stand between a cue and its number.
var joins = map[string]bool{
	"number": true, "no": true, "nr": true, "num": true, "is": true, "was": true, "on": true, "in": true, "the": true, "me": true, "my": true, "us": true, "at": true,
	"of": true, "date": true, "nommer": true, "op": true, "it": true, "them": true, "him": true, "her": true, "or": true, "code": true, "numbers": true, "please": true, "back": true, "to": true, "a": true, "d": true, "o": true, "b": true,
}

// about says what the words before the place are about, as far as they reach: from the last word back over
// joining words and no end of a sentence.
func (s *scanner) about(at int) int {
	from := max(0, at-cueReach)
	before := s.text[from:at]
	if i := strings.LastIndexAny(before, "!?\n;"); i >= 0 {
		before = before[i+1:]
	}
	found, joined := 0, false
	if strings.Contains(strings.ToLower(before), "d.o.b") {
		return cueBirth
	}
	fields := strings.FieldsFunc(strings.ToLower(before), func(r rune) bool { return !isLetter(r) && r != '\'' })
	for i := len(fields) - 1; i >= 0; i-- {
		w := fields[i]
		c := cues[w]
		switch {
		case c == cueReference && !joined && !strings.ContainsAny(before[len(before)-min(3, len(before)):], "#:") && strings.HasSuffix(strings.TrimSpace(before), w):
			// "order 2210": the word stands right before the number
			return found | c
		case c != 0:
			return found | c
		case w == "number" || w == "no" || w == "nr":
			joined = true
		case !joins[w]:
			return found
		}
	}
	return found
}

// birthAfter reports whether the words after a date call it one of birth.
func (s *scanner) birthAfter(at int) bool {
	rest := strings.ToLower(s.text[at:min(len(s.text), at+30)])
	for _, end := range []string{"(dob", " dob", "(d.o.b", " is my date of birth", " is my birthday", " is my dob", ", my date of birth", ", my birthday", " date of birth", " (date of birth"} {
		if strings.HasPrefix(rest, end) {
			return true
		}
	}
	return false
}
