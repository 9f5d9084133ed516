package wechat

import (
	"bytes"
	"strings"
	"testing"
)

// The account of WeChat's own test vector.
func vectorCrypt(t testing.TB) *Crypt {
	t.Helper()
	c, err := NewCrypt("AAAAA", strings.Repeat("A", keyLength), "wxba5fad812f8e6fb9")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestVector(t *testing.T) {
	const (
		message   = `{"demo_resp":"good luck"}`
		encrypted = "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
		signature = "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"
	)
	c := vectorCrypt(t)
	got, err := c.seal([nonceSize]byte([]byte("707722b803182950")), []byte(message))
	if err != nil || got != encrypted {
		t.Errorf("seal = %q, %v, want %q", got, err, encrypted)
	}
	if got := c.Sign("1713424427", "415670741", encrypted); got != signature {
		t.Errorf("Sign = %q, want %q", got, signature)
	}
	if !c.Verify(signature, "415670741", encrypted, "1713424427") {
		t.Error("Verify refuses the right signature")
	}
	if c.Verify(signature, "415670742", encrypted, "1713424427") {
		t.Error("Verify takes a signature over another nonce")
	}
	plain, err := c.Open(encrypted)
	if err != nil || string(plain) != message {
		t.Errorf("Open = %q, %v, want %q", plain, err, message)
	}
}

func TestOpenRefuses(t *testing.T) {
	c := vectorCrypt(t)
	other, err := NewCrypt("AAAAA", strings.Repeat("A", keyLength), "wx0000000000000000")
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := other.Seal([]byte("<xml/>"))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := c.Seal([]byte("<xml/>"))
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]string{
		"empty":             "",
		"no base64":         "!!!",
		"cut in a block":    "AAAA",
		"another's app id":  foreign,
		"cut after a block": whole[:len(whole)-24],
		"zeroes":            strings.Repeat("A", 64),
	} {
		if got, err := c.Open(in); err == nil || got != nil {
			t.Errorf("%s: Open = %q, %v, want an error", name, got, err)
		}
	}
}

func TestNewCryptRefuses(t *testing.T) {
	for name, a := range map[string][3]string{
		"no token":  {"", strings.Repeat("A", keyLength), "wx1"},
		"short key": {"t", "AAAA", "wx1"},
		"odd key":   {"t", strings.Repeat("!", keyLength), "wx1"},
		"no app id": {"t", strings.Repeat("A", keyLength), ""},
	} {
		if _, err := NewCrypt(a[0], a[1], a[2]); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzOpen(f *testing.F) {
	c := vectorCrypt(f)
	for _, m := range []string{"", "<xml/>", strings.Repeat("津", 700)} {
		s, err := c.Seal([]byte(m))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(s, []byte(m))
	}
	f.Fuzz(func(t *testing.T, encrypted string, message []byte) {
		if got, err := c.Open(encrypted); err != nil && got != nil {
			t.Errorf("Open(%q) gives %q beside an error", encrypted, got)
		}
		s, err := c.Seal(message)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.Open(s); err != nil || !bytes.Equal(got, message) {
			t.Errorf("Open(Seal(%q)) = %q, %v", message, got, err)
		}
	})
}
