package guard

import (
	"container/list"
	"context"
	"net"
	"net/http"
	"net/netip"
	"sync"
)

// Conns bounds the open connections of a server, all together and of one
// address. A connection over the bound is not turned away: the one that has
// been waiting longest without a request in hand is closed for it, so that
// connections which say nothing cannot keep those out that do. Behind a trusted
// proxy an address's bound does not count.
type Conns struct {
	max, each int
	proxies   Proxies

	mu   sync.Mutex
	all  *list.List // of *conn without a request in hand, longest waiting first
	open map[net.Conn]*conn
	by   map[netip.Prefix]*list.List
	// Shut is set once the server stops: what has no request in hand is closed.
	shut bool
}

type conn struct {
	net.Conn
	from     netip.Prefix
	busy     int           // requests in hand
	all, own *list.Element // nil while busy
}

// NewConns returns the bounds: max connections in all, each from one address.
func NewConns(max, each int, proxies Proxies) *Conns {
	return &Conns{max: max, each: each, proxies: proxies, all: list.New(), open: make(map[net.Conn]*conn), by: make(map[netip.Prefix]*list.List)}
}

type connKey struct{}

// Context is for http.Server.ConnContext.
func (c *Conns) Context(ctx context.Context, nc net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, nc)
}

// State is for http.Server.ConnState.
func (c *Conns) State(nc net.Conn, s http.ConnState) {
	switch s {
	case http.StateNew:
		c.add(nc)
	case http.StateClosed, http.StateHijacked:
		c.mu.Lock()
		if x := c.open[nc]; x != nil {
			c.drop(x)
			delete(c.open, nc)
		}
		c.mu.Unlock()
	}
}

func (c *Conns) add(nc net.Conn) {
	x := &conn{Conn: nc}
	if ap, err := netip.ParseAddrPort(nc.RemoteAddr().String()); err == nil && !c.proxies.Trusts(ap.Addr()) {
		x.from = network(ap.Addr().Unmap().WithZone(""))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shut {
		nc.Close()
		return
	}
	c.open[nc] = x
	c.rest(x)
	if own := c.by[x.from]; x.from.IsValid() && own.Len() > c.each {
		c.evict(own.Front().Value.(*conn))
	}
	if len(c.open) > c.max {
		c.evict(c.all.Front().Value.(*conn))
	}
}

// rest puts x at the end of those without a request in hand.
func (c *Conns) rest(x *conn) {
	x.all = c.all.PushBack(x)
	if !x.from.IsValid() {
		return
	}
	own := c.by[x.from]
	if own == nil {
		own = list.New()
		c.by[x.from] = own
	}
	x.own = own.PushBack(x)
}

// drop takes x from those without a request in hand.
func (c *Conns) drop(x *conn) {
	if x.all != nil {
		c.all.Remove(x.all)
	}
	if own := c.by[x.from]; x.own != nil {
		own.Remove(x.own)
		if own.Len() == 0 {
			delete(c.by, x.from)
		}
	}
	x.all, x.own = nil, nil
}

func (c *Conns) evict(x *conn) {
	c.drop(x)
	delete(c.open, x.Conn)
	x.Conn.Close()
}

// Handler marks a connection as busy while next has a request of it in hand.
func (c *Conns) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		nc, _ := r.Context().Value(connKey{}).(net.Conn)
		c.hold(nc, 1)
		defer c.hold(nc, -1)
		next.ServeHTTP(w, r)
	})
}

func (c *Conns) hold(nc net.Conn, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	x := c.open[nc]
	if x == nil {
		return
	}
	if x.busy == 0 {
		c.drop(x)
	}
	if x.busy += n; x.busy == 0 {
		c.rest(x)
	}
}

// Shut closes the connections without a request in hand, now and from now on.
func (c *Conns) Shut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shut = true
	for e := c.all.Front(); e != nil; e = c.all.Front() {
		c.evict(e.Value.(*conn))
	}
}
