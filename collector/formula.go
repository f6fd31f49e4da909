package collector

import (
	"regexp"
	"strings"
)

// FormulaPattern matches, as RE2 reads it, the cells that a spreadsheet may take for a formula or cut apart (OWASP, CSV
// injection): those that begin with =, +, - or @, also full-width or small, whatever white space, unseen characters or
// apostrophes stand before, and those that begin with a tab or a line break.
const FormulaPattern = `^(?:'*[\t\r\n]|['\s\p{Z}\p{Cc}\p{Cf}]*[=+\-@` + "\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212" + `])`

var formula = regexp.MustCompile(FormulaPattern)

// Inert keeps a spreadsheet from taking text for a formula: an apostrophe stands before what could be one.
func Inert(cell string) string {
	if formula.MatchString(cell) {
		return "'" + cell
	}
	return cell
}

// Live is the cell that Inert wrote.
func Live(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && formula.MatchString(rest) {
		return rest
	}
	return cell
}
