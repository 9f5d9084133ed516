package web

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/crypto/argon2"
)

func TestPassword(t *testing.T) {
	const password = "河边的灯笼与一只猫头鹰飞过桥"
	h, err := HashPassword(password)
	if err != nil || !strings.HasPrefix(h, "$argon2id$v=19$m=65536,t=3,p=4$") {
		t.Fatal(h, err)
	}
	other, err := HashPassword(password)
	if err != nil || other == h {
		t.Errorf("two hashes of one password: %v", err)
	}
	if !matches(h, password) || matches(h, password+"x") || matches(h, "") || matches("", password) {
		t.Error("a hash takes what it should not, or not what it should")
	}
	for _, bad := range []string{"", "elf chars 1", strings.Repeat("x", 2000)} {
		if _, err := HashPassword(bad); err == nil {
			t.Errorf("HashPassword(%.20q) is fine", bad)
		}
	}
	a, err := ParseAccount("ann:" + h)
	if err != nil || a.Name != "ann" || !matches(a.hash, password) {
		t.Error(a.Name, err)
	}
	for _, bad := range []string{"", "ann", ":" + h, "ann:", "a b:" + h, "ann:" + strings.Replace(h, "argon2id", "argon2i", 1), "ann:" + strings.Replace(h, "v=19", "v=16", 1),
		"ann:" + strings.Replace(h, "m=65536", "m=99999999", 1), "ann:" + strings.Replace(h, "t=3", "t=0", 1), "ann:" + h[:len(h)-40], "ann:" + h + "$x", strings.Repeat("n", 41) + ":" + h} {
		if a, err := ParseAccount(bad); err == nil || a != (Account{}) {
			t.Errorf("ParseAccount(%q) = %v, %v", bad, a, err)
		}
	}
}

// TestAccountBounds: the shortest and longest name and password, and what else a
// name may have in it.
func TestAccountBounds(t *testing.T) {
	quick := "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"
	for name, want := range map[string]bool{
		"a": true, "az": true, "AZ": true, "09": true, "._-": true, strings.Repeat("n", 40): true, strings.Repeat("n", 41): false,
		"a`": false, "a{": false, "a@": false, "a[": false, "a/": false, "a;": false, "天津": false, "": false,
	} {
		if _, err := ParseAccount(name + ":" + quick); (err == nil) != want {
			t.Errorf("a name of %.20q: %v", name, err)
		}
	}
	for password, want := range map[string]bool{strings.Repeat("津", MinPassword): true, strings.Repeat("津", MinPassword-1): false, strings.Repeat("x", maxPassword): true, strings.Repeat("x", maxPassword+1): false} {
		h, err := HashPassword(password)
		if (err == nil) != want {
			t.Errorf("a password of %d: %v", len(password), err)
		}
		if !want {
			continue
		}
		if p, err := parseHash(h); err != nil || len(p.salt) != 16 || len(p.key) != 32 {
			t.Errorf("a salt of %d, a key of %d, %v", len(p.salt), len(p.key), err)
		}
	}
	key := argon2.IDKey([]byte(strings.Repeat("x", maxPassword+1)), []byte("saltsalt"), 1, 8, 1, 16)
	b64 := base64.RawStdEncoding.EncodeToString
	if matches("$argon2id$v=19$m=8,t=1,p=1$"+b64([]byte("saltsalt"))+"$"+b64(key), strings.Repeat("x", maxPassword+1)) {
		t.Error("a password beyond the longest is taken")
	}
}

// TestParseHash: the least and the most that a hash may ask for.
func TestParseHash(t *testing.T) {
	b := func(n int) string { return base64.RawStdEncoding.EncodeToString(make([]byte, n)) }
	hash := func(memory, time, lanes, salt, key int) string {
		return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", memory, time, lanes, b(salt), b(key))
	}
	for h, want := range map[string]bool{
		hash(64, 1, 8, 8, 16): true, hash(63, 1, 8, 8, 16): false, hash(8, 1, 1, 8, 16): true, hash(7, 1, 1, 8, 16): false,
		hash(64, 0, 8, 8, 16): false, hash(64, 1, 0, 8, 16): false, hash(64, 1, 8, 7, 16): false, hash(64, 1, 8, 8, 15): false,
		hash(64, 1, 8, 8, 64): true, hash(64, 1, 8, 8, 65): false,
		hash(maxMemory, maxTime, 8, 8, 16): true, hash(maxMemory+1, maxTime, 8, 8, 16): false, hash(maxMemory, maxTime+1, 8, 8, 16): false,
		"x" + hash(64, 1, 8, 8, 16): false, strings.Replace(hash(64, 1, 8, 8, 16), "argon2id", "argon2d", 1): false,
		strings.Replace(hash(64, 1, 8, 8, 16), "v=19", "v=18", 1): false, strings.Replace(hash(64, 1, 8, 8, 16), ",p=8", "", 1): false, hash(64, 1, 8, 8, 16) + "!": false,
	} {
		if _, err := parseHash(h); (err == nil) != want {
			t.Errorf("parseHash(%s) = %v", h, err)
		}
	}
}
