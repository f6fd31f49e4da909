package survey

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"percept/collector/yamlfile"
)

// Files returns the files that path names, in order: path itself where there is such a file, brackets
// and all; the survey files of a folder; else those that it matches as a pattern. Finding none is an error,
// and so is a folder that may not be read.
func Files(path string) ([]string, error) {
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return inFolder(path)
	case err == nil:
		return []string{path}, nil
	case !errors.Is(err, fs.ErrNotExist):
		return nil, cause(err)
	}
	found, err := filepath.Glob(path)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(p string) bool { return hidden(filepath.Base(p)) })
	if len(found) == 0 {
		return nil, missing(path)
	}
	slices.Sort(found)
	return found, nil
}

// hidden reports whether a file is not the user's: spreadsheets leave lock files, and systems hidden ones,
// beside the real ones.
func hidden(base string) bool { return strings.HasPrefix(base, "~$") || strings.HasPrefix(base, ".") }

// endings are those of survey files, by which they are told from what else lies in a folder.
var endings = []string{".csv", ".tsv", ".tab", ".txt", ".xlsx", ".json", ".jsonl", ".ndjson", ".parquet", ".zip"}

// inFolder returns the survey files that lie in a folder itself.
func inFolder(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, cause(err)
	}
	var found []string
	for _, e := range entries {
		if !e.IsDir() && !hidden(e.Name()) && slices.Contains(endings, strings.ToLower(filepath.Ext(e.Name()))) {
			found = append(found, filepath.Join(folder, e.Name()))
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no survey file in the folder (%s)", strings.Join(endings, " "))
	}
	return found, nil
}

// missing says why there is no file at path, with the name beside it that is written most like it.
func missing(path string) error {
	folder := filepath.Dir(path)
	if _, err := os.ReadDir(folder); errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("folder %s: %w", filepath.Base(folder), cause(err)) // a pattern passes over it in silence
	}
	if near := yamlfile.NearestFile(path); near != "" {
		return fmt.Errorf("there is no such file; did you mean %q?", near)
	}
	return errors.New("there is no such file")
}

// cause is an error of a file without the path, which messages name already.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// named is how messages name one of the files: as the config would write it.
func (s *Source) named(path string) string {
	if path == s.o.Path {
		return s.o.name()
	}
	root := strings.TrimSuffix(s.o.Path, filepath.Clean(filepath.FromSlash(s.o.name())))
	return filepath.ToSlash(strings.TrimPrefix(path, root))
}
