// Package web collects reviews from public pages: a Source that reads a list of reviews page by page,
// and Extract, which finds reviews in a page by its structured data (JSON-LD, microdata, RDFa) or by a
// selector profile.
//
// It never logs in, solves a captcha or runs a page's scripts, and it reads nothing that robots.txt
// forbids. What an operator's terms forbid (Google, Yelp, Trustpilot, ...) is refused by name.
package web
