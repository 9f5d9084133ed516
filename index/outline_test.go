package index

import (
	"strings"
	"testing"

	"jinwen/index/answer"
)

// TestOutline: which headings are meant, by number, by name, by how many there are.
func TestOutline(t *testing.T) {
	ix := newIndex(t, city)
	for _, c := range []struct{ q, want string }{
		{"报告分几个部分", "outline 2030年和过去五年工作回顾 2031年工作安排 名词解释"},
		{"第一部分有哪些方面", "outline 产业提质增效 城市建设提速 民生持续改善"},
		{"第二部分有哪些方面", "outline 实施产业强市三大行动 办好十件民生实事 建设海洋强市"},
		{"第三部分有哪些方面", "passage "},
		{"最后一部分有哪些方面", "passage "},
		{"（二）有哪些方面", "list "},
		{"（二）办好十件民生实事的结构", "passage "},
		{"三大行动是哪三大", "outline 实施龙头培育行动 实施园区提升行动 实施科技攻关行动"},
		{"产业强市有哪三大行动", "outline 实施龙头培育行动 实施园区提升行动 实施科技攻关行动"},
		{"今年工作有哪三个方面", "outline 实施产业强市三大行动 办好十件民生实事 建设海洋强市"},
		{"去年工作有哪三个方面", "outline 产业提质增效 城市建设提速 民生持续改善"},
		{"十件民生实事是哪十件", "list "},
		{"五件民生实事是哪五件", "list "},
		{"what are the headings of part two", "outline 实施产业强市三大行动 办好十件民生实事 建设海洋强市"},
		{"第二部分里海洋生产总值那句", "passage "},
		{"第一部分讲了什么", "outline 产业提质增效 城市建设提速 民生持续改善"},
		{"第二部分讲了什么", "outline 实施产业强市三大行动 办好十件民生实事 建设海洋强市"},
		{"结构", "outline 2030年和过去五年工作回顾 2031年工作安排 名词解释"},
		{"标题有哪些", "outline 2030年和过去五年工作回顾 2031年工作安排 名词解释"},
		{"第十部分的结构", "outline 2030年和过去五年工作回顾 2031年工作安排 名词解释"},
	} {
		a := ask(t, ix, c.q)
		var got []string
		for i, s := range a.Sections {
			got = append(got, ix.Report().Sections[s].Title)
			if a.Kind == answer.KindOutline && i < len(a.Hits) && !ix.Report().Sections[s].Contains(ix.Report().Passages[a.Hits[i].Passage].Span) {
				t.Errorf("%s: the hit of %s stands elsewhere", c.q, ix.Report().Sections[s].Title)
			}
		}
		if s := string(a.Kind) + " " + strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.q, s, c.want)
		}
	}
}
