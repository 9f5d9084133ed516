package store_test

import (
	"errors"
	"fmt"
	"testing"

	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/store"
)

// brittle is an engine that fails after so many updates.
type brittle struct {
	store.Engine
	left int
}

func (b *brittle) Update(f func(store.Tx) error) error {
	if b.left--; b.left < 0 {
		return store.ErrAway
	}
	return b.Engine.Update(f)
}

// What is broken off while it is copied is made whole by the next try, of the
// same file and of no other; then there is no room for anything.
func TestCopy(t *testing.T) {
	from := store.NewMemory(nil)
	const people = 2500
	for i := range people {
		if err := from.SaveSettings(fmt.Sprint("telegram:", i), handlers.Settings{Lang: chat.Hant}); err != nil {
			t.Fatal(err)
		}
	}
	to := store.NewMemory(nil)
	vacant := func(name string, want bool) {
		t.Helper()
		if is, err := store.Vacant(to.Engine(), name); is != want || err != nil {
			t.Errorf("vacant for %s: %v, %v; want %v", name, is, err, want)
		}
	}
	vacant("a", true)
	for left := range 5 { // the beginning, three parts, the end
		if _, err := store.Copy(&brittle{to.Engine(), left}, from.Engine(), "a"); !errors.Is(err, store.ErrAway) {
			t.Errorf("Copy = %v, want ErrAway", err)
		}
		vacant("a", true)
		vacant("b", left == 0)
	}
	if n, err := store.Copy(to.Engine(), from.Engine(), "a"); n != people || err != nil {
		t.Errorf("Copy = %d, %v; want %d", n, err, people)
	}
	vacant("a", false)
	vacant("b", false)
	for _, name := range []string{"a", "b"} {
		if n, err := store.Copy(to.Engine(), from.Engine(), name); n != 0 || !errors.Is(err, store.ErrTaken) {
			t.Errorf("Copy of %s once more = %d, %v; want ErrTaken", name, n, err)
		}
	}
	if set, err := to.Settings(fmt.Sprint("telegram:", people-1)); set.Lang != chat.Hant || err != nil {
		t.Errorf("Settings = %v, %v", set, err)
	}
}
