package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
)

// ErrKey means that the identity key is not the one the store was made with: under another key every
// known feedback would come in again as new.
var ErrKey = errors.New("another identity key")

// CheckKey holds the identity key against the store's; an empty store takes it as its own. Only a
// hash of the key is kept.
func (s *Store) CheckKey(ctx context.Context, key []byte) error {
	sum := sha256.Sum256(append([]byte("percept identity key "), key...))
	now := hex.EncodeToString(sum[:8])
	var known string
	err := s.db.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = 'identity_key'").Scan(&known)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		_, err = s.db.ExecContext(ctx, "INSERT INTO setting VALUES ('identity_key', ?)", now)
	case err == nil && known != now:
		err = ErrKey
	}
	if err != nil {
		return fmt.Errorf("check the identity key of %s: %w", s.path, err)
	}
	return nil
}
