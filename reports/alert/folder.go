package alert

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// A Folder writes every message as a file of its own: the same body as a webhook, named by time and key.
type Folder struct{ Dir string }

// Send implements Channel. A message that is there already is written over by the same bytes.
func (f Folder) Send(_ context.Context, m Message) (err error) {
	body, err := Payload(Form{}, m)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrPermanent, err)
	}
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(f.Dir, ".message-*") // 0600: it holds customers' words
	if err != nil {
		return err
	}
	_, err = tmp.Write(append(body, '\n'))
	err = cmp.Or(err, tmp.Sync())
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(f.Dir, m.Created.UTC().Format("20060102T150405Z")+"-"+m.Key+".json"))
	}
	if err == nil {
		return syncDir(f.Dir)
	}
	return errors.Join(err, os.Remove(tmp.Name()))
}

// syncDir makes a rename durable. Windows knows no such thing of a folder.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Close implements Channel.
func (Folder) Close() error { return nil }
