package site

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A tab is a tab of the browser, with what tests do in it.
type tab struct {
	*testing.T
	ctx context.Context
	s   *running
}

func (b tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		at, _ := chromedp.Run(b.ctx, chromedp.Location())
		b.Fatalf("at %s: %v", at, err)
	}
}

// enter presses Enter on a link. The page goes away under the key, so that the
// browser may never say that it was pressed.
func (b tab) enter() {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Enter)); err != nil && ctx.Err() == nil {
		b.Fatal(err)
	}
}

// js is the value of an expression on the page.
func js[T any](b tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to be true.
func (b tab) until(what, expression string) {
	b.Helper()
	for range 200 {
		if v, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression)); err == nil && v {
			return
		}
		time.Sleep(50 * time.Millisecond) // the browser tells of no such instant
	}
	at, _ := chromedp.Run(b.ctx, chromedp.Location())
	b.Fatalf("%s: %s is not true at %s", what, expression, at)
}

// focus returns what has the focus, as tag#id or tag and its text.
func (b tab) focus() string {
	b.Helper()
	return js[string](b, `(e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : " " + e.textContent.trim().slice(0, 40)))(document.activeElement)`)
}

// TestJourney is a person at a keyboard: asks, follows the quote, goes back,
// filters a table, takes it away; then an admin signs in, imports, activates.
func TestJourney(t *testing.T) {
	s := start(t, nil)
	b := tab{t, openBrowser(t), s}
	down := t.TempDir()
	if _, err := chromedp.CallBrowser(b.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: down}); err != nil {
		t.Fatal(err)
	}

	// By keyboard alone: the skip link comes first and leads to the text.
	b.do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(s.base+"/?lang=zh-CN"), chromedp.KeyEvent(kb.Tab))
	if f := b.focus(); f != "a 跳到正文" {
		t.Errorf("the first stop is %s", f)
	}
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until("the skip link", `document.activeElement.id === "main"`)
	b.do(chromedp.KeyEvent(kb.Tab))
	if f := b.focus(); f != "input#q" {
		t.Errorf("after the skip link comes %s", f)
	}
	if w := js[string](b, `getComputedStyle(document.activeElement).outlineStyle`); w == "none" {
		t.Error("the focus is not seen")
	}
	b.do(chromedp.KeyEvent("口袋公园今年建几个"), chromedp.KeyEvent(kb.Enter))
	b.until("an answer", `location.pathname === "/ask" && document.querySelector(".direct") !== null`)
	if d := js[string](b, `document.querySelector(".direct").textContent`); !strings.Contains(d, "50个") {
		t.Errorf("the answer is %s", d)
	}
	asked := js[string](b, "location.href")

	// The quote leads to its place, marked and focused; back is the answer.
	js[bool](b, `document.querySelector("figcaption a").focus() || true`)
	b.enter()
	b.until("the report", `location.pathname.startsWith("/r/2024/")`)
	b.until("the passage focused", `location.hash !== "" && document.activeElement.id === location.hash.slice(1)`)
	if m := js[string](b, `document.querySelector("mark").textContent`); m != "新建提升口袋公园50个。" {
		t.Errorf("marked is %s", m)
	}
	if y := js[bool](b, `(r => r.top >= 0 && r.bottom <= innerHeight)(document.querySelector("mark").getBoundingClientRect())`); !y {
		t.Error("the marked passage is not on the screen")
	}
	js[bool](b, `history.back() || true`)
	b.until("the answer again", fmt.Sprintf("location.href === %q", asked))

	// A choice of the filter applies at once; the file has what it shows.
	b.do(chromedp.Navigate(s.base + "/figures"))
	all := js[int](b, `document.querySelectorAll("tbody tr").length`)
	js[bool](b, `(s => { s.value = "教育"; return s.dispatchEvent(new Event("change", {bubbles: true})); })(document.querySelector("#f-topic"))`)
	b.until("the filter", `new URLSearchParams(location.search).get("topic") === "教育"`)
	if n := js[int](b, `document.querySelectorAll("tbody tr").length`); n == 0 || n >= all {
		t.Errorf("%d rows of %d", n, all)
	}
	js[bool](b, `document.querySelector('.take a[href*="figures.csv"]').click() || true`)
	csv := waitFor(t, down, ".csv")
	if data, err := os.ReadFile(csv); err != nil || !strings.Contains(string(data), "学位") {
		t.Errorf("the file: %v", err)
	}

	// The admin.
	file := filepath.Join(t.TempDir(), "新文本.txt")
	if err := os.WriteFile(file, changed(t, "新建提升口袋公园50个", "新建提升口袋公园60个"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(s.base+"/admin"), chromedp.SendKeys("#name", adminName), chromedp.SendKeys("#password", adminPassword), chromedp.KeyEvent(kb.Enter))
	b.until("signed in", `location.pathname === "/admin"`)
	b.do(chromedp.SetUploadFiles("#file", []string{file}), chromedp.Click(`form[action="/admin/import"] button`))
	b.until("the preview", `location.pathname === "/admin/preview"`)
	if text := js[string](b, `document.querySelector("main").textContent`); !strings.Contains(text, "60个") {
		t.Errorf("the preview:\n%s", text)
	}
	js[bool](b, `document.querySelector('button[value="activate"]').click() || true`)
	b.until("activated", `location.pathname === "/admin" && location.search.includes("done")`)
	b.do(chromedp.Navigate(asked))
	if d := js[string](b, `document.querySelector(".direct").textContent`); !strings.Contains(d, "60个") {
		t.Errorf("after the activation the answer is %s", d)
	}
}

// waitFor is the first file in dir with that ending, once it is whole.
func waitFor(t *testing.T, dir, ending string) string {
	t.Helper()
	for range 200 {
		list, _ := filepath.Glob(filepath.Join(dir, "*"+ending))
		if len(list) > 0 {
			return list[0]
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("no file %s was loaded", ending)
	return ""
}

// TestAxe: axe-core finds nothing on any kind of page, in three languages, in
// light and dark, in large print, on a phone and on a wide screen.
func TestAxe(t *testing.T) {
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, nil)
	importText(t, s, []byte(strings.NewReplacer("2024年", "2025年", "2023年", "2024年").Replace(string(changed(t)))))
	b := tab{t, openBrowser(t), s}
	pages := append(s.deskPages(t, b), kindsOfPage...)
	modes := []struct {
		lang, size, scheme string
		width              int64
	}{{"zh-CN", "normal", "light", 1280}, {"zh-Hant", "large", "dark", 360}, {"en", "normal", "dark", 1280}, {"en", "large", "light", 360}, {"zh-CN", "large", "light", 320}, {"zh-CN", "normal", "dark", 360}}
	for _, k := range pages {
		for _, m := range modes {
			sep := "?"
			if strings.Contains(k.path, "?") {
				sep = "&"
			}
			path := k.path + sep + "lang=" + m.lang + "&size=" + m.size
			s.look(t, b.ctx, path, m.width, m.scheme)
			if wide := js[int](b, "document.documentElement.scrollWidth"); wide > int(m.width) {
				t.Errorf("%s in %v is %d wide", k.name, m, wide)
			}
			if m.width == 1280 { // text of twice the size
				js[string](b, `document.documentElement.style.fontSize = "225%"`)
				if wide := js[int](b, "document.documentElement.scrollWidth"); wide > int(m.width) {
					t.Errorf("%s in %v with text of 200 %% is %d wide", k.name, m, wide)
				}
				js[string](b, `document.documentElement.style.fontSize = ""`)
			}
			found := b.axe(string(axe))
			for _, f := range found {
				t.Errorf("%s in %v: %s", k.name, m, f)
			}
		}
	}
}

// axe runs axe-core on the page and returns what it finds, best practices too.
func (b tab) axe(script string) []string {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script+"; true")); err != nil {
		b.Fatal(err)
	}
	out, err := chromedp.Run(ctx, chromedp.Evaluate[string](
		`axe.run({resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + " " + (n.failureSummary || "").replace(/\s+/g, " ").slice(0, 200)).join(" | "))))`,
		chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	var list []string
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		b.Fatal(err)
	}
	return list
}

// TestPrint: an answer prints with its quotes and its address, and without
// what can only be pressed.
func TestPrint(t *testing.T) {
	s := start(t, nil)
	b := tab{t, openBrowser(t), s}
	b.do(chromedp.Navigate(s.base + "/ask?lang=zh-CN&q=" + "口袋公园今年建几个"))
	print := "print"
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: print}); err != nil {
		t.Fatal(err)
	}
	text := js[string](b, `document.body.innerText`)
	for _, want := range []string{"50个", "新建提升口袋公园50个。", "二、2024年主要目标任务", "地址：" + s.base + "/ask?q="} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s on paper:\n%s", want, text)
		}
	}
	for _, not := range []string{"接着问", "有用吗", "大字版", "跳到正文", "各地各年"} {
		if strings.Contains(text, not) {
			t.Errorf("%s on paper", not)
		}
	}
}
