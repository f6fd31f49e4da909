// Command percept measures how customers perceive a service practice at every point of contact: it
// collects public reviews and survey responses, scores every touchpoint, tests for change, and
// writes a static report. This package is the wiring: config, commands and words to the user.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
