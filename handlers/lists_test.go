package handlers_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jinwen/corpus/extract"
	"jinwen/handlers"
	"jinwen/handlers/chat"
)

func TestOutlineIsOneMessage(t *testing.T) {
	c := begin(t, handlers.Options{})
	r := c.say("/outline")
	want(t, r, "一、2023年工作回顾", "二、2024年主要目标任务", "三、加强政府自身建设")
	r = c.press("二、")
	want(t, r, "主要预期目标是", "二、2024年主要目标任务")
	if !r.Edit {
		t.Error("no edit")
	}
	r = c.press("（二）")
	want(t, r, "改建农村公路100公里", "优化公交线网", "—— 二、2024年主要目标任务")
	r = c.press("返回上级")
	want(t, r, "主要预期目标是")
	want(t, c.press("返回上级"), "三、加强政府自身建设")
}

func TestFigures(t *testing.T) {
	c := begin(t, handlers.Options{})
	r := c.say("/figures")
	want(t, r, "指标与数字（14）", "2023年实际 · 地区生产总值增长：5.1%")
	checkNumbers(t, r)
	seen := r.Plain()
	for strings.Contains(labels(c.last), "还有 ") {
		r = c.press("还有 ")
		checkNumbers(t, r)
		if !r.Edit {
			t.Error("page is no edit")
		}
		seen += r.Plain()
	}
	for _, f := range facts {
		if !strings.Contains(seen, f.clause) {
			t.Errorf("no page quotes %s", f.clause)
		}
	}
	c.press("上一页")

	r = c.say("/figures 公路")
	want(t, r, "（2）", "86公里", "100公里", "筛选：公路")
	want(t, c.press("2024年"), "（1）", "100公里", "筛选：2024年 · 公路")
	want(t, c.press("全部"), "（14）")
	c.press("按主题")
	want(t, c.press("教育"), "（3）", "筛选：教育")
	want(t, c.say("/figures 教育 23年"), "（2）", "筛选：教育 · 2023年")
	want(t, c.say("/figures 公路 去年"), "（1）", "86公里")
	want(t, c.say("/figures 火箭"), "没有符合条件的内容")
	c.from.Lang = "zh-tw"
	want(t, c.say("/figures 農村"), "（2）")
	want(t, c.say("/figures education 2024"), "（1）", "篩選：教育 · 2024年")
}

func TestCommitments(t *testing.T) {
	c := begin(t, handlers.Options{})
	want(t, c.say("/commitments"), "承诺事项（5）", "建成南门公交枢纽")
	r := c.press("量化")
	want(t, r, "（2）", "新增义务教育学位4000个")
	wantNo(t, r, "建成南门公交枢纽")
	if !strings.Contains(labels(r), "✓ 量化") {
		t.Errorf("buttons %s", labels(r))
	}
	c.press("量化")
	c.press("按地点")
	want(t, c.press("云岭"), "（1）", "青溪至云岭快速路", "筛选：云岭")
	c.press("按主题")
	want(t, c.press("返回列表"), "筛选：云岭")
	want(t, c.say("/commitments 教育 量化"), "（1）", "新增义务教育学位4000个")
}

func TestCompare(t *testing.T) {
	c := begin(t, handlers.Options{NoCharts: true})
	if len(c.report.Pairs) == 0 {
		t.Skip("no pairs found")
	}
	r := c.say("/compare")
	want(t, r, "2023年实际 → 2024年目标", "社会消费品零售总额增长：8% → 7% ↓", "120万吨 → 突破150万吨 ↑")
	want(t, c.press("社会消费品"), "2023年实际", "2024年目标", "目标比2023年实际")
	want(t, c.say("/compare 零售"), "（1）")
}

func TestExport(t *testing.T) {
	c := begin(t, handlers.Options{})
	for _, step := range []struct {
		say  string
		rows map[string]int
	}{
		{"/export", map[string]int{"指标": 14, "承诺台账": 5}},
		{"/export 公路 2024", map[string]int{"指标": 1, "承诺台账": 1}},
	} {
		r := c.say(step.say)
		if len(r.Files) != 1 || !strings.HasSuffix(r.Files[0].Name, ".xlsx") || !strings.Contains(r.Files[0].Name, "青溪县") {
			t.Fatalf("%s: files %v\n%s", step.say, len(r.Files), r.Plain())
		}
		x, err := excelize.OpenReader(bytes.NewReader(r.Files[0].Data))
		if err != nil {
			t.Fatal(err)
		}
		for name, n := range step.rows {
			rows, err := x.GetRows(name)
			if err != nil || len(rows) != n+1 {
				t.Errorf("%s: sheet %s has %d rows, %v; want %d", step.say, name, len(rows)-1, err, n)
			}
		}
		x.Close()
	}
	if r := c.say("/export 火箭"); len(r.Files) != 0 {
		t.Error("a spreadsheet of nothing")
	}
	c.say("/figures 学位")
	if r := c.press("导出"); len(r.Files) != 1 || !strings.Contains(r.Files[0].Name, "学位") {
		t.Errorf("export of a list: %v", r.Plain())
	}
}

func TestCharts(t *testing.T) {
	for _, off := range []bool{true, false} {
		c := begin(t, handlers.Options{NoCharts: off, FontFile: map[bool]string{false: "/nowhere.ttf"}[off]})
		c.say("/figures")
		if off {
			if strings.Contains(labels(c.last), "图表（") {
				t.Errorf("charts are off: %s", labels(c.last))
			}
			continue
		}
		r := c.press("图表（")
		if len(r.Files) != 0 || r.Blocks[0].Kind != chat.Table {
			t.Fatalf("without a font: %d files\n%s", len(r.Files), r.Plain())
		}
		want(t, r, "增长", "来源：《青溪县2024年政府工作报告》")
		checkNumbers(t, r)
	}
	c := begin(t, handlers.Options{})
	c.say("/figures")
	r := c.press("图表（")
	if len(r.Files) == 1 {
		if !r.Files[0].Image || !bytes.HasPrefix(r.Files[0].Data, []byte("\x89PNG")) || r.Then == nil {
			t.Errorf("picture %s", r.Files[0].Name)
		}
	} else if r.Blocks[0].Kind != chat.Table {
		t.Errorf("neither picture nor table:\n%s", r.Plain())
	}
}

// named are topics of any names.
type named []string

func (n named) Topics() []string { return n }

func (n named) InTopic(topic, text string) bool { return strings.Contains(text, topic) }

// A menu has as many choices in a row as a phone shows, three at most, and none
// of its rows is empty.
func TestFilterMenu(t *testing.T) {
	long := strings.Repeat("很长的主题", 3)
	for _, x := range []struct {
		topics named
		rows   string
	}{
		{named{"教育", "交通", "医疗", "住房"}, "教育|交通|医疗/住房/返回列表"},
		{named{long, "教育", long}, long + "/教育/" + long + "/返回列表"},
		{named{"一二三四五六七", "一二三四五六八", "九"}, "一二三四五六七|一二三四五六八/九/返回列表"},
		{named{"一二三四五六七", "一二三四五六七八"}, "一二三四五六七/一二三四五六七八/返回列表"},
	} {
		c := begin(t, handlers.Options{Topics: x.topics})
		c.say("/figures")
		r := c.press("按主题")
		var rows []string
		for _, row := range r.Buttons {
			rows = append(rows, labels(chat.Reply{Buttons: [][]chat.Button{row}}))
		}
		if got := strings.Join(rows, "/"); got != x.rows {
			t.Errorf("menu of %q:\n%s\nwant\n%s", x.topics, got, x.rows)
		}
	}
	var many named
	for i := range 30 {
		many = append(many, "主题"+string(rune('甲'+i)))
	}
	c := begin(t, handlers.Options{Topics: many})
	c.say("/figures")
	if got := len(strings.Split(labels(c.press("按主题")), "|")); got != 24+1 {
		t.Errorf("%d choices, want 24 and the way back", got)
	}
}

// A file's name is one on any system, and not longer than people read.
func TestExportNames(t *testing.T) {
	n := 0
	for title, want := range map[string]string{
		"青溪县 2024年  报告": "青溪县-2024年-报告", "a/b\\c:d*e?f\"g<h>i|j": "abcdefghij", "·.报告.·": "报告", "?": "report", "a\x01\x1fb": "ab",
		strings.Repeat("长", 60): strings.Repeat("长", 60), strings.Repeat("长", 61): strings.Repeat("长", 60),
	} {
		r := county(t, reportText)
		r.Title = title
		n++
		r.ID = fmt.Sprintf("%012x", n)
		c := beginOn(t, r, handlers.Options{})
		files := c.say("/export").Files
		if len(files) != 1 || files[0].Name != want+".xlsx" {
			t.Errorf("%q: %d files, %s, want %s.xlsx", title, len(files), files[0].Name, want)
		}
	}
}

// Indicators of one unit but not of one size are drawn each to its own scale,
// if each is there twice.
func TestChartScale(t *testing.T) {
	for _, x := range []struct {
		small string
		own   bool
	}{{"3", true}, {"2", true}, {"4", false}} {
		text := "青溪县2024年政府工作报告\n\n一、2023年工作回顾\n\n新建公园" + x.small + "个，新建车位120个，新增床位160个。\n\n二、2024年工作安排\n\n新建公园" + x.small + "个，新建车位130个，新增床位150个。\n"
		c := beginOn(t, extract.ParseText(text), handlers.Options{FontFile: "/nowhere.ttf"})
		c.say("/compare")
		r := c.press("图表")
		if r.Chart == nil || len(r.Chart.Groups) != 3 || r.Chart.OwnScale != x.own || strings.Contains(r.Plain(), "各项按自身数值大小作图") != x.own {
			t.Errorf("chart with %s: %+v, want own scales %v\n%s", x.small, r.Chart, x.own, r.Plain())
		}
	}
}

// What a transport remembers itself is followed on, its last questions alone.
func TestTransportRemembers(t *testing.T) {
	c := begin(t, handlers.Options{})
	ask := func(text string, before ...string) chat.Reply {
		m := c.from
		m.Chat, m.Text, m.Before = chat.Chat{}, text, before
		r := c.send(m)
		return r
	}
	want(t, ask("那去年呢", "今年新增多少义务教育学位"), "3200个")
	want(t, ask("那去年呢", "青溪大桥", "今年新增多少义务教育学位\x00"), "3200个")
	want(t, ask("那去年呢", "一", "二", "三", "四", "今年新增多少义务教育学位", "去年呢", "今年呢"), "3200个")
	before := []string{"今年新增\x00学位"}
	ask("那去年呢", before...)
	if before[0] != "今年新增\x00学位" {
		t.Errorf("the transport's own memory is changed: %q", before)
	}
}
