package index

import (
	"testing"

	"jinwen/index/answer"
)

// TestScope: what lies outside of the report gets no number of the report's
// own, wherever in the question it stands and whatever it is called.
func TestScope(t *testing.T) {
	const text = `青溪县2031年政府工作报告
——2031年2月3日在青溪县第九届人民代表大会第一次会议上
第一部分　2030年工作回顾
国内生产总值增长6.8%，一般公共预算收入完成18.4亿元，建成口袋公园12个，改造燃气管网63公里，新增普通高中学位400个。
快递业务量、用电量分别增长19.3%、6%，粮食产量9.6万吨。与北京、杭州加强协作，东山镇新建幼儿园3所，新建全国重点实验室1个。
第二部分　2031年主要工作
国内生产总值增长6.5%左右，新建口袋公园20个，改造燃气管网80公里，增加义务教育学位900个，云江大桥2032年建成。
`
	ix := newIndex(t, text)
	for _, c := range []struct {
		q      string
		status answer.Status
		value  string // of the first figure
	}{
		// Another place, at any position, by any name.
		{"北京今年建几个口袋公园", answer.NotFound, ""},
		{"口袋公园在北京建了几个", answer.NotFound, ""},
		{"GDP 北京", answer.NotFound, ""},
		{"那北京的口袋公园呢", answer.NotFound, ""},
		{"和杭州相比GDP怎样", answer.NotFound, ""},
		{"青溪比杭州GDP高多少", answer.NotFound, ""},
		{"魔都GDP多少", answer.NotFound, ""},
		{"河北省唐山市GDP", answer.NotFound, ""},
		{"昆山GDP多少", answer.NotFound, ""},
		{"浦东新区GDP", answer.NotFound, ""},
		{"美国GDP多少", answer.NotFound, ""},
		{"全国GDP增长多少", answer.NotFound, ""},
		{"China GDP growth", answer.NotFound, ""},
		{"西岭镇新建幼儿园几所", answer.NotFound, ""},
		// The own place, however it is called, and what only sounds like another.
		{"青溪GDP目标多少", answer.Answered, "6.5%左右"},
		{"青溪县去年GDP增长多少", answer.Answered, "6.8%"},
		{"全国重点实验室新建几个", answer.Answered, "1个"},
		{"青溪和北京的协作有多少", answer.Answered, ""},
		{"杭州今年GDP多少，去北京要多久", answer.NotFound, ""},
		{"前5个月GDP增长多少", answer.NotFound, ""},
		{"新增普通高中学位多少个", answer.Answered, "400个"},
		{"东山镇新建幼儿园几所", answer.Answered, "3所"},
		{"今年GDP目标是多少", answer.Answered, "6.5%左右"},
		// Another time.
		{"2022年改造燃气管网多少公里", answer.NotFound, ""},
		{"2032年口袋公园建几个", answer.NotFound, ""},
		{"上半年GDP增长多少", answer.NotFound, ""},
		{"第三季度GDP", answer.NotFound, ""},
		{"2031年1月GDP", answer.NotFound, ""},
		{"云江大桥2032年能建成吗", answer.Answered, ""},
		// Another indicator.
		{"快递业务量增长6%吗", answer.Answered, "19.3%"},
		{"一般公共预算支出多少", answer.NotFound, ""},
		{"手机产量多少", answer.NotFound, ""},
		{"粮食产量多少", answer.Answered, "9.6万吨"},
		{"青溪人口多少", answer.NotFound, ""},
	} {
		a := ask(t, ix, c.q)
		if c.status == answer.NotFound && !refusal(a) || c.status != answer.NotFound && a.Status != c.status {
			t.Errorf("Ask(%q).Status = %s, want %s\n%s", c.q, a.Status, c.status, a.Explain())
			continue
		}
		if a.Status == answer.NotFound && len(a.Figures) > 0 {
			t.Errorf("Ask(%q) finds nothing, and gives %d figures", c.q, len(a.Figures))
		}
		if c.value != "" && (len(a.Figures) == 0 || ix.Report().Figures[a.Figures[0]].Value != c.value) {
			t.Errorf("Ask(%q): first figure is not %q\n%s", c.q, c.value, a.Explain())
		}
	}
}

// TestFollowElsewhere: a question that leans on the one before and turns to
// another place asks about that place.
func TestFollowElsewhere(t *testing.T) {
	ix := newIndex(t, another)
	first := ask(t, ix, "今年GDP目标")
	for _, text := range []string{"那上海的GDP呢", "上海呢", "那杭州去年呢"} {
		a, err := ix.Ask(t.Context(), Query{Text: text, Before: first.Question.Question})
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != answer.NotFound || a.Reason != answer.ReasonOtherPlace {
			t.Errorf("Ask(%q) after %q = %s %s, want not_found other_place\n%s", text, first.Question.Text, a.Status, a.Reason, a.Explain())
		}
	}
}

// TestOwnNation: to the report of the nation or a province 全国 and 全省 are its
// own.
func TestOwnNation(t *testing.T) {
	for _, c := range []struct{ head, q string }{
		{"政府工作报告\n——2031年3月5日在第十六届全国人民代表大会第四次会议上\n各位代表：\n现在，我代表国务院，向大会报告政府工作，请予审议。\n", "全国GDP目标多少"},
		{"云岭省2031年政府工作报告\n", "全省GDP目标多少"},
	} {
		ix := newIndex(t, c.head+"一、2030年工作回顾\n新建学校30所。\n二、2031年工作任务\n今年发展主要预期目标是：国内生产总值增长5%左右，城镇新增就业1200万人以上。\n")
		if a := ask(t, ix, c.q); len(a.Figures) == 0 || ix.Report().Figures[a.Figures[0]].Value != "5%左右" {
			t.Errorf("Ask(%q) of %s: first figure is not 5%%左右\n%s", c.q, ix.Report().Place, a.Explain())
		}
	}
}
