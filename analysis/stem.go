package analysis

// stem takes the endings of inflection off a lower-case English word, so that "booking", "booked"
// and "books" meet at "book". It leaves other endings alone: "helpful" is not "help". The result
// need not be a word: "arrive" and "arriving" meet at "arriv". It works in place.
func stem(w []byte) []byte {
	n := len(w)
	if n < 4 {
		return w
	}
	switch {
	case ends(w, "'s"):
		w = w[:n-2]
	case ends(w, "sses"):
		w = w[:n-2]
	case ends(w, "ies") && n > 4:
		w = append(w[:n-3], 'y')
	case ends(w, "shes"), ends(w, "ches"), ends(w, "xes"), ends(w, "zes"):
		w = w[:n-2]
	case w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u' && w[n-2] != 'i':
		w = w[:n-1]
	}
	n = len(w)
	switch {
	case ends(w, "ied") && n > 4:
		w = append(w[:n-3], 'y')
	case ends(w, "eed"):
	case ends(w, "ed") && n > 4 && vowelIn(w[:n-2]):
		w = close3(w[:n-2])
	case ends(w, "ing") && n > 5 && vowelIn(w[:n-3]):
		w = close3(w[:n-3])
	}
	if n = len(w); n > 4 && w[n-1] == 'e' {
		w = w[:n-1]
	}
	return w
}

// close3 ends what is left of a word without "ed" or "ing": "fitt" is "fit" and "mak" is "make".
func close3(w []byte) []byte {
	n := len(w)
	if n > 3 && w[n-1] == w[n-2] && w[n-1] != 'l' && w[n-1] != 's' && w[n-1] != 'z' && w[n-1] != 'e' {
		return w[:n-1]
	}
	if n == 3 && !vowelIn(w[:1]) && vowelIn(w[1:2]) && !vowelIn(w[2:]) && w[2] != 'w' && w[2] != 'x' {
		return append(w, 'e')
	}
	return w
}

func ends(w []byte, s string) bool { return len(w) >= len(s) && string(w[len(w)-len(s):]) == s }

func vowelIn(w []byte) bool {
	for _, c := range w {
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y':
			return true
		}
	}
	return false
}
