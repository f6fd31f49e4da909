package survey

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	"percept/collector"
)

// noContent are cells in which a program or a form says that there is no answer. "Nothing" is not
// among them: after a question it means something.
var noContent = phrases("did not answer; n/a; n.a; n.a.; na; null; nan; nil; none given; -; --; ---; –; —; .; #name?; #n/a; #ref!; #value!; " +
	"#div/0!; #num!; #null!; (blank); no answer; no response; no comment given; not answered; skipped; not applicable; {question_not_shown}")

// blank reports whether a cell holds no answer.
func blank(s string) bool {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' })
	return s == "" || len(s) <= 24 && (s[0] < '0' || s[0] > '9') && noContent[strings.ToLower(s)]
}

var entity = regexp.MustCompile(`&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,6}|#x[0-9a-fA-F]{2,5});`)

// said returns the words of an open answer, whole. Entities are decoded where a tool left any;
// nobody types them.
func said(s string) string {
	if blank(s) {
		return ""
	}
	if strings.Contains(s, "&") && entity.MatchString(s) {
		s = html.UnescapeString(s)
	}
	return s
}

var (
	breakTag = regexp.MustCompile(`(?i)</?(?:br|p|div|li|ul|ol|tr|td|h[1-6])\b[^<>]{0,200}>`)
	tag      = regexp.MustCompile(`(?i)</?[a-z][^<>]{0,200}>`)
)

// heading returns a heading as people read it: without mark-up and runs of white space.
func heading(s string) string {
	if strings.ContainsAny(s, "<&") {
		s = html.UnescapeString(tag.ReplaceAllString(breakTag.ReplaceAllString(s, " "), ""))
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\ufeff", "")), " ")
}

// key returns a heading as the rules know it: lower-case words with single spaces, "ResponseId" as
// "response id", without the number a tool puts before a question.
func key(s string) string {
	var b strings.Builder
	gap, word, lower := false, !strings.Contains(s, " "), false
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '#':
			gap, lower = true, false
			continue
		case word && lower && unicode.IsUpper(r):
			gap = true
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap, lower = false, unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	k := b.String()
	if first, rest, ok := strings.Cut(k, " "); ok && questionNumber.MatchString(first) {
		return rest
	}
	return k
}

var questionNumber = regexp.MustCompile(`^q?\d{1,3}$`)

var (
	asksBoth    = regexp.MustCompile(`satisfied (?:and|or|and or|or and) dissatisfied|(?:good|well|like[sd]?)\b.*\b(?:bad|badly|dislike|not so good|better|improve)|(?:pros and cons)`)
	asksWhy     = regexp.MustCompile(`\bwhy\b|\breasons?\b|\bbased (?:this|your) (?:score|rating|answer)|\bexplain your\b|\bwarum\b|\bpourquoi\b|\bwaarom\b`)
	asksImprove = regexp.MustCompile(`\bimprove|\b(?:do|done|be|been) (?:any |things? )?(?:better|differently)\b|\bdo better\b|\bshould (?:we|they|the practice) (?:change|do)|\bcould (?:we|they) (?:change|do)|\bchange\b|\bsuggest|` +
		`\b(?:not|n t) (?:so |as )?(?:good|like)|\bwent wrong|\bdislike|\bbadly\b|\bdisappoint|\bleast\b|\bverbesser|\bbesser\b|\baméliorer|\bmejorar|\bverbeter|\bbeter\b|\bmelhor|\bmiglior|ändern\b|\bverander`)
	asksPraise = regexp.MustCompile(`\bwas good\b|\bgood about\b|\b(?:do|did|done|doing|does|went|worked) (?:really |particularly )?well\b|\blike(?:d)? (?:the )?(?:best|most)|\b(?:did|do) you like\b|\bliked\b|` +
		`\benjoy|\bbest (?:thing|part)|\bmost satisfied|\bcompliment|\bpraise\b|\bgefallen|\bplu\b|\bgustó|\bgoed\b|\bgostou\b|\bpiaciuto\b`)
)

// asks tells from its wording what an open question invites.
func asks(question string) collector.Asks {
	k := key(question)
	switch {
	case asksBoth.MatchString(k):
		return collector.AsksAnything
	case asksWhy.MatchString(k):
		return collector.AsksWhy
	case asksImprove.MatchString(k):
		return collector.AsksImprove
	case asksPraise.MatchString(k):
		return collector.AsksPraise
	}
	return collector.AsksAnything
}
