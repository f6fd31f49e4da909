package analysis

import (
	"strings"
	"testing"
)

func TestAsks(t *testing.T) {
	type row struct{ question, want string }
	for taxonomy, rows := range map[string][]row{
		"optometry": {
			{"How easy was it to make your appointment?", "appointment"},
			{"How easy was it to make an appointment?", "appointment"},
			{"Was it easy to book online?", "appointment"},
			{"How quickly could we see you?", "appointment"},
			{"How satisfied were you with the reminder call?", "reminder"},
			{"Did we remind you of your appointment in good time?", "reminder"},
			{"How welcome did you feel on arrival at reception?", "reception"},
			{"How were you greeted when you arrived?", "reception"},
			{"How long did you wait to be seen?", "reception"},
			{"How comfortable was the waiting room?", "reception"},
			{"Were the forms easy to fill in?", "administration"},
			{"How smoothly was your medical aid checked before your appointment?", "administration"},
			{"How easy was the paperwork?", "administration"},
			{"How well were the pre-test checks explained?", "pretest"},
			{"How comfortable were the tests before you saw the optometrist?", "pretest"},
			{"How thorough was your eye exam?", "exam"},
			{"How would you rate your eye test?", "exam"},
			{"Did the optometrist listen to you?", "exam"},
			{"How well did the optometrist explain your prescription?", "exam"},
			{"How was the choice of frames?", "selection"},
			{"How helpful was the person who helped you choose your frames?", "selection"},
			{"Did we have frames that you liked?", "selection"},
			{"How clear was the quote for your glasses or lenses?", "quote"},
			{"Was the price explained clearly?", "quote"},
			{"Do you feel you got value for money?", "quote"},
			{"How clear were we about what your glasses would cost?", "quote"},
			{"How smooth was placing your order?", "order"},
			{"Was the order confirmed with you in full?", "order"},
			{"How easy was it to order your glasses?", "order"},
			{"How well did we keep you informed until your glasses were ready for collection?", "collection_call"},
			{"Did someone call to say your glasses were ready?", "collection_call"},
			{"Were you told when your glasses would be ready?", "collection_call"},
			{"How well do your new glasses or lenses fit?", "fitment"},
			{"How well do your new glasses fit?", "fitment"},
			{"How well were your glasses adjusted when you collected them?", "fitment"},
			{"How comfortable are your new contact lenses?", "fitment"},
			{"How easy was it to pay?", "settlement"},
			{"Was your bill correct?", "settlement"},
			{"How clear was your final account?", "settlement"},
			{"How well did we handle your medical aid claim?", "settlement"},
			{"Did we arrange your next check-up with you?", "recall"},
			{"How do you feel about the way we remind you of your next eye test?", "recall"},
			{"Did we call you afterwards to ask how you were getting on?", "aftercare"},
			{"How well was your complaint handled?", "aftercare"},
			{"How well did we look after you once you had your glasses?", "aftercare"},
			{"How likely are you to recommend us?", General},
			{"Overall, how was your visit?", General},
			{"How likely are you to recommend our practice to friends and family?", General},
			{"Overall, how satisfied were you with our service?", General},
			{"How would you rate your experience with us?", General},
			{"How friendly were our staff?", General},
			{"How many stars would you give us?", General},
			{"How would you rate our practice?", General},
			{"What could we do better?", ""},
			{"What colour is the moon?", ""},
			{"Were the reception and the eye exam fine?", ""},
			{"What is your age?", ""},
			{"Which practice did you visit?", ""},
			{"Do you wear contact lenses?", ""},
			{"How old are you?", ""},
			{"What is your name?", ""},
			{"When was your last eye test?", ""},
			{"How did you hear about us?", ""},
			{"How often do you buy new glasses?", ""},
			{"Which optometrist did you see?", ""},
			{"May we contact you about your answers?", ""},
			{"Is there anything else you would like to tell us?", ""},
			{"What was the reason for your visit?", ""},
			{"", ""},
			{"Response ID", ""},
		},
		"dental": {
			{"How easy was it to make an appointment?", "appointment"},
			{"How quickly could we see you?", "appointment"},
			{"How helpful was our reminder of your appointment?", "reminder"},
			{"How welcome did you feel on arrival at reception?", "reception"},
			{"How long did you wait to be seen?", "reception"},
			{"Were the forms about your health easy to fill in?", "history"},
			{"Did we ask about your medical history?", "history"},
			{"How thorough was your examination?", "exam"},
			{"Were the x-rays explained to you?", ""},
			{"How was your check-up?", "exam"},
			{"How clearly did we explain your treatment plan?", "plan"},
			{"Were your questions answered?", "plan"},
			{"How clear was the quote?", "quote"},
			{"Did you get value for money?", "quote"},
			{"How well did we manage your pain?", "comfort"},
			{"Were you put at ease?", "comfort"},
			{"How satisfied are you with your treatment?", "treatment"},
			{"Did the dentist listen to you?", "treatment"},
			{"How well does your new crown fit?", "appliance"},
			{"How gentle was the hygienist?", ""},
			{"How was your cleaning?", "hygiene"},
			{"How easy was it to pay?", "settlement"},
			{"How well did we handle your insurance claim?", "settlement"},
			{"Did we call you afterwards?", "aftercare"},
			{"How well was your complaint handled?", "aftercare"},
			{"Did we remind you of your next check-up?", "recall"},
			{"How likely are you to recommend us?", General},
			{"Overall, how was your visit?", General},
			{"How friendly were our staff?", General},
			{"What could we do better?", ""},
			{"Which dentist did you see?", ""},
			{"When was your last check-up?", ""},
			{"What is your age?", ""},
			{"Were the reception and the cleaning fine?", ""},
		},
		"veterinary": {
			{"How easy was it to make an appointment?", "appointment"},
			{"How quickly could we see you?", "appointment"},
			{"How well did we handle your emergency?", "emergency"},
			{"How helpful were we out of hours?", "emergency"},
			{"How welcome did you feel when you arrived?", "reception"},
			{"How long did you wait to be seen?", "reception"},
			{"How gentle were we with your pet?", "handling"},
			{"How did we treat your animal?", "handling"},
			{"How thorough was the examination?", "exam"},
			{"Did the vet listen to you?", "exam"},
			{"How clearly did we explain the options?", "explanation"},
			{"Were your questions answered?", "explanation"},
			{"How clear was the estimate?", "quote"},
			{"Did you get value for money?", "quote"},
			{"How satisfied are you with the operation?", "surgery"},
			{"How well did we keep you informed?", "updates"},
			{"How clear were the instructions for the medicine?", "collection"},
			{"How smooth was it when you collected your dog?", "collection"},
			{"How easy was it to pay?", "settlement"},
			{"How well did we handle your insurance claim?", "settlement"},
			{"How did we support you at the end of life of your pet?", "end_of_life"},
			{"Did we follow up after the visit?", "aftercare"},
			{"How well was your complaint handled?", "aftercare"},
			{"Did we remind you of the next booster?", "recall"},
			{"How likely are you to recommend us?", General},
			{"Overall, how was your visit?", General},
			{"How friendly were our staff?", General},
			{"What could we do better?", ""},
			{"Which vet did you see?", ""},
			{"What is your age?", ""},
			{"Were the bill and the operation fine?", ""},
		},
		"restaurant": {
			{"How easy was it to book a table?", "booking"},
			{"How easy was it to find us?", "booking"},
			{"How were you greeted when you arrived?", "welcome"},
			{"How did you like your table?", "seating"},
			{"How comfortable was the seating?", "seating"},
			{"How was the atmosphere?", "room"},
			{"How clean was the restaurant?", "room"},
			{"How do you rate the choice on the menu?", "menu"},
			{"Did we cater for your dietary needs?", "menu"},
			{"How easy was ordering?", "ordering"},
			{"Was your order right?", "ordering"},
			{"How long did you have to wait?", "wait"},
			{"Was the time your food took to arrive acceptable?", "wait"},
			{"How was the food?", "food"},
			{"How satisfied were you with the portions?", "food"},
			{"How were the drinks?", "drinks"},
			{"How was the coffee?", "drinks"},
			{"How attentive was your waiter?", "service"},
			{"How friendly were our staff?", "service"},
			{"How well was your complaint handled?", "complaints"},
			{"Did you get value for money?", "price"},
			{"How easy was it to pay?", "settlement"},
			{"Was the bill correct?", "settlement"},
			{"How was your takeaway?", "delivery"},
			{"Did your delivery come on time?", "delivery"},
			{"How likely are you to recommend us?", General},
			{"Overall, how was your visit?", General},
			{"How many stars would you give us?", General},
			{"What could we do better?", ""},
			{"Which restaurant did you visit?", ""},
			{"What is your age?", ""},
			{"Were the food and the bill fine?", ""},
		},
		"service": {
			{"How easy was it to get in touch with us?", "contact"},
			{"How quickly did we answer the phone?", "contact"},
			{"How easy was it to reach us by telephone?", "contact"},
			{"How easy was it to make an appointment?", "booking"},
			{"Was it easy to book?", "booking"},
			{"How convenient was the time of your appointment?", "booking"},
			{"How welcome did you feel when you arrived?", "arrival"},
			{"How helpful was the receptionist?", "arrival"},
			{"How easy was it to park?", "arrival"},
			{"How do you feel about the waiting time?", "waiting"},
			{"Were you seen on time?", "waiting"},
			{"How long did you have to wait?", "waiting"},
			{"How do you rate the quality of our work?", "delivery"},
			{"How satisfied are you with the repair?", "delivery"},
			{"How satisfied were you with the treatment you received?", "delivery"},
			{"How well did we keep you informed?", "information"},
			{"Did we explain things in a way you could understand?", "information"},
			{"Were your questions answered?", "information"},
			{"How clean were our premises?", "place"},
			{"How do you rate our facilities?", "place"},
			{"How comfortable were the rooms?", "place"},
			{"How do you feel about the price?", "price"},
			{"Did you get value for money?", "price"},
			{"How clear was the quote?", "price"},
			{"How easy was it to pay?", "payment"},
			{"Was the bill what you expected?", "payment"},
			{"How well did we handle your complaint?", "aftercare"},
			{"How satisfied are you with our after-sales service?", "aftercare"},
			{"Did we follow up afterwards?", "aftercare"},
			{"How likely are you to recommend us?", General},
			{"Overall, how was your experience of our service?", General},
			{"How friendly were our staff?", General},
			{"How many stars would you give us?", General},
			{"How would you rate our practice?", General},
			{"Overall, how satisfied are you with us?", General},
			{"What is your age?", ""},
			{"Which practice did you visit?", ""},
			{"Which branch did you visit?", ""},
			{"Do you wear contact lenses?", ""},
			{"What could we do better?", ""},
			{"How did you hear about us?", ""},
			{"May we contact you about your answers?", ""},
			{"What is your postcode?", ""},
			{"How often do you use our service?", ""},
			{"Were the booking and the price fine?", ""},
			{"", ""},
		},
	} {
		t.Run(taxonomy, func(t *testing.T) {
			tax, err := BuiltIn(taxonomy)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range rows {
				if got := tax.Asks(c.question); got != c.want {
					t.Errorf("Asks(%q) = %q, want %q", c.question, got, c.want)
				}
			}
		})
	}
}

// TestAsksKnowsEveryTouchpointByItsName holds the questions of the survey that percept init writes, in
// every form a survey tool hands them back in.
func TestAsksKnowsEveryTouchpointByItsName(t *testing.T) {
	for _, name := range BuiltInNames() {
		tax, err := BuiltIn(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range tax.all() {
			for _, q := range []string{p.Name + ": how was it? (1-5)", p.Name, "3. " + p.Name + ": how was it?", "Q12: " + p.Name, strings.ToUpper(p.Name) + " - how was it?"} {
				if got := tax.Asks(q); got != p.ID {
					t.Errorf("%s: Asks(%q) = %q, want %q", name, q, got, p.ID)
				}
			}
		}
	}
}

func TestAsksByANameWithinTheQuestion(t *testing.T) {
	tax := &Taxonomy{Touchpoints: []Touchpoint{{ID: "tea", Name: "Tea at the counter"}, {ID: "cake", Name: "Cake"}}, General: Touchpoint{ID: General, Name: "The café"}}
	e, err := readEnglish()
	if err != nil {
		t.Fatal(err)
	}
	if err := tax.prepare(e); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ question, want string }{
		{"How was tea at the counter?", "tea"},
		{"How was tea at the counters?", ""},
		{"How was sweettea at the counter?", ""},
		{"Cake and tea at the counter: how was it?", "cake"},
		{"Cakes: how were they?", ""},
		{"How was the cake?", ""}, // a name of one word is known by the phrases alone
		{"Was tea at the counter better than the café?", ""},
		{"The café: how was it?", General},
	} {
		if got := tax.Asks(c.question); got != c.want {
			t.Errorf("Asks(%q) = %q, want %q", c.question, got, c.want)
		}
	}
}
