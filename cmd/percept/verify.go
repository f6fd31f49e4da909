package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"percept/reports"
)

func (a *app) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify PACK",
		Short: "Compute every figure of an audit again, and say what differs",
		Long: `Verify makes the audit of a pack again, from the store and the config and for the moment and the audience
that the pack names, and holds the two against each other: every figure and every quote, in the page and in
figures.csv, every other letter of the page, the config, and the SHA-256 of each file. PACK is the folder
that percept audit wrote, or a zip file of what it holds. It exits 0 when all is equal and 3 when
anything differs, and names the figure, what the pack says and what the store says.

The store must be as it was: what was collected or analyzed since may rightly differ, and is named too.`,
		Example: "  percept verify reports/harbour-street/audit-2026-11-16\n  percept verify audit.zip --config clients/elm.yaml",
		Args:    oneArg("pack"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.verify(cmd.Context(), args[0])
		},
	}
}

func (a *app) verify(ctx context.Context, name string) (err error) {
	pack, closePack, err := openPack(name)
	if err != nil {
		return usageError{hinted{fmt.Errorf("pack %s: %w", name, reason(err)), "name the folder that percept audit wrote, or a zip file of what it holds"}}
	}
	defer func() { err = errors.Join(err, closePack()) }()
	made, err := reports.ReadPack(pack)
	if err != nil {
		return usageError{hinted{fmt.Errorf("pack %s: %w", name, err), "name the folder that percept audit wrote, or a zip file of what it holds"}}
	}
	a.now = made.Now
	return a.with(ctx, "verify", false, func(p *pipeline) error {
		fresh, err := p.audit(ctx, made.Practice, made.Audience, made.Explorable)
		if err != nil {
			return err
		}
		if made.Explorable && !reports.Explorable() {
			fmt.Fprintln(p.err, "percept: the pack's charts are explorable, and this percept was built without that: its page differs in the script; go generate ./reports adds it")
		}
		differences, err := fresh.Verify(pack)
		if err != nil {
			return fmt.Errorf("verify %s: %w", name, err)
		}
		if week := fresh.Week.Format(time.DateOnly); week != made.Week {
			fmt.Fprintf(p.err, "percept: the store was analyzed since: its last week is %s, that of the pack %s\n", week, line(made.Week))
		}
		return p.sayVerified(len(fresh.Figures), differences)
	})
}

func (p *pipeline) sayVerified(figures int, differences []reports.Difference) error {
	if p.json {
		if err := p.encode(struct {
			Equal       bool                 `json:"equal"`
			Figures     int                  `json:"figures"`
			Differences []reports.Difference `json:"differences"`
		}{len(differences) == 0, figures, append([]reports.Difference{}, differences...)}); err != nil {
			return err
		}
	} else {
		for _, d := range differences {
			of := d.What
			if d.Figure != "" {
				of = d.Figure
				if d.What != "" {
					of += " (" + d.What + ")"
				}
			}
			fmt.Fprintf(p.out, "%s: %s: the pack says %q, computed again it is %q\n", line(d.Place), line(of), d.Pack, d.Recomputed)
		}
		if len(differences) == 0 {
			fmt.Fprintf(p.out, "equal: %s computed again, every letter of the page, and the sums of all files\n", count(figures, "figure"))
		} else {
			fmt.Fprintf(p.out, "%s\n", count(len(differences), "difference"))
		}
	}
	if len(differences) > 0 {
		return errIncomplete
	}
	return nil
}

// openPack opens a folder, or a zip file.
func openPack(name string) (fs.FS, func() error, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		return os.DirFS(name), func() error { return nil }, nil
	}
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, nil, err
	}
	return z, z.Close, nil
}
