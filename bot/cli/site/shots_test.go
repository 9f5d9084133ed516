package site

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// kindsOfPage is one address of each kind of page that needs no sign-in.
var kindsOfPage = []struct{ name, path string }{
	{"home", "/"}, {"ask", "/ask?q=口袋公园今年建几个"}, {"topic", "/ask?q=就业"}, {"notfound", "/ask?q=今年建几个火星基地"}, {"empty", "/ask?q="},
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
	ctx := openBrowser(t)
	for _, k := range kindsOfPage {
		for _, width := range []int64{360, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				s.shot(t, ctx, k.path, fmt.Sprintf("%s-%d-%s.png", k.name, width, scheme), width, scheme)
			}
		}
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
