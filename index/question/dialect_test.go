package question

import "testing"

func TestDialect(t *testing.T) {
	for _, c := range []struct {
		text  string
		ask   Ask
		unit  string
		count string
	}{
		{"新修的路有好长哟", Number, "公里", ""},
		{"去年修了好多个停车场", Number, "", "个"},
		{"好多人都在问医保", Any, "", ""},
		{"好多小区没电梯，今年怎么加装", Any, "", ""},
		{"舊樓加裝電梯有幾多部", Number, "", "部"},
		{"老人津贴一个月几钱", Number, "元", ""},
		{"补贴给多钱", Number, "元", ""},
		{"免学费的娃娃要花更多钱吗", Any, "", ""},
		{"村里老人每个月养老金领多少", Number, "元", ""},
		{"城里人平均活到好大岁数", Number, "岁", ""},
		{"岁数多大能领高龄津贴", Number, "岁", ""},
		{"岁数大了看病怎么报销", Any, "", ""},
		{"我妈岁数大了，津贴一个月领多少钱", Number, "元", ""},
		{"办个证要多长时间", Any, "", ""},
		{"今年出口幾多TEU", Number, "标准箱", ""},
	} {
		q := Read(c.text, nil)
		if q.Ask != c.ask || q.Unit != c.unit || q.Counter != c.count {
			t.Errorf("%s: ask %s unit %q counter %q, want %s %q %q", c.text, q.Ask, q.Unit, q.Counter, c.ask, c.unit, c.count)
		}
	}
}
