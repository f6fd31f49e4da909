//go:build !unix

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// lockWatch makes sure that one watch works on a store. Where there is no lock that ends with the process,
// a file that cannot be removed while it is open stands for one.
func lockWatch(path string) (io.Closer, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, hinted{fmt.Errorf("watch: another percept watch has this store: %w", err), "see how it is doing: percept status"}
	}
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

// watchHolds reports whether a watch has the lock.
func watchHolds(path string) bool {
	err := os.Remove(path)
	return err != nil && !errors.Is(err, os.ErrNotExist)
}

// notifyReload does nothing: there is no signal to reload.
func notifyReload(chan<- os.Signal) (stop func()) { return func() {} }
