package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"percept/collector"
	"percept/collector/yamlfile"
	"percept/store"
)

// Exit codes.
const (
	exitDone       = 0
	exitFailed     = 1
	exitUsage      = 2
	exitIncomplete = 3
)

// errIncomplete ends a command that did its work but not all of it: a source failed, rows were
// rejected. What is missing has been said by then.
var errIncomplete = errors.New("done, but incomplete")

// A usageError is a mistake in flags, arguments or config: exit 2.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// A hinted error carries the words to type next.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// app is what every command shares: where it reads and writes, and the global flags.
type app struct {
	in       io.Reader
	out, err io.Writer

	config  string
	nowText string
	workers int
	wait    time.Duration
	json    bool
	verbose bool

	now   time.Time
	log   *slog.Logger
	pause func(ctx context.Context, d time.Duration) error // between tries of a receiver
}

// run runs one command line and returns its exit code. Only main exits.
func run(ctx context.Context, args []string, in io.Reader, out, errw io.Writer) int {
	return runApp(ctx, &app{in: in, out: out, err: printable{errw}, pause: collector.Sleep}, args)
}

func runApp(ctx context.Context, a *app, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	err := root.ExecuteContext(ctx)
	var usage usageError
	var mistakes yamlfile.Mistakes
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil:
		fmt.Fprintln(a.err, "percept: stopped; nothing stored is lost, and the next run goes on from here")
		return exitFailed
	case errors.Is(err, errIncomplete):
		return exitIncomplete
	case errors.As(err, &mistakes):
		for _, m := range mistakes {
			fmt.Fprintf(a.err, "percept: error: %s\n", m)
		}
		return exitUsage
	}
	fmt.Fprintf(a.err, "percept: error: %s\n", err)
	if hint := hintFor(err); hint != "" {
		fmt.Fprintf(a.err, "percept: hint: %s\n", hint)
	}
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}

func hintFor(err error) string {
	var h hinted
	switch {
	case errors.As(err, &h):
		return h.hint
	case errors.Is(err, store.ErrLocked):
		return "wait for that process to end, or add --wait 30s to have percept wait for it"
	case errors.Is(err, store.ErrFolder):
		return "make the folder, or see whether a disk is missing; a new store would begin a second history"
	case errors.Is(err, store.ErrMissing):
		return "nothing has been collected yet; run: percept run"
	case errors.Is(err, store.ErrNewer):
		return "install the newer percept, or name another store in the config"
	case errors.Is(err, store.ErrForeign):
		return "name another file under store: in the config"
	case errors.Is(err, store.ErrKey):
		return "put the percept.key that belongs to this store back beside the config; without it every known feedback would come in again"
	}
	return ""
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "percept",
		Short: "See where customers' perception of a practice is slipping, touchpoint by touchpoint",
		Long: `percept collects public reviews and survey responses into one local file, scores every
touchpoint of the customer journey, tests for change, and writes a static report.
Nothing leaves this machine unless you send it.

Start with:  percept demo     a fictional group of practices, from pages to report
             percept init     a commented percept.yaml of your own`,
		Version:           versionName(),
		SilenceUsage:      true,
		SilenceErrors:     true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.settle() },
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return usageError{hinted{fmt.Errorf("unknown command %q", args[0]), suggest(cmd, args[0])}}
		},
		Args: cobra.ArbitraryArgs,
	}
	root.SetVersionTemplate("percept {{.Version}}\n")
	f := root.PersistentFlags()
	f.StringVar(&a.config, "config", "percept.yaml", "the config `file`; its paths are relative to it")
	f.StringVar(&a.nowText, "now", "", "the `time` to take for now, such as 2026-11-16T06:00:00Z (for tests and replays)")
	f.IntVar(&a.workers, "workers", runtime.NumCPU(), "how many to run side by side")
	f.DurationVar(&a.wait, "wait", 0, "how long to wait for a store that another process holds")
	f.BoolVar(&a.json, "json", false, "answer as JSON")
	f.BoolVarP(&a.verbose, "verbose", "v", false, "tell what is being done, on standard error")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{hinted{err, "see: " + cmd.CommandPath() + " --help"}}
	})
	root.AddCommand(a.demoCommand(), a.initCommand(), a.runCommand(), a.collectCommand(), a.analyzeCommand(), a.reportCommand(),
		a.alertCommand(), a.replyCommand(), a.watchCommand(), a.auditCommand(), a.verifyCommand(), a.statusCommand(), a.metricsCommand(), a.compareCommand(), a.trackCommand(),
		a.explainCommand(), a.correctCommand(), a.exportCommand(), a.extractCommand(), a.scoreCommand(), a.detectCommand(), a.modelCommand(), a.doctorCommand(), a.authCommand(),
		&cobra.Command{Use: "version", Short: "Print the version", Args: noArgs, Run: func(*cobra.Command, []string) {
			fmt.Fprintf(a.out, "percept %s\n", versionName())
		}})
	return root
}

// settle turns the global flags into what commands use.
func (a *app) settle() error {
	level := slog.LevelError
	if a.verbose {
		level = slog.LevelInfo
	}
	a.log = slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: level}))
	a.now = time.Now().UTC().Truncate(time.Second)
	if a.nowText != "" {
		t, err := parseNow(a.nowText)
		if err != nil {
			return usageError{err}
		}
		a.now = t
	}
	if a.workers < 1 {
		return usageError{fmt.Errorf("--workers %d: at least 1 is needed", a.workers)}
	}
	return nil
}

func parseNow(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("--now %q: want a time such as 2026-11-16T06:00:00Z or 2026-11-16", s)
}

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{hinted{fmt.Errorf("%s takes no argument, got %q", cmd.CommandPath(), args[0]), "see: " + cmd.CommandPath() + " --help"}}
	}
	return nil
}

func oneArg(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usageError{hinted{fmt.Errorf("%s needs one %s", cmd.CommandPath(), what), "see: " + cmd.CommandPath() + " --help"}}
		}
		return nil
	}
}

func suggest(cmd *cobra.Command, got string) string {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	if near := yamlfile.Nearest(got, names); near != "" {
		return "did you mean: percept " + near
	}
	return "the commands are " + strings.Join(names, ", ")
}
