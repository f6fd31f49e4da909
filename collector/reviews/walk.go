package reviews

import "strconv"

// A walk is how far a list has been read.
type walk struct {
	paging *Paging
	pages  int             // behind this one
	items  int             // on this page
	until  int             // how many items the list has, as far as an answer stated it
	seen   map[string]bool // keys of reviews
}

// next is the number or token of the page behind doc; it is false on the last. A list ends where its
// answer says so, where as many reviews were met as there are, and at an empty page.
func (w *walk) next(f *Format, doc any) (at string, more bool) {
	p := w.paging
	if p.Param == "" {
		return "", false
	}
	if p.Token.set() {
		token := p.Token.string(doc)
		w.until = max(w.until, p.Until.count(doc))
		if w.until > 0 && len(w.seen) >= w.until || token == "" || p.More.set() && p.More.string(doc) == "" {
			return "", false
		}
		return token, true
	}
	step := max(p.Step, 1)
	number := p.First + w.pages*step
	if last := p.Last.count(doc); last > 0 {
		return strconv.Itoa(number + step), number < last
	}
	if total := f.Total.count(doc); w.items == 0 || total > 0 && len(w.seen) >= total {
		return "", false
	}
	return strconv.Itoa(number + step), true
}
