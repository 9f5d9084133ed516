package config

import (
	"net/netip"
	"net/url"
	"regexp"
)

// accountForm is NAME:HASH as jinwen web password prints it.
var accountForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,40}:\$argon2id\$v=19\$m=[0-9]+,t=[0-9]+,p=[0-9]+\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{22,}$`)

// problems tells of what is wrong with w.
func (w *Web) problems(bad func(key, format string, args ...any)) {
	if w.Listen != "" && !validAddr(w.Listen) {
		bad("web.listen", "%q is not an address to listen on: want host:port or :port", w.Listen)
	}
	if w.BaseURL != "" && !isOrigin(w.BaseURL) {
		bad("web.base_url", "%q is not the address of a site: want https://host without a path", w.BaseURL)
	}
	for _, s := range w.Proxies {
		_, err1 := netip.ParseAddr(s)
		if _, err2 := netip.ParsePrefix(s); err1 != nil && err2 != nil {
			bad("web.trusted_proxies", "%q is neither an address nor a network: want one such as 127.0.0.1 or 10.0.0.0/8", s)
			break
		}
	}
	for _, s := range w.Admins {
		if !accountForm.MatchString(s) {
			bad("web.admins", "holds what is no account: want NAME:HASH as jinwen web password prints it")
			break
		}
	}
	for _, x := range []struct {
		key  string
		list []string
	}{{"web.embed_origins", w.Embed}, {"web.cors_origins", w.CORS}} {
		for _, s := range x.list {
			if !isOrigin(s) {
				bad(x.key, "%q is not an origin: want https://host without a path", s)
				break
			}
		}
	}
}

// isOrigin reports whether s is scheme and host and nothing else.
func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && s == u.Scheme+"://"+u.Host
}
