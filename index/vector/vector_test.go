package vector

import (
	"strings"
	"testing"
)

// TestData: a line, a weight and Dim numbers for every word, in order.
func TestData(t *testing.T) {
	words := strings.Split(strings.TrimSuffix(wordList, "\n"), "\n")
	if len(words) != len(weightData) || len(words)*Dim != len(vectorData) {
		t.Fatalf("%d words, %d weights, %d numbers, want as many weights and %d numbers a word", len(words), len(weightData), len(vectorData), Dim)
	}
	for i, w := range words {
		if i > 0 && words[i-1] >= w {
			t.Fatalf("%q stands before %q", words[i-1], w)
		}
		if (i%97 == 0 || i < 40 || i > len(words)-40) && find(w) != i {
			t.Errorf("find(%q) = %d, want %d", w, find(w), i)
		}
	}
	for _, w := range []string{"", "a", "不是一个词儿", "龘龘", "\xff"} {
		if i := find(w); i != -1 {
			t.Errorf("find(%q) = %d, want -1", w, i)
		}
	}
}

// TestNear: what people say is nearer to what a report says of it than to what
// it says of something else.
func TestNear(t *testing.T) {
	for _, c := range []struct{ said, near, far string }{
		{"娃 上学", "义务教育 学位", "港口 吞吐量"},
		{"看病 报销", "医保 结算", "铁路 建设"},
		{"老人 吃饭", "老年人 助餐 服务", "高新技术 企业"},
		{"空气 好 不 好", "细 颗粒物 浓度", "进出口 总额"},
		{"种地", "高标准 农田", "数字 经济"},
	} {
		said, near, far := of(c.said), of(c.near), of(c.far)
		if a, b := said.Cos(&near), said.Cos(&far); a <= b {
			t.Errorf("%s is %.2f from %s and %.2f from %s", c.said, a, c.near, b, c.far)
		}
	}
}

func of(words string) Vec { return Of(strings.Fields(words), nil) }

func TestOf(t *testing.T) {
	for _, words := range []string{"", "xyz 123", "电梯"} {
		v := Of(strings.Fields(words), func(w string) bool { return w == "电梯" || w == "电" || w == "梯" })
		if !v.Zero() {
			t.Errorf("Of(%q) is not zero", words)
		}
	}
	v := of("电梯")
	if x := v.Cos(&v); x < 0.999 || x > 1.001 {
		t.Errorf("the length of a vector is %v, want 1", x)
	}
	if a, b := of("楼龘"), of("楼 龘"); a != b {
		t.Error("a word that is not known does not stand for its characters")
	}
}

// TestFind: words are those that are known and have more than one character,
// and each is nearest to itself.
func TestFind(t *testing.T) {
	words := Find([]string{"电", "电梯", "龘龘", "", "小区", "x"})
	if len(words) != 2 {
		t.Fatalf("%d words, want 电梯 and 小区", len(words))
	}
	for i, text := range []string{"电梯", "小区"} {
		v := of(text)
		if x := words[i].Cos(&v); x < 0.999 || x > 1.001 {
			t.Errorf("%s is %v from itself, want 1", text, x)
		}
		if x := words[1-i].Cos(&v); x > 0.9 {
			t.Errorf("%s is %v from the other", text, x)
		}
	}
	first, _, _ := strings.Cut(wordList, "\n")
	if v := of(first); v.Zero() {
		t.Errorf("the first word, %q, is not known", first)
	}
}

func BenchmarkOf(b *testing.B) {
	words := strings.Fields("老 小区 电梯 加装 补贴 居民")
	for b.Loop() {
		Of(words, nil)
	}
}
