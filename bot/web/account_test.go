package web

import (
	"strings"
	"testing"
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
