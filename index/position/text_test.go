package position

import (
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/zh"
	"jinwen/index/text"
)

// report is of a place that there is not.
const report = `青溪县2031年政府工作报告
——2031年2月3日在青溪县第九届人民代表大会第一次会议上

各位代表：
现在，我代表县人民政府向大会报告工作，请予审议。
第一部分　2030年工作回顾
过去一年，全县上下奋力拼搏，国内生产总值达到312.5亿元，增长6.8%，财政收入完成18.4亿元。
1．农业稳产增收
全年粮食总产量达到9.6亿斤，新建高标准农田4.2万亩，茶叶产值突破20亿元。新修农村公路86公里。
2．民生持续改善
新建幼儿园5所，新增学位1800个。县人民医院新院区投入使用，改造老旧小区12个，惠及居民3400户。
第二部分　2031年主要工作
主要预期目标是：国内生产总值增长6.5%左右，城镇新增就业4200人，城镇登记失业率控制在4%以内。
1．做大做强产业
建设青溪茶产业园，力争茶叶产值达到25亿元。开工建设青江大桥，建成环湖路二期。
2．办好民生实事
改造老旧小区15个，新建停车位2000个，启动县中医院迁建，实现村村通公交。
`

// TestFind compares the exact search with the plain one, for every stretch of
// a text and for some that it lacks.
func TestFind(t *testing.T) {
	x := NewText(extract.ParseText(report))
	runes := x.Runes
	for n := 2; n <= 5; n++ {
		for i := 0; i+n <= len(runes); i += 3 {
			term := runes[i : i+n]
			if zh.IsDigit(term[0]) || zh.IsDigit(term[n-1]) || zh.IsLatin(term[0]) || zh.IsLatin(term[n-1]) {
				continue // found as whole numbers and words only
			}
			want := strings.Count(overlapping(string(runes), string(term)), "x")
			if got := len(x.Find(term)); got != want {
				t.Errorf("find(%q) gives %d places, want %d", string(term), got, want)
			}
		}
	}
	for _, c := range []struct {
		term string
		n    int
	}{{"12.5亿", 0}, {"312.5亿", 1}, {"15个", 1}, {"5个", 0}, {"没有的词", 0}} {
		if got := len(x.Find([]rune(c.term))); got != c.n {
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
	x := NewText(extract.ParseText(report + "\n推进“津治通”平台升级，地铁11号线建成，集装箱吞吐量增长，天津美术学院扩建，津滨轻轨改造。\n"))
	cut, err := text.NewCutter("", nil)
	if err != nil {
		t.Fatal(err)
	}
	words := cut.Fine(string(x.Runes))
	x.SetWords(words, cut.InDict)
	slips := NewSlips(x, words)
	for _, c := range []struct{ text, want string }{
		{"津志通", "津治通"}, {"集装厢", "集装箱"}, {"集装箱", ""}, {"完全不同", ""},
	} {
		if got := slips.SoundsLike([]rune(c.text), true, nil); got != c.want {
			t.Errorf("soundsLike(%q) = %q, want %q", c.text, got, c.want)
		}
	}
	if got := slips.Abbreviated([]rune("天美")); len(got) == 0 || !strings.HasPrefix(got[0], "天津美术") {
		t.Errorf("abbreviated(天美) = %q, want 天津美术…", got)
	}
	if got := slips.Spelled("jinbin", nil); len(got) != 1 || got[0] != "津滨" {
		t.Errorf("spelled(jinbin) = %q, want 津滨", got)
	}
}
