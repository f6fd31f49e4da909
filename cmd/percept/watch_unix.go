//go:build unix

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// lockWatch makes sure that one watch works on a store. The lock ends with the process, however it ends.
func lockWatch(path string) (io.Closer, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	for n := 0; err != nil && n < 5; n++ { // it may be a percept status that looks
		time.Sleep(20 * time.Millisecond)
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	}
	if err != nil {
		who, _ := os.ReadFile(path)
		return nil, errors.Join(hinted{fmt.Errorf("watch: another percept watch has this store: process %s", strings.TrimSpace(string(who))), "see how it is doing: percept status"}, f.Close())
	}
	err = f.Truncate(0)
	if err == nil {
		_, err = fmt.Fprintln(f, os.Getpid())
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("watch: %w", err), f.Close())
	}
	return f, nil
}

// watchHolds reports whether a watch has the lock.
func watchHolds(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	held := syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB) != nil
	return f.Close() == nil && held
}

// notifyReload has signals to reload come to c, until the returned function is called.
func notifyReload(c chan<- os.Signal) (stop func()) {
	signal.Notify(c, syscall.SIGHUP)
	return func() { signal.Stop(c) }
}
