package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"jinwen/bot/web"
)

// An openAPI is the description as the page gives it.
type openAPI struct {
	tree    map[string]any
	schemas *jsonschema.Compiler
}

func (c *client) openAPI() *openAPI {
	c.Helper()
	g := c.get("/api/v1/openapi.json")
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(g.body))
	if err != nil || g.StatusCode != 200 {
		c.Fatalf("%s: %v", g.Status, err)
	}
	o := &openAPI{tree.(map[string]any), jsonschema.NewCompiler()}
	o.schemas.AssertFormat()
	if err := o.schemas.AddResource("file:///api.json", tree); err != nil {
		c.Fatal(err)
	}
	return o
}

// at returns what the JSON pointer names, references followed; nil if nothing.
func (o *openAPI) at(pointer string) any {
	var x any = o.tree
	for _, k := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		k = strings.NewReplacer("~1", "/", "~0", "~").Replace(k)
		m, ok := x.(map[string]any)
		if !ok {
			return nil
		}
		x = m[k]
		if r, ok := x.(map[string]any); ok {
			if ref, ok := r["$ref"].(string); ok {
				x = o.at(strings.TrimPrefix(ref, "#"))
			}
		}
	}
	return x
}

func escape(s string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(s) }

// check fails if an answer is not what the description says of the operation.
func (o *openAPI) check(t *testing.T, method, path string, g *got) {
	t.Helper()
	base := fmt.Sprintf("/paths/%s/%s/responses/%d", escape(path), strings.ToLower(method), g.StatusCode)
	r, ok := o.at(base).(map[string]any)
	if !ok {
		t.Errorf("%s %s: %s is not described\n%s", method, g.Request.URL, g.Status, g.body)
		return
	}
	kind, _, _ := strings.Cut(g.Header.Get("Content-Type"), ";")
	pointer := ""
	for name := range r["content"].(map[string]any) {
		if name == kind {
			// Where the schema stands, through a reference of the response.
			pointer = base
			if ref, ok := parent(o, base)["$ref"].(string); ok {
				pointer = strings.TrimPrefix(ref, "#")
			}
			pointer += "/content/" + escape(kind) + "/schema"
		}
	}
	if pointer == "" {
		t.Errorf("%s %s: %s is of %s", method, g.Request.URL, g.Status, kind)
		return
	}
	schema, err := o.schemas.Compile("file:///api.json#" + pointer)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(g.body))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Errorf("%s %s: %v\n%.600s", method, g.Request.URL, err, g.body)
	}
	for h := range headersOf(r) {
		if h == "Retry-After" && g.Header.Get(h) == "" {
			t.Errorf("%s %s: no %s", method, g.Request.URL, h)
		}
	}
}

func headersOf(r map[string]any) map[string]any {
	h, _ := r["headers"].(map[string]any)
	return h
}

// parent is the object at pointer as it stands, its own reference not followed.
func parent(o *openAPI, pointer string) map[string]any {
	i := strings.LastIndexByte(pointer, '/')
	m, _ := o.at(pointer[:i]).(map[string]any)
	x, _ := m[pointer[i+1:]].(map[string]any)
	return x
}

// TestAPI: each operation and each of its errors is as the description says.
func TestAPI(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	o := c.openAPI()
	if v, _ := o.tree["openapi"].(string); !strings.HasPrefix(v, "3.1.") {
		t.Errorf("openapi %q", v)
	}
	long := strings.Repeat("问", 501)
	for _, tt := range []struct {
		path, query string
		status      int
		want        string
	}{
		{"/ask", "q=" + url.QueryEscape("口袋公园今年建几个"), 200, "50个"},
		{"/ask", "q=" + url.QueryEscape("口袋公园今年建几个") + "&lang=en", 200, "2024 target"},
		{"/ask", "q=" + url.QueryEscape("火星移民") + "&report=2024/" + url.QueryEscape("天津"), 200, "火星"},
		{"/ask", "q=" + url.QueryEscape("谢谢"), 200, ""},
		{"/ask", "", 400, "q is missing"}, {"/ask", "q=%20", 400, "q is missing"}, {"/ask", "q=x&lang=fr", 400, "lang"}, {"/ask", "q=%zz", 400, ""},
		{"/ask", "q=" + url.QueryEscape(long), 413, "500 characters"}, {"/ask", "q=x&report=1999/nowhere", 404, ""},
		{"/reports", "", 200, "2024/天津"},
		{"/figures", "", 200, "地区生产总值"}, {"/figures", "q=" + url.QueryEscape("口袋公园") + "&nature=target", 200, "50个"}, {"/figures", "report=all&limit=1", 200, `"total"`},
		{"/figures", "limit=0", 400, "limit"}, {"/figures", "offset=-1", 400, "offset"}, {"/figures", "topic=nonsense", 400, ""}, {"/figures", "report=1999/nowhere", 404, ""},
		{"/commitments", "topic=" + url.QueryEscape("教育"), 200, "学位"}, {"/commitments", "limit=1001", 400, "limit"}, {"/commitments", "report=1999/nowhere", 404, ""},
		{"/passages/p1", "", 200, `"id":"p1"`}, {"/passages/p99999", "", 404, ""}, {"/passages/p1", "report=1999/nowhere", 404, ""},
		{"/openapi.json", "", 200, "3.1"},
	} {
		g := c.get("/api/v1" + tt.path + "?" + tt.query)
		if g.StatusCode != tt.status || !strings.Contains(string(g.body), tt.want) {
			t.Errorf("%s?%s: %s, want %d with %q\n%.300s", tt.path, tt.query, g.Status, tt.status, tt.want, g.body)
		}
		described := tt.path
		if strings.HasPrefix(described, "/passages/") {
			described = "/passages/{id}"
		}
		o.check(t, "GET", described, g)
		if strings.Contains(tt.path, "ask") && g.StatusCode == 200 {
			c.addresses(t, g)
		}
	}
	for _, tt := range []struct {
		kind, body string
		status     int
	}{
		{"application/json", `{"q":"口袋公园今年建几个"}`, 200}, {"application/x-www-form-urlencoded", "q=%E5%8F%A3%E8%A2%8B%E5%85%AC%E5%9B%AD", 200},
		{"application/json", `{"q":""}`, 400}, {"application/json", `{"question":"x"}`, 400}, {"application/json", `[`, 400}, {"application/json", `{"q":"x"} {}`, 400},
		{"application/json", `{"q":"` + strings.Repeat("x", 70000) + `"}`, 413}, {"application/json", `{"q":"` + long + `"}`, 413}, {"application/json", `{"q":"x","report":"1999/nowhere"}`, 404},
	} {
		g := c.do(http.MethodPost, "/api/v1/ask", strings.NewReader(tt.body), "Content-Type", tt.kind)
		if g.StatusCode != tt.status {
			t.Errorf("POST %.60s: %s, want %d", tt.body, g.Status, tt.status)
		}
		o.check(t, "POST", "/ask", g)
	}
	g := c.do(http.MethodPost, "/api/v1/ask", strings.NewReader(`{"q":"x"}`), "Content-Type", "application/json", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	if o.check(t, "POST", "/ask", g); g.StatusCode != 403 {
		t.Errorf("from another site: %s", g.Status)
	}
	for path, allow := range map[string]string{"/ask": "GET, HEAD, POST", "/reports": "GET, HEAD", "/passages/p1": "GET, HEAD"} {
		g := c.do(http.MethodDelete, "/api/v1"+path, nil)
		if g.StatusCode != 405 || g.Header.Get("Allow") != allow || g.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("DELETE %s: %s, Allow %q, %s", path, g.Status, g.Header.Get("Allow"), g.Header.Get("Content-Type"))
		}
	}
	if g := c.get("/api/v1/nothing"); g.StatusCode != 404 || g.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("an unknown address: %s %s", g.Status, g.Header.Get("Content-Type"))
	}
}

// addresses fails if an address in an answer leads nowhere.
func (c *client) addresses(t *testing.T, g *got) {
	t.Helper()
	var a struct {
		URL      string
		Passages []struct{ ID, Text, URL string }
		Figures  []struct{ Value, URL string }
	}
	if err := json.Unmarshal(g.body, &a); err != nil {
		t.Fatal(err)
	}
	if a.URL == "" {
		t.Error("the answer has no address")
	}
	for _, p := range a.Passages[:min(2, len(a.Passages))] {
		r := c.page(p.URL)
		el := append(r.all("span", "id="+p.ID), r.all("div", "id="+p.ID)...)
		if len(el) != 1 || text(el[0]) != p.Text {
			t.Errorf("%s does not show %q", p.URL, p.Text)
		}
	}
	for _, f := range a.Figures[:min(1, len(a.Figures))] {
		if m := c.page(f.URL).all("mark"); len(m) == 0 || text(m[0]) != f.Value {
			t.Errorf("%s does not mark %q", f.URL, f.Value)
		}
	}
}

// TestAPIChat: questions of one chat follow on each other; another caller's
// chat of the same name does not.
func TestAPIChat(t *testing.T) {
	c := start(t, func(o *web.Options) { o.Proxies = proxies(t, "127.0.0.1") }).client()
	ask := func(q, chat, from string) string {
		t.Helper()
		g := c.get("/api/v1/ask?q="+url.QueryEscape(q)+"&chat="+chat, "X-Forwarded-For", from)
		var a struct{ Reply string }
		if err := json.Unmarshal(g.body, &a); err != nil {
			t.Fatal(err)
		}
		return a.Reply
	}
	ask("今年改造燃气管网多少公里", "one", "192.0.2.1")
	if r := ask("那去年呢", "one", "192.0.2.1"); !strings.Contains(r, "637公里") {
		t.Errorf("the same chat: %s", r)
	}
	for _, x := range [][2]string{{"two", "192.0.2.1"}, {"one", "192.0.2.2"}, {"", "192.0.2.1"}} {
		if r := ask("那去年呢", x[0], x[1]); strings.Contains(r, "637公里") {
			t.Errorf("chat %q of %s goes on with another's: %s", x[0], x[1], r)
		}
	}
}

// TestAPIPages: Link leads through all rows, each once.
func TestAPIPages(t *testing.T) {
	c := start(t, nil).client()
	path, seen, total := "/api/v1/figures?limit=60", 0, 0
	for n := 0; path != ""; n++ {
		g := c.get(path)
		var a struct {
			Figures []json.RawMessage
			Total   int
		}
		if err := json.Unmarshal(g.body, &a); err != nil || n > 10 {
			t.Fatal(n, err)
		}
		seen, total = seen+len(a.Figures), a.Total
		path = ""
		if l := g.Header.Get("Link"); l != "" {
			path = l[1:strings.IndexByte(l, '>')]
		}
	}
	if seen != total || total < 100 {
		t.Errorf("%d of %d figures", seen, total)
	}
}

// TestCORS: scripts of other origins read the API only where they may.
func TestCORS(t *testing.T) {
	off, on := start(t, nil).client(), start(t, func(o *web.Options) { o.CORS = []string{"https://a.example"} }).client()
	for _, tt := range []struct {
		c            *client
		origin, want string
	}{{off, "https://a.example", ""}, {on, "https://a.example", "https://a.example"}, {on, "https://b.example", ""}, {on, "null", ""}} {
		g := tt.c.get("/api/v1/reports", "Origin", tt.origin)
		if got := g.Header.Get("Access-Control-Allow-Origin"); got != tt.want {
			t.Errorf("%s may read: %q, want %q", tt.origin, got, tt.want)
		}
		pre := tt.c.do(http.MethodOptions, "/api/v1/ask", nil, "Origin", tt.origin, "Access-Control-Request-Method", "POST")
		if got := pre.Header.Get("Access-Control-Allow-Origin"); got != tt.want || tt.want != "" && pre.StatusCode != 204 {
			t.Errorf("%s may ask: %s, %q, want %q", tt.origin, pre.Status, got, tt.want)
		}
	}
	if g := on.do(http.MethodPost, "/api/v1/ask", strings.NewReader(`{"q":"口袋公园"}`), "Content-Type", "application/json", "Origin", "https://a.example", "Sec-Fetch-Site", "cross-site"); g.StatusCode != 200 {
		t.Errorf("a script that may ask: %s", g.Status)
	}
	if g := on.page("/"); slices.Contains(g.Header.Values("Access-Control-Allow-Origin"), "https://a.example") {
		t.Error("a page may be read by scripts of other origins")
	}
}
