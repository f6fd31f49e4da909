package reports

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"html/template"
	"sync"

	"github.com/xo/echartsgoja"
)

// A painter turns chart options into the inside of an inline SVG. It keeps what it painted: options
// that were painted once are not painted again. It may be used by many goroutines.
type painter struct {
	vm *echartsgoja.ECharts

	mu   sync.Mutex
	kept map[[sha256.Size]byte]func() (string, error)
}

// Drawings are charts that were painted already: pages and mails made with the same ones paint each chart once.
type Drawings struct{ painter *painter }

// NewDrawings returns Drawings without any yet.
func NewDrawings() *Drawings { return &Drawings{newPainter()} }

// painter is that of the drawings, or one of its own.
func (o Options) painter() *painter {
	if o.Drawings != nil {
		return o.Drawings.painter
	}
	return newPainter()
}

// The canvas every chart is drawn on. A chart places itself in its upper left corner and is cropped
// to its size by its viewBox: one canvas is one compilation of the library, which takes 0.4 s.
const canvasWidth, canvasHeight = 760, 1600

func newPainter() *painter {
	return &painter{
		vm:   echartsgoja.New(echartsgoja.WithWidthHeight(canvasWidth, canvasHeight)),
		kept: map[[sha256.Size]byte]func() (string, error){},
	}
}

// A chart is a painted chart.
type chart struct {
	Name          string // of the region it scrolls in
	Label         string // for who cannot see it
	Width, Height int
	Inside        template.HTML   // written by svgInside
	Option        json.RawMessage // what it is drawn from, for the script that makes it explorable
}

// Colours of charts: names that paints turns into classes.
const (
	inkPaint  = "#000001"
	dimPaint  = "#000002"
	rulePaint = "#000003"
	linePaint = "#000004"
)

// An options is a go-echarts chart, as far as a painter needs it. Its own renderer is never used:
// it writes text into a script unescaped.
type options interface {
	Validate()
	JSON() map[string]any
}

// paint draws c; id prefixes the ids of the drawing.
func (p *painter) paint(ctx context.Context, c options, id, label string, height int) (*chart, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c.Validate()
	option, err := json.Marshal(c.JSON())
	if err != nil {
		return nil, fmt.Errorf("chart %s: %w", id, err)
	}
	inside, err := p.painting(id, option)()
	if err != nil {
		return nil, fmt.Errorf("chart %s: %w", id, err)
	}
	return &chart{Label: label, Width: canvasWidth, Height: height, Inside: template.HTML(inside), Option: option}, nil //nolint:gosec // svgInside wrote it anew from allow-lists
}

// painting returns the function that paints an option, the same for the same option.
func (p *painter) painting(id string, option []byte) func() (string, error) {
	key := sha256.Sum256(append([]byte(id+"\x00"), option...))
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept[key] == nil {
		p.kept[key] = sync.OnceValues(func() (string, error) {
			// Not the caller's context: the library would leave its goroutine behind when that ends.
			svg, err := p.vm.RenderOptions(context.Background(), string(option))
			if err != nil {
				return "", err
			}
			return svgInside(svg, id)
		})
	}
	return p.kept[key]
}
