package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus"
	"jinwen/corpus/extract"
)

// lines prints a Diff, one change a line.
func (d Diff) lines(old, new *corpus.Report) []string {
	var out []string
	for _, c := range d.Sections {
		out = append(out, fmt.Sprintf("section %s: %s|%s", c.Kind, c.OldTitle, c.NewTitle))
	}
	for _, c := range d.Sentences {
		switch c.Kind {
		case Changed:
			out = append(out, fmt.Sprintf("sentence changed: %s|%s", strings.Join(quotes(old, c.OldParts), "…"), strings.Join(quotes(new, c.NewParts), "…")))
		case Added:
			out = append(out, "sentence added: "+c.NewText)
		default:
			out = append(out, fmt.Sprintf("sentence %s: %s", c.Kind, c.OldText))
		}
	}
	for _, c := range d.Figures {
		out = append(out, fmt.Sprintf("figure %s: %s %s|%s", c.Kind, c.Indicator, c.OldValue, c.NewValue))
	}
	for _, c := range d.Commitments {
		out = append(out, fmt.Sprintf("commitment %s: %s|%s", c.Kind, c.OldText, c.NewText))
	}
	return out
}

const shortReport = `政府工作报告

一、2029年工作回顾

经济稳步增长。地区生产总值增长5%，粮食产量达到200万吨。全年新增城镇就业12万人，城镇调查失业率5.1%。改造老旧小区30个，惠及居民2万户。

二、2030年工作安排

（一）加快城市建设

建成地铁2号线，开工建设滨河大桥。新建口袋公园10个，改造燃气管网100公里。提升城市管理水平，让群众生活更方便。

（二）办好民生实事

新增学位5000个，建成市第二人民医院。举办首届滨河马拉松赛。
`

func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		name     string
		old, new string // the edit to shortReport
		want     []string
	}{
		{"nothing", "", "", nil},
		{"white space between paragraphs", "\n\n二、", "\n\n\n二、", nil},
		{"a number", "200万吨", "210万吨", []string{
			"sentence changed: 200|210",
			"figure changed: 粮食产量 200万吨|210万吨",
		}},
		{"a number of the plan", "口袋公园10个", "口袋公园12个", []string{
			"sentence changed: 10|12",
			"figure changed: 新建口袋公园 10个|12个",
			"commitment changed: 新建口袋公园10个|新建口袋公园12个",
		}},
		{"a word", "滨河大桥", "滨海大桥", []string{
			"sentence changed: 河|海",
			"commitment changed: 开工建设滨河大桥|开工建设滨海大桥",
		}},
		{"a sentence dropped", "改造老旧小区30个，惠及居民2万户。", "", []string{
			"sentence dropped: 改造老旧小区30个，惠及居民2万户。",
			"figure dropped: 改造老旧小区 30个|",
			"figure dropped: 老旧小区惠及居民 2万户|",
		}},
		{"a sentence added", "马拉松赛。", "马拉松赛。组建市科技创新中心。", []string{
			"sentence added: 组建市科技创新中心。",
			"commitment added: |组建市科技创新中心",
		}},
		{"a heading renamed", "加快城市建设", "提高城市品质", []string{
			"section changed: 加快城市建设|提高城市品质",
		}},
		{"the last sentence rewritten", "举办首届滨河马拉松赛。", "完成全市医保系统升级工程。", []string{
			"sentence dropped: 举办首届滨河马拉松赛。",
			"sentence added: 完成全市医保系统升级工程。",
			"commitment dropped: 举办首届滨河马拉松赛|",
			"commitment added: |完成全市医保系统升级工程",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if !strings.Contains(shortReport, tt.old) {
				t.Fatal("no such text in shortReport")
			}
			old := extract.ParseText(shortReport)
			new := extract.ParseText(strings.Replace(shortReport, tt.old, tt.new, 1))
			if d := cmp.Diff(tt.want, Compare(old, new).lines(old, new)); d != "" {
				t.Errorf("Compare (-want +got):\n%s", d)
			}
		})
	}
}

// Edits made to the report that ships show as exactly these edits.
func TestCompareEmbedded(t *testing.T) {
	old, err := extract.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	spans := bodySentences(old)
	sentences := quotes(old, spans)
	plan := slices.IndexFunc(old.Sections, func(s corpus.Section) bool { return s.Time == corpus.Plan })
	// Sentences of the plan without a figure or commitment to move about.
	var plain []string
	var counted []int // figures of the plan that are written once
	for _, s := range spans {
		q := old.Quote(s)
		has := slices.ContainsFunc(old.Commitments, func(c corpus.Commitment) bool { return s.Contains(c.Span) })
		if s.Start > old.Sections[plan].Start && s.Len() > 25 && !has && len(old.FiguresIn(s)) == 0 {
			plain = append(plain, q)
		}
	}
	for i, f := range old.Figures {
		if f.Nature == corpus.Target && f.Unit == "公里" && strings.Count(old.Text, f.Value) == 1 {
			counted = append(counted, i)
		}
	}
	if len(plain) < 20 || len(counted) == 0 {
		t.Fatalf("%d plain sentences, %d figures to edit", len(plain), len(counted))
	}
	f := old.Figures[counted[0]]
	moved, dropped, before := plain[3], plain[8], plain[15]
	title := old.Sections[len(old.Sections)-1].Title
	const added = "新组建市级数据交易研究院。"

	text := strings.Replace(old.Text, f.Value, "777公里", 1)
	text = strings.Replace(text, moved, "", 1)
	text = strings.Replace(text, dropped, "", 1)
	text = strings.Replace(text, before, moved+before+added, 1)
	text = strings.Replace(text, title+"。", "守住廉洁之本。", 1)
	new := extract.ParseText(text)

	number := strings.TrimSuffix(f.Value, "公里")
	c := old.Commitments[slices.IndexFunc(old.Commitments, func(c corpus.Commitment) bool { return c.Contains(f.Span) })]
	want := []string{
		"section changed: " + title + "|守住廉洁之本",
		"sentence changed: " + number + "|777",
		"sentence dropped: " + dropped,
		"sentence moved: " + moved,
		"sentence added: " + added,
		"figure changed: " + f.Indicator + " " + f.Value + "|777公里",
		"commitment changed: " + c.Text + "|" + strings.Replace(c.Text, f.Value, "777公里", 1),
		"commitment added: |" + strings.TrimSuffix(added, "。"),
	}
	got := Compare(old, new).lines(old, new)
	slices.Sort(want)
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Compare (-want +got):\n%s", d)
	}
	if len(sentences) == 0 || !Compare(old, old).Empty() {
		t.Error("a report differs from itself")
	}
}

// nextReport is what the government of shortReport says a year later: last
// year's plan is now a result, and the same indicators have new values.
const nextReport = `政府工作报告

一、2030年工作回顾

经济稳步增长。地区生产总值增长5.4%，粮食产量达到206万吨。全年新增城镇就业11.8万人，城镇调查失业率5.0%。改造老旧小区42个。

二、2031年工作安排

（一）加快城市建设

建成地铁3号线，新建口袋公园16个，改造燃气管网120公里。提升城市管理水平，让群众生活更方便。

（二）推进乡村振兴

建设高标准农田20万亩。

（三）办好民生实事

新增学位6200个，建成市儿童医院。举办第二届滨河马拉松赛。
`

// Another year's report lies beside this year's: results beside results, aims
// beside aims, whatever the year is called.
func TestCompareYears(t *testing.T) {
	old, new := extract.ParseText(shortReport), extract.ParseText(nextReport)
	var got []string
	for _, l := range Compare(old, new).lines(old, new) {
		if !strings.HasPrefix(l, "sentence") {
			got = append(got, l)
		}
	}
	want := []string{
		"section changed: 2029年工作回顾|2030年工作回顾",
		"section changed: 2030年工作安排|2031年工作安排",
		"section added: |推进乡村振兴",
		"figure changed: 地区生产总值 5%|5.4%",
		"figure changed: 粮食产量 200万吨|206万吨",
		"figure changed: 新增城镇就业 12万人|11.8万人",
		"figure changed: 城镇调查失业率 5.1%|5.0%",
		"figure changed: 改造老旧小区 30个|42个",
		"figure dropped: 老旧小区惠及居民 2万户|",
		"figure changed: 新建口袋公园 10个|16个",
		"figure changed: 改造燃气管网 100公里|120公里",
		"figure added: 建设高标准农田 |20万亩",
		"figure changed: 新增学位 5000个|6200个",
		"commitment changed: 建成地铁2号线|建成地铁3号线",
		"commitment dropped: 开工建设滨河大桥|",
		"commitment changed: 新建口袋公园10个|新建口袋公园16个",
		"commitment changed: 改造燃气管网100公里|改造燃气管网120公里",
		"commitment added: |建设高标准农田20万亩",
		"commitment changed: 新增学位5000个|新增学位6200个",
		"commitment changed: 建成市第二人民医院|建成市儿童医院",
		"commitment changed: 举办首届滨河马拉松赛|举办第二届滨河马拉松赛",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Compare (-want +got):\n%s", d)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add(shortReport, strings.Replace(shortReport, "200万吨", "210万吨", 1))
	f.Add("一、a\n\n二、b。c。", "二、b\n\n一、a。c。c。")
	f.Fuzz(func(t *testing.T, a, b string) {
		old, new := extract.ParseText(a), extract.ParseText(b)
		d := Compare(old, new)
		for _, c := range d.Sentences {
			if c.OldText != old.Quote(c.Old) || c.NewText != new.Quote(c.New) {
				t.Errorf("%+v is not verbatim", c)
			}
			for _, p := range c.OldParts {
				if !c.Old.Contains(p) {
					t.Errorf("part %v outside %v", p, c.Old)
				}
			}
			for _, p := range c.NewParts {
				if !c.New.Contains(p) {
					t.Errorf("part %v outside %v", p, c.New)
				}
			}
		}
		if !Compare(old, old).Empty() {
			t.Error("a text differs from itself")
		}
	})
}

// BenchmarkCompare compares a text with an edited copy: the time grows with
// the size of the text, not with its square.
func BenchmarkCompare(b *testing.B) {
	r, err := extract.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1, 4, 16, 64} {
		var text strings.Builder
		for i := range n {
			text.WriteString(strings.ReplaceAll(r.Text, "天津", fmt.Sprintf("第%d市", i)))
			text.WriteByte('\n')
		}
		old := extract.ParseText(text.String())
		new := extract.ParseText(strings.Replace(text.String(), "公里", "千米", 20))
		b.Run(fmt.Sprintf("x%d", n), func(b *testing.B) {
			b.SetBytes(int64(len(old.Text)))
			for b.Loop() {
				Compare(old, new)
			}
		})
	}
}

// A sign of another width is no change.
func TestWidth(t *testing.T) {
	old := extract.ParseText("青溪县2024年政府工作报告\n\n二、2024年主要目标任务\n\n（一）稳增长\n\n地区生产总值增长5%左右，新建学校12所。\n")
	new := extract.ParseText("青溪县2024年政府工作报告\n\n二、2024年主要目标任务\n\n（一）稳增长\n\n地区生产总值增长５％左右，新建学校12所。\n")
	if old.ID == new.ID {
		t.Skip("reading makes them one")
	}
	if d := Compare(old, new); !d.Empty() {
		t.Errorf("Compare of %% and ％ = %+v, want nothing", d)
	}
}
