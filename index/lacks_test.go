package index

import (
	"testing"

	"jinwen/index/answer"
)

// TestLacks: what the clause on the matter does not give is not answered by
// what it gives instead.
func TestLacks(t *testing.T) {
	const text = `青溪县2031年政府工作报告
——2031年2月3日在青溪县第九届人民代表大会第一次会议上
第一部分　2030年工作回顾
接待游客增长11.8%，居民人均可支配收入增长5%，盘活国有资产收入6600万元，企业研发投入12亿元。机场二期建成投用。最低工资标准每月提高183元，育儿补贴惠及80万名婴幼儿。
五年来，地区生产总值年均增长5.9%。
第二部分　2031年主要工作
地区生产总值增长6%左右，固定资产投资提质增效，城镇调查失业率5.5%左右，居民消费价格涨幅2%左右，居民收入增长与经济增长基本同步。
加快推进云江大桥、轻轨B1线建设，启动建设配售型保障房，开工建设机场三期。
`
	ix := newIndex(t, text)
	for _, c := range []struct {
		q    string
		want answer.Status
	}{
		{"轻轨B1线哪年能通车", answer.Nearest},
		{"云江大桥啥时候修完", answer.Nearest},
		{"机场三期总投资", answer.Nearest},
		{"配售型保障房今年建设套数", answer.Nearest},
		{"今年固投增速目标定的百分之几", answer.Nearest},
		{"去年接待了多少游客", answer.Nearest},
		{"去年接待了多少国内游客", answer.Nearest},
		{"2030年游客总人数", answer.Nearest},
		{"研发投入强度", answer.Nearest},
		{"轻轨票价今年降多少", answer.Nearest},
		{"云江大桥什么时候跑车", answer.Nearest},
		{"今年游客人数目标", answer.Nearest},
		{"最低工资现在一个月多少块", answer.Nearest},
		{"今年GDP目标是多少亿元", answer.Nearest},
		{"一个婴幼儿发多少育儿补贴", answer.Nearest},
		{"去年GDP增速", answer.Nearest},
		{"2030年当年GDP增速", answer.Nearest},
		{"去年居民人均可支配收入 元", answer.Nearest},
		{"我们一个人去年平均收入多少钱", answer.Nearest},
		{"去年接待游客增长多少", answer.Answered},
		{"今年GDP增速目标", answer.Answered},
		{"机场二期啥时候能用", answer.Answered},
		{"GDP年均增速", answer.Answered},
		{"去年最低工资提高了多少", answer.Answered},
		{"育儿补贴惠及多少婴幼儿", answer.Answered},
		{"今年居民收入增长目标是多少", answer.Answered},
	} {
		if got := ask(t, ix, c.q); got.Status != c.want {
			t.Errorf("%s: %v, want %v (missing %v)", c.q, got.Status, c.want, got.Missing)
		}
	}
}
