package reports

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"image"
	_ "image/jpeg" // logos
	_ "image/png"  // logos
	"math"
	"strconv"
	"strings"
)

// logoMost is the most bytes a logo takes: it stands in the page itself.
const logoMost = 200_000

// A Brand is the advisor's look of an audit.
type Brand struct {
	Advisor string       // empty: nobody is named
	colour  [3]float64   // red, green and blue, 0 to 255; used where own is set
	own     bool         // whether there is a colour
	logo    template.URL // data address of our own making, empty without a logo
}

// Logo is the address of the logo within the page.
func (b Brand) Logo() template.URL { return b.logo }

// NewBrand checks a colour such as #1d5b86 and a logo, PNG or JPEG; both may be empty.
func NewBrand(advisor, colour string, logo []byte) (Brand, error) {
	b := Brand{Advisor: advisor}
	if colour != "" {
		digits, ok := strings.CutPrefix(colour, "#")
		v, err := strconv.ParseUint(digits, 16, 32)
		if !ok || len(digits) != 6 || err != nil {
			return b, fmt.Errorf("colour %q: want six hexadecimal digits after a #, such as #1d5b86", colour)
		}
		b.own, b.colour = true, [3]float64{float64(v >> 16), float64(v >> 8 & 255), float64(v & 255)}
	}
	if len(logo) == 0 {
		return b, nil
	}
	if len(logo) > logoMost {
		return b, fmt.Errorf("logo has %d bytes, at most %d fit into a page", len(logo), logoMost)
	}
	_, format, err := image.DecodeConfig(bytes.NewReader(logo))
	if err != nil || format != "png" && format != "jpeg" {
		return b, errors.New("logo is neither PNG nor JPEG")
	}
	b.logo = template.URL("data:image/" + format + ";base64," + base64.StdEncoding.EncodeToString(logo)) //nolint:gosec // base64 of an image
	return b, nil
}

// The grounds that letters in the accent stand on: the paper of light pages, the cards of dark ones.
var (
	lightGround = [3]float64{0xfa, 0xf9, 0xf6}
	darkGround  = [3]float64{0x1a, 0x1e, 0x22}
)

// style makes the brand's colour the accent, as much darker or lighter as it takes to be read.
func (b Brand) style() string {
	if !b.own {
		return ""
	}
	light, dark := hexColour(readable(b.colour, lightGround, 0)), hexColour(readable(b.colour, darkGround, 255))
	return fmt.Sprintf(":root{--accent:%s}@media (prefers-color-scheme:dark){:root{--accent:%s}}@media print{:root{--accent:%[1]s}}\n", light, dark)
}

// readable mixes a colour with an end, black or white, until its contrast with the ground is that of small
// letters in WCAG 2.2: 4.5 to 1.
func readable(colour, ground [3]float64, end float64) [3]float64 {
	for part := 0.0; part < 1; part += .02 {
		var mixed [3]float64
		for i := range mixed {
			mixed[i] = math.Round(colour[i]*(1-part) + end*part)
		}
		if contrast(mixed, ground) >= 4.5 {
			return mixed
		}
	}
	return [3]float64{end, end, end}
}

// contrast is the contrast ratio of WCAG 2.2, 1 to 21.
func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(c [3]float64) float64 {
	var l float64
	for i, weight := range []float64{.2126, .7152, .0722} {
		v := c[i] / 255
		if v <= .04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+.055)/1.055, 2.4)
		}
		l += weight * v
	}
	return l
}

func hexColour(c [3]float64) string {
	return fmt.Sprintf("#%02x%02x%02x", int(c[0]), int(c[1]), int(c[2]))
}
