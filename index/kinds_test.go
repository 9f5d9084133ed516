package index

import (
	"testing"

	"jinwen/index/answer"
)

// kinds is a report made for the ways in which reports tell numbers, and for
// what they do not tell.
const kinds = `云岭省2031年政府工作报告
——2031年1月20日在云岭省第十五届人民代表大会第四次会议上

各位代表：
现在，我代表省人民政府，向大会报告工作，请予审议。
一、2030年工作回顾
经济总量再上台阶，地区生产总值突破3万亿元大关、达到30257亿元，增长5.2%。
空气质量继续改善，优良天数比例达到86%、增加12天。
将小微企业免税销售额从每月8万元提高到12万元，城乡居民基础养老金最低标准从每月110元提高到128元。
办好省第九届运动会，开通岭西至云江铁路，全年发送旅客2600万人次、货物3100万吨。
为低保老人免费安装助听器4200台，资助困难学生入学，本科新生每人一次性补助6000元，发放资助金共5300万元。
预计全年减税降费约260亿元，其中留抵退税约140亿元。
二、2031年工作安排
更新改造城区道路65条、桥梁18座。加快推进云江大桥建设，年底前开通云江机场。
稳妥实施延迟退休改革，引导村医下乡坐诊。建成1200所乡镇卫生院标准化诊室。
完成中小学体育场地升级改造430所，扶持发展近海养殖。
`

func TestNumberChoice(t *testing.T) {
	ix := newIndex(t, kinds)
	for _, c := range []struct {
		name, q string
		values  []string // of the figures that answer, in order
	}{
		{"the number, not the mark that it passed", "去年GDP一共多少亿", []string{"30257亿元"}},
		{"a mark named in the question", "听说GDP过3万亿了，到底是多少", []string{"30257亿元"}},
		{"what holds now", "现在农村老人基础养老金最低多少钱一个月", []string{"128元"}},
		{"what was before", "基础养老金最低标准原来是多少", []string{"110元"}},
		{"both", "基础养老金最低标准从多少涨到多少", []string{"110元", "128元"}},
		{"by how much, not how much", "去年空气优良天数比前年多了几天", []string{"12天"}},
		{"two measure words", "今年要更新几条路几座桥", []string{"65条", "18座"}},
		{"the part that is named, not the whole", "留抵退税多少（不含其他减税）", []string{"140亿元"}},
		{"what one gets, not all", "考上本科的困难学生给多少钱", []string{"6000元"}},
		{"people, where they are counted", "坐岭西铁路的人一共有多少", []string{"2600万人次"}},
		{"many kilometres in the south-west", "今年要改好多条路", []string{"65条"}},
	} {
		a := ask(t, ix, c.q)
		var got []string
		for _, i := range a.Figures[:min(len(a.Figures), len(c.values))] {
			got = append(got, ix.Report().Figures[i].Value)
		}
		ok := a.Status == answer.Answered && len(got) == len(c.values)
		for i := range got {
			ok = ok && got[i] == c.values[i]
		}
		if !ok {
			t.Errorf("%s: Ask(%q) = %s %v, want %v\n%s", c.name, c.q, a.Status, got, c.values, a.Explain())
		}
	}
}

// TestAttributes: what is asked of a thing must stand where the report speaks of
// it; a thing said in other words is no missing one.
func TestAttributes(t *testing.T) {
	ix := newIndex(t, kinds)
	for _, c := range []struct {
		name, q string
		status  answer.Status
		slot    answer.Slot
	}{
		{"a place", "省运动会在哪个市办的", answer.Nearest, answer.SlotPlace},
		{"a hospital", "低保老人的助听器去哪家医院装", answer.Nearest, answer.SlotPlace},
		{"a month", "云江大桥几月份通车", answer.Nearest, answer.SlotWhen},
		{"a month that is given", "云江机场什么时候开通", answer.Answered, ""},
		{"a person", "省运动会谁当主持人", answer.Nearest, answer.SlotQualifier},
		{"a form to fill in", "困难学生的资助怎么申请", answer.Nearest, answer.SlotQualifier},
		{"a choice", "延迟退休是先从女的还是男的开始", answer.Nearest, answer.SlotQualifier},
		{"another phase", "岭西至云江铁路二期今年通车吗", answer.Nearest, answer.SlotThing},
		{"a day, where a line has a number", "岭西铁路3号站几月份能坐上车", answer.Nearest, ""},
		{"who presides", "省运动会是谁主持的", answer.Nearest, answer.SlotQualifier},
		{"what one earns, not all", "农民去年一年挣多少钱", answer.Nearest, ""},
		{"which county, of a report of a province", "近海养殖哪个县搞得最好", answer.Nearest, answer.SlotPlace},
		{"how to apply, though a number stands there", "本科新生的补助怎么申请", answer.Nearest, answer.SlotQualifier},
		{"where the asker comes from", "我老家在长沙，云江大桥今年修不修", answer.Answered, ""},
		{"years that last", "种地快30年了，近海养殖还扶持不", answer.Answered, ""},
		{"said in other words", "娃娃学校的操场坑坑洼洼，今年要翻修多少所", answer.Answered, ""},
		{"a way, no other place", "岭西到云江的火车通了没有", answer.Answered, ""},
	} {
		a := ask(t, ix, c.q)
		if c.status == answer.Answered && a.Status != answer.Answered || c.status == answer.Nearest && !refusal(a) {
			t.Errorf("%s: Ask(%q) = %s, want %s\n%s", c.name, c.q, a.Status, c.status, a.Explain())
			continue
		}
		if c.slot != "" && (len(a.Missing) == 0 || a.Missing[0].Slot != c.slot) {
			t.Errorf("%s: Ask(%q) misses %v, want %s", c.name, c.q, a.Missing, c.slot)
		}
	}
}
