package check

import (
	"os"
	"testing"
)

// A folder that may not be read; root may read all.
func TestCheckWatchUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads everything")
	}
	dir := t.TempDir()
	for mode, want := range map[os.FileMode]string{0o300: "cannot be read", 0o500: "cannot be written to"} {
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		if f := checkWatch(dir); f.what != dir+": "+want || f.mend == "" || f.warn {
			t.Errorf("mode %o: %+v, want %s", mode, f, want)
		}
	}
	os.Chmod(dir, 0o700)
}
