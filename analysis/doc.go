// Package analysis turns feedback into findings: it splits text into sentences and clauses, finds
// which touchpoint each is about and how it felt (Mention), counts people by week (Series), and
// decides which touchpoints changed (Verdict).
//
// It opens no database and names no touchpoint: those come from a Taxonomy. Everything here is a
// function of its arguments; the same input gives the same output.
package analysis
