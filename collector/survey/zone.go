package survey

import (
	"strconv"
	"strings"
	"time"
)

// zone reads "Z", "GMT+2", "UTC", "+02:00", "EST" or "Africa/Johannesburg", to the end.
func (p *scanner) zone(d *stamp) bool {
	p.skip(" (")
	rest := strings.TrimRight(p.s[p.i:], " )")
	if rest == "" {
		return true
	}
	z, ok := zoneNamed(rest)
	if ok && d.clock {
		d.zone = z
	}
	return ok
}

// zoneNamed reads the name of a zone or its distance from UTC.
func zoneNamed(s string) (*time.Location, bool) {
	upper := strings.ToUpper(s)
	if h, ok := abbreviations[upper]; ok {
		if h == 0 {
			return time.UTC, true
		}
		return time.FixedZone(upper, int(h*3600)), true
	}
	if offset := strings.TrimPrefix(strings.TrimPrefix(upper, "GMT"), "UTC"); offset != "" && (offset[0] == '+' || offset[0] == '-') {
		digits := strings.ReplaceAll(offset[1:], ":", "")
		if len(digits) <= 2 {
			digits += "00"
		}
		v, err := strconv.Atoi(digits)
		if err != nil || v < 0 || v > 1400 || v%100 > 59 {
			return nil, false
		}
		seconds := (v/100*60 + v%100) * 60
		if offset[0] == '-' {
			seconds = -seconds
		}
		return time.FixedZone(offset, seconds), true
	}
	if !strings.Contains(s, "/") {
		return nil, false
	}
	z, err := time.LoadLocation(s)
	return z, err == nil
}

// abbreviations are hours east of UTC. Those that mean several zones are left out.
var abbreviations = map[string]float64{
	"Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "CET": 1, "WEST": 1, "CEST": 2, "EET": 2, "EEST": 3, "SAST": 2,
	"EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}

// loadZone finds a zone by name or by its distance from UTC.
func loadZone(name string) (*time.Location, bool) {
	if z, ok := zoneNamed(name); ok {
		return z, true
	}
	if name == "" || strings.EqualFold(name, "local") {
		return nil, false
	}
	if _, err := strconv.Atoi(name); err == nil {
		return nil, false
	}
	z, err := time.LoadLocation(name)
	return z, err == nil
}
