package site

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"jinwen/bot/web"
	"jinwen/bot/web/guard"
)

func proxies(t testing.TB, list ...string) guard.Proxies {
	t.Helper()
	p, err := guard.ParseProxies(list)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestHeaders: what every answer carries, whatever it is.
func TestHeaders(t *testing.T) {
	c := start(t, nil).client()
	for _, path := range []string{"/", "/ask?q=x", "/ask?q=", "/nothing", "/r/2024/天津", "/figures", "/figures.csv", "/api/v1/reports", "/api/v1/nothing", "/healthz", "/admin/login", "/embed", "/static/nothing.css"} {
		h := c.get(path).Header
		csp := h.Get("Content-Security-Policy")
		for _, bad := range []string{"unsafe-inline", "unsafe-eval", "http:", "*"} {
			if strings.Contains(csp, bad) {
				t.Errorf("%s: policy %s", path, csp)
			}
		}
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: no %s in the policy", path, want)
			}
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" || h.Get("Server") != "" {
			t.Errorf("%s: %v", path, h)
		}
	}
	// No page needs what the policy forbids, and none loads from elsewhere.
	for _, k := range kindsOfPage {
		g := c.get(k.path)
		for _, bad := range []string{" style=", "<style", " onclick", " onload", "javascript:"} {
			if bytes.Contains(g.body, []byte(bad)) {
				t.Errorf("%s has %s", k.path, bad)
			}
		}
		for _, tag := range []string{"script", "img", "iframe", "source"} {
			for _, n := range g.all(tag) {
				if src := val(n, "src"); !strings.HasPrefix(src, "/static/") {
					t.Errorf("%s loads %s", k.path, src)
				}
			}
		}
		for _, n := range g.all("link", "rel=stylesheet") {
			if !strings.HasPrefix(val(n, "href"), "/static/") {
				t.Errorf("%s loads %s", k.path, val(n, "href"))
			}
		}
	}
}

// TestHTTPS: behind a proxy that a person reaches by https, cookies and links
// are of https; a word of anybody else does not count.
func TestHTTPS(t *testing.T) {
	behind := start(t, func(o *web.Options) { o.Proxies = proxies(t, "127.0.0.0/8") }).client()
	alone := start(t, nil).client()
	named := start(t, func(o *web.Options) { o.BaseURL = "https://jinwen.example" }).client()
	for _, tt := range []struct {
		name   string
		c      *client
		secure bool
		base   string
	}{{"behind a proxy", behind, true, "https://"}, {"alone", alone, false, "http://127"}, {"with base_url", named, true, "https://jinwen.example/"}} {
		g := tt.c.page("/ask?q="+url.QueryEscape("口袋公园")+"&lang=en", "X-Forwarded-Proto", "https")
		if len(g.Cookies()) == 0 {
			t.Errorf("%s: no cookies", tt.name)
		}
		for _, k := range g.Cookies() {
			if k.Secure != tt.secure || !k.HttpOnly || k.SameSite != http.SameSiteLaxMode {
				t.Errorf("%s: cookie %s", tt.name, k)
			}
		}
		if href := val(g.one(t, "link", "rel=canonical"), "href"); !strings.HasPrefix(href, tt.base) {
			t.Errorf("%s: %s", tt.name, href)
		}
		if hsts := g.Header.Get("Strict-Transport-Security"); (hsts != "") != tt.secure {
			t.Errorf("%s: Strict-Transport-Security %q", tt.name, hsts)
		}
	}
	if g := alone.page("/", "Host", "evil.example/<x>"); strings.Contains(string(g.body), "<x>") {
		t.Error("the host is not escaped")
	}
}

// TestMethods: HEAD is GET without the body, odd methods are refused, paths
// lead nowhere else.
func TestMethods(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	for _, path := range []string{"/", "/ask?q=%E5%8F%A3%E8%A2%8B%E5%85%AC%E5%9B%AD", "/r/2024/天津", "/figures", "/figures.csv", "/healthz", "/readyz", "/api/v1/reports", "/nothing", "/static/nothing.css"} {
		g, h := c.get(path, "Accept-Encoding", "identity"), c.do(http.MethodHead, path, nil, "Accept-Encoding", "identity")
		if h.StatusCode != g.StatusCode || len(h.body) != 0 || h.Header.Get("Content-Type") != g.Header.Get("Content-Type") || h.Header.Get("Content-Length") != strconv.Itoa(len(g.body)) {
			t.Errorf("HEAD %s: %s, %s bytes; GET: %s, %d", path, h.Status, h.Header.Get("Content-Length"), g.Status, len(g.body))
		}
	}
	for _, method := range []string{"PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "OPTIONS"} {
		g := c.do(method, "/figures", nil)
		if g.StatusCode != 405 || g.Header.Get("Allow") != "GET, HEAD" || !strings.Contains(g.main(t), "不支持") {
			t.Errorf("%s: %s, Allow %q", method, g.Status, g.Header.Get("Allow"))
		}
	}
	if g := c.post("/figures", nil); g.StatusCode != 405 {
		t.Errorf("POST: %s", g.Status)
	}
	for _, path := range []string{"/static/../../etc/passwd", "/static/%2e%2e/%2e%2e/etc/passwd", "/static/..%2f..%2fetc%2fpasswd", "/r/2024/..%2f..%2fetc%2fpasswd", "/r/%2e%2e/%2e%2e", "/static/", "/.git/config", "/admin/../figures/x"} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path)
		all, _ := io.ReadAll(conn)
		conn.Close()
		if bytes.Contains(all, []byte("root:")) || bytes.HasPrefix(all, []byte("HTTP/1.1 200")) || bytes.HasPrefix(all, []byte("HTTP/1.1 5")) {
			t.Errorf("%s: %.80s", path, all)
		}
	}
}

// TestRate: ten pages a second are allowed; 1,500 requests on sixteen
// connections in twenty seconds are not, and are told when to come again. A
// forged X-Forwarded-For changes nothing; another address is not held up.
func TestRate(t *testing.T) {
	var mu sync.Mutex
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	clock := func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	step := func(d time.Duration) { mu.Lock(); now = now.Add(d); mu.Unlock() }
	limited := func(o *web.Options) { o.Rate, o.Clock = 20, clock }
	c := start(t, limited).client()
	for range 100 { // ten seconds of ten pages a second
		step(100 * time.Millisecond)
		if g := c.get("/healthz"); g.StatusCode != 200 {
			t.Fatalf("health: %s", g.Status)
		}
		if g := c.get("/reports"); g.StatusCode != 200 {
			t.Fatalf("ten a second: %s", g.Status)
		}
	}
	var wg sync.WaitGroup
	refused := 0
	per := 20 * time.Second / 1500
	for k := range 16 {
		wg.Go(func() {
			d := c.running.client()
			for range 94 {
				step(per)
				g := d.get("/reports", "X-Forwarded-For", fmt.Sprintf("192.0.2.%d", k))
				if g.StatusCode == 429 {
					if n, err := strconv.Atoi(g.Header.Get("Retry-After")); err != nil || n < 1 || n > 10 || !strings.Contains(g.main(t), "太频繁") {
						t.Errorf("Retry-After %q", g.Header.Get("Retry-After"))
					}
					mu.Lock()
					refused++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if refused < 500 {
		t.Errorf("only %d of 1,504 requests were refused", refused)
	}
	if g := c.get("/api/v1/reports"); g.StatusCode != 429 || g.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("the API: %s %s", g.Status, g.Header.Get("Content-Type"))
	}
	step(10 * time.Second)
	if g := c.get("/reports"); g.StatusCode != 200 {
		t.Errorf("after a rest: %s", g.Status)
	}
	// Behind a trusted proxy each client has its own share.
	b := start(t, func(o *web.Options) { limited(o); o.Proxies = proxies(t, "127.0.0.1") }).client()
	for range 100 {
		b.get("/reports", "X-Forwarded-For", "203.0.113.9, 198.51.100.1")
	}
	if g := b.get("/reports", "X-Forwarded-For", "203.0.113.10, 198.51.100.1"); g.StatusCode != 429 {
		t.Errorf("what the client itself forged counts: %s", g.Status)
	}
	if g := b.get("/reports", "X-Forwarded-For", "198.51.100.2"); g.StatusCode != 200 {
		t.Errorf("another client: %s", g.Status)
	}
}

// TestLogs: nothing that people ask is in the log.
func TestLogs(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	c.get("/ask?q=" + url.QueryEscape("我的秘密问题口袋公园"))
	c.get("/api/v1/ask?q=" + url.QueryEscape("我的秘密问题口袋公园"))
	c.get("/r/2024/天津?q=" + url.QueryEscape("我的秘密问题"))
	c.get("/nothing?q=" + url.QueryEscape("我的秘密问题"))
	if l := s.logs.String(); strings.Contains(l, "秘密") || strings.Contains(l, "%E7%A7%98") || strings.Contains(l, "127.0.0.1") {
		t.Errorf("the log:\n%s", l)
	}
}

// TestSilent: connections that say nothing, or one byte at a time, keep nobody
// out, and do not delay the end.
func TestSilent(t *testing.T) {
	s := start(t, func(o *web.Options) { o.Conns = 600 })
	addr := strings.TrimPrefix(s.base, "http://")
	var open []net.Conn
	for i := range 1500 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(i, err)
		}
		if i%2 == 0 {
			io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
		}
		open = append(open, conn)
	}
	began := time.Now()
	if g := s.client().get("/"); g.StatusCode != 200 {
		t.Errorf("a normal request: %s", g.Status)
	}
	if d := time.Since(began); d > 9*time.Second { // the others are cut off after ten
		t.Errorf("a normal request took %v", d)
	}
	began = time.Now()
	s.stop()
	if d := time.Since(began); d > 9*time.Second {
		t.Errorf("the end took %v", d)
	}
	for _, c := range open {
		c.Close()
	}
}

// TestEnd: what is in hand when the server stops is finished.
func TestEnd(t *testing.T) {
	s := start(t, nil)
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	// A request whose body is still to come is in hand.
	io.WriteString(conn, "POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\nExpect: 100-continue\r\n\r\n")
	reply := bufio.NewReader(conn)
	for line := ""; line != "\r\n"; { // HTTP/1.1 100 Continue: the body is read
		if line, err = reply.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	io.WriteString(conn, "{\"q\":")
	done := make(chan time.Duration, 1)
	began := time.Now()
	go func() { s.stop(); done <- time.Since(began) }()
	time.Sleep(100 * time.Millisecond)
	io.WriteString(conn, "\"口袋公园\"}")
	r, err := http.ReadResponse(reply, nil)
	if err != nil || r.StatusCode != 200 {
		t.Fatalf("what was in hand: %v %v", r, err)
	}
	if d := <-done; d > 20*time.Second {
		t.Errorf("the end took %v", d)
	}
}

// TestHeaderTime: a head that never ends is cut off within twenty seconds.
func TestHeaderTime(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes as long as the limit")
	}
	t.Parallel()
	s := start(t, nil)
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
	began := time.Now()
	conn.SetReadDeadline(began.Add(25 * time.Second))
	if _, err := io.ReadAll(conn); err != nil {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
	if d := time.Since(began); d > 20*time.Second || d < 10*time.Second {
		t.Errorf("cut off after %v", d)
	}
}
