package vector

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestCacheDamaged: whatever is damaged in a file, what stands before it is
// kept, and the rest is cut off.
func TestCacheDamaged(t *testing.T) {
	const n = 3 // records of two numbers each
	size := int64(recordSize(2))
	for name, c := range map[string]struct {
		damage func(b []byte) []byte
		whole  int64
	}{
		"nothing":                {func(b []byte) []byte { return b }, n},
		"half a head":            {func(b []byte) []byte { return append(b, 1, 2, 3) }, n},
		"a head alone":           {func(b []byte) []byte { return append(b, b[:headSize]...) }, n},
		"the last is cut short":  {func(b []byte) []byte { return b[:len(b)-1] }, n - 1},
		"a number of the second": {func(b []byte) []byte { b[int(size)+headSize] ^= 1; return b }, 1},
		"the sum of the first":   {func(b []byte) []byte { b[size-1] ^= 1; return b }, 0},
		"no numbers":             {func(b []byte) []byte { b[headSize-2] = 0; return b }, 0},
		"too many numbers":       {func(b []byte) []byte { b[headSize-1] = 0xff; return b }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "m.bin")
			a := opened(t, file)
			for i := range n {
				if err := a.put(fmt.Sprint(i), []float32{float32(i), 1}); err != nil {
					t.Fatal(err)
				}
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, c.damage(data), 0o600); err != nil {
				t.Fatal(err)
			}
			b := opened(t, file)
			for i := range n {
				if v := b.get(fmt.Sprint(i)); (v != nil) != (int64(i) < c.whole) {
					t.Errorf("record %d is %v, want the first %d", i, v, c.whole)
				}
			}
			if info, err := os.Stat(file); err != nil || info.Size() != c.whole*size {
				t.Errorf("the file has %d bytes, want %d records of %d", info.Size(), c.whole, size)
			}
		})
	}
}

func opened(t *testing.T, file string) *cache {
	t.Helper()
	c, err := openCache(file, "m")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.close() })
	return c
}

// TestCacheOverwritten: a record that is not that of its text any more is not
// given, and not looked for again.
func TestCacheOverwritten(t *testing.T) {
	for name, damage := range map[string]func(b []byte){
		"of another text":  func(b []byte) { b[0] ^= 1 },
		"of other numbers": func(b []byte) { b[headSize] ^= 1 },
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "m.bin")
			c := opened(t, file)
			if err := c.put("a", []float32{1, 2}); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			damage(data)
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if v := c.get("a"); v != nil || len(c.at) != 0 {
				t.Errorf("a is %v, and %d records are known, want none", v, len(c.at))
			}
		})
	}
}

// TestCacheCleared: a file that is begun anew is empty, and takes what comes.
func TestCacheCleared(t *testing.T) {
	file := filepath.Join(t.TempDir(), "m.bin")
	c := opened(t, file)
	for _, v := range [][]float32{{1, 2}, {1, 2, 3}} {
		if err := c.put("a", v); err != nil {
			t.Fatal(err)
		}
		if got := c.get("a"); len(got) != len(v) {
			t.Errorf("a is %v, want %v", got, v)
		}
		if err := c.clear(); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(file); err != nil || info.Size() != 0 || len(c.at) != 0 {
			t.Errorf("%d bytes and %d records are left", info.Size(), len(c.at))
		}
	}
}

// TestCacheTwice: a text is kept once.
func TestCacheTwice(t *testing.T) {
	file := filepath.Join(t.TempDir(), "m.bin")
	c := opened(t, file)
	for range 3 {
		if err := c.put("a", []float32{1}); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Size() != int64(recordSize(1)) {
		t.Errorf("%d bytes, want one record", info.Size())
	}
}

// TestCacheNone: without a file nothing is kept, and nothing fails.
func TestCacheNone(t *testing.T) {
	c, err := openCache("", "m")
	if c != nil || err != nil {
		t.Fatalf("openCache = %v, %v, want none", c, err)
	}
	if v := c.get("a"); v != nil || c.put("a", []float32{1}) != nil || c.clear() != nil || c.close() != nil {
		t.Errorf("a cache that is none gives %v", v)
	}
}
