package index

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// TestTokenOffsets: every token is the input between its offsets, for both
// tokenizers, and positions never go back.
func TestTokenOffsets(t *testing.T) {
	testIndex(t) // loads gojieba
	for _, input := range []string{"", "地区生产总值增长4.5%左右，pm2.5", "改造燃气管网623公里", "a", "港", "“津治通”", "1.4万套(间)"} {
		checkTokens(t, input)
	}
}

func checkTokens(t *testing.T, input string) {
	t.Helper()
	for _, tok := range []analysis.Tokenizer{wordTokenizer{}, gramTokenizer{}} {
		at := 0
		for _, x := range tok.Tokenize([]byte(input)) {
			if x.Start < 0 || x.End > len(input) || input[x.Start:x.End] != string(x.Term) {
				t.Fatalf("%T: token %q at [%d:%d] of %q", tok, x.Term, x.Start, x.End, input)
			}
			if x.Position < at {
				t.Fatalf("%T: position %d after %d in %q", tok, x.Position, at, input)
			}
			at = x.Position
		}
	}
}

func FuzzTokenOffsets(f *testing.F) {
	for _, s := range []string{"地区生产总值增长4.5%左右", "\x00", "\xff港", "👍港口", "1+10", strings.Repeat("港", 300)} {
		f.Add(s)
	}
	testIndex(f)
	f.Fuzz(func(t *testing.T, s string) { checkTokens(t, s) })
}

// TestWordsAndPairs: a word that gojieba cuts another way in the report than
// in the question is still found by its pairs of characters.
func TestWordsAndPairs(t *testing.T) {
	var pairs []string
	for _, x := range (gramTokenizer{}).Tokenize([]byte("新质生产力5g基站")) {
		pairs = append(pairs, string(x.Term))
	}
	if got, want := strings.Join(pairs, " "), "新质 质生 生产 产力 5g 基站"; got != want {
		t.Errorf("pairs = %q, want %q", got, want)
	}
}

func TestFindDict(t *testing.T) {
	full := t.TempDir()
	for _, f := range dictFiles {
		if err := os.WriteFile(filepath.Join(full, f), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := FindDict(full); err != nil || got != full {
		t.Errorf("FindDict(full) = %q, %v, want %q", got, err, full)
	}
	t.Setenv(DictEnv, full)
	if got, err := FindDict(""); err != nil || got != full {
		t.Errorf("FindDict by environment = %q, %v, want %q", got, err, full)
	}
	if err := os.Remove(filepath.Join(full, dictFiles[1])); err != nil {
		t.Fatal(err)
	}
	_, err := FindDict("")
	if err == nil {
		t.Fatal("FindDict with a file missing: no error")
	}
	for _, want := range []string{full, dictFiles[1], DictEnv, "dict_dir"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("FindDict error %q lacks %q", err, want)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("FindDict error has more than one line: %q", err)
	}
}

// TestFind compares the exact search with the plain one, for every stretch of
// a text and for some that it lacks.
func TestFind(t *testing.T) {
	ix := newIndex(t, another)
	text := ix.text.runes
	for n := 2; n <= 5; n++ {
		for i := 0; i+n <= len(text); i += 3 {
			term := text[i : i+n]
			if isDigit(term[0]) || isDigit(term[n-1]) || isLatin(term[0]) || isLatin(term[n-1]) {
				continue // found as whole numbers and words only
			}
			want := strings.Count(overlapping(string(text), string(term)), "x")
			if got := len(ix.text.find(term)); got != want {
				t.Errorf("find(%q) gives %d places, want %d", string(term), got, want)
			}
		}
	}
	for _, c := range []struct {
		term string
		n    int
	}{{"12.5亿", 0}, {"312.5亿", 1}, {"15个", 1}, {"5个", 0}, {"没有的词", 0}} {
		if got := len(ix.text.find([]rune(c.term))); got != c.n {
			t.Errorf("find(%q) gives %d places, want %d", c.term, got, c.n)
		}
	}
}

// overlapping returns an x for every place of term in text.
func overlapping(text, term string) string {
	var b strings.Builder
	for i := range text {
		if strings.HasPrefix(text[i:], term) {
			b.WriteByte('x')
		}
	}
	return b.String()
}

func TestSlips(t *testing.T) {
	ix := newIndex(t, another+"\n推进“津治通”平台升级，地铁11号线建成，集装箱吞吐量增长，天津美术学院扩建，津滨轻轨改造。\n")
	for _, c := range []struct{ text, want string }{
		{"津志通", "津治通"}, {"集装厢", "集装箱"}, {"集装箱", ""}, {"完全不同", ""},
	} {
		if got := ix.slips.soundsLike([]rune(c.text), true); got != c.want {
			t.Errorf("soundsLike(%q) = %q, want %q", c.text, got, c.want)
		}
	}
	if got := ix.slips.abbreviated([]rune("天美")); len(got) == 0 || !strings.HasPrefix(got[0], "天津美术") {
		t.Errorf("abbreviated(天美) = %q, want 天津美术…", got)
	}
	if got := ix.slips.spelled("jinbin"); len(got) != 1 || got[0] != "津滨" {
		t.Errorf("spelled(jinbin) = %q, want 津滨", got)
	}
}

func TestSimplify(t *testing.T) {
	for _, c := range []struct {
		in, out string
		was     bool
	}{
		{"今年GDP目标", "今年GDP目标", false}, {"老舊小區", "老旧小区", true}, {"How many?", "How many?", false},
	} {
		if got, was := simplify(c.in); got != c.out || was != c.was {
			t.Errorf("simplify(%q) = %q, %v, want %q, %v", c.in, got, was, c.out, c.was)
		}
	}
}

func TestChineseNumber(t *testing.T) {
	for _, c := range []struct {
		in   string
		want float64
	}{{"二千三百万", 2.3e7}, {"十五", 15}, {"一百零五", 105}, {"三亿", 3e8}, {"两千", 2000}} {
		if got, ok := chineseNumber(c.in); !ok || got != c.want {
			t.Errorf("chineseNumber(%q) = %v, %v, want %v", c.in, got, ok, c.want)
		}
	}
}

// TestFoldOnce: what is folded stays as it is, whatever the character.
func TestFoldOnce(t *testing.T) {
	for c := rune(0); c <= utf8.MaxRune; c++ {
		if once := fold(string(c)); fold(once) != once {
			t.Errorf("fold(%U) = %q, folded again %q", c, once, fold(once))
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("ＧＤＰ４．５％“专精特新”㎡—–")
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.ValidString(s) && !utf8.ValidString(fold(s)) {
			t.Errorf("fold(%q) is not UTF-8", s)
		}
		if once := fold(s); fold(once) != once {
			t.Errorf("fold is not idempotent on %q", s)
		}
	})
}
