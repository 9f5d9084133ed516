package store_test

import (
	"path/filepath"
	"testing"

	"jinwen/handlers/store"
	"jinwen/handlers/store/storetest"
)

func TestMemory(t *testing.T) {
	c := storetest.NewClock()
	storetest.State(t, store.NewMemory(c.Now), c)
	storetest.Engine(t, store.NewMemory(nil).Engine())
}

func TestBolt(t *testing.T) {
	c := storetest.NewClock()
	b, err := store.Open(filepath.Join(t.TempDir(), "state.db"), c.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	storetest.State(t, b.State, c)
	storetest.Engine(t, b.Engine())
}
