package guard

import (
	"math"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A Rate limits what each address asks for. A page costs [Page], what is
// cheaper or dearer less or more. It is safe for concurrent use.
type Rate struct {
	perSecond float64 // pages
	burst     int     // pages
	now       func() time.Time

	mu    sync.Mutex
	by    map[netip.Prefix]*bucket
	swept time.Time
}

type bucket struct {
	*rate.Limiter
	used time.Time
}

// Costs, in tenths of a page.
const (
	File  = 1  // a static file, from memory
	Page  = 10 // a page or an answer
	Sheet = 50 // a spreadsheet
)

// maxBuckets bounds the memory: beyond it those are forgotten that have been
// full again longest.
const maxBuckets = 50000

// NewRate returns a Rate of so many pages a second from each address, and
// burst pages at once after a rest. A nil clock is time.Now.
func NewRate(perSecond float64, burst int, clock func() time.Time) *Rate {
	if clock == nil {
		clock = time.Now
	}
	return &Rate{perSecond: perSecond, burst: burst, now: clock, by: make(map[netip.Prefix]*bucket)}
}

// Allow reports whether a may have something of that cost now; if not, wait is
// how long until it may, in whole seconds of at least one.
func (r *Rate) Allow(a netip.Addr, cost int) (ok bool, wait int) {
	now := r.now()
	l := r.bucket(network(a), now)
	if l.AllowN(now, cost) {
		return true, 0
	}
	missing := float64(cost) - l.TokensAt(now)
	return false, max(1, int(math.Ceil(missing/float64(l.Limit()))))
}

// network returns what counts as one address: a host of IPv4, a /64 of IPv6, which
// is what one customer has at least.
func network(a netip.Addr) netip.Prefix {
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // no address at all: all of those together
	}
	return p
}

func (r *Rate) bucket(p netip.Prefix, now time.Time) *rate.Limiter {
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.by[p]
	if b == nil {
		if len(r.by) >= maxBuckets || now.Sub(r.swept) > time.Minute {
			r.sweep(now)
		}
		b = &bucket{Limiter: rate.NewLimiter(rate.Limit(r.perSecond*Page), r.burst*Page)}
		r.by[p] = b
	}
	b.used = now
	return b.Limiter
}

// sweep forgets the addresses whose buckets are full again: they are as good
// as new. If that is not enough, all are.
func (r *Rate) sweep(now time.Time) {
	r.swept = now
	full := time.Duration(float64(r.burst) / r.perSecond * float64(time.Second))
	for p, b := range r.by {
		if now.Sub(b.used) > full {
			delete(r.by, p)
		}
	}
	if len(r.by) >= maxBuckets {
		clear(r.by)
	}
}
