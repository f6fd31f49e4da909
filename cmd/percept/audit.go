package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"percept/collector"
	"percept/reports"
	"percept/reports/alert"
)

func (a *app) auditCommand() *cobra.Command {
	var out, audience string
	cmd := &cobra.Command{
		Use:   "audit PRACTICE",
		Short: "The advisor's report of a practice, with the data pack that proves it",
		Long: `Audit writes a report of one year that stands up to questions: a letter of findings, the journey map, a card
for every touchpoint with its run chart, limits and quotes, moments of truth, ratings, how reviews were
answered against agreed standards and what a sample of the answers says, peers by funnel, and at most ten
actions, each with the number of people and the day at which it can be judged; charts go back two years. It is one page without script, made to be printed.

Beside the page lies its data pack: figures.csv with every figure and quote under an id, config.json,
pack.json with the versions, and SHA256SUMS. percept verify computes all of it again. The advisor's name,
logo and colour and the standards stand under audit: in the config.`,
		Example: "  percept audit harbour-street\n  percept audit harbour-street --audience internal --out audits/harbour-street",
		Args:    oneArg("practice"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), "audit", false, func(p *pipeline) error {
				who := reports.Audience(cmp.Or(audience, p.cfg.Audience))
				if who != reports.Shared && who != reports.Internal {
					return usageError{fmt.Errorf("--audience %q: want shared or internal", audience)}
				}
				made, err := p.audit(cmd.Context(), args[0], who, true)
				if err != nil {
					return err
				}
				dir := out
				if dir == "" {
					dir = filepath.Join(p.cfg.path(p.cfg.Reports), args[0], "audit-"+p.now.In(p.zoneOf(args[0])).Format(time.DateOnly))
				}
				return p.writeAudit(made, dir)
			})
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the `folder` for page and pack, or a .zip file (default: audit-DAY beside the weekly page)")
	cmd.Flags().StringVar(&audience, "audience", "", "`shared` masks persons and small counts, internal does not (default: that of the config)")
	return cmd
}

func (p *pipeline) writeAudit(made *reports.Audit, dir string) error {
	page := filepath.Join(dir, "index.html")
	if strings.EqualFold(filepath.Ext(dir), ".zip") {
		page = dir
		if err := made.WriteZip(dir); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
	} else if _, err := made.Write(dir); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	if p.json {
		return p.encode(struct {
			Page    string `json:"page"`
			Pack    string `json:"pack"`
			Figures int    `json:"figures"`
		}{page, dir, len(made.Figures)})
	}
	fmt.Fprintf(p.out, "audit: %s\n", page)
	fmt.Fprintf(p.out, "pack:  %s, %s; check it with: percept verify %s\n", dir, count(len(made.Figures), "figure"), dir)
	return nil
}

// audit makes the audit of a practice from what analyze left in the store. Its charts are explorable where that is asked
// for and percept was built with the script.
func (p *pipeline) audit(ctx context.Context, practice string, audience reports.Audience, explorable bool) (*reports.Audit, error) {
	if err := p.knows(practice); err != nil {
		return nil, err
	}
	var pr collector.Practice
	for _, known := range p.practices {
		if known.ID == practice {
			pr = known
		}
	}
	insights, err := p.insights(ctx, practice)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	comparisons, err := p.comparisons(ctx, "")
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	model, _, err := p.store.ReadWith(ctx, practice)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	labelled, err := p.agree(ctx, practice, "")
	if err != nil {
		return nil, fmt.Errorf("audit: measure by corrections: %w", err)
	}
	return reports.NewAudit(ctx, p.store, pr, reports.AuditOptions{
		Options: reports.Options{Now: p.now, Taxonomy: p.cfg.taxonomyOfPractice, Version: versionName(), Audience: audience, Workers: p.workers, Explorable: explorable},
		Brand:   p.cfg.Audit.brand, Standards: p.cfg.Audit.standards(), Insights: insights[practice], Comparisons: comparisons,
		Owner: p.cfg.ownerOf(practice), Effort: p.cfg.effortsOf(practice), Model: cmp.Or(model, "none yet"), LintReply: lintedKinds,
		Agreements: labelled.list, Agreed: labelled.all, Config: p.audited(pr, audience),
	})
}

// lintedKinds are what percept reply check finds in a reply, each kind once, in the order of the text.
func lintedKinds(reply string) []string {
	var kinds []string
	for _, f := range alert.LintReply(reply) {
		if !slices.Contains(kinds, f.Kind) {
			kinds = append(kinds, f.Kind)
		}
	}
	return kinds
}

// configName names what the figures of a practice depend on in the config: the beginning of the SHA-256 of what an audit's
// pack tells of it.
func (p *pipeline) configName(practice string) string {
	for _, pr := range p.practices {
		if pr.ID == practice {
			data, err := json.Marshal(p.audited(pr, reports.Audience(p.cfg.Audience)))
			if err != nil {
				return ""
			}
			return fmt.Sprintf("%x", sha256.Sum256(data))[:12]
		}
	}
	return ""
}

// audited is the config as the pack tells it.
func (p *pipeline) audited(pr collector.Practice, audience reports.Audience) auditedConfig {
	c := auditedConfig{
		Practice: pr.ID, Name: pr.Name, Zone: pr.Zone.String(), Audience: string(audience), Alpha: p.cfg.Detect.Alpha, Practices: len(p.practices),
		Standards: p.cfg.Audit.standards(), Advisor: p.cfg.Audit.Advisor, Colour: p.cfg.Audit.Colour, Sources: []auditedSource{},
	}
	for _, known := range p.cfg.Practices {
		if known.ID == pr.ID {
			c.Taxonomy = cmp.Or(known.Taxonomy, p.cfg.Taxonomy)
		}
	}
	for _, j := range p.jobs {
		if j.Practice == "" || j.Practice == pr.ID {
			c.Sources = append(c.Sources, auditedSource{j.Kind, j.Name})
		}
	}
	for _, e := range p.cfg.events() {
		if e.Practice == "" || e.Practice == pr.ID {
			c.Events = append(c.Events, auditedEvent{e.Date.Format(time.DateOnly), e.Text, e.Touchpoint, e.Rebase})
		}
	}
	return c
}
