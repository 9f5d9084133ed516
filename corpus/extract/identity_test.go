package extract

import (
	"strings"
	"testing"

	"jinwen/corpus"

	"github.com/google/go-cmp/cmp"
)

// TestIdentity: reports of all levels say in their own ways whose they are.
func TestIdentity(t *testing.T) {
	const body = "\n一、过去一年工作回顾\n全年新建公园5个，增长6%。\n二、今年工作安排\n新建公园6个，增长7%。\n"
	for _, tt := range []struct{ name, head, want string }{ // want: name|place|level|speaker|date|title
		{"province", "政府工作报告\n——2031年1月27日在江西省第十五届人民代表大会第四次会议上\n省长 张　三\n各位代表：",
			"2031/江西|江西省|province|张三|2031-01-27|政府工作报告"},
		{"region, numerals", "2031年政府工作报告\n二〇三一年一月二十七日在广西壮族自治区第十五届人民代表大会第四次会议上\n自治区主席　艾山·买买提\n各位代表：",
			"2031/广西|广西壮族自治区|province|艾山·买买提|2031-01-27|2031年政府工作报告"},
		{"prefecture", "苏州市政府工作报告\n（2031年1月9日在苏州市第十八届人民代表大会第二次会议上）\n苏州市市长 李四\n各位代表：",
			"2031/苏州|苏州市|prefecture|李四|2031-01-09|苏州市政府工作报告"},
		{"autonomous prefecture", "政府工作报告\n2031年1月9日在延边朝鲜族自治州第十七届人民代表大会第二次会议上\n代州长 金五\n各位代表：",
			"2031/延边|延边朝鲜族自治州|prefecture|金五|2031-01-09|政府工作报告"},
		{"county", "2031年青田县政府工作报告\n来源：青田发布　浏览次数：77\n2031年2月1日在青田县第十八届人民代表大会第二次会议上县长王六作政府工作报告\n各位代表：",
			"2031/青田|青田县|county|王六|2031-02-01|2031年青田县政府工作报告"},
		{"district called like a province", "天津市河北区2031年政府工作报告\n——2031年1月5日在天津市河北区第十九届人民代表大会第一次会议上\n区长 赵七\n各位代表：",
			"2031/河北区|河北区|county|赵七|2031-01-05|天津市河北区2031年政府工作报告"},
		{"given in December", "政府工作报告\n2030年12月28日在义乌市第十六届人民代表大会第四次会议上\n市长 钱八\n各位代表：",
			"2031/义乌|义乌市|county|钱八|2030-12-28|政府工作报告"},
		{"nation", "政府工作报告\n——2031年3月5日在第十五届全国人民代表大会第四次会议上\n国务院总理\n　周　九\n各位代表：",
			"2031/国务院|国务院|nation|周九|2031-03-05|政府工作报告"},
		{"by the mandate", "各位代表：\n现在，我代表义乌市人民政府，向大会作政府工作报告，请予审议。",
			"2031/义乌|义乌市|county|||义乌市2031年政府工作报告"},
		{"not in the gazetteer", "东河市青溪县政府工作报告\n2031年1月4日在青溪县第九届人民代表大会第三次会议上\n各位代表：",
			"2031/青溪|青溪县|county||2031-01-04|东河市青溪县政府工作报告"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.head + strings.NewReplacer("过去一年", "2030年", "今年", "2031年").Replace(body)
			r := ParseText(text)
			got := strings.Join([]string{r.Name(), r.Place, r.Level, r.Speaker, r.Date, r.Title}, "|")
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestYear: what year a report plans, from the strongest sign to the weakest.
func TestYear(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       int
	}{
		{"the plan's title", "一、2030年工作回顾\n做了。\n二、2031年工作安排\n要做。", 2031},
		{"both in one title, full width", "一、２０３０年工作的回顾和２０３１年工作的基本方针\n做了。\n二、保持经济平稳发展\n要做。", 2031},
		{"the review's title alone", "一、2030年工作回顾\n做了。\n二、今后的任务\n要做。", 2031},
		{"five years and one", "一、“十六五”时期和2030年工作回顾\n做了。\n二、“十七五”时期主要目标任务\n要做。\n三、2031年重点工作\n要做。", 2031},
		{"slogans: the meeting", "政府工作报告\n2031年1月5日在会议上\n各位代表：\n一、牢记嘱托，取得新成效\n做了。\n二、奋勇争先，再创新辉煌\n要做。", 2031},
		{"the text alone", "各位代表：\n" + strings.Repeat("2030年全年完成投资5亿元。", 4) + "今年要完成6亿元。到2035年，翻一番。到2035年，达到10亿元。到2035年建成。", 2031},
		{"none", "各位代表：今年要做。", 0},
	} {
		if got := ParseText(tt.text).Year; got != tt.want {
			t.Errorf("%s: Year = %d, want %d", tt.name, got, tt.want)
		}
	}
}

// TestZones: what stretches are for follows from content; headings may be
// slogans, missing, or in no order.
func TestZones(t *testing.T) {
	const (
		review = "过去一年，全县完成投资50亿元，增长6%，建成了12个公园，取得了明显成效。新增就业3万人，增长5%。"
		five   = "五年来，全县累计建成公路300公里，居民收入增长了30%，取得显著成就。"
		plan   = "今年，要加快建设，力争完成投资60亿元。推进公路建设。支持企业发展。加强治理。"
		coming = "“十七五”时期，要全面提升发展水平，到2035年，人均收入力争达到5万元。推进共同富裕。"
		own    = "各位代表！新的任务对政府自身建设提出了更高要求。我们要坚持依法行政，建设法治政府，全面从严治党，加强廉政建设。"
		close  = "各位代表！让我们更加紧密地团结起来，为美好的明天努力奋斗！"
		head   = "青溪县政府工作报告\n2031年1月5日在青溪县第九届人民代表大会第三次会议上\n县长 王六\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n"
	)
	lines := func(ls ...string) string { return strings.Join(ls, "\n") }
	for _, tt := range []struct{ name, text, want string }{
		{"slogans", lines("一、牢记嘱托，奋楫扬帆谱新篇", review, "二、勇毅前行，乘风破浪再出发", plan, close),
			"title salutation review plan closing"},
		{"the plan first", lines("一、乘风破浪，勇当先锋", plan, "二、回望来路，成绩喜人", review, close),
			"title salutation plan review closing"},
		{"two reviews in one part", lines("一、2030年和“十六五”时期工作回顾", review, five, "二、“十七五”时期主要目标任务", coming, "三、2031年重点工作", plan, own, close),
			"title salutation review five_review five_plan plan own_work closing"},
		{"two plans in one part", lines("一、“十六五”发展成就和2030年工作回顾", five, review, "二、“十七五”时期主要目标和2031年重点工作", coming, plan, "三、加强政府自身建设", "坚持依法行政。", close),
			"title salutation five_review review five_plan plan own_work closing"},
		{"no headings at all", lines(review, review, review, plan, plan, plan, close),
			"title salutation review plan closing"},
		{"glossary and appendix", lines("一、2030年工作回顾", review, "二、2031年工作安排", plan, close, "名词解释", "1.“三新”：新技术、新产业、新业态。", "2.两山：绿水青山。", "附件", "2031年民生实事", "1.新建公园9个。"),
			"title salutation review plan closing glossary appendix"},
		{"page furniture", lines("一、2030年工作回顾", review, "- 3 -", "二、2031年工作安排", plan, close, "相关报道：", "扫一扫在手机打开当前页", "下一篇：某某通知"),
			"title salutation review furniture plan closing furniture"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := ParseText(head + tt.text)
			var got []string
			for _, z := range r.Zones {
				if n := len(got); n == 0 || got[n-1] != string(z.Zone) {
					got = append(got, string(z.Zone))
				}
			}
			if d := cmp.Diff(strings.Fields(tt.want), got); d != "" {
				t.Errorf("zones (-want +got):\n%s", d)
			}
			for _, p := range r.Passages {
				if p.Zone == "furniture" {
					t.Errorf("furniture is a passage: %q", r.Quote(p.Span))
				}
			}
			for _, c := range r.Commitments {
				if z := r.Passages[c.Passage].Zone; z == "glossary" || z == "appendix" || z == "review" {
					t.Errorf("a commitment in the %s: %q", z, c.Text)
				}
			}
		})
	}
}

// TestGlossary: every entry with its term, two terms of one entry apart.
func TestGlossary(t *testing.T) {
	r := ParseText("各位代表：\n一、2030年工作回顾\n做了。\n二、2031年工作安排\n要做。\n各位代表！让我们努力奋斗！\n《政府工作报告》名词解释\n" +
		"1．“三新”：新技术、\n新产业。\n2.“两重”、“两新”：重大战略和重点领域；更新和换新。\n[3]“四好”农村路，是指建好、管好、护好、运营好农村公路。\n④新质生产力：是创新起主导作用的生产力。\n")
	var got []string
	for _, e := range r.Glossary {
		got = append(got, e.Term)
	}
	if d := cmp.Diff([]string{"三新", "两重", "两新", "四好农村路", "新质生产力"}, got); d != "" {
		t.Errorf("Glossary (-want +got):\n%s", d)
	}
}

// TestDoubts: what the parse is unsure of is said, with its place.
func TestDoubts(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "青溪县2031年政府工作报告\n各位代表：\n一、2030年工作回顾\n建成公园5个。\n二、2031年工作安排\n新建公园6个。\n", ""},
		{"a part is missing", "青溪县2031年政府工作报告\n各位代表：\n一、2030年工作回顾\n建成公园5个。\n三、2031年工作安排\n新建公园6个。\n", "5:part_missing"},
		{"two years", "青溪县2036年政府工作报告\n各位代表：\n一、2030年工作回顾\n建成公园5个。\n二、2031年工作安排\n新建公园6个。\n", "1:two_years"},
		{"no plan", "青溪县2031年政府工作报告\n各位代表：\n一、2030年工作回顾\n建成公园5个。\n", "1:no_plan"},
		{"nothing known", "全年完成了投资5亿元。\n", "1:no_place 1:no_year 1:no_parts 1:no_plan"},
		{"lost characters", "青溪县2031年政府工作报告\n各位代表：\n一、2030年工作回顾\n建成\uFFFD园5个。\n二、2031年工作安排\n新建公园6个。\n", "4:lost_text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := ParseText(tt.text)
			var got []string
			for _, d := range r.Doubts {
				got = append(got, string(rune('0'+r.LineOf(d.Start)))+":"+string(d.Kind))
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("doubts: %s, want %s", s, tt.want)
			}
		})
	}
}

// TestResolve: a name is that of a place in full or in short, alone or behind
// what it lies in; of several of one name the text tells which, or the first is
// meant.
func TestResolve(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{ // want: name|level|code
		{"西", "", ""},
		{"鼓楼区", "", "鼓楼区|county|320106"},
		{"鼓楼区", "福州。", "鼓楼区|county|350102"},
		{"鼓楼区", "福州。徐州。徐州。", "鼓楼区|county|320302"},
		{"徐州市鼓楼区", "", "鼓楼区|county|320302"},
		{"福州市鼓楼区", "徐州。", "鼓楼区|county|350102"},
		{"福建省鼓楼区", "徐州。", "鼓楼区|county|350102"},
		{"安心鼓楼区", "徐州。", "鼓楼区|county|320302"},
		{"福州市青溪县", "", "青溪县|county|"},
		{"甲县", "", ""},
		{"甲乙丙", "", ""},
		{"甲乙县", "", "甲乙县|county|"},
		{"甲乙丙丁甲乙丙丁甲乙丙县", "", "甲乙丙丁甲乙丙丁甲乙丙县|county|"},
		{"甲乙丙丁甲乙丙丁甲乙丙丁县", "", ""},
		{"甲乙市", "", "甲乙市|prefecture|"},
		{"甲乙州", "", "甲乙州|prefecture|"},
		{"甲乙盟", "", "甲乙盟|prefecture|"},
		{"甲乙省", "", "甲乙省|province|"},
		{"甲乙自治区", "", "甲乙自治区|province|"},
	} {
		p, name, ok := wrap(corpus.New(tt.text)).resolve(tt.name)
		got := ""
		if ok {
			got = strings.Join([]string{name, string(p.Level), p.Code}, "|")
		}
		if got != tt.want {
			t.Errorf("%s in %q is %s, want %s", tt.name, tt.text, got, tt.want)
		}
	}
}

// TestPeriodOf: the third plan began in 1966, and every five years another.
func TestPeriodOf(t *testing.T) {
	for numeral, want := range map[string][2]int{
		"二": {0, 0}, "三": {1966, 1970}, "十": {2001, 2005}, "十四": {2021, 2025}, "三十": {2101, 2105}, "三十一": {0, 0},
	} {
		if from, to := periodOf(numeral); from != want[0] || to != want[1] {
			t.Errorf("“%s五” runs from %d to %d, want %v", numeral, from, to, want)
		}
	}
}
