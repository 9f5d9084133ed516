// Package guard keeps a server of web pages answering whatever comes in: how
// often one address may ask, how many connections may be open, what answers
// carry so that browsers keep them apart from other sites, and who a request
// behind a proxy is from. It knows no page.
package guard

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// Proxies are the addresses whose word on where a request comes from counts.
type Proxies []netip.Prefix

// ParseProxies reads addresses and networks: 127.0.0.1, 10.0.0.0/8, ::1.
func ParseProxies(list []string) (Proxies, error) {
	var out Proxies
	for _, s := range list {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			a, err := netip.ParseAddr(s)
			if err != nil {
				return nil, fmt.Errorf("%q is neither an address nor a network: want one such as 127.0.0.1 or 10.0.0.0/8", s)
			}
			p = netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen())
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// Trusts reports whether a is one of p.
func (p Proxies) Trusts(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	for _, x := range p {
		if x.Contains(a) {
			return true
		}
	}
	return false
}

// maxForwarded is how many entries of X-Forwarded-For are looked at.
const maxForwarded = 20

// Client returns the address that r is from. What X-Forwarded-For says counts
// only as far as trusted proxies have written it: it is read from its end, and
// the first address that is no trusted proxy is the client's.
func (p Proxies) Client(r *http.Request) netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	client := ap.Addr().Unmap().WithZone("")
	if !p.Trusts(client) {
		return client
	}
	list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i, n := len(list)-1, 0; i >= 0 && n < maxForwarded; i, n = i-1, n+1 {
		a, err := parseForwarded(strings.TrimSpace(list[i]))
		if err != nil {
			return client
		}
		if client = a; !p.Trusts(a) {
			return a
		}
	}
	return client
}

// parseForwarded reads an entry, which some proxies write with a port.
func parseForwarded(s string) (netip.Addr, error) {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone(""), nil
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return a.Unmap().WithZone(""), err
}

// HTTPS reports whether the person who sent r did so over https, as far as the
// connection or a trusted proxy tells.
func (p Proxies) HTTPS(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && p.Trusts(ap.Addr()) && strings.EqualFold(strings.TrimSpace(r.Header.Get("X-Forwarded-Proto")), "https")
}
