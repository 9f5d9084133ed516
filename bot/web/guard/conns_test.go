package guard

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A fakeConn is from an address and knows whether it is closed.
type fakeConn struct {
	net.Conn
	from   string
	closed bool
}

func (c *fakeConn) Close() error { c.closed = true; return nil }
func (c *fakeConn) RemoteAddr() net.Addr {
	a, _ := net.ResolveTCPAddr("tcp", c.from+":1234")
	return a
}

// open opens a connection.
func open(c *Conns, from string) *fakeConn {
	x := &fakeConn{from: from}
	c.State(x, http.StateNew)
	return x
}

// closed has an x for each that is closed.
func closed(all ...*fakeConn) string {
	s := ""
	for _, x := range all {
		s += map[bool]string{true: "x", false: "-"}[x.closed]
	}
	return s
}

// serve has a request of x in hand during that time.
func serve(c *Conns, x net.Conn, during func()) {
	h := c.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { during() }))
	r := httptest.NewRequest("GET", "/", nil)
	h.ServeHTTP(httptest.NewRecorder(), r.WithContext(c.Context(context.Background(), x)))
}

// TestConns: over a bound the connection is closed that has been without a
// request longest, and never one with a request in hand.
func TestConns(t *testing.T) {
	proxies, err := ParseProxies([]string{"127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	want := func(name, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	c := NewConns(3, 2, proxies)
	a, b, d := open(c, "10.0.0.1"), open(c, "10.0.0.1"), open(c, "10.0.0.2")
	want("up to the bounds", closed(a, b, d), "---")
	e := open(c, "10.0.0.1")
	want("a third of one address", closed(a, b, d, e), "x---")
	f := open(c, "10.0.0.3")
	want("a fourth in all", closed(a, b, d, e, f), "xx---")
	if n := connections(c); n != 3 {
		t.Errorf("%d are open, want 3", n)
	}
	c.State(d, http.StateClosed)
	g := open(c, "10.0.0.4")
	want("in the place of one that ended", closed(d, e, f, g), "----")

	// With a request in hand a connection stays.
	var h *fakeConn
	serve(c, e, func() {
		h = open(c, "10.0.0.5")
		want("the oldest is busy", closed(e, f, g, h), "-x--")
	})
	i := open(c, "10.0.0.6")
	want("once it rests it waits anew", closed(e, g, h, i), "-x--")

	// A proxy's address has no bound of its own.
	c = NewConns(10, 1, proxies)
	p, q := open(c, "127.0.0.1"), open(c, "127.0.0.1")
	want("two of a proxy", closed(p, q), "--")

	serve(c, p, func() {
		c.Shut()
		want("the end", closed(p, q), "-x")
	})
	want("a new one after the end", closed(open(c, "10.0.0.9")), "x")
}

// TestConnsOfOneAddress: an address has its own bound, in which a connection
// with a request in hand does not count, and is forgotten with its last one.
func TestConnsOfOneAddress(t *testing.T) {
	c := NewConns(100, 2, nil)
	a, b := open(c, "10.0.0.1"), open(c, "10.0.0.1")
	other := open(c, "10.0.0.2")
	var d *fakeConn
	serve(c, a, func() {
		d = open(c, "10.0.0.1")
		if got := closed(a, b, d, other); got != "----" {
			t.Errorf("one of three is busy: %s", got)
		}
		serve(c, a, func() {}) // a second request on the same connection
		open(c, "10.0.0.1")
		if got := closed(a, b, d, other); got != "-x--" {
			t.Errorf("one of four is busy: %s, want the first that rests closed", got)
		}
	})
	d.closed = false
	e := open(c, "10.0.0.1") // in front of it: a, which rests again, is the last but this one
	if got := closed(a, e, other); got != "---" || !d.closed {
		t.Errorf("after its request: %s, want the ones closed that rest longer", got)
	}
	open(c, "10.0.0.1")
	open(c, "10.0.0.1")
	if !a.closed {
		t.Error("a connection is never closed once it had a request")
	}
	c.State(&fakeConn{from: "10.0.0.9"}, http.StateClosed) // one that was not counted
	for x := range c.open {
		c.State(x, http.StateClosed)
	}
	if len(c.open) != 0 || len(c.by) != 0 || c.all.Len() != 0 {
		t.Errorf("%d connections, %d addresses, %d resting are remembered after the last has ended", len(c.open), len(c.by), c.all.Len())
	}
}

// connections returns how many are open.
func connections(c *Conns) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.open)
}
