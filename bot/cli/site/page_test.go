package site

import (
	"bytes"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The pages without JavaScript: net/http and an HTML parser.

// A client is a browser without scripts: it keeps cookies and follows
// redirects.
type client struct {
	*running
	http *http.Client
}

func (s *running) client() *client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	tr := &http.Transport{}
	s.Cleanup(tr.CloseIdleConnections)
	return &client{s, &http.Client{Jar: jar, Transport: tr}}
}

// A got is an answer.
type got struct {
	*http.Response
	body []byte
	tree *html.Node
}

// do sends a request; head are pairs of names and values.
func (c *client) do(method, path string, body io.Reader, head ...string) *got {
	c.Helper()
	if strings.HasPrefix(path, "/") {
		path = c.base + path
	}
	r, err := http.NewRequest(method, path, body)
	if err != nil {
		c.Fatal(err)
	}
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
		if head[i] == "Host" {
			r.Host = head[i+1]
		}
	}
	resp, err := c.http.Do(r)
	if err != nil {
		c.Fatalf("%s %s: %v", method, path, err)
	}
	defer resp.Body.Close()
	g := &got{Response: resp}
	if g.body, err = io.ReadAll(resp.Body); err != nil {
		c.Fatal(err)
	}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		if g.tree, err = html.Parse(bytes.NewReader(g.body)); err != nil {
			c.Fatal(err)
		}
	}
	return g
}

func (c *client) get(path string, head ...string) *got {
	c.Helper()
	return c.do(http.MethodGet, path, nil, head...)
}

// page is get of a page that must be there.
func (c *client) page(path string, head ...string) *got {
	c.Helper()
	g := c.get(path, head...)
	if g.StatusCode != http.StatusOK || g.tree == nil {
		c.Fatalf("GET %s: %s\n%s", path, g.Status, g.body)
	}
	return g
}

func (c *client) post(path string, form url.Values, head ...string) *got {
	c.Helper()
	head = append([]string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin"}, head...)
	return c.do(http.MethodPost, path, strings.NewReader(form.Encode()), head...)
}

// all are the elements of a tag that have all of the attributes, given as
// name=value or name alone.
func (g *got) all(tag string, attrs ...string) []*html.Node {
	var out []*html.Node
	for n := range g.tree.Descendants() {
		if n.Type != html.ElementNode || n.Data != tag {
			continue
		}
		ok := true
		for _, a := range attrs {
			name, value, has := strings.Cut(a, "=")
			v, found := attr(n, name)
			ok = ok && found && (!has || v == value || name == "class" && strings.Contains(" "+v+" ", " "+value+" "))
		}
		if ok {
			out = append(out, n)
		}
	}
	return out
}

// one is the first of all.
func (g *got) one(t testing.TB, tag string, attrs ...string) *html.Node {
	t.Helper()
	list := g.all(tag, attrs...)
	if len(list) == 0 {
		t.Fatalf("no <%s %s> at %s in\n%s", tag, attrs, g.Request.URL, g.body)
	}
	return list[0]
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func val(n *html.Node, name string) string { v, _ := attr(n, name); return v }

// text is all that stands in n.
func text(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
		}
	}
	return b.String()
}

func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

func (g *got) main(t testing.TB) string { return tidy(text(g.one(t, "main"))) }
