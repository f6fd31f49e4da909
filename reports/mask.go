package reports

import "percept/reports/redact"

// Masked replaces what tells a person, as a shared page or message shows it; for words that are not quotes, such as a survey's question.
func Masked(text string) string { return redact.Text(text) }
