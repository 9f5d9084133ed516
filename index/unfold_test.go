package index

import (
	"strings"
	"testing"

	"jinwen/index/question"
)

// TestUnfold: what a clause announces is given item by item, whatever marks the items
// have, and of numbers in a row the first is told.
func TestUnfold(t *testing.T) {
	ix := newIndex(t, `云江市2031年政府工作报告
——2031年1月20日在云江市第十五届人民代表大会第四次会议上
一、2030年工作回顾
去年办成的惠民工程如下：
1. 建成社区食堂。
（2）改建农贸市场。
③开通旅游专线。
四是修缮古城墙。
全年财政运行平稳。
二、2031年工作安排
今年主攻的产业项目包括：
开工建设船厂，扩建钢厂。
投产化纤基地。

同时做好其他工作。
（一）建设海洋强市
发展深海养殖。建设智慧渔港。培育海洋牧场。扩大海上风电。
（二）守牢安全底线
加强防汛。
用电量、货运量、快递量分别增长6%、14.1%、9.3%，研发投入12亿元、技改投入30亿元。
`)
	for _, c := range []struct {
		turns string
		want  string // the first hits
	}{
		{"去年办成的惠民工程有哪些", "建成社区食堂 改建农贸市场 开通旅游专线"},
		{"今年主攻的产业项目有哪些", "开工建设船厂，扩建钢厂"},
		{"用电量增长多少|这三个里哪个最高", "用电量、货运量、快递量分别增长"},
		{"用电量增长多少|哪个最低", "用电量、货运量、快递量分别增长"},
	} {
		var before *question.Question
		var a *Answer
		for q := range strings.SplitSeq(c.turns, "|") {
			var err error
			if a, err = ix.Ask(t.Context(), Query{Text: q, Before: before}); err != nil {
				t.Fatal(err)
			}
			before = a.Question.Question
		}
		for i, want := range strings.Fields(c.want) {
			if i >= len(a.Hits) || !strings.Contains(ix.Report().Quote(ix.Report().Passages[a.Hits[i].Passage].Span), want) {
				t.Errorf("%s: hit %d is not %q\n%s", c.turns, i, want, a.Explain())
				break
			}
		}
	}
}
