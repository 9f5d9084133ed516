package site

import (
	"bytes"
	"encoding/csv"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
)

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
