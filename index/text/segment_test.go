package text

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestQuoted: the names in quotation marks are short, and no sentences.
func TestQuoted(t *testing.T) {
	for text, want := range map[string]string{
		"推进“津治通”和“专精特新”企业": "津治通 专精特新", "“AI＋”行动": "ai+", "": "", "无": "", "没有“右边": "", "“一”": "", "“一二”": "一二",
		"“一二三四五六七八九十”": "一二三四五六七八九十", "“一二三四五六七八九十一”": "", "“稳字当头、稳中求进”": "", "“你好。”“甲乙”": "甲乙", "只有右边”“甲乙”": "甲乙",
	} {
		if got := strings.Join(Quoted(text), " "); got != want {
			t.Errorf("Quoted(%q) = %q, want %q", text, got, want)
		}
	}
}

// said is words in one line, with their tags and where they stand.
func said(words []Word) string {
	var out []string
	for _, w := range words {
		out = append(out, fmt.Sprintf("%s/%s@%d-%d", w.Text, w.Tag, w.Start, w.End))
	}
	return strings.Join(out, " ")
}

// TestCut: a report's own terms stay whole, and every word knows where it stands.
func TestCut(t *testing.T) {
	c, err := NewCutter("", []string{"津治通", "一网统"})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"":           "",
		"津治通":        "津治通/nz@0-3",
		"推进津治通平台":    "推进/v@0-2 津治通/nz@2-5 平台/n@5-7",
		"津治通一网统":     "津治通/nz@0-3 一网统/nz@3-6",
		"公园和道路":      "公园/n@0-2 和/c@2-3 道路/n@3-5",
		"a/b公园":      "a/x@0-1 //x@1-2 b/x@2-3 公园/n@3-5",
		"改造公园，更新道路。": "改造/v@0-2 公园/n@2-4 ，/x@4-5 更新/d@5-7 道路/n@7-9 。/x@9-10",
	} {
		for range 2 { // cut, and remembered
			if got := said(c.Cut(text)); got != want {
				t.Errorf("Cut(%q) = %s, want %s", text, got, want)
			}
		}
	}
}

// TestFine: long words are cut into those that they are made of, without gaps.
func TestFine(t *testing.T) {
	c := load(t)
	for text, want := range map[string]string{
		"天津美术学院":     "天津 美术 学院",
		"固定资产投资":     "固定 资产 投资",
		"中华人民共和国":    "中华 人民 共和 国",
		"高新技术":       "高新 技术",
		"公园 gdp5.8%": "公园   gdp5 . 8 %",
		"broadband":  "broadband",
	} {
		words := c.Fine(text)
		var got []string
		at := 0
		for _, w := range words {
			got = append(got, w.Text)
			if w.Start != at || w.End-w.Start != len([]rune(w.Text)) {
				t.Errorf("Fine(%q): %s begins at %d, want %d", text, w.Text, w.Start, at)
			}
			at = w.End
		}
		if s := strings.Join(got, " "); s != want || at != len([]rune(text)) {
			t.Errorf("Fine(%q) = %q, want %q", text, s, want)
		}
	}
}

// TestInDict: the dictionary has words, and guesses none.
func TestInDict(t *testing.T) {
	c := load(t)
	for text, want := range map[string]bool{"公园": true, "固定资产": true, "园公": false, "水库桥梁": false, "公": true, "上仓镇": false} {
		for range 2 {
			if got := c.InDict(text); got != want {
				t.Errorf("InDict(%q) = %v, want %v", text, got, want)
			}
		}
	}
	for text, want := range map[string]string{"水库桥梁": "水库 桥梁", "上仓": "上 仓", "加固水库桥梁和城市河堤": "加固 水库 桥梁 和 城市 河堤"} {
		for range 2 {
			if got := strings.Join(c.Plain(text), " "); got != want {
				t.Errorf("Plain(%q) = %q, want %q", text, got, want)
			}
		}
	}
}

// TestSearchWords: a document is indexed by its words, short and long, and not
// by its marks. Words that begin at one place share their position.
func TestSearchWords(t *testing.T) {
	load(t)
	var got []string
	for _, x := range (wordTokenizer{}).Tokenize([]byte("固定资产，增长5.8%！𠮷㐀鿿ab")) {
		got = append(got, fmt.Sprintf("%s@%d", x.Term, x.Position))
	}
	if s, want := strings.Join(got, " "), "固定@1 资产@2 固定资产@2 增长@3 5.8@4 𠮷@5 㐀@6 鿿@7 ab@8"; s != want {
		t.Errorf("the words are %s, want %s", s, want)
	}
	if x := (wordTokenizer{}).Tokenize([]byte("港\xff")); x != nil {
		t.Errorf("invalid text has the words %v", x)
	}
}

// TestModuleCaches: where the go command says that modules are, nothing else is
// tried; else in every GOPATH and at home.
func TestModuleCaches(t *testing.T) {
	for _, c := range []struct{ cache, path, want string }{
		{"/cache", "/go", "/cache"},
		{"", "/go:/more", "/go/pkg/mod /more/pkg/mod /home/go/pkg/mod"},
		{"", "", "/home/go/pkg/mod"},
	} {
		t.Setenv("GOMODCACHE", c.cache)
		t.Setenv("GOPATH", c.path)
		t.Setenv("HOME", "/home")
		if got := strings.Join(moduleCaches(), " "); got != c.want {
			t.Errorf("GOMODCACHE=%s GOPATH=%s: %s, want %s", c.cache, c.path, got, c.want)
		}
	}
	t.Setenv(DictEnv, "")
	t.Setenv("GOMODCACHE", "/cache")
	dirs := dictDirs("")
	for _, want := range []string{"/usr/share/jinwen/dict", "/cache/github.com/yanyiwu/gojieba@v1.4.7/deps/cppjieba/dict"} {
		if !slices.Contains(dirs, want) {
			t.Errorf("%q is not looked in: %q", want, dirs)
		}
	}
}

// TestSmallIDF: the file that saves loading the real one is gone afterwards.
func TestSmallIDF(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	path, cleanup := smallIDF("/dict")
	if data, err := os.ReadFile(path); err != nil || len(data) == 0 {
		t.Errorf("the file is %q, %v", data, err)
	}
	cleanup()
	if _, err := os.Stat(path); err == nil {
		t.Errorf("%s is left", path)
	}
	t.Setenv("TMPDIR", "/nowhere")
	if path, _ := smallIDF("/dict"); path != "/dict/idf.utf8" {
		t.Errorf("without a place to write the file is %s, want the real one", path)
	}
}
