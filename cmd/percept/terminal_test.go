package main

import (
	"bytes"
	"testing"
)

func TestProgressElsewhereIsALineEachStep(t *testing.T) {
	var out bytes.Buffer
	p := (&app{err: printable{&out}}).progress()
	for _, done := range []int{5_000, 99_999, 100_000, 100_001, 305_000, 5_000, 100_000} { // the last two are of another source
		p.say(done, "collecting: %s", count(done, "row"))
	}
	p.done()
	const want = "percept: collecting: 100,000 rows\npercept: collecting: 305,000 rows\npercept: collecting: 100,000 rows\n"
	if out.String() != want {
		t.Errorf("progress to a log:\n%swant:\n%s", out.String(), want)
	}
}
