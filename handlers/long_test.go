package handlers_test

import (
	"fmt"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/handlers"
	"jinwen/handlers/chat"
)

// longText is a report in which everything is more than fits on a page: a part
// with a long text before its headings, one with more headings than a page has,
// long lists.
func longText() string {
	var b strings.Builder
	b.WriteString("青溪县2024年政府工作报告\n\n一、2023年工作回顾\n\n")
	for i := range 22 {
		fmt.Fprintf(&b, "第%d产业园建成投产，园区产值增长%d.%d%%，新增就业%d人，带动上下游企业一起发展，群众收入稳步提高。\n\n", i+1, i+3, i, 100*(i+1))
	}
	for i, name := range []string{"教育", "交通"} {
		fmt.Fprintf(&b, "（%s）做好%s工作\n\n%s投入增长%d%%，新建%s设施%d处。\n\n", []string{"一", "二"}[i], name, name, 6+i, name, 40+i)
	}
	b.WriteString("二、2024年主要目标任务\n\n全县目标是：园区产值增长6%。\n\n")
	for i, n := range strings.Fields("一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四") {
		fmt.Fprintf(&b, "（%s）推进第%s项重点工程\n\n新建%s号桥%d座，改造农村公路%d公里。\n\n", n, n, n, i+1, 10*(i+1))
	}
	b.WriteString("（十五）建设社区\n\n")
	for i, place := range strings.Fields("南门街道 北门街道 东门街道 西门街道") {
		fmt.Fprintf(&b, "在%s建成社区食堂%d家，改造老旧小区%d个，让更多居民在家门口享受到方便可及的服务，不断提高群众的获得感、幸福感、安全感。\n\n", place, i+2, 3*i+1)
	}
	for i := range 12 {
		fmt.Fprintf(&b, "第%d批社区工作者培训%d人次，服务质量持续提高，居民意见得到及时回应，各项便民措施落到实处，邻里关系更加和睦，社区环境整洁有序。\n\n", i+1, 100*i+50)
	}
	return b.String()
}

// longTalks are conversations over it; "* " presses the first button that holds
// what follows.
var longTalks = []string{
	"/outline|* 工作回顾|* 本节正文|* 下一页|* 上一页|* 上一页|* 返回上级|* 主要目标|* 本节正文|* 上一页|* 上一页|* 下一页|* 建设社区|* 下一页|* 上一页|* 返回上级",
	"/figures|* 还有|* 还有|* 上一页|* 上一页|* 2023年|* 2023年|* 按主题|* 教育|* 全部|* 图表|* 还有",
	"/figures 园区|* 图表",
	"/figures 公路|* 图表",
	"/commitments|* 还有|* 量化|* 按地点|* 返回列表|* 按主题|* 交通|* 全部",
	"/commitments 南门|* 导出",
	"/compare",
	"园区产值增长多少|* 2024年|* 图表|还有吗",
	"第3产业园|* 还有|* 还有|详细点",
	"社区|* 还有|* 上一页",
	"改造农村公路|* 还有|还有吗",
	"今年建什么|* 所在章节|还有吗|详细点",
	"新建几号桥|那去年呢|今年呢",
}

// TestLong keeps what people get of a report with more of everything than fits
// on a page.
func TestLong(t *testing.T) {
	r := extract.ParseText(longText())
	var b strings.Builder
	for i, talk := range longTalks {
		c := beginOn(t, r, handlers.Options{})
		c.from.Chat.ID = chat.ID(chat.Telegram, fmt.Sprint(i))
		c.from.User.ID = c.from.Chat.ID
		for did := range strings.SplitSeq(talk, "|") {
			fmt.Fprintf(&b, "> %s\n", did)
			label, press := strings.CutPrefix(did, "* ")
			if !press {
				b.WriteString(whole(c.say(did)) + "\n")
				continue
			}
			b.WriteString(whole(c.press(label)) + "\n")
		}
	}
	golden.Check(t, "testdata/crawl/long.txt", b.String())
}
