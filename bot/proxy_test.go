package bot

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"jinwen/bot/bottest"
)

// TestProxy reaches a server under a name that only the proxy knows.
func TestProxy(t *testing.T) {
	for _, kind := range []string{"http", "socks5"} {
		t.Run(kind, func(t *testing.T) {
			s := bottest.NewServer(t)
			real := s.Endpoint()[len("http://") : len(s.Endpoint())-len("/bot%s/%s")]
			var used atomic.Int32
			proxy := httpProxy(t, real, &used)
			if kind == "socks5" {
				proxy = socksProxy(t, real, &used)
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

// socksProxy is the part of RFC 1928 that a client without a password needs.
func socksProxy(t *testing.T, to string, used *atomic.Int32) string {
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
			used.Add(1)
			go func() {
				defer c.Close()
				head := make([]byte, 2)
				io.ReadFull(c, head)                          // version, number of methods
				io.CopyN(io.Discard, c, int64(head[1]))       // methods
				c.Write([]byte{5, 0})                         // no password
				io.CopyN(io.Discard, c, 4)                    // version, connect, 0, kind of address
				io.ReadFull(c, head[:1])                      // length of the name
				io.CopyN(io.Discard, c, int64(head[0])+2)     // name, port
				c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0}) // connected
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
	return "socks5://" + l.Addr().String()
}
