package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// What init --service prints names this program and the config by their full paths, and holds whatever
// characters these have.
func TestServices(t *testing.T) {
	dir := t.TempDir()
	for kind, wants := range map[string][]string{
		"systemd": {"[Service]\nExecStart=\"/", "watch --config \"" + dir + "/percept.yaml\"", "Restart=on-failure"},
		"launchd": {"<string>watch</string>", "<string>" + dir + "/percept.yaml</string>"},
		"cron":    {"0 6 * * * '/", "run --wait 10m --config '" + dir + "/percept.yaml'"},
	} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), []string{"init", "--service=" + kind, "--dir", dir}, nil, &out, &errs); code != exitDone {
			t.Fatalf("%s: exit %d\n%s", kind, code, errs.String())
		}
		for _, want := range wants {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s lacks %q:\n%s", kind, want, out.String())
			}
		}
	}
	odd := `/srv/a "b" 100% $x & <y>'s/percept.yaml`
	if unit := systemdUnit("/usr/bin/percept", odd); !strings.Contains(unit, `--config "/srv/a \"b\" 100%% $$x & <y>'s/percept.yaml"`) {
		t.Errorf("systemd:\n%s", unit)
	}
	d := xml.NewDecoder(strings.NewReader(launchdPlist("/usr/bin/percept", odd)))
	found := false
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("launchd: %v", err)
		}
		text, ok := tok.(xml.CharData)
		found = found || ok && string(text) == odd
	}
	if !found {
		t.Error("launchd: the path did not survive")
	}
	command := strings.ReplaceAll(strings.TrimPrefix(cronLine("echo", odd), "0 6 * * * "), `\%`, "%") // as cron reads it
	got, err := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(command, ">/dev/null", "")).Output()
	if err != nil || strings.TrimSpace(string(got)) != "run --wait 10m --config "+odd {
		t.Errorf("cron: %q, %v", got, err)
	}
}
