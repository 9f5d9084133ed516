package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus"
	"jinwen/corpus/extract/figures"
	"jinwen/corpus/golden"
)

// A county's plan in words of our own; every line of want is a commitment:
// verb, text, places, organisations.
func TestCommitments(t *testing.T) {
	for _, tt := range []struct {
		name, plan string
		want       []string
	}{
		{"targets without a number too", "主要预期目标是：财政收入与经济增长同步，节能减排完成省下达任务。", []string{
			"增长 财政收入与经济增长同步", "完成 节能减排完成省下达任务",
		}},
		{"general requirements", "总体要求是：有力实施“八大行动”，建设平安大道。", nil},
		{"one verb for a list", "建成东环路、南湖大桥、城北水厂。", []string{"建成 建成东环路、南湖大桥、城北水厂 [东环路] []"}},
		{"a verb of its own behind 、", "开工建设东环路项目、完成老城区管网改造项目。", []string{"开工 开工建设东环路项目 [东环路] []", "完成 完成老城区管网改造项目"}},
		{"a noun behind 、 that looks like a verb", "推进保障房建设、改造工程建设。", []string{"推进 推进保障房建设、改造工程建设"}},
		{"documents", "出台促进民间投资若干措施，修订城乡规划管理条例。", []string{"出台 出台促进民间投资若干措施", "修订 修订城乡规划管理条例"}},
		{"campaigns", "深入实施“清河净水”行动，举办第三届茶文化艺术节。", []string{"实施 深入实施“清河净水”行动", "举办 举办第三届茶文化艺术节"}},
		{"an advance with its outcome", "推动城际铁路二期工程开工，加快县医院、中医院等改扩建。", []string{"推动 推动城际铁路二期工程开工", "加快 加快县医院、中医院等改扩建"}},
		{"an advance without one", "推动各类平台提质增效，支持企业做大做强。", nil},
		{"an advance of nothing in particular", "促进重大项目开工建设、投产达产。", nil},
		{"slogans", "坚持人民至上，增强发展动力，提高政务服务水平，完善工作机制。", nil},
		{"vague objects", "建立协同工作机制，培育新的增长点，打造良好生态。", nil},
		{"behind a phrase", "在全县推广“一件事一次办”改革，以标准引领促进企业实施技术改造。", []string{"推广 在全县推广“一件事一次办”改革"}},
		{"who shall do it", "清河区要建设智能装备产业园，加快打造商贸物流示范区。", []string{"建设 清河区要建设智能装备产业园 [清河区] []", "打造 加快打造商贸物流示范区 [清河区] []"}},
		{"towns and districts", "启动建设青溪河口镇、白石古城镇等乡村旅游点位项目。", []string{"启动 启动建设青溪河口镇、白石古城镇等乡村旅游点位项目 [青溪河口镇 白石古城镇] []"}},
		{"organisations", "支持华光、东海大学创建国家技术创新中心，建成市第二人民医院。", []string{"支持 支持华光、东海大学创建国家技术创新中心 [] [华光 东海大学 国家技术创新中心]", "建成 建成市第二人民医院 [] [市第二人民医院]"}},
		{"a place between places", "完成清风路、明月里、二号支路等13处积水点改造，推动中石化南港乙烯投产。", []string{
			"完成 完成清风路、明月里、二号支路等13处积水点改造 [清风路 明月里 二号支路] []", "推动 推动中石化南港乙烯投产 [] [中石化]",
		}},
		{"innovations that are named", "实施医疗、药品进口、保税维修等政策创新，实施机制创新。", []string{"实施 实施医疗、药品进口、保税维修等政策创新"}},
		{"a duty with a name", "落实新一轮机构改革任务，落实各项要求，落实“两个责任”。", []string{"落实 落实新一轮机构改革任务"}},
		{"what becomes of a list in quotation marks", "推动大华广场、南门片区等一批资源“腾笼换鸟”。", []string{"推动 推动大华广场、南门片区等一批资源“腾笼换鸟” [大华广场 南门片区] []"}},
		{"figures", "安排重点项目560个、年度投资4200亿元，改造老旧小区120个，惠及居民15万户，空气优良天数比例达到87%。", []string{
			"安排 安排重点项目560个、年度投资4200亿元", "改造 改造老旧小区120个，惠及居民15万户", "达到 空气优良天数比例达到87%",
		}},
		{"a subject in the clause before", "县域内就诊率提高2个百分点，力争达到92%，发放消费券5亿元，其中2亿元用于餐饮。", []string{
			"提高 县域内就诊率提高2个百分点，力争达到92%", "发放 发放消费券5亿元，其中2亿元用于餐饮",
		}},
		{"the thing leads", "县儿童医院新院区投入使用，群众就医更加便利。", []string{"投入使用 县儿童医院新院区投入使用 [] [县儿童医院新院区]"}},
		{"commas in brackets", "建成滨河公园（一期，含绿道）和南湖美术馆。", []string{"建成 建成滨河公园（一期，含绿道）和南湖美术馆 [] [南湖美术馆]"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := ParseText("一、2029年工作回顾\n\n建成老城公园项目，一切顺利，成绩来之不易，值得珍惜。\n\n二、2030年工作安排\n\n" + tt.plan + "\n")
			var got []string
			for _, c := range r.Commitments {
				s := c.Verb + " " + c.Text
				if len(c.Places)+len(c.Organisations) > 0 {
					s += fmt.Sprint(" ", c.Places, " ", c.Organisations)
				}
				got = append(got, s)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("Commitments (-want +got):\n%s", d)
			}
		})
	}
}

// The word tables stay in order, so that a missing word is seen at a glance.
func TestWordTables(t *testing.T) {
	for name, words := range map[string][]string{
		"undertakings": undertakings, "amounts": amounts, "advances": advances, "outcomes": outcomes, "completions": completions,
		"nameEnds": nameEnds, "notNames": notNames, "manners": manners, "predicates": predicates, "works": works, "duties": duties, "campaigns": campaigns, "vague": vague,
		"placeNameEnds": placeNameEnds, "organisationEnds": organisationEnds, "notPlaces": notPlaces, "notOrganisations": notOrganisations, "companies": companies,
	} {
		if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
			t.Errorf("%s is not in order, or says a word twice", name)
		}
	}
}

// The commitments of the report that ships, line by line: read the golden
// file against the text when it changes.
func TestCommitmentsGolden(t *testing.T) {
	r, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	topic := ""
	for _, c := range r.Commitments {
		if c.Topic != topic {
			topic = c.Topic
			fmt.Fprintf(&b, "# %s\n", topic)
		}
		fmt.Fprintf(&b, "[%s] %s", c.Verb, c.Text)
		for _, i := range c.Figures {
			fmt.Fprintf(&b, " | %s", r.Figures[i].Value)
		}
		if len(c.Places) > 0 {
			fmt.Fprintf(&b, " @ %s", strings.Join(c.Places, " "))
		}
		if len(c.Organisations) > 0 {
			fmt.Fprintf(&b, " & %s", strings.Join(c.Organisations, " "))
		}
		b.WriteByte('\n')
	}
	golden.Check(t, "testdata/commitments-tianjin-2024.golden", b.String())
}

// checkCommitments holds what is true of the commitments of any text.
func checkCommitments(t *testing.T, r *corpus.Report) {
	t.Helper()
	end := 0
	for _, c := range r.Commitments {
		if c.Start < end || c.End <= c.Start {
			t.Errorf("%q at %v: out of order or overlapping", c.Text, c.Span)
		}
		end = c.End
		if r.Quote(c.Span) != c.Text {
			t.Errorf("%q is not the text at %v", c.Text, c.Span)
		}
		if c.Passage < 0 || !r.Passages[c.Passage].Contains(c.Span) || r.Passages[c.Passage].Time != corpus.Plan {
			t.Errorf("%q is not inside a passage of the plan", c.Text)
		}
		if c.Verb != "" && !strings.Contains(c.Text, c.Verb) {
			t.Errorf("verb %q is not in %q", c.Verb, c.Text)
		}
		for _, names := range [][]string{c.Organisations} {
			for _, n := range names {
				if !strings.Contains(c.Text, n) {
					t.Errorf("%q is not in %q", n, c.Text)
				}
			}
		}
		for _, i := range c.Figures {
			if !c.Contains(r.Figures[i].Span) {
				t.Errorf("figure %q is not in %q", r.Figures[i].Value, c.Text)
			}
		}
	}
}

func TestCommitmentProperties(t *testing.T) {
	r, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(r.Commitments); n < 100 {
		t.Errorf("%d commitments, want more", n)
	}
	checkCommitments(t, r)
}

func FuzzCommitments(f *testing.F) {
	f.Add("二、2030年工作安排\n\n主要目标是：增长5%。清河区要建设产业园、完成“八大”工程（一期，二期）。")
	f.Add("2030年工作任务\n在全县推广，支持A、B学院创建中心。以“三量”为牵引实施行动；加快、和并建成。")
	f.Fuzz(func(t *testing.T, s string) {
		r := ParseText(s)
		checkCommitments(t, r)
		for _, p := range r.Pairs {
			if r.Figures[p.Actual].Nature != corpus.Actual || r.Figures[p.Target].Nature != corpus.Target {
				t.Errorf("pair %+v", p)
			}
		}
	})
}

// BenchmarkCommitments parses texts of growing size.
func BenchmarkCommitments(b *testing.B) {
	r, err := Embedded()
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1, 10, 100} {
		big := wrap(ParseText(strings.Repeat(r.Text+"\n", n)))
		b.Run(fmt.Sprintf("x%d", n), func(b *testing.B) {
			b.SetBytes(int64(len(big.Text)))
			for b.Loop() {
				big.Commitments = nil
				big.parseCommitments()
			}
		})
		b.Run(fmt.Sprintf("pairs x%d", n), func(b *testing.B) {
			for b.Loop() {
				figures.Pairs(big.Report)
			}
		})
	}
}
