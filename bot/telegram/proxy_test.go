package telegram

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"jinwen/bot/bottest"
)

// TestProxy reaches a server under a name that only the proxy knows.
func TestProxy(t *testing.T) {
	for _, kind := range []string{"http", "socks5", "socks5 with a password"} {
		t.Run(kind, func(t *testing.T) {
			s := bottest.NewServer(t)
			real := s.Endpoint()[len("http://") : len(s.Endpoint())-len("/bot%s/%s")]
			var used atomic.Int32
			proxy := httpProxy(t, real, &used)
			switch kind {
			case "socks5":
				proxy = "socks5://" + socksProxy(t, real, "", &used)
			case "socks5 with a password":
				proxy = "socks5://bot:s%40cret@" + socksProxy(t, real, "bot:s@cret", &used)
			}
			ann := s.User("Ann", "")
			start(t, s, echo, Options{Proxy: proxy, Endpoint: "http://telegram.invalid/bot%s/%s"})
			s.Text(ann.Private(), ann, "x")
			s.Next(ann.Private())
			if used.Load() == 0 {
				t.Error("the proxy was not used")
			}
		})
	}
}

func httpProxy(t *testing.T, to string, used *atomic.Int32) string {
	p := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		used.Add(1)
		out := r.Clone(r.Context())
		out.RequestURI, out.URL.Host = "", to
		resp, err := http.DefaultTransport.RoundTrip(out)
		if err != nil {
			return // the bot stopped
		}
		defer resp.Body.Close()
		w.WriteHeader(resp.StatusCode)
		io.Copy(w, resp.Body)
	}))
	t.Cleanup(func() {
		p.CloseClientConnections()
		p.Close()
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	})
	return p.URL
}

// TestProxyPassword: a proxy that refuses the password is a fault of the
// network, which the bot survives, and the log does not show the password.
func TestProxyPassword(t *testing.T) {
	s := bottest.NewServer(t)
	var used atomic.Int32
	addr := socksProxy(t, s.Endpoint()[len("http://"):len(s.Endpoint())-len("/bot%s/%s")], "bot:right", &used)
	c, err := newClient(s.Token, Options{Proxy: "socks5://bot:wr0ng@" + addr, Endpoint: s.Endpoint()}.withDefaults())
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	_, err = c.me(t.Context())
	if err == nil || strings.Contains(err.Error(), "wr0ng") || strings.Contains(err.Error(), s.Token) {
		t.Errorf("with a wrong password: %v, want an error that shows no secret", err)
	}
	if v, _ := judge(err); v != again {
		t.Errorf("with a wrong password the request ends as %v, want to try again", v)
	}
}

// socksProxy is the part of RFC 1928 that a client needs, and of RFC 1929 if
// login is not "": user:password. It returns its address.
func socksProxy(t *testing.T, to, login string, used *atomic.Int32) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				if socksGreet(c, login) != nil {
					return
				}
				used.Add(1)
				up, err := net.Dial("tcp", to)
				if err != nil {
					return
				}
				defer up.Close()
				go func() {
					io.Copy(up, c)
					up.Close()
				}()
				io.Copy(c, up)
			}()
		}
	}()
	return l.Addr().String()
}

// socksGreet agrees with a client on a connection to wherever it wants.
func socksGreet(c net.Conn, login string) error {
	field := func() (string, error) { // a length and as many bytes
		n := make([]byte, 1)
		if _, err := io.ReadFull(c, n); err != nil {
			return "", err
		}
		data := make([]byte, n[0])
		_, err := io.ReadFull(c, data)
		return string(data), err
	}
	version := make([]byte, 1)
	if _, err := io.ReadFull(c, version); err != nil {
		return err
	}
	methods, err := field()
	if err != nil {
		return err
	}
	const none, password = 0, 2
	if login == "" {
		c.Write([]byte{5, none})
	} else {
		if !strings.ContainsRune(methods, password) {
			c.Write([]byte{5, 0xff})
			return errors.New("no password offered")
		}
		c.Write([]byte{5, password})
		if _, err := io.ReadFull(c, version); err != nil { // of the login
			return err
		}
		user, err := field()
		if err != nil {
			return err
		}
		word, err := field()
		if err != nil {
			return err
		}
		if user+":"+word != login {
			c.Write([]byte{1, 1})
			return errors.New("wrong password")
		}
		c.Write([]byte{1, 0})
	}
	if _, err := io.CopyN(io.Discard, c, 4); err != nil { // version, connect, 0, a name follows
		return err
	}
	if _, err := field(); err != nil {
		return err
	}
	if _, err := io.CopyN(io.Discard, c, 2); err != nil { // port
		return err
	}
	_, err = c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0}) // connected
	return err
}
