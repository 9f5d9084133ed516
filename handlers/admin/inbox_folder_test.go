package admin

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// A watched folder that is removed and made again, also at once, is watched
// again.
func TestInboxFolderComesBack(t *testing.T) {
	for _, tt := range []struct {
		name string
		away time.Duration
	}{{"at once", 0}, {"after a while", 50 * time.Millisecond}} {
		t.Run(tt.name, func(t *testing.T) {
			f := newLibrary(t, t.TempDir(), Options{})
			dir := filepath.Join(t.TempDir(), "in")
			took := make(chan Delivery, 10)
			b := &Inbox{Library: f.Library, Dir: dir, Quiet: 5 * time.Millisecond, Poll: 50 * time.Millisecond, Took: func(d Delivery) { took <- d }}
			background(t, b.Run)
			put := func(name string, n int) {
				t.Helper()
				if err := os.WriteFile(filepath.Join(dir, name), []byte(sample(2024, n)), 0o600); err != nil {
					t.Fatal(err)
				}
				select {
				case d := <-took:
					if d.Name != name || d.Err != nil {
						t.Errorf("delivery = %+v", d)
					}
				case <-time.After(time.Minute):
					t.Fatalf("%s is not taken in", name)
				}
			}
			until(t, "the folder to be there", func() bool { _, err := os.Stat(filepath.Join(dir, "failed")); return err == nil })
			put("a.txt", 1)
			for i := range 2 {
				until(t, "the folder to be removed", func() bool { return os.RemoveAll(dir) == nil }) // its parts may just be made anew
				time.Sleep(tt.away)
				if err := os.Mkdir(dir, 0o700); err != nil {
					t.Fatal(err)
				}
				put([]string{"b.txt", "c.txt"}[i], 2+i)
			}
		})
	}
}

// A file that is written slowly, with pauses longer than Quiet, is read once it
// is whole.
func TestInboxWaitsForWriter(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the system does not tell who writes")
	}
	f := newLibrary(t, t.TempDir(), Options{})
	dir := t.TempDir()
	took := make(chan Delivery, 10)
	b := &Inbox{Library: f.Library, Dir: dir, Quiet: 5 * time.Millisecond, Poll: 20 * time.Millisecond, Took: func(d Delivery) { took <- d }}
	background(t, b.Run)
	file, err := os.Create(filepath.Join(dir, "slow.txt"))
	if err != nil {
		t.Fatal(err)
	}
	text := []byte(sample(2024, 1))
	half := len(text) / 2
	for _, part := range [][]byte{text[:half], text[half:]} {
		if _, err := file.Write(part); err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
		select {
		case d := <-took:
			t.Fatalf("taken while it was written: %+v", d)
		default:
		}
	}
	file.Close()
	select {
	case d := <-took:
		if d.Err != nil || d.Preview == nil {
			t.Errorf("delivery = %+v", d)
		}
	case <-time.After(time.Minute):
		t.Fatal("not taken in once it was whole")
	}
}
