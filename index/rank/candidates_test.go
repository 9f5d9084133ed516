package rank

import (
	"math"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/zh"
	"jinwen/index/lexicon"
	"jinwen/index/position"
	"jinwen/index/text"
)

// report is of a place that there is not. No word of it is in the lexicon for
// its sake.
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

// newTestIndex lays report out; it is closed at the end of the test.
func newTestIndex(t *testing.T, emb Embedder, first bool) *Index {
	t.Helper()
	r := extract.ParseText(report)
	cut, err := text.NewCutter("", text.Quoted(r.Text))
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	x := position.NewText(r)
	x.SetWords(cut.Fine(string(x.Runes)), cut.InDict)
	ix, err := New(r, x, cut, lex, emb, first)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

// TestSources: each source of candidates proposes a passage that shares no word
// with the question.
func TestSources(t *testing.T) {
	ix := newTestIndex(t, nil, false)
	passageOf := func(text string) int {
		t.Helper()
		for i, p := range ix.Report.Passages {
			if strings.Contains(ix.Report.Quote(p.Span), text) {
				return i
			}
		}
		t.Fatalf("no passage holds %q", text)
		return -1
	}
	l, err := lexicon.Load(lexicon.Layer{Name: "mine.yaml", Data: []byte("synonyms:\n  - say: [嘟噜屋]\n    means: [幼儿园]\n")})
	if err != nil {
		t.Fatal(err)
	}
	want := passageOf("幼儿园")
	if s := ix.expanded.Load().scores("嘟噜屋"); at(s, want) > 0 {
		t.Error("the test's word is in the default lexicon already")
	}
	ix.SetLexicon(l)
	s := ix.expanded.Load().scores("嘟噜屋")
	if at(s, want) < Used.Expanded || slices.Max(s) != 1 {
		t.Errorf("by expansion the passage has %.2f of the best score %.2f", at(s, want), slices.Max(s))
	}
	if s := ix.expanded.Load().scores("，xyz？"); s != nil {
		t.Errorf("nothing matches, and the scores are %v", s)
	}
	v := meaningOf(ix.cut, zh.Fold("小孩子托管上学"))
	near := ix.meanings.scores(&v)
	if at(near, want) < Used.Meant {
		t.Errorf("in meaning the passage is %.2f deviations near, want %v", at(near, want), Used.Meant)
	}
	sum := 0.0
	for _, x := range near {
		sum += x
	}
	if math.Abs(sum) > 1e-6*float64(len(near)) {
		t.Errorf("deviations sum up to %v, want 0", sum)
	}
}
