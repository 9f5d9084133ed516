package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/handlers/store"
)

// Engine checks that e, which is empty, behaves as an Engine should.
func Engine(t *testing.T, e store.Engine) {
	t.Helper()
	for _, test := range []struct {
		name string
		run  func(*testing.T, store.Engine)
	}{
		{"values", engineValues},
		{"all or nothing", engineAllOrNothing},
		{"own changes", engineOwnChanges},
		{"scan", engineScan},
		{"counter", engineCounter},
		{"once", engineOnce},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, e) })
	}
}

func put(t testing.TB, e store.Engine, bucket, key, value string) {
	t.Helper()
	ok(t, e.Update(func(tx store.Tx) error { return tx.Put(bucket, key, []byte(value)) }))
}

// get returns the value of a key, <none> without one.
func get(t testing.TB, e store.Engine, bucket, key string) (s string) {
	t.Helper()
	ok(t, e.View(func(tx store.Tx) error {
		v, err := tx.Get(bucket, key)
		if s = string(v); v == nil {
			s = "<none>"
		}
		return err
	}))
	return s
}

func engineValues(t *testing.T, e store.Engine) {
	if got := get(t, e, "v", "a"); got != "<none>" {
		t.Errorf("Get of a bucket never put into = %q", got)
	}
	ok(t, e.Update(func(tx store.Tx) error { return tx.Delete("never", "a") }))
	odd := string([]byte{0xff, 0, '%', '_', '\\'})
	for _, value := range []string{"one", "two", "", odd} {
		put(t, e, "v", "a", value)
		if got := get(t, e, "v", "a"); got != value {
			t.Errorf("Get = %q, want %q", got, value)
		}
	}
	put(t, e, "v", odd, "odd")
	put(t, e, "w", "a", "other bucket")
	if got := get(t, e, "v", odd); got != "odd" {
		t.Errorf("Get of an odd key = %q", got)
	}
	ok(t, e.Update(func(tx store.Tx) error { return tx.Delete("v", "a") }))
	if got, other := get(t, e, "v", "a"), get(t, e, "w", "a"); got != "<none>" || other != "other bucket" {
		t.Errorf("after Delete: %q, and %q in another bucket", got, other)
	}
}

func engineAllOrNothing(t *testing.T, e store.Engine) {
	put(t, e, "all", "a", "before")
	no := errors.New("no")
	err := e.Update(func(tx store.Tx) error {
		ok(t, tx.Put("all", "a", []byte("after")))
		ok(t, tx.Put("all", "b", []byte("new")))
		return no
	})
	if !errors.Is(err, no) {
		t.Errorf("Update = %v, want the error of its function", err)
	}
	if a, b := get(t, e, "all", "a"), get(t, e, "all", "b"); a != "before" || b != "<none>" {
		t.Errorf("after an Update that failed: %q, %q", a, b)
	}
	// Many at once may go to disk together: one that fails takes none with it.
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			err := e.Update(func(tx store.Tx) error {
				if err := tx.Put("many", fmt.Sprint(i), []byte{1}); err != nil || i%4 > 0 {
					return err
				}
				return no
			})
			if (i%4 == 0) != errors.Is(err, no) {
				t.Errorf("Update %d = %v", i, err)
			}
		})
	}
	wg.Wait()
	for i := range 40 {
		if got := get(t, e, "many", fmt.Sprint(i)); (got == "<none>") != (i%4 == 0) {
			t.Errorf("of Update %d there is %q", i, got)
		}
	}
}

func engineOwnChanges(t *testing.T, e store.Engine) {
	put(t, e, "own", "a", "1")
	put(t, e, "own", "c", "3")
	var keys []string
	ok(t, e.Update(func(tx store.Tx) error {
		keys = nil
		ok(t, tx.Put("own", "b", []byte("2")))
		ok(t, tx.Delete("own", "c"))
		if v, err := tx.Get("own", "b"); string(v) != "2" || err != nil {
			t.Errorf("Get of an own change = %q, %v", v, err)
		}
		return tx.Scan("own", "", "", func(k string, v []byte) error {
			keys = append(keys, k+"="+string(v))
			return nil
		})
	}))
	if want := []string{"a=1", "b=2"}; !slices.Equal(keys, want) {
		t.Errorf("Scan of own changes = %q, want %q", keys, want)
	}
}

func engineScan(t *testing.T, e store.Engine) {
	all := []string{"A", "a", "a%", "a%1", "a_", "a1", "b", "é", "中", "中文", "\xff", "\xff\xff"}
	for _, k := range all {
		put(t, e, "scan", k, k)
	}
	for i := range 2500 { // more than any engine reads at once
		put(t, e, "scan", fmt.Sprintf("n%04d", i), "x")
	}
	sorted := slices.Sorted(slices.Values(all))
	scan := func(prefix, after string, most int) []string {
		var keys []string
		ok(t, e.View(func(tx store.Tx) error {
			keys = nil
			return tx.Scan("scan", prefix, after, func(k string, v []byte) error {
				if len(keys) == most {
					return store.ErrStop
				}
				keys = append(keys, k)
				return nil
			})
		}))
		return keys
	}
	for _, test := range []struct {
		prefix, after string
		most          int
		want          []string
	}{
		{"a", "", 100, []string{"a", "a%", "a%1", "a1", "a_"}},
		{"a%", "", 100, []string{"a%", "a%1"}},
		{"a", "a%", 100, []string{"a%1", "a1", "a_"}},
		{"a", "A", 100, []string{"a", "a%", "a%1", "a1", "a_"}},
		{"a", "b", 100, nil},
		{"", "", 2, sorted[:2]},
		{"", "中", 100, []string{"中文", "\xff", "\xff\xff"}},
		{"\xff", "", 100, []string{"\xff", "\xff\xff"}},
		{"zz", "", 100, nil},
	} {
		if diff := cmp.Diff(test.want, scan(test.prefix, test.after, test.most)); diff != "" {
			t.Errorf("Scan(%q, %q) (-want +got):\n%s", test.prefix, test.after, diff)
		}
	}
	if got := scan("n", "", 5000); len(got) != 2500 || !slices.IsSorted(got) {
		t.Errorf("Scan of many gives %d, in order %v", len(got), slices.IsSorted(got))
	}
	no := errors.New("no")
	err := e.View(func(tx store.Tx) error {
		return tx.Scan("scan", "", "", func(string, []byte) error { return no })
	})
	if !errors.Is(err, no) {
		t.Errorf("Scan = %v, want the error of its function", err)
	}
}

// engineCounter has many count up one number: what an Update read still holds
// when its changes are kept.
func engineCounter(t *testing.T, e store.Engine) {
	const people, each = 8, 25
	var wg sync.WaitGroup
	for range people {
		wg.Go(func() {
			for range each {
				ok(t, e.Update(func(tx store.Tx) error {
					v, err := tx.Get("count", "n")
					if err != nil {
						return err
					}
					n, _ := strconv.Atoi(string(v))
					return tx.Put("count", "n", strconv.AppendInt(nil, int64(n)+1, 10))
				}))
			}
		})
	}
	wg.Wait()
	if got := get(t, e, "count", "n"); got != fmt.Sprint(people*each) {
		t.Errorf("counted to %s, want %d", got, people*each)
	}
}

// engineOnce has many claim one thing: one gets it.
func engineOnce(t *testing.T, e store.Engine) {
	for round := range 10 {
		var mu sync.Mutex
		won := 0
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				taken := false
				ok(t, e.Update(func(tx store.Tx) error {
					v, err := tx.Get("claim", fmt.Sprint(round))
					if taken = v != nil; taken || err != nil {
						return err
					}
					return tx.Put("claim", fmt.Sprint(round), []byte{byte(i)})
				}))
				if !taken {
					mu.Lock()
					defer mu.Unlock()
					won++
				}
			})
		}
		wg.Wait()
		if won != 1 {
			t.Errorf("%d have claimed one thing", won)
		}
	}
}
