// Package reports writes static pages: the weekly page of a practice and the index of all. A page is
// one file, complete without script and without a network, the same bytes for the same store and now.
//
// It reads through a Store and decides nothing: verdicts come from analysis. Every quote is read
// again from the store while the page is built and must stand there letter by letter (quote lock).
package reports
