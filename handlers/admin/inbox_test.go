package admin

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A file that ended the process while it was read is not read again: it goes
// to failed/, with a word in the log and to the admins; what waits beside it is
// taken as ever.
func TestInboxGivesUp(t *testing.T) {
	f := newLibrary(t, t.TempDir(), Options{})
	dir := t.TempDir()
	for _, sub := range []string{"reading", "failed"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{"reading/bomb.txt": sample(2024, 1), "failed/bomb.txt": "of last week", "good.txt": sample(2024, 2)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	took := make(chan Delivery, 10)
	var log bytes.Buffer
	b := &Inbox{
		Library: f.Library, Dir: dir, Quiet: time.Millisecond, Poll: time.Hour,
		Logger: slog.New(slog.NewTextHandler(&log, nil)), Took: func(d Delivery) { took <- d },
	}
	background(t, b.Run)
	d := <-took
	if d.Name != "bomb.txt" || d.Preview != nil || d.Err != ErrReading {
		t.Errorf("delivery = %+v", d)
	}
	if got := d.Tell("zh-Hans").Plain(); !strings.Contains(got, "bomb.txt") || !strings.Contains(got, "程序中断") {
		t.Errorf("admins hear %q", got)
	}
	if d := <-took; d.Name != "good.txt" || d.Err != nil {
		t.Errorf("delivery = %+v", d)
	}
	if got := log.String(); strings.Count(got, "level=WARN msg=\"inbox file refused\"") != 1 {
		t.Errorf("log: %s", got)
	}
	for name, want := range map[string]bool{
		"failed/bomb (2).txt": true, "failed/bomb (2).txt.error.txt": true, "reading/bomb.txt": false,
		"done/good.txt": true, "good.txt": false, "reading/good.txt": false,
	} {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != want {
			t.Errorf("%s: %v, want there: %v", name, err, want)
		}
	}
	if n := len(f.store.Audit()); n != 1 {
		t.Errorf("%d records, want that of good.txt", n)
	}
}

// A file is out of the watched folder before a byte of it is read.
func TestInboxMovesBeforeReading(t *testing.T) {
	f := newLibrary(t, t.TempDir(), Options{})
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "r.txt"), []byte(sample(2024, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	took := make(chan Delivery, 1)
	b := &Inbox{Library: f.Library, Dir: dir, Quiet: time.Millisecond, Poll: time.Hour, Took: func(d Delivery) { took <- d }}
	f.parsing <- struct{}{} // reading waits for the turn
	background(t, b.Run)
	until(t, "moving to reading/", func() bool {
		_, err := os.Stat(filepath.Join(dir, "reading", "r.txt"))
		return err == nil
	})
	if _, err := os.Stat(filepath.Join(dir, "r.txt")); err == nil {
		t.Error("the file is still in the folder")
	}
	<-f.parsing
	if d := <-took; d.Err != nil {
		t.Errorf("delivery = %+v", d)
	}
}

// Stopping the bot while a file is read puts it back for the next start.
func TestInboxStopsWhileReading(t *testing.T) {
	f := newLibrary(t, t.TempDir(), Options{})
	dir := t.TempDir()
	file := filepath.Join(dir, "r.txt")
	if err := os.WriteFile(file, []byte(sample(2024, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	f.parsing <- struct{}{}
	t.Run("run", func(t *testing.T) {
		b := &Inbox{Library: f.Library, Dir: dir, Quiet: time.Millisecond, Poll: time.Hour}
		background(t, b.Run)
		until(t, "moving to reading/", func() bool { _, err := os.Stat(file); return err != nil })
	})
	if _, err := os.Stat(file); err != nil {
		t.Errorf("not back: %v", err)
	}
	<-f.parsing
}
