package main

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

var serviceKinds = []string{"systemd", "launchd", "cron"}

// service prints what makes a machine run percept by itself: the text, and on standard error where it
// belongs. Nothing is installed.
func (a *app) service(kind, dir string) error {
	if kind == "auto" {
		kind = map[string]string{"linux": "systemd", "darwin": "launchd"}[runtime.GOOS]
		kind = cmp.Or(kind, "cron")
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("init: %w", err)
	}
	config := a.config
	if !filepath.IsAbs(config) {
		config = filepath.Join(dir, config)
	}
	if config, err = filepath.Abs(config); err != nil {
		return fmt.Errorf("init: %w", err)
	}
	switch kind {
	case "systemd":
		fmt.Fprint(a.out, systemdUnit(program, config))
		fmt.Fprintln(a.err, "percept: put it into ~/.config/systemd/user/percept.service, then: systemctl --user enable --now percept && loginctl enable-linger")
	case "launchd":
		fmt.Fprint(a.out, launchdPlist(program, config))
		fmt.Fprintln(a.err, "percept: put it into ~/Library/LaunchAgents/percept.plist, then: launchctl load -w ~/Library/LaunchAgents/percept.plist")
	case "cron":
		fmt.Fprint(a.out, cronLine(program, config))
		fmt.Fprintln(a.err, "percept: add it with: crontab -e; cron goes by the clock of the machine, percept watch by that of each practice")
	default:
		return usageError{hinted{fmt.Errorf("--service %q is not known", kind), "the kinds are " + strings.Join(serviceKinds, ", ")}}
	}
	return nil
}

// systemdUnit is a user's service (systemd.service(5)).
func systemdUnit(program, config string) string {
	quote := func(s string) string {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%", "$", "$$").Replace(s) + `"`
	}
	path := strings.NewReplacer("%", "%%").Replace
	return fmt.Sprintf(`[Unit]
Description=percept: how customers perceive the practice

[Service]
ExecStart=%s watch --config %s
ExecReload=/bin/kill -HUP $MAINPID
WorkingDirectory=%s
Restart=on-failure
RestartSec=60
TimeoutStopSec=60
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=default.target
`, quote(program), quote(config), path(filepath.Dir(config)))
}

// launchdPlist is an agent of the user (launchd.plist(5)).
func launchdPlist(program, config string) string {
	text := func(s string) string {
		var b strings.Builder
		if err := xml.EscapeText(&b, []byte(s)); err != nil {
			return "" // a Builder takes everything
		}
		return b.String()
	}
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>Label</key>
	<string>percept</string>
	<key>ProgramArguments</key>
	<array>
		<string>%s</string>
		<string>watch</string>
		<string>--config</string>
		<string>%s</string>
	</array>
	<key>WorkingDirectory</key>
	<string>%s</string>
	<key>RunAtLoad</key>
	<true/>
	<key>KeepAlive</key>
	<dict>
		<key>SuccessfulExit</key>
		<false/>
	</dict>
	<key>StandardErrorPath</key>
	<string>%s</string>
</dict>
</plist>
`, text(program), text(config), text(filepath.Dir(config)), text(filepath.Join(filepath.Dir(config), "percept.log")))
}

// cronLine runs the whole job once a day; a % would end the command (crontab(5)).
func cronLine(program, config string) string {
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
	return strings.ReplaceAll(fmt.Sprintf("0 6 * * * %s run --wait 10m --config %s >/dev/null\n", quote(program), quote(config)), "%", `\%`)
}
