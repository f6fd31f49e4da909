package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"percept/collector"
	"percept/store"
)

// keyFile lies beside the config, not in the database: whoever has only the database learns no names.
const keyFile = "percept.key"

// identity reads the keys beside the config and makes them on the first run, when there is no store
// yet. The first line is the key of feedback ids, which never changes; the second that of authors.
func identity(dir, storePath string) (collector.Identity, error) {
	path := filepath.Join(dir, keyFile)
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		if _, serr := os.Stat(storePath); serr == nil {
			return collector.Identity{}, hinted{fmt.Errorf("%s is not there, but the store %s was made with it", path, storePath), hintFor(store.ErrKey)}
		}
		if _, serr := os.Stat(filepath.Dir(storePath)); serr != nil {
			return collector.Identity{}, fmt.Errorf("open store %s: %w", storePath, store.ErrFolder)
		}
		if data, err = newKeys(path); err != nil {
			return collector.Identity{}, fmt.Errorf("write %s: %w", path, err)
		}
	}
	if err != nil {
		return collector.Identity{}, fmt.Errorf("read the keys: %w", err)
	}
	lines := strings.Fields(string(data))
	if len(lines) != 2 {
		return collector.Identity{}, fmt.Errorf("read the keys: %s: want two lines, a key each", path)
	}
	var keys [2][]byte
	for i, l := range lines {
		if keys[i], err = hex.DecodeString(l); err != nil || len(keys[i]) < 16 {
			return collector.Identity{}, fmt.Errorf("read the keys: %s:%d: want at least 32 hexadecimal digits", path, i+1)
		}
	}
	return collector.Identity{Feedback: keys[0], Author: keys[1]}, nil
}

// newKeys writes new keys so that a crash leaves all of them or none.
func newKeys(path string) ([]byte, error) {
	var raw [64]byte
	if _, err := rand.Read(raw[:]); err != nil {
		return nil, err
	}
	text := []byte(hex.EncodeToString(raw[:32]) + "\n" + hex.EncodeToString(raw[32:]) + "\n")
	f, err := os.CreateTemp(filepath.Dir(path), ".percept-key-*") // made 0600
	if err != nil {
		return nil, err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Link(f.Name(), path) // fails if another process was first
	}
	if errors.Is(err, os.ErrExist) {
		text, err = os.ReadFile(path)
	}
	return text, errors.Join(err, os.Remove(f.Name()))
}
