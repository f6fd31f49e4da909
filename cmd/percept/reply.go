package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"percept/collector"
	"percept/reports/alert"
)

// maxDraft is how many characters a drafted reply may have; sites allow 4,096 and less.
const maxDraft = 20_000

func (a *app) replyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "reply",
		Short:   "Help with public replies to reviews",
		Long:    "Reply has one command: check, which reads a drafted reply before it is public.",
		Example: "  percept reply check draft.txt",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "check FILE",
		Short: "What in a drafted reply must not be said in public",
		Long: `Check reads a draft (- is standard input) and names every place that confirms that somebody is or was
a patient or customer, and every date, treatment, amount of money and name, with line and column.
It exits 3 when it finds any. It reads English; nothing found is no legal advice.`,
		Example: "  percept reply check draft.txt\n  percept reply check -",
		Args:    oneArg("FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return a.checkReply(args[0]) },
	})
	return cmd
}

type findingJSON struct {
	Kind   string `json:"kind"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Words  string `json:"words"`
	Why    string `json:"why"`
}

// readDraft reads at most a little more than a draft may have.
func (a *app) readDraft(file string) (string, error) {
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return "", reason(err)
		}
		data, err := io.ReadAll(io.LimitReader(f, 4*maxDraft+1))
		return string(data), errors.Join(err, f.Close())
	}
	data, err := io.ReadAll(io.LimitReader(a.in, 4*maxDraft+1))
	return string(data), err
}

func (a *app) checkReply(file string) error {
	draft, err := a.readDraft(file)
	if err != nil {
		return fmt.Errorf("reply check %s: %w", file, err)
	}
	if utf8.RuneCountInString(draft) > maxDraft {
		return fmt.Errorf("reply check %s: longer than %s characters; a reply is not", file, collector.Thousands(maxDraft))
	}
	found := alert.LintReply(draft)
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	for _, f := range found {
		before := draft[:f.Start]
		row, column := 1+strings.Count(before, "\n"), 1+utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
		if a.json {
			if err := enc.Encode(findingJSON{f.Kind, row, column, f.Words, f.Why}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(a.out, "%s:%d:%d: %s: “%s”: %s\n", file, row, column, f.Kind, line(f.Words), f.Why)
	}
	if len(found) > 0 {
		return errIncomplete
	}
	if !a.json {
		fmt.Fprintln(a.out, "nothing found: no patient status, date, treatment, money or name that percept can tell")
	}
	return nil
}
