package handlers_test

import (
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/handlers"
)

// An empty inline query offers the topics of the plan, be it one; of a report
// without a plan whatever headings it has.
func TestInlineSuggests(t *testing.T) {
	const head = "青溪县2024年政府工作报告\n\n一、2023年工作回顾\n\n（一）教育\n\n新增学位3200个。\n\n（二）交通\n\n改建公路86公里。\n\n"
	for _, c := range []struct{ name, text, want string }{
		{"two topics", head + "二、2024年工作安排\n\n（一）办好教育\n\n新增学位4000个。\n\n（二）加快交通建设\n\n改建公路100公里。\n", "（一）办好教育|（二）加快交通建设"},
		{"one topic", head + "二、2024年工作安排\n\n（一）办好教育\n\n新增学位4000个。\n", "（一）办好教育"},
		{"no plan", head, "一、2023年工作回顾|（一）教育|（二）交通"},
		{"no headings", "各位代表：\n\n新增学位4000个。\n", ""},
	} {
		in := beginOn(t, extract.ParseText(c.text), handlers.Options{BotName: "jinwen_bot"}).inline("", "").Inline
		var titles []string
		for _, x := range in.Results {
			titles = append(titles, x.Title)
		}
		if got := strings.Join(titles, "|"); got != c.want || in.StartParam != "help" {
			t.Errorf("%s: %s, start %s; want %s, help", c.name, got, in.StartParam, c.want)
		}
	}
}
