package question

import (
	"strings"
	"testing"
)

func TestClauses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"我在县城卖菜,今年修几条路", "o a"},
		{"我省去年修了路,今年修几条", "- a"},
		{"闺女刚毕业,老家在山里,城里新添多少岗位", "o o a"},
		{"就这几亩旱地,补贴多少", "- a"},
		{"we run a guesthouse,how many visitors came", "o a"},
		{"经济增长多少", "a"},
		{"we run a guesthouse. how many visitors came", "o a"},
		{"种了3.5亩地,补贴多少", "- a"},
	} {
		var got []string
		for _, x := range Clauses(c.text) {
			switch {
			case x.Asks:
				got = append(got, "a")
			case x.OfAsker:
				got = append(got, "o")
			default:
				got = append(got, "-")
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("Clauses(%q) = %s, want %s", c.text, s, c.want)
		}
	}
}

func TestWithoutStory(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"我家就这几亩地。今年补多少?", "今年补多少?"},
		{"我家能补多少?今年修几条路?", "我家能补多少?今年修几条路?"},
		{"全市去年修了路。今年修几条?", "全市去年修了路。今年修几条?"},
		{"我家就这几亩地。", "我家就这几亩地。"},
		{"我家有3.5亩地,能补多少?", "我家有3.5亩地,能补多少?"},
		{"my son is two. how many places are planned?", " how many places are planned?"},
	} {
		if got := withoutStory(c.text); got != c.want {
			t.Errorf("withoutStory(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestRateBase(t *testing.T) {
	for _, c := range []struct {
		text string
		want int // periods
	}{
		{"今年收入比去年多几个点", 1},
		{"去年产量比头一年多了百分之几", 1},
		{"今年新建的比去年多多少", 2},
	} {
		if q := Read(c.text, nil); len(q.Periods) != c.want {
			t.Errorf("Read(%q).Periods = %v, want %d", c.text, q.Periods, c.want)
		}
	}
}
