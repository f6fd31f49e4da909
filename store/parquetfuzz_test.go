package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"percept/store"
	"percept/store/storetest"
)

// FuzzParquet reads any bytes as a Parquet file: it is refused, or every row has a cell for each column.
func FuzzParquet(f *testing.F) {
	for _, query := range []string{answersSQL, "SELECT 1 AS a", "SELECT [1, 2] AS a, {'b': 'c'} AS d, NULL AS e FROM range(2)"} {
		path := filepath.Join(f.TempDir(), "seed.parquet")
		if err := storetest.WriteParquet(f.Context(), path, query); err != nil {
			f.Fatal(err)
		}
		whole, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(whole)
		f.Add(whole[:len(whole)/2])
	}
	f.Add([]byte("PAR1PAR1"))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "f.parquet")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := store.OpenParquet(t.Context(), path)
		if err != nil {
			return
		}
		defer p.Close()
		for cells, err := range p.Rows(t.Context()) {
			if err == nil && len(cells) != len(p.Columns()) {
				t.Fatalf("a row of %d cells under %d columns", len(cells), len(p.Columns()))
			}
		}
	})
}
