package site

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// kindsOfPage is one address of each kind of page that needs no sign-in.
var kindsOfPage = []struct{ name, path string }{
	{"home", "/"}, {"ask", "/ask?q=口袋公园今年建几个"}, {"topic", "/ask?q=就业"}, {"across", "/ask?q=天津近三年GDP增速"}, {"notfound", "/ask?q=今年建几个火星基地"}, {"empty", "/ask?q="},
	{"reports", "/reports"}, {"reader", "/r/2024/天津?m=10712-10724"}, {"search", "/r/2024/天津?q=口袋公园"},
	{"figures", "/figures"}, {"filtered", "/figures?topic=教育&sort=value&dir=desc"}, {"commitments", "/commitments"}, {"pairs", "/pairs"}, {"compare", "/compare"}, {"kept", "/kept"},
	{"missing", "/nothing"}, {"embed", "/embed?q=口袋公园"}, {"login", "/admin/login"},
}

// TestShots takes the pictures that people look at.
func TestShots(t *testing.T) {
	if shots() == "" {
		t.Skip("JINWEN_SHOTS=DIR takes pictures of each kind of page")
	}
	s := start(t, nil)
	importText(t, s, []byte(strings.NewReplacer("2024年", "2025年", "2023年", "2024年").Replace(string(changed(t, "增长4.3%", "增长5.1%")))))
	b := tab{t, openBrowser(t), s}
	pages := append(s.deskPages(t, b), kindsOfPage...)
	ctx := b.ctx
	for _, k := range pages {
		for _, width := range []int64{360, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				s.shot(t, ctx, k.path, fmt.Sprintf("%s-%d-%s.png", k.name, width, scheme), width, scheme)
			}
		}
	}
}

// deskPages signs the admin in and returns one address of each of their pages.
func (s *running) deskPages(t *testing.T, b tab) []struct{ name, path string } {
	t.Helper()
	s.client().get("/ask?q=" + url.QueryEscape("火星移民送多少人"))
	b.do(chromedp.Navigate(s.base+"/admin/login"), chromedp.SendKeys("#name", adminName), chromedp.SendKeys("#password", adminPassword), chromedp.KeyEvent(kb.Enter))
	b.until("signed in", `location.pathname === "/admin"`)
	p, err := s.library.Import(b.ctx, "a.txt", changed(t, "口袋公园50个", "口袋公园60个"), s.library.By("test"))
	if err != nil {
		t.Fatal(err)
	}
	return []struct{ name, path string }{
		{"desk", "/admin"}, {"preview", "/admin/preview?version=" + p.Report.ID}, {"missed", "/admin/missed"}, {"words", "/admin/words"}, {"use", "/admin/use"}, {"audit", "/admin/audit"},
		{"year", "/r/2025/天津"},
	}
}

// look opens a page as a screen of that width shows it, light or dark.
func (s *running) look(t *testing.T, ctx context.Context, path string, width int64, scheme string) {
	t.Helper()
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(s.base+withLang(path))); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func (s *running) shot(t *testing.T, ctx context.Context, path, name string, width int64, scheme string) {
	t.Helper()
	s.look(t, ctx, path, width, scheme)
	height, err := chromedp.Run(ctx, chromedp.Evaluate[float64]("document.documentElement.scrollHeight"))
	if err != nil {
		t.Fatal(err)
	}
	beyond := true
	png, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
		CaptureBeyondViewport: &beyond, Clip: &page.Viewport{Width: float64(width), Height: min(height, 1700), Scale: 1},
	})
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	save(t, name, png.Data)
}

// withLang is path in Simplified Chinese, whatever the browser speaks.
func withLang(path string) string {
	if strings.Contains(path, "lang=") {
		return path
	}
	if strings.Contains(path, "?") {
		return path + "&lang=zh-CN"
	}
	return path + "?lang=zh-CN"
}
