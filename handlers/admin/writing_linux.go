package admin

import (
	"os"

	"golang.org/x/sys/unix"
)

// beingWritten reports whether somebody has the file open for writing: then,
// and only then, the system refuses a lease for reading with EAGAIN. Where it
// gives none for other reasons (another's file, a file system that has none),
// nothing is known.
func beingWritten(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false // taking it says what is wrong
	}
	defer f.Close()
	_, err = unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_RDLCK)
	if err == nil {
		unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_UNLCK)
	}
	return err == unix.EAGAIN
}
