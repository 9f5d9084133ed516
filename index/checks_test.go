package index

import (
	"fmt"
	"strings"
	"testing"

	"jinwen/index/question"
)

// checked is a report made for what may be missing where it speaks of the matter.
const checked = `云江市2031年政府工作报告
——2031年1月20日在云江市第十五届人民代表大会第四次会议上
云江市市长　林海生

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。
一、2030年工作回顾
地区生产总值增长6.1%，五年年均增长6.8%，一般公共预算收入218.4亿元。城镇居民人均可支配收入52300元、增长5%。
接待游客增长11.8%，旅游收入1026亿元。港口吞吐量下降2.5%，新能源汽车产量增长18%。最低工资标准每月提高183元。
岭西区改造老旧小区86个，岭东区新建公园12个。东山镇建成养老院3所。与宁波共建物流园。
发放育儿补贴，惠及婴幼儿8万人。出台稳经济43条举措，实施36项改革，推出3项便民措施：延时办、上门办、网上办。
累计开行中欧班列3200列，累计筹建保障房2.9万套，开工建设人才房700套。
取消市民卡年费，停办旧货市场。男生宿舍完成改造，公办幼儿园新增学位7800个。
推行“一网统管”，“三帮”是指帮资金、帮技术、帮销路，做强“215”产业体系。
（一）稳住交通出行
云江大桥开工建设，云江机场二期建成投用，地铁2号线年底前通车。
二、2031年工作安排
主要预期目标是：地区生产总值增长6%左右，居民消费价格涨幅2%左右，居民收入增长与经济增长同步，粮食产量只增不减，单位地区生产总值能耗完成国家下达任务。
（一）做优教育医疗
启动市第二医院迁建，新建学校12所，改造老旧小区150个。三季度建成城东水厂，在岭东区新建图书馆。
（二）办好交通实事
推进云江大桥建设，建成停车场20个，更新公交车300辆。
名词解释
1. “215”产业体系：2个支柱产业、1个先导产业、5个新兴产业。
2. 海绵公园：是指能够吸水、蓄水的公园。
`

// TestChecks: what a question names or asks for and the evidence does not hold is
// said to be missing, by its slot and in its words; what is there is not.
func TestChecks(t *testing.T) {
	ix := newIndex(t, checked)
	for _, c := range []struct{ turns, want string }{
		// Places and the nation.
		{"岭西区改造老旧小区多少个", "answered 86个"},
		{"岭东区改造老旧小区多少个", "nearest no_number(改造老旧小区) lacks number(改造老旧小区) 岭西区改造老旧小区86个， near 2030年工作回顾 near 做优教育医疗"},
		{"东山镇养老院几所", "answered 东山镇建成养老院3所。"},
		{"岭东区有什么图书馆", "answered 在岭东区新建图书馆。"},
		{"与全国同步的GDP增长多少", "nearest lacks place(全国) 地区生产总值增长6%左右"},
		{"和全国比GDP怎么样", "nearest lacks place(全国) 地区生产总值增长6%左右，"},
		{"与宁波共建什么", "answered 与宁波共建物流园。"},
		{"宁波物流园多大", "nearest no_number(物流园) lacks number(物流园) 与宁波共建物流园。 near 2030年工作回顾 near 名词解释"},
		// Kinds of numbers.
		{"接待游客多少人次", "nearest no_number(接待游客) lacks number(接待游客) 接待游客增长11.8%， near 2030年工作回顾"},
		{"游客增长多少", "answered 11.8%"},
		{"新能源汽车产量多少辆", "nearest no_number(新能源汽车产量) lacks number(新能源汽车产量) 新能源汽车产量增长18%。 near 2030年工作回顾 near 办好交通实事"},
		{"旅游总收入", "answered 1026亿元"},
		{"去年GDP增速", "answered 6.1%"},
		{"五年GDP年均增速", "answered 6.8%"},
		{"最低工资现在多少", "nearest lacks number(现在多少) 最低工资标准每月提高183元"},
		{"最低工资提高多少", "answered 183元"},
		{"发多少育儿补贴", "nearest lacks number(发多少育儿补贴) 发放育儿补贴，"},
		{"育儿补贴惠及多少人", "answered 发放育儿补贴，"},
		{"今年房价涨多少", "nearest no_number(房价涨) lacks number(房价涨) 主要预期目标是：地区生产总值增长6%左右，居民消费价格涨幅2%左右，居民收入增长与经济增长同步，粮食产量只增不减，单位地区生产总值能耗完成国家下达任务。 near 2031年工作安排 near 2030年工作回顾"},
		{"城镇居民人均收入多少", "answered 52300元"},
		// Targets in words.
		{"今年居民收入增长目标多少", "answered 居民收入增长与经济增长同步，"},
		{"今年粮食产量目标多少", "answered 粮食产量只增不减，"},
		{"今年能耗目标多少", "answered 单位地区生产总值能耗完成国家下达任务。"},
		{"今年粮食产量目标多少万吨", "nearest no_number(粮食产量) lacks number(粮食产量) 粮食产量只增不减， near 2031年工作安排 near 2030年工作回顾"},
		{"今年物价涨幅目标", "answered 2%左右"},
		// What is taken for granted.
		{"港口吞吐量下降了多少", "answered 2.5%"},
		{"旅游收入下降了多少", "nearest lacks premise(下降) 旅游收入1026亿元"},
		{"市民卡年费取消了吗", "answered 取消市民卡年费，"},
		{"旧货市场停办了吗", "answered 停办旧货市场。"},
		// Attributes.
		{"云江大桥什么时候开工", "answered 云江大桥开工建设，"},
		{"城东水厂什么时候建成", "answered 三季度建成城东水厂，"},
		{"地铁2号线哪年通车", "answered 地铁2号线年底前通车。"},
		{"地铁3号线哪年通车", "nearest absent(3号线) lacks thing(3号线) 地铁2号线年底前通车。 near 稳住交通出行 near 办好交通实事"},
		{"机场二期建成了吗", "answered 云江机场二期建成投用，"},
		{"机场三期建成了吗", "nearest absent(三期) lacks thing(三期) 云江机场二期建成投用， near 稳住交通出行 near 做优教育医疗 near 办好交通实事"},
		{"图书馆建在哪个区", "answered 在岭东区新建图书馆。"},
		{"学校建在哪里", "nearest lacks place(在哪里) 新建学校12所，"},
		{"谁负责城东水厂", "nearest lacks qualifier(谁负责) 三季度建成城东水厂，"},
		{"怎么申请人才房", "nearest lacks qualifier(怎么申请) 开工建设人才房700套"},
		{"宿舍改造是男生还是女生", "answered 男生宿舍完成改造，"},
		{"延时办是先城东还是城西", "nearest lacks place(城西) 延时办、上门办、网上办。"},
		{"GDP是涨还是跌", "answered 6.1%"},
		// Items and meanings.
		{"43条举措是哪些", "nearest lacks items(43条) 出台稳经济43条举措"},
		{"3项便民措施是哪3项", "answered 推出3项便民措施："},
		{"36项改革分别是什么", "nearest lacks items(36项) 实施36项改革，"},
		{"1项是哪1项", "nearest absent(1项) lacks thing(1项) 出台稳经济43条举措，实施36项改革，推出3项便民措施：延时办、上门办、网上办。 near 2030年工作回顾 near 办好交通实事"},
		{"三帮是什么意思", "answered “三帮”是指帮资金、帮技术、帮销路，"},
		{"215是什么意思", "answered 1. “215”产业体系：2个支柱产业、1个先导产业、5个新兴产业。"},
		{"一网统管是什么意思", "nearest lacks meaning(一网统管) 推行“一网统管”，"},
		{"海绵公园是什么意思", "answered 2. 海绵公园："},
		// One year alone.
		{"人才房开工多少套|去年一年呢", "answered 700套"},
		// Conversations.
		{"老旧小区改造多少个|岭东区呢", "nearest no_number(岭东区) lacks number(岭东区) 岭东区新建公园12个。 near 2030年工作回顾 near 做优教育医疗"},
		{"公园建了几个|养老院呢|航天港呢", "nearest lacks thing(航天) 东山镇建成养老院3所。"},
		{"云江大桥开工了吗|今年呢|图书馆呢", "answered 在岭东区新建图书馆。"},
		{"GDP增长多少|和全国比呢", "nearest lacks place(全国) 地区生产总值增长6%左右，"},
		// Topics that are near where nothing is.
		{"孩子上学看病", "answered 公办幼儿园新增学位7800个。"},
		{"养航天器", "nearest absent(航天) lacks thing(航天) 东山镇建成养老院3所。 near 2030年工作回顾 near 稳住交通出行"},
	} {
		var before *question.Question
		var a *Answer
		for _, q := range strings.Split(c.turns, "|") {
			var err error
			if a, err = ix.Ask(t.Context(), Query{Text: q, Before: before}); err != nil {
				t.Fatal(err)
			}
			before = a.Question.Question
		}
		if got := verdict(a); got != c.want {
			t.Errorf("%s: %s, want %s\n%s", c.turns, got, c.want, a.Explain())
		}
	}
}

// verdict is what a says in a few words: its status, what is missing, the numbers
// that answer, or what its first hit points at.
func verdict(a *Answer) string {
	s := string(a.Status)
	if a.Reason != "" {
		s += fmt.Sprintf(" %s(%s)", a.Reason, a.Subject)
	}
	for _, m := range a.Missing {
		s += fmt.Sprintf(" lacks %s(%s)", m.Slot, m.Text)
	}
	for _, i := range a.Figures[:a.Direct] {
		s += " " + a.Report.Figures[i].Value
	}
	if a.Direct == 0 && len(a.Hits) > 0 {
		s += " " + a.Report.Quote(a.Hits[0].Focus)
	}
	for _, i := range a.Near {
		s += " near " + a.Report.Sections[i].Title
	}
	return s
}
