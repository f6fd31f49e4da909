// Package typeform asks Typeform for the responses of a form of the practice's own, by its Responses API. How the list is
// asked for is a format of collector/reviews, whose client asks; the answers are read by collector/survey, as the
// files and webhooks of Typeform are.
//
// A form is read whole whenever anything of it changed, and not at all while nothing did: what its columns mean rests on
// all of its answers, and only a whole reading shows what was deleted.
package typeform
