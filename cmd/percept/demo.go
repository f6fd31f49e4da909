package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"text/template"
	"time"

	"github.com/spf13/cobra"

	"percept/analysis"
	"percept/collector"
)

// demoNow is the demo's own Monday, so that its report is the same for everyone.
var demoNow = time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)

// demoAddress is where the demo's pages are served when it is free.
const demoAddress = "127.0.0.1:18414"

func (a *app) demoCommand() *cobra.Command {
	var dir string
	var open bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "A fictional group of practices, from web pages and survey files to the report",
		Long: `Demo shows the whole job on three invented practices and 18 months of invented feedback: it serves
their pages on this machine, collects them, reads their survey files, scores, tests for change and
writes the report. In one practice a touchpoint really slips, one is quiet, and of one a page fails.
Everything lands in one folder; a second run starts it afresh.`,
		Example: "  percept demo\n  percept demo --open",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.nowText == "" {
				a.now = demoNow
			}
			index, err := a.demo(cmd.Context(), dir)
			if err != nil {
				return fmt.Errorf("demo: %w", err)
			}
			if open {
				return openInBrowser(cmd.Context(), index)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "percept-demo", "the `folder` to work in")
	cmd.Flags().BoolVar(&open, "open", false, "open the report in the browser")
	return cmd
}

// demo sets the folder up, serves the sites, runs the pipeline and says what was found.
func (a *app) demo(ctx context.Context, dir string) (index string, err error) {
	listener, err := listen(ctx)
	if err != nil {
		return "", err
	}
	sites, err := demoSites()
	if err != nil {
		return "", errors.Join(err, listener.Close())
	}
	server := &http.Server{Handler: sites, ReadHeaderTimeout: 5 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	defer func() {
		err = errors.Join(err, server.Close())
		if s := <-served; !errors.Is(s, http.ErrServerClosed) {
			err = errors.Join(err, s)
		}
	}()
	if err := layOutDemo(dir, listener.Addr().String()); err != nil {
		return "", err
	}
	a.config = filepath.Join(dir, "percept.yaml")
	err = a.with(ctx, "demo", true, func(p *pipeline) error {
		index, err = p.showDemo(ctx)
		return err
	})
	return index, err
}

func listen(ctx context.Context) (net.Listener, error) {
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", demoAddress)
	if err != nil { // taken: any other will do
		l, err = c.Listen(ctx, "tcp", "127.0.0.1:0")
	}
	return l, err
}

// demoKeys are the demo's keys: nobody's secret, so that its ids are the same for everyone.
var demoKeys = strings.Repeat("de", 32) + "\n" + strings.Repeat("ed", 32) + "\n"

// demoMark tells a folder of the demo from one that holds something else.
const demoMark = "# The fictional group of practices of `percept demo`."

// layOutDemo writes config and survey files into dir and removes what an earlier demo left there.
func layOutDemo(dir, host string) error {
	config := filepath.Join(dir, "percept.yaml")
	old, err := os.ReadFile(config)
	switch {
	case err == nil && !strings.HasPrefix(string(old), demoMark):
		return hinted{fmt.Errorf("%s is not of the demo", config), "name another folder: percept demo --dir FOLDER"}
	case err == nil:
		for _, name := range []string{"percept.duckdb", "percept.duckdb.wal", keyFile, "reports"} {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				return err
			}
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "surveys"), 0o755); err != nil {
		return err
	}
	t, err := template.ParseFS(demoFiles, "demo/percept.yaml")
	if err != nil {
		return err
	}
	var text strings.Builder
	if err := t.Execute(&text, map[string]string{"Host": host}); err != nil {
		return err
	}
	if err := os.WriteFile(config, []byte(text.String()), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, keyFile), []byte(demoKeys), 0o600); err != nil {
		return err
	}
	files, err := fs.ReadDir(demoFiles, "demo/surveys")
	if err != nil {
		return err
	}
	for _, f := range files {
		data, err := demoFiles.ReadFile(path.Join("demo/surveys", f.Name()))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "surveys", f.Name()), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// showDemo runs the stages and says in five lines what was found.
func (p *pipeline) showDemo(ctx context.Context) (index string, err error) {
	fmt.Fprintln(p.err, "percept: three invented practices, their pages served on this machine for the moment")
	entries, err := p.collect(ctx, "", "")
	if err != nil {
		return "", err
	}
	if _, err := p.analyze(ctx); err != nil {
		return "", err
	}
	counts, err := p.store.Counts(ctx)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(p.out, "collected  %s and %s from %s; every touchpoint tested, every week of 18 months\n",
		count(counts.Reviews, "review"), count(counts.Responses, "survey response"), count(counts.Sources, "source"))
	for i, pr := range p.practices {
		verdicts, err := p.store.Verdicts(ctx, pr.ID)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(p.out, "%-10s %s\n", [...]string{"found", "", ""}[min(i, 2)], p.finding(pr, verdicts, entries))
	}
	if index, err = p.report(ctx, ""); err != nil {
		return "", err
	}
	if abs, err := filepath.Abs(index); err == nil {
		index = abs
	}
	fmt.Fprintf(p.out, "report     %s\n", index)
	fmt.Fprintln(p.err, "percept: next, your own practice: percept init")
	return index, p.store.EndRun(ctx, p.run)
}

// finding is one practice in one line: what changed, and which source is not whole.
func (p *pipeline) finding(pr collector.Practice, verdicts []analysis.Verdict, entries []collector.Entry) string {
	said := "no reliable change"
	if changed := p.changesOf(pr, verdicts); len(changed) > 0 {
		said = strings.Join(changed, "; ")
	}
	for _, e := range entries {
		if e.Practice == pr.ID && e.State != collector.Complete {
			said += fmt.Sprintf("; %s is %s, and no verdict is drawn from the hole", e.Source, e.State)
		}
	}
	return pr.Name + ": " + said
}

func openInBrowser(ctx context.Context, file string) error {
	name, args := "xdg-open", []string{file}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", file}
	}
	if err := exec.CommandContext(ctx, name, args...).Run(); err != nil { //nolint:gosec // one of three names of ours
		return hinted{fmt.Errorf("open the report with %s: %w", name, err), "open it yourself: " + file}
	}
	return nil
}
