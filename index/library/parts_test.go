package library

import (
	"strings"
	"testing"

	"jinwen/index/question"
)

// TestReadParts: the questions of a message, each with what it leaves to those before
// it, and whether they go to different reports.
func TestReadParts(t *testing.T) {
	l := madeUp(t)
	c, home := l.catalog.Load(), l.Report().Text
	for _, x := range []struct{ q, want string }{
		{"天津今年GDP目标多少", ""}, {"天津今年GDP目标多少？", ""}, {"天津今年GDP目标多少？重庆呢？", "天津:gdp 重庆:gdp"}, {"天津今年GDP目标；重庆去年财政收入", "天津:gdp 重庆:fiscal_revenue apart"},
		{"今年GDP目标多少？哪个省最高？", ":gdp every:gdp apart"}, {"今年GDP目标多少？谁最低？新增就业呢？", ":gdp every:gdp :new_jobs apart"}, {"重庆GDP目标多少？财政收入多少？", "重庆:gdp 重庆:fiscal_revenue"}, {"重庆GDP目标多少？北京呢？", "重庆:gdp 北京:gdp apart"},
		{"重庆怎么样？北京呢？", "重庆: 北京: apart"}, {"天津GDP？重庆GDP？河北GDP？四川GDP？", "天津:gdp 重庆:gdp 河北:gdp 四川:gdp"}, {"天津GDP？重庆GDP？河北GDP？四川GDP？成都GDP？", ""}, {"你好？谢谢？", ": :"}, {"今年GDP目标多少？改造老旧小区多少？", ":gdp :old_estates"}, {"重庆改造老旧小区多少？新建幼儿园呢？", "重庆:old_estates 重庆:kindergartens"},
		{"全国CPI涨幅，2021到2024年各多少", ""}, {"天津今年GDP目标多少，重庆去年财政收入多少", "天津:gdp 重庆:fiscal_revenue apart"}, {"哪些省提到低空经济？天津GDP目标多少？", "every: 天津:gdp apart"}, {"天津GDP目标完成了吗？重庆呢？", "天津:gdp 重庆:gdp apart"}, {"天津今年和去年GDP目标？重庆呢？", "天津:gdp 重庆:gdp"},
	} {
		list := readParts(question.Read(x.q, nil), c, home)
		var got []string
		for _, p := range list {
			var of []string
			of = append(of, p.req.places...)
			for _, a := range p.req.absent {
				of = append(of, a.Short)
			}
			if p.req.every {
				of = append(of, "every")
			}
			got = append(got, strings.Join(of, "+")+":"+p.req.concept())
		}
		if len(list) > 1 && l.apart(list, c) {
			got = append(got, "apart")
		}
		if s := strings.Join(got, " "); s != x.want {
			t.Errorf("%s: %s, want %s", x.q, s, x.want)
		}
	}
}
