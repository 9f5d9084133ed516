package index

import (
	"context"
	"testing"

	"jinwen/index/answer"
	"jinwen/index/question"
)

// TestWanted: what a turn of a conversation asks for besides a number or a thing
// is given, or said to be missing by its slot.
func TestWanted(t *testing.T) {
	ix := newIndex(t, `青溪市2031年政府工作报告
——2031年2月3日在青溪市第九届人民代表大会第一次会议上
第一部分　2030年工作回顾
用电量、货运量、快递业务量分别增长6%、14.1%、9.3%。累计筹建保障性租赁住房2.9万套，开工建设配售型住房700套。
构建“215”产业布局，出台稳经济43条举措，开展“三帮”行动，实施三类工程：强链、补链、延链。轨道交通运营里程达到57公里。
云江机场第二跑道建成投用。清河区改造老旧小区12个。
第二部分　2031年主要工作
推进石门机场前期工作。稳妥推进渐进式延迟法定退休年龄改革，提高退休人员基本养老金。改造老旧小区20个。
名词解释
1.“三帮”：帮资金、帮技术、帮销路。
`)
	for _, c := range []struct {
		turns  []string
		want   answer.Status
		slot   answer.Slot
		figure string // the first; "" for none
	}{
		{turns: []string{"用电量增长多少", "这三个里哪个增得最快"}, want: answer.Answered, figure: "14.1%"},
		{turns: []string{"用电量增长多少", "哪个最低"}, want: answer.Answered, figure: "6%"},
		{turns: []string{"43条举措都是啥"}, want: answer.Nearest, slot: answer.SlotItems},
		{turns: []string{"215是什么意思"}, want: answer.Nearest, slot: answer.SlotMeaning},
		{turns: []string{"三帮是什么意思"}, want: answer.Answered},
		{turns: []string{"保障性租赁住房累计筹建多少套", "去年一年呢"}, want: answer.Nearest, slot: answer.SlotAlone},
		{turns: []string{"云江机场第二跑道修好没有", "石门机场呢"}, want: answer.Answered},
		{turns: []string{"今年养老金涨不涨", "涨多少", "延迟退休呢"}, want: answer.Answered},
		{turns: []string{"涨了多少"}, want: answer.Clarify},
		{turns: []string{"清河区去年有什么大事"}, want: answer.Answered},
	} {
		var before *question.Question
		var a *answer.Answer
		for _, q := range c.turns {
			var err error
			if a, err = ix.Ask(context.Background(), Query{Text: q, Before: before}); err != nil {
				t.Fatal(err)
			}
			before = a.Question.Question
		}
		var slot answer.Slot
		if len(a.Missing) > 0 {
			slot = a.Missing[0].Slot
		}
		if a.Status != c.want || slot != c.slot || c.figure != "" && (a.Direct == 0 || ix.Report().Figures[a.Figures[0]].Value != c.figure) {
			t.Errorf("%q: %v lacks %v, want %v lacks %q, first figure %q\n%s", c.turns, a.Status, a.Missing, c.want, c.slot, c.figure, a.Explain())
		}
	}
}
