package store

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jinwen/handlers"
	"jinwen/handlers/chat"
)

// filled is the content of a file with something in every bucket. The last two
// transactions change nothing that readAll reads: bbolt goes back to the one
// before where the page that names the last is damaged.
func filled(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.db")
	s := must(Open(path, nil))(t)
	until := time.Now().Add(24 * time.Hour)
	for i := range 60 {
		id := fmt.Sprint("telegram:", i)
		ok(t, s.SaveSettings(id, handlers.Settings{Lang: chat.English}))
		ok(t, s.Subscribe(handlers.Subscription{Chat: chat.Chat{ID: id}, Topics: []string{"教育"}}))
		ok(t, s.Put("s:"+id, bytes.Repeat([]byte{byte(i)}, 200), until))
		ok(t, s.SetBlocked(id, i%2 == 0))
		ok(t, s.Keep(id, []byte(`{"update_id":1}`)))
	}
	ok(t, s.Mark("telegram:1"))
	ok(t, s.Mark("telegram:2"))
	ok(t, s.Close())
	return must(os.ReadFile(path))(t)
}

// readAll is everything that filled wrote, as it is read.
func readAll(s *Bolt) (string, error) {
	var b strings.Builder
	var errs []error
	for i := range 60 {
		id := fmt.Sprint("telegram:", i)
		set, err1 := s.Settings(id)
		data, found, err2 := s.Lookup("s:" + id)
		blocked, err3 := s.Blocked(id)
		fmt.Fprintln(&b, set, data, found, blocked)
		errs = append(errs, err1, err2, err3)
	}
	subs, err1 := s.Subscriptions()
	kept, err2 := s.Kept()
	fmt.Fprintln(&b, subs, kept)
	return b.String(), errors.Join(append(errs, err1, err2)...)
}

// TestDamage flips a byte at 200 places, blanks pages and cuts the file short:
// it is told of by an error that names the file, or nothing that was kept is
// different. The file itself is never touched when it is damaged.
func TestDamage(t *testing.T) {
	whole := filled(t)
	path := filepath.Join(t.TempDir(), "state.db")
	ok(t, os.WriteFile(path, whole, 0o600))
	s := must(Open(path, nil))(t)
	want := must(readAll(s))(t)
	ok(t, s.Close())
	r := rand.New(rand.NewPCG(1, 1))
	const page = 4096
	told := 0
	damage := func(name string, data []byte) {
		path := filepath.Join(t.TempDir(), "state.db")
		ok(t, os.WriteFile(path, data, 0o600))
		s, err := Open(path, nil)
		if err != nil {
			told++
			if !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: error %q, want one line that names the file", name, err)
			}
			return
		}
		if got, err := readAll(s); err != nil || got != want {
			t.Errorf("%s: opened, and what it holds is different (%v)", name, err)
		}
		if err := s.Mark("telegram:3"); err != nil {
			t.Errorf("%s: opened, and cannot be written: %v", name, err)
		}
		s.Close()
	}
	for i := range 200 {
		data := bytes.Clone(whole)
		at := r.IntN(len(data))
		data[at] ^= byte(1 << r.IntN(8))
		damage(fmt.Sprintf("%d: a bit at %d", i, at), data)
	}
	for at := 0; at < len(whole); at += page {
		data := bytes.Clone(whole)
		clear(data[at:min(at+page, len(data))])
		damage(fmt.Sprintf("page %d blank", at/page), data)
		if at > 0 {
			damage(fmt.Sprintf("cut before page %d", at/page), bytes.Clone(whole[:at]))
		}
	}
	t.Logf("%d told of", told)
	if told == 0 {
		t.Error("no damage was told of")
	}
}

// Damage that comes while the file is open is an error of the call.
func TestDamageWhileOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	ok(t, os.WriteFile(path, filled(t), 0o600))
	s := must(Open(path, nil))(t)
	defer s.Close()
	f := must(os.OpenFile(path, os.O_RDWR, 0))(t)
	junk := bytes.Repeat([]byte{0xa5}, 4096)
	size := must(f.Stat())(t).Size()
	for at := int64(2 * 4096); at < size; at += 4096 { // all but the pages that name the others
		must(f.WriteAt(junk, at))(t)
	}
	ok(t, f.Close())
	_, err := readAll(s)
	if _, damaged := errors.AsType[*Damaged](err); !damaged {
		t.Errorf("error %v, want Damaged", err)
	}
	if err := s.Mark("telegram:9"); err == nil {
		t.Error("a damaged file takes a mark")
	}
}
