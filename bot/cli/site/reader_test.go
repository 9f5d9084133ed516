package site

import (
	"bytes"
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"jinwen/bot/web/view"
	"jinwen/corpus"
	"jinwen/corpus/extract"

	"golang.org/x/net/html"
)

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

// FuzzArticle: whatever a text holds, the article is that text, and every
// passage is an element of its own.
func FuzzArticle(f *testing.F) {
	f.Add("青溪市2024年政府工作报告\n\n一、2023年工作回顾\n\n新增学位3200个，改建公路86公里。\n", "公里", 0, 9)
	f.Add("一是甲。做了乙。二是丙。做了丁3.5%、4%。\n<b>&amp;\u202e</b>\n　　——首行\n", "做了", 3, 12)
	f.Add("第一部分　甲\n（一）乙\n1．丙增长5%—5.5%。\n\t\n\n", "5", 1, 30)
	f.Fuzz(func(t *testing.T, text_, word string, from, to int) {
		r := extract.ParseText(text_)
		d := view.Reading{Report: r, Found: view.Find(r, word)}
		if from >= 0 && from < to && to <= r.Len() {
			d.Marks = []corpus.Span{{Start: from, End: to}}
		}
		tree, err := html.Parse(strings.NewReader("<!doctype html><article>" + string(d.Article()) + "</article>"))
		if err != nil {
			t.Fatal(err)
		}
		g := &got{tree: tree}
		if s := text(g.all("article")[0]); s != r.Text {
			t.Fatalf("the article is %q, the text %q", s, r.Text)
		}
		for _, p := range r.Passages {
			if n := len(g.all("span", "id="+p.ID)) + len(g.all("div", "id="+p.ID)); n != 1 {
				t.Errorf("%d elements %s", n, p.ID)
			}
		}
	})
}
