package store

import (
	"database/sql/driver"
	"slices"
	"time"

	"percept/collector"
)

// The years whose dates are placed in the time of a zone; others are placed in UTC.
const firstYear, lastYear = 1970, 2100

// clockRows are the zones of practices, each with how many seconds its clocks are ahead of UTC in the
// spans of a year: worked out once, since the database takes microseconds a date to look one up.
func clockRows(practices []collector.Practice) [][]driver.Value {
	var rows [][]driver.Value
	var known []string
	for _, p := range practices {
		zone := p.Zone.String()
		if slices.Contains(known, zone) {
			continue
		}
		known = append(known, zone)
		for at := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() <= lastYear; {
			local := at.In(p.Zone)
			_, ahead := local.Zone()
			_, end := local.ZoneBounds()
			year := time.Date(at.Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
			// The last day of a leap year is bounded by its own beginning: it is the last of this year, too.
			if !end.After(at) || end.After(year) {
				end = year
			}
			rows = append(rows, []driver.Value{zone, int32(at.Year()), moment(at), moment(end), int32(ahead)})
			at = end.UTC()
		}
	}
	return rows
}
