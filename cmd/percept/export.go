package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"percept/collector/yamlfile"
	"percept/store"
)

// An export is what percept export was asked for.
type export struct {
	tables   []store.ExportTable
	options  store.ExportOptions
	out      string // a folder, empty for that of the day
	standard bool   // to standard output, and no folder
}

func (a *app) exportCommand() *cobra.Command {
	var format string
	var x export
	cmd := &cobra.Command{
		Use:   "export [TABLE...]",
		Short: "Every table of the store as CSV, JSON lines or Parquet",
		Long: `Export writes what the store holds for a spreadsheet, a notebook or another program: all tables as files
of a folder, those that are named, or one that is named to standard output. The tables:
` + tableNames() + `
"percept export columns" tells every column and what it means; their names stay. Days and weeks are of the
practice's zone, columns that end in _at are UTC. In CSV an apostrophe stands before text that a spreadsheet
could take for a formula; percept takes it off where it reads such a file. Files of an earlier export are
replaced once all are written.

An export is for you and not for sharing: it holds what people wrote, word for word, and figures of however
few. Authors are in it as keyed hashes alone; quotable is false where a person said no to being quoted. Keys,
kept pages and the text of messages are not in it. What may be shared is what report and audit write.`,
		Example: "  percept export\n  percept export feedback mentions --format parquet --out data\n  percept export feedback --practice harbour-street > feedback.csv",
		Args:    cobra.ArbitraryArgs,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, t := range store.ExportTables() {
				names = append(names, t.Name+"\t"+t.About)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := x.settle(args); err != nil {
				return err
			}
			if a.json && x.standard && !cmd.Flags().Changed("format") {
				format = string(store.ExportJSONL)
			}
			if err := x.settleFormat(format, a.out); err != nil {
				return err
			}
			if x.standard {
				return a.exportOut(cmd.Context(), x)
			}
			return a.exportFiles(cmd.Context(), x)
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "format", string(store.ExportCSV), "csv, jsonl or parquet")
	f.StringVar(&x.out, "out", "", "the `folder` for the files, - for standard output (default: exports/DAY beside the config)")
	f.StringVar(&x.options.Practice, "practice", "", "only what is of this practice (its `id`)")
	f.BoolVar(&x.options.Mark, "bom", false, "begin CSV with a byte order mark, without which Excel garbles letters such as é")
	return cmd
}

// tableNames are the tables as the help lists them.
func tableNames() string {
	var b strings.Builder
	width := 0
	for i, t := range store.ExportTables() {
		switch {
		case i == 0:
			b.WriteString("  ")
		case width+len(t.Name) > 96:
			b.WriteString(",\n  ")
			width = 0
		default:
			b.WriteString(", ")
		}
		b.WriteString(t.Name)
		width += len(t.Name) + 2
	}
	return b.String()
}

// settle finds the tables that are named, all of them where none is, and where they go.
func (x *export) settle(names []string) error {
	all := store.ExportTables()
	known := make([]string, len(all))
	for i, t := range all {
		known[i] = t.Name
	}
	for _, name := range names {
		if slices.Contains(known, name) {
			continue
		}
		hint := "the tables are " + strings.Join(known, ", ")
		if near := yamlfile.Nearest(name, known); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return usageError{hinted{fmt.Errorf("there is no table %q to export", name), hint}}
	}
	x.tables = all
	if len(names) > 0 {
		x.tables = slices.DeleteFunc(all, func(t store.ExportTable) bool { return !slices.Contains(names, t.Name) })
	}
	x.standard = x.out == "-" || x.out == "" && len(x.tables) == 1
	if x.standard && len(x.tables) > 1 {
		return usageError{hinted{fmt.Errorf("--out -: standard output takes one table, these are %d", len(x.tables)), "name one, or a folder under --out"}}
	}
	if strings.ContainsAny(x.out, "*?[\x00") { // DuckDB would take it for a pattern
		return usageError{fmt.Errorf("--out %s: a folder whose path holds *, ? or [ cannot be written to", x.out)}
	}
	return nil
}

func (x *export) settleFormat(format string, out io.Writer) error {
	x.options.Format = store.ExportFormat(format)
	switch x.options.Format {
	case store.ExportCSV, store.ExportJSONL:
	case store.ExportParquet:
		if f, ok := out.(*os.File); ok && x.standard && term.IsTerminal(int(f.Fd())) {
			return usageError{hinted{errors.New("a terminal cannot show Parquet"), "add --out FOLDER, or send it to a file: > " + x.tables[0].Name + ".parquet"}}
		}
	default:
		return usageError{fmt.Errorf("format %q: want csv, jsonl or parquet", format)}
	}
	if x.options.Mark && x.options.Format != store.ExportCSV {
		return usageError{fmt.Errorf("--bom is for CSV, and the format is %s", format)}
	}
	return nil
}
