package reports

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"sync"
)

//go:generate sh bundle/build.sh

// assets hold the script that makes charts explorable, where go generate put it there; else a README alone.
//
//go:embed assets
var assets embed.FS

// script is the bundle, empty in a percept that was built without it.
var script = sync.OnceValue(func() string {
	data, err := assets.ReadFile("assets/charts.js")
	if err != nil {
		return "" // built without it: charts stand still, and nothing else is missing
	}
	return string(data)
})

// Explorable reports whether this percept was built with the script that makes charts explorable.
func Explorable() bool { return script() != "" }

// scriptPolicy is what the policy of a page with the script says besides.
func scriptPolicy(script string) string {
	sum := sha256.Sum256([]byte(script))
	return "; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
