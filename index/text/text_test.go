package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// load loads gojieba, once for all tests.
func load(t testing.TB) *Cutter {
	t.Helper()
	c, err := NewCutter("", nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestTokenOffsets: every token is the input between its offsets, and
// positions never go back.
func TestTokenOffsets(t *testing.T) {
	load(t)
	for _, input := range []string{"", "地区生产总值增长4.5%左右，pm2.5", "改造燃气管网623公里", "a", "港", "“津治通”", "1.4万套(间)"} {
		checkTokens(t, input)
	}
}

func checkTokens(t *testing.T, input string) {
	t.Helper()
	at := 0
	for _, x := range (wordTokenizer{}).Tokenize([]byte(input)) {
		if x.Start < 0 || x.End > len(input) || input[x.Start:x.End] != string(x.Term) {
			t.Fatalf("token %q at [%d:%d] of %q", x.Term, x.Start, x.End, input)
		}
		if x.Position < at {
			t.Fatalf("position %d after %d in %q", x.Position, at, input)
		}
		at = x.Position
	}
}

func FuzzTokenOffsets(f *testing.F) {
	for _, s := range []string{"地区生产总值增长4.5%左右", "\x00", "\xff港", "👍港口", "1+10", strings.Repeat("港", 300)} {
		f.Add(s)
	}
	load(f)
	f.Fuzz(func(t *testing.T, s string) { checkTokens(t, s) })
}

func TestFindDict(t *testing.T) {
	full := t.TempDir()
	for _, f := range dictFiles {
		if err := os.WriteFile(filepath.Join(full, f), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := FindDict(full); err != nil || got != full {
		t.Errorf("FindDict(full) = %q, %v, want %q", got, err, full)
	}
	t.Setenv(DictEnv, full)
	if got, err := FindDict(""); err != nil || got != full {
		t.Errorf("FindDict by environment = %q, %v, want %q", got, err, full)
	}
	if err := os.Remove(filepath.Join(full, dictFiles[1])); err != nil {
		t.Fatal(err)
	}
	_, err := FindDict("")
	if err == nil {
		t.Fatal("FindDict with a file missing: no error")
	}
	for _, want := range []string{full, dictFiles[1], DictEnv, "dict_dir"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("FindDict error %q lacks %q", err, want)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("FindDict error has more than one line: %q", err)
	}
}
