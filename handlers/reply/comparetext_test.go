package reply

import (
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
	"jinwen/index"
)

// A comparison that is cut for want of room has a picture only of figures that
// it shows and that can share an axis.
func TestCompareCut(t *testing.T) {
	long := strings.Repeat("持续推进各项重点工程建设", 30)
	r := extract.ParseText("一、2024年工作安排\n\n" + long + "新建道路3条。\n\n" + long + "新增学位4000个。\n\n" + long + "改造小区5个。")
	if len(r.Figures) < 2 {
		t.Fatalf("%d figures", len(r.Figures))
	}
	a := &index.Answer{Report: r, Status: index.Answered, Kind: index.KindCompare, Direct: 2, Figures: []int{0, 1}}
	p := PageOf(a, texts.Of(chat.Hans), View{})
	if len(p.Quoted) != 1 {
		t.Errorf("%d quotes, want 1: %s", len(p.Quoted), p.Reply.Plain())
	}
	if p.Chart != nil {
		t.Errorf("picture of %v, want none", p.Chart)
	}
}
