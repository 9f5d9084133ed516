package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"jinwen/bot/bottest"
)

// A disk that fills up: questions are answered, what cannot be kept is said to
// whoever wanted it, to the log and to the admins; with room all goes on, and
// nothing is lost or answered again. It needs the right to mount a disk.
func TestFullDisk(t *testing.T) {
	s := bottest.NewServer(t)
	ann, boss := s.User("Ann", "zh-hans"), s.User("Boss", "zh-hans")
	p := newProgram(t, s, fmt.Sprint("JINWEN_ADMINS=", boss.ID))
	data := filepath.Join(p.dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", data, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("no disk of our own: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(data, syscall.MNT_DETACH) })
	p.start()
	defer p.kill()
	ask := func(text, want string) {
		t.Helper()
		s.Text(ann.Private(), ann, text)
		if m := s.Next(ann.Private()); !strings.Contains(m.Text, want) {
			t.Errorf("%s = %q, want %q", text, m.Text, want)
		}
	}
	ask("口袋公园", "56个")
	s.Text(boss.Private(), boss, "口袋公园")
	s.Next(boss.Private())
	s.Drained()

	filler := filepath.Join(data, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	for n := 64 << 10; n > 0; n /= 2 {
		for err = nil; err == nil; {
			_, err = f.Write(bytes.Repeat([]byte{1}, n))
		}
	}
	f.Close()
	for i := 0; i < 1000 && !strings.Contains(p.logs.String(), "state.db: no space left"); i++ {
		ask(fmt.Sprintf("口袋公园，第%d遍", i), "56个") // until the state file has nothing to spare
	}
	refused := false
	took := 0
	for ; took < 100 && !refused; took++ {
		u := s.User("x", "zh-hans")
		s.Text(u.Private(), u, "/subscribe")
		refused = strings.Contains(s.Next(u.Private()).Text, "磁盘满了")
	}
	if !refused {
		t.Error("/subscribe is never refused for the full disk")
	}
	if m := s.Next(boss.Private()); !strings.Contains(m.Text, "服务器的磁盘满了") {
		t.Errorf("the admin hears %q", m.Text)
	}
	if !strings.Contains(p.logs.String(), "the disk is full: make room on the disk of data_dir") {
		t.Errorf("the log does not say so:\n%s", p.logs.String())
	}
	said := len(s.Said(ann.Private()))
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	ask("/subscribe", "已订阅")
	s.Drained()
	p.kill()
	p.start()
	ask("地铁", "地铁")
	s.Drained()
	p.stop()
	if n := len(s.Said(ann.Private())); n != said+2 {
		t.Errorf("%d messages after the disk was full, want 2: nothing is answered again", n-said)
	}
	state := p.state()
	defer state.Close()
	if subs, err := state.Subscriptions(); err != nil || len(subs) != took {
		t.Errorf("%d subscriptions, %v; want %d: each that was not refused, and the last", len(subs), err, took)
	}
}
