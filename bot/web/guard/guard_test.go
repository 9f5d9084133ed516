package guard

import (
	"crypto/tls"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestParseProxies(t *testing.T) {
	p, err := ParseProxies([]string{"127.0.0.1", "10.0.0.0/8", "::1", "2001:db8::/32"})
	if err != nil {
		t.Fatal(err)
	}
	for a, want := range map[string]bool{"127.0.0.1": true, "127.0.0.2": false, "10.9.8.7": true, "11.0.0.1": false, "::1": true, "::ffff:127.0.0.1": true, "2001:db8:1::2": true, "2001:db9::1": false} {
		if p.Trusts(netip.MustParseAddr(a)) != want {
			t.Errorf("Trusts(%s) = %v", a, !want)
		}
	}
	for _, bad := range []string{"", "proxy", "10.0.0.0/33", "300.1.1.1"} {
		if p, err := ParseProxies([]string{bad}); err == nil || p != nil {
			t.Errorf("ParseProxies(%q) = %v, %v", bad, p, err)
		}
	}
}

// TestClient: X-Forwarded-For counts as far as trusted proxies have written it.
func TestClient(t *testing.T) {
	p, err := ParseProxies([]string{"127.0.0.1", "10.0.0.0/8"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, remote, forwarded, want string }{
		{"no proxy", "192.0.2.1:5", "", "192.0.2.1"}, {"forged without a proxy", "192.0.2.1:5", "1.1.1.1", "192.0.2.1"},
		{"one proxy", "127.0.0.1:5", "192.0.2.1", "192.0.2.1"}, {"two", "127.0.0.1:5", "192.0.2.1, 10.0.0.7", "192.0.2.1"},
		{"forged before a proxy", "127.0.0.1:5", "1.1.1.1, 192.0.2.1", "192.0.2.1"}, {"garbage", "127.0.0.1:5", "x", "127.0.0.1"}, {"garbage at the end", "127.0.0.1:5", "1.1.1.1, x", "127.0.0.1"},
		{"nothing", "127.0.0.1:5", "", "127.0.0.1"}, {"all proxies", "127.0.0.1:5", "10.1.1.1, 10.1.1.2", "10.1.1.1"}, {"with port", "127.0.0.1:5", "192.0.2.1:4711", "192.0.2.1"},
		{"IPv6", "127.0.0.1:5", "[2001:db8::1]:443", "2001:db8::1"}, {"bare IPv6", "127.0.0.1:5", "2001:db8::1", "2001:db8::1"}, {"mapped", "[::ffff:192.0.2.9]:5", "", "192.0.2.9"},
		{"no address", "@", "", "invalid IP"},
		{"behind as many proxies as are looked at", "127.0.0.1:5", "192.0.2.1" + strings.Repeat(", 10.0.0.7", maxForwarded-1), "192.0.2.1"},
		{"behind more", "127.0.0.1:5", "192.0.2.1" + strings.Repeat(", 10.0.0.7", maxForwarded), "10.0.0.7"},
	} {
		r := &http.Request{RemoteAddr: tt.remote, Header: http.Header{}}
		if tt.forwarded != "" {
			r.Header.Set("X-Forwarded-For", tt.forwarded)
		}
		if got := p.Client(r).String(); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestHTTPS: whether a person's connection is encrypted is what the connection
// says, or a trusted proxy.
func TestHTTPS(t *testing.T) {
	p, err := ParseProxies([]string{"127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, remote, proto string
		tls                 *tls.ConnectionState
		want                bool
	}{
		{"plain", "192.0.2.1:5", "", nil, false}, {"encrypted", "192.0.2.1:5", "", &tls.ConnectionState{}, true},
		{"a proxy's word", "127.0.0.1:5", " HTTPS ", nil, true}, {"a proxy that says no", "127.0.0.1:5", "http", nil, false},
		{"a proxy that says nothing", "127.0.0.1:5", "", nil, false}, {"anybody's word", "192.0.2.1:5", "https", nil, false},
		{"nobody's word", "@", "https", nil, false},
	} {
		r := &http.Request{RemoteAddr: tt.remote, TLS: tt.tls, Header: http.Header{"X-Forwarded-Proto": {tt.proto}}}
		if got := p.HTTPS(r); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestHeaders: no answer loads or tells what it need not, and only origins that
// are named may show one in a frame.
func TestHeaders(t *testing.T) {
	for _, tt := range []struct {
		name             string
		frames           []string
		ancestors, frame string
	}{
		{"in no frame", nil, "frame-ancestors 'none'", "DENY"},
		{"in some", []string{"https://a.example", "https://b.example"}, "frame-ancestors https://a.example https://b.example", ""},
	} {
		h := http.Header{}
		Headers(h, tt.frames)
		if got := h.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'; ") || !strings.HasSuffix(got, "; "+tt.ancestors) {
			t.Errorf("%s: policy %q, want it to end with %q", tt.name, got, tt.ancestors)
		}
		for key, want := range map[string]string{"X-Frame-Options": tt.frame, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"} {
			if got := h.Get(key); got != want {
				t.Errorf("%s: %s is %q, want %q", tt.name, key, got, want)
			}
		}
		if got := h.Get("Permissions-Policy"); !strings.Contains(got, "camera=()") || !strings.Contains(got, "microphone=()") {
			t.Errorf("%s: Permissions-Policy is %q", tt.name, got)
		}
	}
}

func TestRate(t *testing.T) {
	now := time.Unix(1e9, 0)
	r := NewRate(2, 4, func() time.Time { return now })
	a, b := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	for i := range 4 {
		if ok, _ := r.Allow(a, Page); !ok {
			t.Fatalf("page %d of a burst of 4 is refused", i+1)
		}
	}
	if ok, wait := r.Allow(b, Page); !ok || wait != 0 {
		t.Errorf("another address: %v, wait %d", ok, wait)
	}
	if ok, wait := r.Allow(a, Page); ok || wait != 1 {
		t.Errorf("the fifth: %v, wait %d", ok, wait)
	}
	if ok, wait := r.Allow(a, Sheet); ok || wait != 3 {
		t.Errorf("a spreadsheet: %v, wait %d", ok, wait)
	}
	if ok, wait := r.Allow(b, Sheet); ok || wait != 1 { // three pages are left of it, and half a second brings a page
		t.Errorf("a spreadsheet of another address: %v, wait %d", ok, wait)
	}
	now = now.Add(500 * time.Millisecond)
	if ok, _ := r.Allow(a, Page); !ok {
		t.Error("half a second later it is still refused")
	}
	// A /64 of IPv6 is one address.
	for range 4 {
		r.Allow(netip.MustParseAddr("2001:db8::1"), Page)
	}
	if ok, _ := r.Allow(netip.MustParseAddr("2001:db8::8000:0:0:2"), Page); ok {
		t.Error("a neighbour in the same /64 is another address")
	}
	if ok, _ := r.Allow(netip.MustParseAddr("2001:db8:0:1::1"), Page); !ok {
		t.Error("another /64 is held up")
	}
}

// TestRateForgets: addresses that have rested are forgotten, and there is an
// end to memory.
func TestRateForgets(t *testing.T) {
	now := time.Unix(1e9, 0)
	r := NewRate(1, 2, func() time.Time { return now })
	at := netip.MustParseAddr("10.0.0.0")
	for range maxBuckets + 10 {
		r.Allow(at, Page)
		at = at.Next()
		if n := len(r.by); n > maxBuckets {
			t.Fatalf("%d addresses are remembered", n)
		}
	}
	now = now.Add(2 * time.Minute)
	r.Allow(at, Page)
	if n := len(r.by); n != 1 {
		t.Errorf("%d addresses after two minutes", n)
	}
}
