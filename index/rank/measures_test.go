package rank

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/index/position"
	"jinwen/index/question"
	"jinwen/index/resolve"
)

// TestLikeness: how much two texts have in common, by pairs of characters.
func TestLikeness(t *testing.T) {
	for text, want := range map[string]string{"老旧小区": "小区 旧小 老旧", "a老旧b": "老旧", "5g基站": "基站", "路": "", "": "", "道路，桥梁": "桥梁 道路", "改造改造": "改造 造改"} {
		got := make([]string, 0)
		for g := range gramsOf(text) {
			got = append(got, g)
		}
		slices.Sort(got)
		if s := strings.Join(got, " "); s != want {
			t.Errorf("gramsOf(%s) = %s, want %s", text, s, want)
		}
	}
	for _, c := range []struct {
		name, text string
		want       float64
	}{{"老旧小区", "改造老旧小区", 1}, {"老旧小区", "小区", 1. / 3}, {"老旧小区", "公园", 0}, {"路", "路", 0}, {"5g基站", "5g基站", 1}, {"5g", "5g", 0}, {"", "路", 0}, {"城a区道路", "道路", 0.5}, {"城市道路", "道路", 1. / 3}} {
		if got := shareIn(c.name, c.text); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("shareIn(%s, %s) = %v, want %v", c.name, c.text, got, c.want)
		}
	}
	for text, want := range map[string]float64{"": 0, "公园": 0, "老旧": 0.25, "老旧小区": 0.5} {
		if got := likeness(gramsOf("老旧小区"), text); got != want {
			t.Errorf("likeness to %s is %v, want %v", text, got, want)
		}
	}
}

// TestStandardise: values become deviations from their mean, which two kinds of
// vectors add up.
func TestStandardise(t *testing.T) {
	for _, c := range []struct{ in, want []float64 }{
		{[]float64{1, 3}, []float64{-1, 1}}, {[]float64{2, 2, 2}, []float64{0, 0, 0}}, {[]float64{0, 0, 3}, []float64{-0.707, -0.707, 1.414}}, {nil, nil},
	} {
		got := slices.Clone(c.in)
		standardise(got)
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 1e-3 {
				t.Errorf("standardise(%v) = %v, want %v", c.in, got, c.want)
				break
			}
		}
	}
	words, sentences := []float64{1, 0, -1}, []float64{1, -1, 0}
	if got := both(nil, sentences); !slices.Equal(got, sentences) {
		t.Errorf("sentences alone are %v", got)
	}
	if got := both(words, nil); !slices.Equal(got, words) {
		t.Errorf("words alone are %v", got)
	}
	if got := both(slices.Clone(words), sentences); math.Abs(got[0]-math.Sqrt2) > 1e-9 || math.Abs(got[1]-got[2]) > 1e-9 || got[1] > 0 {
		t.Errorf("both are %v, want the first before two equals", got)
	}
	if at(nil, 3) != 0 || at([]float64{1, 2}, 1) != 2 {
		t.Error("at")
	}
}

// TestExpansion: a passage matches better the more pairs of characters it holds,
// the rarer they are, and the shorter it is.
func TestExpansion(t *testing.T) {
	e := expander{ids: make(map[uint64]int32)}
	for _, text := range []string{"老旧小区改造", "老旧小区改造，老旧", "道路桥梁小区", "道路桥梁小区河道整治水库加固", "空"} {
		e.passages = append(e.passages, [][]int32{e.idsOf(text)})
	}
	x := &expansion{pairs: e.impacts(), passages: len(e.passages)}
	for _, c := range []struct {
		asked string
		order string // passages that match, the best first
	}{
		{"老旧", "1 0"}, {"道路", "2 3"}, {"小区", "0 2 1 3"}, {"水库小区", "3 0 2 1"}, {"老旧，旧小", "1 0"}, {"空", ""}, {"航天", ""}, {"", ""}, {"老旧老旧老旧", "1 0"},
	} {
		scores := x.scores(c.asked)
		var places []int
		for p, s := range scores {
			if s > 0 {
				places = append(places, p)
			}
		}
		slices.SortStableFunc(places, func(a, b int) int {
			switch {
			case scores[a] > scores[b]:
				return -1
			case scores[a] < scores[b]:
				return 1
			}
			return 0
		})
		if got := strings.Trim(fmt.Sprint(places), "[]"); got != c.order {
			t.Errorf("%s matches %s by %.3f, want %s", c.asked, got, scores, c.order)
		}
		if len(places) > 0 && scores[places[0]] != 1 {
			t.Errorf("%s: the best is %v, want 1", c.asked, scores[places[0]])
		}
	}
	var pairs []string
	for k := range pairsOf("老旧，小区5g x") {
		pairs = append(pairs, string([]rune{rune(k >> 32), rune(uint32(k))}))
	}
	if got := strings.Join(pairs, " "); got != "老旧 小区 区5 5g" {
		t.Errorf("the pairs are %s", got)
	}
	for k := range pairsOf("老旧小区") {
		if k != position.Pair('老', '旧') {
			t.Error("another pair comes first")
		}
		break
	}
}

// TestUnits: a figure is counted in what is asked for, by whatever name of it.
func TestUnits(t *testing.T) {
	for _, c := range []struct {
		unit, asked string
		want        bool
	}{{"元", "元", true}, {"元/月", "元", true}, {"亿元", "元", true}, {"块", "元", true}, {"千米", "公里", true}, {"公里", "公里", true}, {"平米", "平方米", true}, {"TEU", "标准箱", true}, {"人", "人次", false}, {"人次", "人", false}, {"%", "元", false}, {"", "元", false}} {
		if got := inUnit(corpus.Figure{Unit: c.unit}, c.asked); got != c.want {
			t.Errorf("%s is counted in %s: %v, want %v", c.unit, c.asked, got, c.want)
		}
	}
	for _, c := range []struct {
		unit, asked, counter string
		want                 bool
	}{
		{"个", "", "个", false}, {"家", "", "家", true}, {"所", "", "家", false}, {"人", "", "口", true}, {"人次", "", "人", true}, {"名", "", "位", true}, {"个", "", "人", false}, {"吨", "吨", "个", true}, {"个", "吨", "个", false}, {"家", "", "", false},
	} {
		h := &Hits{Question: &resolve.Question{Question: &question.Question{Unit: c.asked, Counter: c.counter}}}
		if got := h.CountedAsAsked(corpus.Figure{Unit: c.unit}); got != c.want {
			t.Errorf("%s is as asked (%s, %s): %v, want %v", c.unit, c.asked, c.counter, got, c.want)
		}
	}
	for unit, want := range map[string]bool{"%": true, "个百分点": true, "元": false, "": false} {
		if got := Percent(corpus.Figure{Unit: unit}); got != want {
			t.Errorf("%s is a share of a hundred: %v, want %v", unit, got, want)
		}
	}
}

// TestFitKind: a figure of another kind than the one asked for counts less, or not
// at all.
func TestFitKind(t *testing.T) {
	level := corpus.Figure{Unit: "亿元", Number: 1e8, Measure: corpus.MeasureLevel}
	growth := corpus.Figure{Unit: "%", Number: 5, Measure: corpus.MeasureGrowth}
	share := corpus.Figure{Unit: "%", Number: 5, Measure: corpus.MeasureShare}
	rank := corpus.Figure{Measure: corpus.MeasureRank}
	change := corpus.Figure{Unit: "亿元", Number: 1e7, Measure: corpus.MeasureChange}
	homes := corpus.Figure{Unit: "个", Measure: corpus.MeasureLevel}
	people := corpus.Figure{Unit: "人", Measure: corpus.MeasureLevel}
	now := corpus.Figure{Unit: "个", Measure: corpus.MeasureLevel, Period: "cumulative"}
	added := corpus.Figure{Unit: "个", Measure: corpus.MeasureLevel, Indicator: "新增学位"}
	for _, c := range []struct {
		name    string
		q       question.Question
		f       corpus.Figure
		perOne  bool
		more    int // 1 counts more than others, -1 less, 0 as much
		blocked string
	}{
		{"an amount, none asked", question.Question{}, level, false, 1, ""}, {"a growth, none asked", question.Question{}, growth, false, 0, ""}, {"a share, none asked", question.Question{}, share, false, 0, ""},
		{"a rank, none asked", question.Question{}, rank, false, 0, ""}, {"a change, none asked", question.Question{}, change, false, 0, ""},
		{"a growth, asked in percent", question.Question{Unit: "%"}, growth, false, 0, ""}, {"an amount, asked in percent", question.Question{Unit: "%"}, level, false, -1, "unit"},
		{"money, asked for", question.Question{Unit: "元"}, level, false, 1, ""}, {"a growth, asked in money", question.Question{Unit: "元"}, growth, false, -1, "unit"}, {"what one gets, and all get", question.Question{Unit: "元"}, level, true, -1, "unit"},
		{"a growth, asked for", question.Question{Measure: corpus.MeasureGrowth}, growth, false, 1, ""}, {"an amount, growth asked", question.Question{Measure: corpus.MeasureGrowth}, level, false, -1, ""}, {"a share, growth asked", question.Question{Measure: corpus.MeasureGrowth}, share, false, 1, ""},
		{"a share, asked for", question.Question{Measure: corpus.MeasureShare}, share, false, 1, ""}, {"a growth, share asked", question.Question{Measure: corpus.MeasureShare}, growth, false, -1, "unit"}, {"an amount, share asked", question.Question{Measure: corpus.MeasureShare}, level, false, -1, "unit"},
		{"an amount beside a share", question.Question{Measure: corpus.MeasureShare, Amount: true}, level, false, -1, ""}, {"a level of a share", question.Question{Measure: corpus.MeasureShare, Level: true}, level, false, -1, ""},
		{"a rank, asked for", question.Question{Measure: corpus.MeasureRank}, rank, false, 1, ""}, {"an amount, rank asked", question.Question{Measure: corpus.MeasureRank}, level, false, -1, "unit"},
		{"a growth, level asked", question.Question{Level: true}, growth, false, -1, "unit"}, {"an amount, level asked", question.Question{Level: true}, level, false, 1, ""},
		{"things, counted so", question.Question{Counter: "个"}, homes, false, 2, ""}, {"people for things", question.Question{Counter: "家"}, people, false, -1, "unit"}, {"things for people", question.Question{Counter: "人"}, corpus.Figure{Unit: "家", Measure: corpus.MeasureLevel}, false, -1, "unit"}, {"percent for things", question.Question{Counter: "家"}, growth, false, -1, ""},
		{"all there is by now", question.Question{Stock: true}, now, false, 2, ""}, {"what was added, all asked", question.Question{Stock: true}, added, false, 0, ""},
	} {
		h := &Hits{Question: &resolve.Question{Question: &c.q}, perOne: c.perOne}
		score, blocked := h.FitKind(c.f, 1)
		ok := blocked == c.blocked
		switch c.more {
		case -1:
			ok = ok && score < 1
		case 0:
			ok = ok && score <= 1+Used.FigLevel && score > Used.FigOffKind
		default:
			ok = ok && score > 1
		}
		if !ok {
			t.Errorf("%s: %.2f %q, want %+d %q", c.name, score, blocked, c.more, c.blocked)
		}
	}
}
