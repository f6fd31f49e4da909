package analysis

import (
	"strings"
	"sync"
)

// idleWords are words that are about nothing: words of function, and verbs, times and measures that go with every touchpoint.
// Negators, articles, pronouns, numbers, units of time and words of feeling are in the words of English.
const idleWords = `
about above across after again against ago all almost along already also although among and another any anybody anyone
anything anyway are around aside away back became because become been before began begin behind being below beside
besides best better between both but came can cannot come could did does doing done down due during each either else
end enough even ever every everybody everyone everything except far felt few first for found from gave get getting
give given giving goes going gone got had half has have having hence here hers herself himself how however
indeed inside instead into itself just keep kept knew know known last later least less let like long look looked looking
lot lots made make makes making many may maybe mean meant might more mostly much must myself near need needed needs
next nobody non now off often once only onto other others otherwise ought ours ourselves out outside over own per
perhaps place please plenty put really right round said same saw say saying says see seem seemed seems seen sent several
shall she should show showed shown side since some somebody someone something somewhere soon still stuff such sure take
taken taking tell than thank thanks that the them themselves then there therefore thing things think though thought
through thus till time times together told too took toward towards tried try trying turn turned under unless until upon
use used using usual usually very want wanted wants was way ways well went were what whatever when whenever where
whereas wherever whether which while who whoever whole whom whose why will with within without won word words would
yes yet you yours yourself today tomorrow tonight yesterday monday tuesday wednesday thursday friday saturday sunday
january february march april june july august september october november december morning afternoon evening night
day days week weeks month months year years hour hours minute minutes moment second seconds weekend
people person staff team guy guys lady man woman everyone practice shop store branch customer customers service visit
experience couple bit mine ours theirs each twice thrice
`

var idle = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(idleWords) {
		all[w] = true
	}
	return all
})
