package version

import (
	"errors"
	"fmt"
	"syscall"
)

// full is err, as an ErrFull if the disk, or what the user may have of it, is
// full.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}
