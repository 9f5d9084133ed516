package index

import (
	"strings"
	"testing"

	"jinwen/index/answer"
)

// manner is a report whose manner of writing differs from both others: what
// there is beside what was added, results told against what was before, lists
// that a clause announces, partners elsewhere.
const manner = `沐阳市2042年政府工作报告
——2042年1月12日在沐阳市第七届人民代表大会第二次会议上

各位代表：
现在，我代表市人民政府向大会报告工作，请予审议。
第一部分　2041年工作回顾
一年来，全市上下克难前行，主要做了以下工作。
1．经济稳中向好
地区生产总值增长5.9%，新增新能源汽车2.3万辆，保有量达到11.6万辆，研发投入强度由2.12%提高到2.35%。云岭区上仓镇入选国家级农业产业强镇。城乡居民人均可支配收入分别达到5.86万元、3.24万元，分别增长4.9%、6.7%。
2．协作持续深化
东部协作方面，余江市投入帮扶资金6200万元，共建产业园2个。为全市65周岁以上老年人开展免费体检3.2万人。
前进路上还有不少困难和挑战：有效需求不足，民间投资仍在下降，部分中小企业订单减少、成本上升、经营承压，新动能尚未完全顶上来；产业层次不高，缺少龙头企业，创新平台偏少，成果转化不够顺畅，高层次人才引进难、留下更难；少数干部担当意识不强，推诿扯皮现象仍有发生。
第二部分　2042年总体要求和主要目标
今年是新一届政府的起步之年，做好工作责任重大。
全市工作的总体要求是：坚持稳中求进，全面落实市委部署，在高质量发展上走在前列。
今年全市经济社会发展主要预期目标为：
地区生产总值增长6%左右；城镇新增就业4.1万人；居民消费价格涨幅控制在2.5%左右。
第三部分　2042年重点工作
1．推进项目建设
建成沐江大桥，开工建设市域快线，云江高速公路确保年底建成通车。推行“清单制＋责任制”工作法，每季度开展一次督查。
`

func TestMannerOfWriting(t *testing.T) {
	ix := newIndex(t, manner)
	for _, c := range []struct {
		name, q string
		status  answer.Status
		quote   string // in the first hit
		value   string // of the first figure
	}{
		{"all there is, not what was added", "新能源汽车现在一共有多少辆", answer.Answered, "保有量达到11.6万辆", "11.6万辆"},
		{"what was added, where that is asked", "去年新增多少辆新能源汽车", answer.Answered, "新增新能源汽车2.3万辆", "2.3万辆"},
		{"the result, not what it is told against", "研发投入强度多少", answer.Answered, "由2.12%提高到2.35%", "2.35%"},
		{"an indicator that is read out of the text", "去年村民收入涨了百分之几", answer.Answered, "城乡居民人均可支配收入分别", "6.7%"},
		{"a word that only the report has, not its title", "工作法，原文", answer.Answered, "责任制”工作法", ""},
		{"a name that was cut across", "上仓评上什么了", answer.Answered, "上仓镇入选", ""},
		{"a place's number of something else", "余江去年GDP多少", answer.NotFound, "", ""},
		{"a line of which the report knows nothing", "京沐高铁什么时候通", answer.NotFound, "", ""},
		{"a company of which it knows nothing", "Will Tesla build a factory this year?", answer.NotFound, "", ""},
		{"a list inside a section, in a paragraph of its own", "今年主要预期目标有哪些", answer.Answered, "城镇新增就业4.1万人", ""},
		{"some years are no question for a number", "我等了好几年了，云江高速啥时候能通车", answer.Answered, "云江高速公路确保年底建成通车", ""},
	} {
		a := ask(t, ix, c.q)
		if c.status == answer.NotFound && !refusal(a) || c.status != answer.NotFound && a.Status != c.status {
			t.Errorf("%s: Ask(%q).Status = %s (%s %s), want %s\n%s", c.name, c.q, a.Status, a.Reason, a.Subject, c.status, a.Explain())
			continue
		}
		if c.quote != "" && (len(a.Hits) == 0 || !strings.Contains(ix.Report().Quote(ix.Report().Passages[a.Hits[0].Passage].Span), c.quote)) {
			t.Errorf("%s: Ask(%q): first hit lacks %q\n%s", c.name, c.q, c.quote, a.Explain())
		}
		if c.value != "" && (len(a.Figures) == 0 || ix.Report().Figures[a.Figures[0]].Value != c.value) {
			t.Errorf("%s: Ask(%q): first figure is not %q\n%s", c.name, c.q, c.value, a.Explain())
		}
	}
}
