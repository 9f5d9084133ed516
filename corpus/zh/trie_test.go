package zh

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestTrie(t *testing.T) {
	of := map[string]int{"大学": 1, "大学生": 2, "大": 3, "gdp": 4, "学位": 5, "𠮷": 6}
	// A node with more children than are searched one by one.
	for i, c := range []rune("一丁七万丈三上下不与") {
		of["天"+string(c)] = 10 + i
	}
	tr := NewTrie(of)
	for key, value := range of {
		if v, n := tr.Longest([]rune(key)); v != value || n != len([]rune(key)) {
			t.Errorf("longest(%q) = %d, %d, want %d and all of it", key, v, n, value)
		}
	}
	for _, c := range []struct {
		text    string
		value   int
		longest int
	}{
		{"大学生就业", 2, 3},
		{"大学位置", 1, 2},
		{"大厂", 3, 1},
		{"学", 0, 0},
		{"学位", 5, 2},
		{"天与", 19, 2},
		{"天一", 10, 2},
		{"天天", 0, 0},
		{"𠮷", 6, 1},
		{"", 0, 0},
	} {
		s := []rune(c.text)
		if v, n := tr.Longest(s); v != c.value || n != c.longest {
			t.Errorf("longest(%q) = %d, %d, want %d, %d", c.text, v, n, c.value, c.longest)
		}
	}
	if v, n := tr.Match([]rune("大学生"), func(n int) bool { return n < 3 }); v != 1 || n != 2 {
		t.Errorf("match with a limit = %d, %d, want 1, 2", v, n)
	}
	if _, n := NewTrie(map[string]bool{}).Longest([]rune("大")); n != 0 {
		t.Errorf("an empty trie has a key of %d characters", n)
	}
}

// FuzzTrie: longest finds what a search through all keys finds.
func FuzzTrie(f *testing.F) {
	f.Add("大学 大学生 大", "大学生")
	f.Add("a ab abc", "abd")
	f.Fuzz(func(t *testing.T, list, text string) {
		text = strings.ToValidUTF8(text, "x")
		of := make(map[string]bool)
		want := 0
		for _, k := range strings.Fields(strings.ToValidUTF8(list, "x")) {
			of[k] = true
			if n := len([]rune(k)); strings.HasPrefix(text, k) {
				want = max(want, n)
			}
		}
		tr := NewTrie(of)
		if _, n := tr.Longest([]rune(text)); n != want {
			t.Errorf("longest of %q in %q has %d characters, want %d", slices.Sorted(maps.Keys(of)), text, n, want)
		}
	})
}
