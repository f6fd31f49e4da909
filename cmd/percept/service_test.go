package main

import (
	"bytes"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
	var list plist
	if err := xml.Unmarshal([]byte(launchdPlist("/usr/bin/percept", odd)), &list); err != nil {
		t.Fatalf("launchd: %v", err)
	}
	if list.Version != "1.0" || len(list.Values) != 1 {
		t.Fatalf("launchd: version %q with %d values, want 1.0 with one", list.Version, len(list.Values))
	}
	agent, ok := list.Values[0].value(t).(map[string]any)
	if !ok {
		t.Fatalf("launchd: the property list is no dictionary")
	}
	want := map[string]any{
		"Label": "percept", "ProgramArguments": []any{"/usr/bin/percept", "watch", "--config", odd}, "WorkingDirectory": filepath.Dir(odd),
		"RunAtLoad": true, "KeepAlive": map[string]any{"SuccessfulExit": false}, "StandardErrorPath": filepath.Join(filepath.Dir(odd), "percept.log"),
	}
	if diff := cmp.Diff(want, agent); diff != "" {
		t.Errorf("launchd (-want +got):\n%s", diff)
	}
	entry := regexp.MustCompile(`^([0-5]?\d) ([01]?\d|2[0-3]) \* \* \* ((?:[^%\n\\]|\\[%']|\\)+)\n$`) // crontab(5): five fields, and no bare % in the command
	if line := cronLine("/usr/bin/percept", odd); !entry.MatchString(line) {
		t.Errorf("cron would not read %q", line)
	}
	command := strings.ReplaceAll(strings.TrimPrefix(cronLine("echo", odd), "0 6 * * * "), `\%`, "%") // as cron reads it
	got, err := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(command, ">/dev/null", "")).Output()
	if err != nil || strings.TrimSpace(string(got)) != "run --wait 10m --config "+odd {
		t.Errorf("cron: %q, %v", got, err)
	}
}

// A plist is a property list as its DTD has it (PropertyList-1.0): a value is an array, data, date, dict,
// real, integer, string, true or false; a dict is keys with a value each.
type plist struct {
	XMLName xml.Name    `xml:"plist"`
	Version string      `xml:"version,attr"`
	Values  []plistNode `xml:",any"`
}

type plistNode struct {
	XMLName xml.Name
	Text    string      `xml:",chardata"`
	Values  []plistNode `xml:",any"`
}

func (n plistNode) value(t *testing.T) any {
	t.Helper()
	switch n.XMLName.Local {
	case "dict":
		dict := map[string]any{}
		if len(n.Values)%2 != 0 {
			t.Fatalf("a dict of %d elements", len(n.Values))
		}
		for i := 0; i < len(n.Values); i += 2 {
			if n.Values[i].XMLName.Local != "key" {
				t.Fatalf("<%s> where a key belongs", n.Values[i].XMLName.Local)
			}
			dict[n.Values[i].Text] = n.Values[i+1].value(t)
		}
		return dict
	case "array":
		var list []any
		for _, v := range n.Values {
			list = append(list, v.value(t))
		}
		return list
	case "true", "false":
		return n.XMLName.Local == "true"
	case "string", "integer", "real", "date", "data":
		return n.Text
	}
	t.Fatalf("<%s> is no value of a property list", n.XMLName.Local)
	return nil
}

// systemd itself finds nothing to say about the unit.
func TestSystemdTakesTheUnit(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not on this machine")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	unit := filepath.Join(t.TempDir(), "percept.service")
	verify := func(text string) (said []string) {
		t.Helper()
		if err := os.WriteFile(unit, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), analyze, "verify", unit).CombinedOutput()
		for l := range strings.Lines(string(out)) {
			if strings.Contains(l, "percept.service") {
				said = append(said, l)
			}
		}
		if err != nil && len(said) == 0 {
			t.Skipf("systemd-analyze verify does not work here: %v\n%s", err, out)
		}
		return said
	}
	for _, config := range []string{"/etc/percept.yaml", `/srv/a "b" 100% $x & <y>'s/percept.yaml`} {
		if said := verify(systemdUnit(program, config)); len(said) > 0 {
			t.Errorf("%s: systemd says %q of\n%s", config, said, systemdUnit(program, config))
		}
	}
	if said := verify(strings.Replace(systemdUnit(program, "/etc/percept.yaml"), "Restart=on-failure", "Restart=whenever", 1)); len(said) == 0 {
		t.Error("systemd says nothing of a unit with a mistake: the test shows nothing")
	}
}
