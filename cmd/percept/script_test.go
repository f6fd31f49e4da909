package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"percept/store/storetest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"percept": main})
}

// TestScripts runs the commands as users type them; the first line of a script says what it holds.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// parquet FILE QUERY writes what a query of DuckDB gives.
			"parquet": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(storetest.WriteParquet(t.Context(), ts.MkAbs(args[0]), args[1]))
			},
		},
		UpdateScripts: os.Getenv("PERCEPT_UPDATE") != "",
	})
}
