//go:build !unix

package store

// private does nothing where files have no permissions for others to begin with.
func private() (restore func()) { return func() {} }
