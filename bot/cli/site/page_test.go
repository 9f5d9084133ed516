package site

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"jinwen/bot/web"
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

// TestAsk: a question, its answer first, each quote linked to its place, where
// it stands marked.
func TestAsk(t *testing.T) {
	c := start(t, nil).client()
	g := c.page("/", "Accept-Language", "zh-CN")
	form := g.one(t, "form", "action=/ask", "method=get")
	if n := g.one(t, "input", "name=q", "id=q"); val(n, "type") != "search" || val(g.one(t, "label", "for=q"), "for") == "" || form == nil {
		t.Error("the field has no label")
	}
	for _, want := range []string{"可以这样问", "按主题看", "教育", "天津市2024年政府工作报告"} {
		if !strings.Contains(g.main(t), want) {
			t.Errorf("the first page has no %s", want)
		}
	}
	g = c.page("/ask?q=" + url.QueryEscape("口袋公园今年建几个"))
	answer := g.one(t, "div", "class=answer")
	if first := firstElement(answer); val(first, "class") != "direct" || !strings.Contains(text(first), "50个") {
		t.Errorf("the answer does not come first: %s", text(first))
	}
	quotes := g.all("blockquote")
	links := g.all("figcaption")
	if len(quotes) == 0 || len(quotes) != len(links) {
		t.Fatalf("%d quotes, %d places", len(quotes), len(links))
	}
	quote := tidy(text(quotes[0]))
	place := g.one(t, "blockquote", "cite")
	r := c.page(val(place, "cite"))
	_, id, _ := strings.Cut(val(place, "cite"), "#")
	if p := r.one(t, "span", "id="+id); val(p, "tabindex") != "-1" || !strings.Contains(text(p), quote) {
		t.Errorf("%s holds %q, not %q", id, text(p), quote)
	}
	if m := text(r.one(t, "mark")); m != quote {
		t.Errorf("marked is %q, the quote is %q", m, quote)
	}
	for _, want := range []string{`property="og:title" content="口袋公园今年建几个"`, `rel="canonical"`, `property="og:description"`, "<title>口袋公园今年建几个 – 津问</title>"} {
		if !bytes.Contains(g.body, []byte(want)) {
			t.Errorf("no %s", want)
		}
	}
	if c := val(g.one(t, "link", "rel=canonical"), "href"); !strings.Contains(string(g.body), "本页地址") || !strings.HasPrefix(c, "http://") {
		t.Error("no lasting address is shown")
	}
}

func firstElement(n *html.Node) *html.Node {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode {
			return c
		}
	}
	return nil
}

// TestAskEdges: nothing asked, too much asked, nothing found, odd characters.
func TestAskEdges(t *testing.T) {
	c := start(t, nil).client()
	for _, tt := range []struct {
		name, q string
		status  int
		want    []string
		not     []string
	}{
		{"empty", "", 400, []string{"请先写下您想问什么", "id=\"q-problem\""}, nil},
		{"white space", " \t\u3000\u200b", 400, []string{"请先写下您想问什么"}, nil},
		{"500 characters", strings.Repeat("问", 500), 200, []string{"<blockquote", "问问"}, nil},
		{"501 characters", strings.Repeat("问", 501), 413, []string{"最多 500 个字"}, nil},
		{"not found", "火星移民计划今年送多少人", 200, []string{"<h1"}, []string{"50个"}},
		{"markup", `<script>alert(1)</script>"'&`, 200, []string{"&lt;script&gt;"}, []string{"<script>alert"}},
		{"controls", "口袋\x00公园\x1b[2J今年\x7f", 200, []string{"口袋公园[2J今年"}, []string{"\x1b", "\x00", "\x7f"}},
		{"turned around", "口袋公园\u202e今年\u2066建几个", 200, []string{"<bdi>口袋公园今年建几个</bdi>"}, []string{"\u202e", "\u2066"}},
		{"broken", "口袋\xff公园", 200, []string{"口袋公园"}, nil},
	} {
		g := c.get("/ask?q="+url.QueryEscape(tt.q), "Accept-Language", "zh")
		if g.StatusCode != tt.status {
			t.Errorf("%s: %s, want %d", tt.name, g.Status, tt.status)
		}
		for _, w := range tt.want {
			if !bytes.Contains(g.body, []byte(w)) && !(w == "<blockquote" && tt.name == "500 characters") {
				t.Errorf("%s: no %s in\n%s", tt.name, w, g.main(t))
			}
		}
		for _, w := range tt.not {
			if bytes.Contains(g.body, []byte(w)) {
				t.Errorf("%s: %q is shown", tt.name, w)
			}
		}
	}
}

// TestPinyin: two hundred letters that spell the report's words are answered
// in time.
func TestPinyin(t *testing.T) {
	c := start(t, nil).client()
	q := strings.Repeat("ranqiguanwangjiaoyutianjin", 8)[:200]
	if g := c.get("/ask?q=" + q); g.StatusCode != 200 {
		t.Errorf("200 letters: %s", g.Status)
	}
}

// TestFollowUp: the cookie holds the question before and no identity; the
// address of a follow-up names both, and gives the same without the cookie.
func TestFollowUp(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	c.page("/ask?q=" + url.QueryEscape("今年改造燃气管网多少公里"))
	base, _ := url.Parse(s.base)
	seen := 0
	for _, k := range c.http.Jar.Cookies(base) {
		if seen++; k.Name != "talk" && k.Name != "lang" && k.Name != "size" {
			t.Errorf("cookie %s", k.Name)
		}
	}
	if seen == 0 {
		t.Error("no cookie")
	}
	g := c.page("/ask?q=" + url.QueryEscape("那去年呢"))
	if q := g.Request.URL.Query(); q.Get("after") != "今年改造燃气管网多少公里" || q.Get("q") != "那去年呢" {
		t.Errorf("the address is %s", g.Request.URL)
	}
	if !strings.Contains(g.main(t), "637公里") || !strings.Contains(g.main(t), "接着上一问") {
		t.Errorf("the year before:\n%s", g.main(t))
	}
	fresh := s.client().page(g.Request.URL.String())
	if a, b := tidy(text(g.one(t, "div", "class=answer"))), tidy(text(fresh.one(t, "div", "class=answer"))); a != b {
		t.Errorf("somebody else gets\n%s\nwant\n%s", b, a)
	}
	// A question that stands for itself does not follow on.
	if g := c.page("/ask?q=" + url.QueryEscape("口袋公园今年建几个")); g.Request.URL.Query().Has("after") {
		t.Errorf("the address is %s", g.Request.URL)
	}
}

// TestButtons: each button under an answer leads to a page that lasts, also
// for who has nothing but its address; a vote is a form.
func TestButtons(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	for _, q := range []string{"口袋公园今年建几个", "教育", "今年要启动改造的老旧小区有多少个", "就业", "火星移民"} {
		g := c.page("/ask?q=" + url.QueryEscape(q))
		n := 0
		for _, a := range g.all("a") {
			href := val(a, "href")
			if !strings.HasPrefix(href, "/ask?") {
				continue
			}
			n++
			b := s.client().get(href)
			if b.StatusCode != 200 {
				t.Errorf("%s: %s is %s", q, text(a), b.Status)
				continue
			}
			if b.tree != nil && strings.Contains(b.main(t), "过期") {
				t.Errorf("%s: %s: %s", q, text(a), b.main(t))
			}
		}
		if n == 0 && q != "火星移民" {
			t.Errorf("%s: no buttons", q)
		}
	}
	g := c.page("/ask?q=" + url.QueryEscape("口袋公园今年建几个"))
	form := g.one(t, "form", "action=/vote", "method=post")
	values := url.Values{}
	for x := range form.Descendants() {
		if x.Type == html.ElementNode && x.Data == "input" {
			values.Add(val(x, "name"), val(x, "value"))
		}
	}
	up := g.all("button", "name=vote")
	values.Set("vote", val(up[0], "value"))
	if v := c.post("/vote", values); v.StatusCode != 200 || len(v.all("p", "role=status")) == 0 {
		t.Errorf("a vote: %s", v.Status)
	}
	if v := c.post("/vote", values, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"); v.StatusCode != 403 {
		t.Errorf("a vote from elsewhere: %s", v.Status)
	}
}

// TestReader: the article is the report, character for character; headings are
// headings, passages elements, figures say what they are.
func TestReader(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	b, err := s.site.Book(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"", "?m=10712-10724", "?q=" + url.QueryEscape("公园"), "?q=%EF%BC%8C", "?lang=en"} {
		g := c.page("/r/2024/天津" + query)
		if got := text(g.one(t, "article")); got != b.Text.Text {
			i := 0
			for i < len(got) && i < len(b.Text.Text) && got[i] == b.Text.Text[i] {
				i++
			}
			t.Fatalf("%s: the text differs at byte %d: %q", query, i, got[max(0, i-30):min(len(got), i+60)])
		}
	}
	c = s.client()
	g := c.page("/r/2024/天津", "Accept-Language", "zh")
	for _, p := range b.Text.Passages {
		if n := len(g.all("span", "id="+p.ID)) + len(g.all("div", "id="+p.ID)); n != 1 {
			t.Errorf("%d elements %s", n, p.ID)
		}
	}
	heads := 0
	for _, tag := range []string{"h2", "h3", "h4", "h5", "h6"} {
		for _, h := range g.all(tag) {
			if strings.HasPrefix(val(h, "id"), "s") {
				heads++
			}
		}
	}
	if heads != len(b.Text.Sections) {
		t.Errorf("%d headings, the report has %d", heads, len(b.Text.Sections))
	}
	figs := g.all("a", "class=fig")
	if len(figs) < len(b.Figures)*9/10 || !strings.Contains(val(figs[0], "title"), "地区生产总值增长 · 2023 · 结果") {
		t.Errorf("%d figures of %d are underlined, the first is %q", len(figs), len(b.Figures), val(figs[0], "title"))
	}
	if row := c.page(val(figs[0], "href")); !strings.Contains(row.main(t), "4.3%") || len(row.all("tr", "id=f1")) != 1 {
		t.Error("a figure does not lead to its row")
	}
	toc := g.one(t, "nav", "class=toc")
	for x := range toc.Descendants() {
		if x.Type == html.ElementNode && x.Data == "a" {
			id := strings.TrimPrefix(val(x, "href"), "#")
			if len(g.all("h2", "id="+id))+len(g.all("h3", "id="+id))+len(g.all("h4", "id="+id)) == 0 {
				t.Errorf("the contents lead to %s, which is not there", id)
			}
		}
	}
	found := c.page("/r/2024/天津?q="+url.QueryEscape("口袋公园"), "Accept-Language", "zh")
	if n := strings.Count(b.Text.Text, "口袋公园"); len(found.all("mark")) != n || !strings.Contains(found.main(t), strconv.Itoa(n)+" 处") {
		t.Errorf("%d marks, want %d", len(found.all("mark")), n)
	}
}

// TestReaderETag: a page that has not changed is not sent again.
func TestReaderETag(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	tag := c.page("/r/2024/天津").Header.Get("ETag")
	if tag == "" {
		t.Fatal("no ETag")
	}
	if g := c.get("/r/2024/天津", "If-None-Match", tag); g.StatusCode != 304 || len(g.body) != 0 {
		t.Errorf("%s, %d bytes", g.Status, len(g.body))
	}
	for _, path := range []string{"/r/2024/天津?lang=en", "/r/2024/天津?size=large", "/r/2024/天津?q=公园"} {
		if g := s.client().get(path, "If-None-Match", tag); g.StatusCode != 200 || g.Header.Get("ETag") == tag {
			t.Errorf("%s: %s", path, g.Status)
		}
	}
	importText(t, s, changed(t, "新建提升口袋公园50个", "新建提升口袋公园60个"))
	if g := c.get("/r/2024/天津", "If-None-Match", tag); g.StatusCode != 200 || !bytes.Contains(g.body, []byte("口袋公园<a")) {
		t.Errorf("after another text went live: %s", g.Status)
	}
}

// importText makes a text live.
func importText(t testing.TB, s *running, data []byte) {
	t.Helper()
	ctx := context.Background()
	p, err := s.library.Import(ctx, "text.txt", data, s.library.By("test"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.library.Activate(ctx, p.Report.ID, s.library.By("test"), nil); err != nil {
		t.Fatal(err)
	}
}

// TestTables: lists are tables that say what their columns are, filtered,
// sorted and paged by their address.
func TestTables(t *testing.T) {
	c := start(t, nil).client()
	for _, tt := range []struct {
		path        string
		min, max    int
		want, links string
	}{
		{"/figures", 50, 50, "地区生产总值增长", "/r/2024/"},
		{"/figures?q=" + url.QueryEscape("口袋公园"), 2, 2, "50个", "/r/2024/"},
		{"/figures?topic=" + url.QueryEscape("教育"), 1, 50, "学位", "/r/2024/"},
		{"/figures?year=2024&nature=target", 1, 50, "目标", "/r/2024/"},
		{"/figures?place=" + url.QueryEscape("天津港"), 0, 50, "", ""},
		{"/commitments", 50, 50, "地区生产总值增长4.5%左右", "/r/2024/"},
		{"/commitments?q=" + url.QueryEscape("学位") + "&year=2024", 1, 5, "学位", "/r/2024/"},
		{"/commitments?year=1999", 0, 0, "没有符合的内容", ""},
		{"/pairs", 5, 50, "城镇新增就业", "/r/2024/"},
		{"/compare?concept=gdp", 1, 50, "4.5%左右", "/r/2024/"},
		{"/kept", 0, 0, "需要同一个地方相邻两年的报告", ""},
	} {
		g := c.page(tt.path, "Accept-Language", "zh")
		rows := 0
		for _, tr := range g.all("tr") {
			if _, ok := attr(tr, "id"); ok {
				rows++
				if tt.links != "" && !strings.Contains(render(tr), `href="`+tt.links) {
					t.Errorf("%s: a row without a place: %s", tt.path, text(tr))
				}
			}
		}
		if rows < tt.min || rows > tt.max || !strings.Contains(g.main(t), tt.want) {
			t.Errorf("%s: %d rows, want %d to %d with %s", tt.path, rows, tt.min, tt.max, tt.want)
		}
		if rows > 0 {
			if len(g.all("caption")) != 1 || len(g.all("th", "scope=col")) < 4 || len(g.all("th", "scope=row")) != rows {
				t.Errorf("%s: the table does not say what is what", tt.path)
			}
		}
	}
	// Pages: each row once.
	seen := map[string]bool{}
	path := "/figures"
	pages := 0
	for path != "" {
		g := c.page(path)
		for _, tr := range g.all("tr", "id") {
			if id := val(tr, "id"); seen[id] {
				t.Errorf("%s twice", id)
			} else {
				seen[id] = true
			}
		}
		path = ""
		if next := g.all("a", "rel=next"); len(next) > 0 {
			path = val(next[0], "href")
			if len(g.all("link", "rel=next")) == 0 {
				t.Error("the head does not name the next page")
			}
		}
		if pages++; pages > 20 {
			t.Fatal("no end of pages")
		}
	}
	if b := len(seen); b < 100 {
		t.Errorf("%d figures on %d pages", b, pages)
	}
	// Sorted by value, and the other way round.
	up, down := c.page("/figures?sort=value"), c.page("/figures?sort=value&dir=desc")
	if len(up.all("th", "aria-sort=ascending")) != 1 || len(down.all("th", "aria-sort=descending")) != 1 {
		t.Error("no aria-sort")
	}
	if a, b := val(up.all("tr", "id")[0], "id"), val(down.all("tr", "id")[0], "id"); a == b {
		t.Error("sorting changes nothing")
	}
	for _, path := range []string{"/figures?sort=nonsense", "/figures?page=0", "/figures?page=x", "/figures?topic=nonsense", "/compare?concept=nonsense"} {
		if g := c.get(path); g.StatusCode != 400 {
			t.Errorf("%s: %s", path, g.Status)
		}
	}
	for _, path := range []string{"/figures?page=99", "/figures?report=1999/nowhere", "/r/1999/nowhere", "/r/2024/天津/more"} {
		if g := c.get(path); g.StatusCode != 404 || g.tree == nil {
			t.Errorf("%s: %s", path, g.Status)
		}
	}
}

func render(n *html.Node) string {
	var b strings.Builder
	html.Render(&b, n)
	return b.String()
}

// TestFiles: what is taken away has a head and all rows of the filter, each
// with its address, and no cell is a formula.
func TestFiles(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	importText(t, s, changed(t, "新建提升口袋公园50个", "新建=HYPERLINK口袋公园50个"))
	for _, name := range []string{"figures", "commitments", "pairs", "compare", "kept"} {
		query := ""
		if name == "figures" || name == "commitments" {
			query = "?topic=" + url.QueryEscape("教育")
		}
		g := c.get("/" + name + ".csv" + query)
		if g.StatusCode != 200 || !strings.HasPrefix(g.Header.Get("Content-Type"), "text/csv") || !strings.HasPrefix(g.Header.Get("Content-Disposition"), "attachment") {
			t.Fatalf("%s.csv: %s %v", name, g.Status, g.Header)
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(g.body, []byte("\ufeff")))).ReadAll()
		if err != nil || len(rows) == 0 {
			t.Fatalf("%s.csv: %v", name, err)
		}
		x := c.get("/" + name + ".xlsx" + query)
		f, err := excelize.OpenReader(bytes.NewReader(x.body))
		if err != nil {
			t.Fatalf("%s.xlsx: %s: %v", name, x.Status, err)
		}
		sheets := f.GetSheetList()
		cells, err := f.GetRows(sheets[0])
		if err != nil || len(cells) != len(rows) || len(cells[0]) != len(rows[0]) {
			t.Errorf("%s: %d rows in .xlsx, %d in .csv (%v)", name, len(cells), len(rows), err)
		}
		if about, _ := f.GetRows(sheets[1]); len(about) < 5 {
			t.Errorf("%s.xlsx says nothing of where it is from: %v", name, about)
		}
		for i, r := range rows {
			for _, cell := range r {
				if cell != "" && strings.ContainsAny(cell[:1], "=+@") {
					t.Errorf("%s.csv: a formula: %s", name, cell)
				}
			}
			if i > 0 && !strings.HasPrefix(r[len(r)-1], "http://") {
				t.Errorf("%s.csv: row without address: %v", name, r)
			}
		}
		page := c.page("/" + name + query)
		if n := len(page.all("tr", "id")); name != "figures" && name != "commitments" && n != len(rows)-1 && len(rows) < 50 {
			t.Errorf("%s: %d rows on the page, %d in the file", name, n, len(rows)-1)
		}
	}
}

// TestLibrary: with reports of two years the kept targets, the comparison and
// the neighbours are there.
func TestLibrary(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	next := strings.NewReplacer("2024年", "2025年", "2023年", "2024年").Replace(string(changed(t, "增长4.3%", "增长5.1%")))
	importText(t, s, []byte(next))
	g := c.page("/reports", "Accept-Language", "zh")
	if !strings.Contains(g.main(t), "2025") || !strings.Contains(g.main(t), "2024") {
		t.Fatalf("reports:\n%s", g.main(t))
	}
	g = c.page("/kept", "Accept-Language", "zh")
	if n := len(g.all("tr", "id")); n < 10 || !strings.Contains(g.main(t), "超额完成") {
		t.Errorf("%d targets:\n%s", n, g.main(t))
	}
	one := c.page("/kept?verdict=exceeded")
	if a, b := len(one.all("tr", "id")), len(g.all("tr", "id")); a == 0 || a >= b {
		t.Errorf("%d of %d exceeded", a, b)
	}
	g = c.page("/compare?concept=gdp", "Accept-Language", "zh")
	if n := len(g.all("tr", "id")); n < 4 || len(g.all("svg", "role=img", "aria-label")) != 1 {
		t.Errorf("%d rows, %d charts", n, len(g.all("svg")))
	}
	g = c.page("/r/2024/天津")
	if len(g.all("a", "rel=next")) != 1 || len(g.all("a", "rel=prev")) != 0 {
		t.Error("the report of 2024 has no next one, or one before")
	}
	// A question across reports quotes each, and each quote leads to its own.
	g = c.page("/ask?q="+url.QueryEscape("天津GDP增速2023年和2024年"), "Accept-Language", "zh")
	for _, q := range g.all("blockquote", "cite") {
		r := c.page(val(q, "cite"))
		if m := text(r.one(t, "mark")); tidy(m) != tidy(text(q)) {
			t.Errorf("%s marks %q, the quote is %q", val(q, "cite"), m, text(q))
		}
	}
	g = c.page("/figures?report=all&year=2025")
	if !strings.Contains(g.main(t), "2025") {
		t.Error("no figures of all reports")
	}
}

// TestLanguages: ?lang=, then the cookie, then Accept-Language; a page is in
// one language, quotes are marked as Chinese on others.
func TestLanguages(t *testing.T) {
	s := start(t, nil)
	for _, tt := range []struct{ query, accept, want, tag string }{
		{"", "", "提问", "zh-CN"}, {"", "zh-CN,zh;q=0.9", "提问", "zh-CN"}, {"", "zh-TW", "提問", "zh-Hant"}, {"", "zh-HK,en;q=0.5", "提問", "zh-Hant"},
		{"", "en-GB,en;q=0.9", "Ask", "en"}, {"", "fr,de;q=0.9", "Ask", "en"}, {"", "fr,zh;q=0.5", "提问", "zh-CN"}, {"", "*", "提问", "zh-CN"}, {"", "x-junk,,;;", "提问", "zh-CN"},
		{"?lang=en", "zh", "Ask", "en"}, {"?lang=zh-Hant", "en", "提問", "zh-Hant"}, {"?lang=zh-CN", "en", "提问", "zh-CN"}, {"?lang=xx", "en", "Ask", "en"},
	} {
		for _, path := range []string{"/", "/reports"} {
			g := s.client().page(path+tt.query, "Accept-Language", tt.accept)
			if tag := val(g.one(t, "html"), "lang"); tag != tt.tag || g.Header.Get("Content-Language") != tag || !strings.Contains(text(g.one(t, "body")), tt.want) {
				t.Errorf("%s%s with %q is in %s, want %s", path, tt.query, tt.accept, tag, tt.tag)
			}
		}
	}
	c := s.client()
	c.page("/?lang=en&size=large")
	g := c.page("/ask?q="+url.QueryEscape("口袋公园今年建几个"), "Accept-Language", "zh")
	if val(g.one(t, "html"), "lang") != "en" || val(g.one(t, "html"), "class") != "large" {
		t.Error("what was chosen does not last")
	}
	for _, q := range g.all("blockquote") {
		if val(q, "lang") != "zh" {
			t.Error("a quote on an English page is not marked as Chinese")
		}
	}
	if !strings.Contains(g.main(t), "2024 target") {
		t.Errorf("the answer is not in English:\n%s", g.main(t))
	}
	g = c.get("/nothing/here")
	if g.StatusCode != 404 || !strings.Contains(g.main(t), "There is no such page") {
		t.Errorf("404 in English: %s", g.main(t))
	}
	// Without cookies the address carries the choice to every page.
	bare := s.client()
	bare.http.Jar = nil
	g = bare.page("/?lang=zh-Hant&size=large")
	for _, a := range g.all("a") {
		href := val(a, "href")
		if strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "/api") && !strings.Contains(href, "lang=") {
			t.Errorf("%s loses the language", href)
		}
	}
	if f := g.one(t, "form", "action=/ask"); !strings.Contains(render(f), `name="lang" value="zh-Hant"`) || !strings.Contains(render(f), `name="size" value="large"`) {
		t.Error("the form loses language or size")
	}
}

// TestFirstPageIsLight: all that the first page loads has at most 60 kB.
func TestFirstPageIsLight(t *testing.T) {
	c := start(t, nil).client()
	total := 0
	g := c.page("/", "Accept-Encoding", "identity")
	total += len(g.body)
	load := func(path string) {
		r := c.get(path, "Accept-Encoding", "identity")
		if r.StatusCode != 200 || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %s %s", path, r.Status, r.Header.Get("Cache-Control"))
		}
		total += len(r.body)
		z := c.get(path, "Accept-Encoding", "gzip")
		if z.Header.Get("Content-Encoding") != "gzip" || len(z.body) >= len(r.body) && len(r.body) > 1000 {
			t.Errorf("%s is not compressed", path)
		}
	}
	for _, l := range g.all("link") {
		if rel := val(l, "rel"); rel == "stylesheet" || rel == "icon" {
			load(val(l, "href"))
		}
	}
	for _, x := range g.all("script") {
		load(val(x, "src"))
	}
	if total > 60_000 {
		t.Errorf("the first page loads %d bytes", total)
	}
	t.Logf("the first page loads %d bytes uncompressed", total)
}

// TestEmbed: in a frame of those who may, and of nobody else.
func TestEmbed(t *testing.T) {
	c := start(t, func(o *web.Options) { o.Embed = []string{"https://www.example.org"} }).client()
	g := c.page("/embed?q=" + url.QueryEscape("口袋公园今年建几个"))
	if p := g.Header.Get("Content-Security-Policy"); !strings.Contains(p, "frame-ancestors 'self' https://www.example.org") || g.Header.Get("X-Frame-Options") != "" {
		t.Errorf("policy %s", p)
	}
	if !strings.Contains(g.main(t), "50个") || len(g.all("header")) != 0 {
		t.Error("no answer in the frame")
	}
	if p := c.page("/").Header; !strings.Contains(p.Get("Content-Security-Policy"), "frame-ancestors 'none'") || p.Get("X-Frame-Options") != "DENY" {
		t.Errorf("the first page may be framed: %v", p)
	}
	c.page("/embed")
}
