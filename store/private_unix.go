//go:build unix

package store

import "syscall"

// private has new files be the user's alone from now on, until the function it returns is called:
// DuckDB makes its log file while it writes, and that holds customers' words.
func private() (restore func()) {
	old := syscall.Umask(0o077)
	return func() { syscall.Umask(old) }
}
