package position

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/index/text"
)

// slipsOf are those of a report with that body.
func slipsOf(t *testing.T, body string) (*Text, *Slips) {
	t.Helper()
	x := NewText(extract.ParseText("某市2031年政府工作报告\n一、2030年工作回顾\n" + body))
	cut, err := text.NewCutter("", nil)
	if err != nil {
		t.Fatal(err)
	}
	words := cut.Fine(string(x.Runes))
	x.SetWords(words, cut.InDict)
	return x, NewSlips(x, words)
}

// TestSoundsLike: a slip sounds like a term and keeps half of its characters at
// least; it is no slip where it stands itself.
func TestSoundsLike(t *testing.T) {
	_, s := slipsOf(t, "集装箱吞吐量增长，建设公园和绿道，城市更新的步伐加快，特困人员生活标准提高，改造老旧小区。")
	for _, c := range []struct {
		written string
		words   bool
		want    string
	}{
		{"公元", true, "公园"}, {"工园", true, "公园"}, {"工元", true, ""}, {"公园", true, ""}, {"公", true, ""}, {"", true, ""},
		{"集装厢", true, "集装箱"}, {"级装箱", true, "集装箱"}, {"级庄箱", true, ""}, {"级庄厢", true, ""},
		{"老久小区", true, "老旧小区"}, {"老久晓区", true, "老旧小区"}, {"劳久晓区", true, ""},
		{"装厢", true, ""}, {"装厢", false, "装箱"}, {"园河", false, ""}, {"新得", false, ""}, {"城氏", true, "城市"},
		{"公a", true, ""}, {"公龘", true, ""}, {"小去", false, "小区"}, {"小区区", false, ""},
	} {
		work := new(Effort)
		if got := s.SoundsLike([]rune(c.written), c.words, work); got != c.want {
			t.Errorf("SoundsLike(%q, %v) = %q, want %q", c.written, c.words, got, c.want)
		}
		if c.want != "" && work.Steps() == 0 {
			t.Errorf("SoundsLike(%q) costs nothing", c.written)
		}
	}
}

// TestSoundsLikeBest: of several terms that sound so it is the one with most of
// the characters, and the first of those.
func TestSoundsLikeBest(t *testing.T) {
	_, s := slipsOf(t, "推进工程建设，公成村修路，公城港扩建。")
	for written, want := range map[string]string{"公程": "工程", "工城": "工程", "工成": "工程"} {
		if got := s.SoundsLike([]rune(written), false, nil); got != want {
			t.Errorf("SoundsLike(%q) = %q, want %q", written, got, want)
		}
	}
}

// TestAbbreviated: a short form takes the first characters of words that stand
// near each other, and the last one of an institution.
func TestAbbreviated(t *testing.T) {
	_, s := slipsOf(t, "固定资产投资增长，天津美术学院扩建，城市轨道交通建设提速高，高新技术企业培育，义务教育均衡发展。")
	for short, want := range map[string]string{
		"固投": "固定资产投资", "美院": "美术学院", "美学": "美术学院", "轨交": "轨道交通", "义教": "义务教育", "高企": "高新技术企业", "城轨": "城市轨道",
		"城轨交": "城市轨道交", "轨交建": "轨道交通建", "轨交提": "轨道交通建设提", "轨交速": "轨道交通建设提速", "轨交高": "", "美术": "", "固增": "", "固": "", "固投增长了": "", "gt": "", "固a": "", "校扩": "", "均展": "",
	} {
		if got := strings.Join(s.Abbreviated([]rune(short)), " "); got != want {
			t.Errorf("Abbreviated(%q) = %q, want %q", short, got, want)
		}
	}
}

// TestAbbreviatedOnce: what stands twice is one term.
func TestAbbreviatedOnce(t *testing.T) {
	_, s := slipsOf(t, "固定资产投资增长，固定资产投资提质，固体废物投放减少。")
	if got := s.Abbreviated([]rune("固投")); len(slices.Compact(slices.Sorted(slices.Values(got)))) != len(got) || !slices.Contains(got, "固定资产投资") {
		t.Errorf("Abbreviated(固投) = %q, want each once", got)
	}
}

// TestSpelled: a Latin word is a name of the report if all of it can be cut into
// syllables that stand there in a row.
func TestSpelled(t *testing.T) {
	_, s := slipsOf(t, "津滨轻轨改造，近滨、进宾、晋斌、金槟，西安路，先进。")
	for word, want := range map[string]string{
		"jinbin": "津滨 近滨 进宾", "xianjin": "先进", "xianlu": "", "qinggui": "轻轨", "jin": "", "jinx": "", "xjin": "", "": "", "jinlu": "", "bin": "",
	} {
		if got := strings.Join(s.Spelled(word, nil), " "); got != want {
			t.Errorf("Spelled(%q) = %q, want %q", word, got, want)
		}
	}
	for n, want := range map[int]bool{maxSpelled: true, maxSpelled + 1: false} {
		work := new(Effort)
		s.Spelled(strings.Repeat("jinjia", 7)[:n], work)
		if (work.Steps() > 0) != want {
			t.Errorf("%d letters took %d steps", n, work.Steps())
		}
	}
}

// TestSyllables: the longest syllable is taken where the rest can be cut as well.
func TestSyllables(t *testing.T) {
	_, s := slipsOf(t, "西安先进，壮大金港，方案，发案。")
	for word, want := range map[string]string{
		"xian": "xian", "xianjin": "xian jin", "zhuangda": "zhuang da", "fangan": "fang an", "faan": "fa an", "jinv": "", "fangang": "", "gang": "gang",
	} {
		if got := strings.Join(s.syllables(word, nil), " "); got != want {
			t.Errorf("syllables(%q) = %q, want %q", word, got, want)
		}
	}
}

// TestFrequentPairs: of a pair that sounds like many others every spelling is
// found, however late it stands.
func TestFrequentPairs(t *testing.T) {
	_, s := slipsOf(t, strings.Repeat("建设。", 100)+"见射。简设。")
	if got := s.SoundsLike([]rune("见设"), false, nil); got != "建设" {
		t.Errorf("SoundsLike(见设) = %q, want 建设", got)
	}
	if n := len(s.byPair.Of(s.key("jian", "she"))); n != 66 {
		t.Errorf("%d places are kept, want 64 of the first spelling and one of each other", n)
	}
}

func TestEffort(t *testing.T) {
	var none *Effort
	none.Add(3)
	if none.Context() == nil || none.Err() != nil || new(Effort).Context() == nil || new(Effort).Err() != nil {
		t.Error("an effort without a context has no end")
	}
	e := NewEffort(t.Context())
	e.Add(2)
	e.Add(3)
	if e.Steps() != 5 || e.Context() != t.Context() || e.Err() != nil {
		t.Errorf("%d steps, %v", e.Steps(), e.Err())
	}
}

func TestLists(t *testing.T) {
	a := NewLists(map[string][]int{"a": {1, 2}, "b": {}, "c": {3}})
	b := Packed([]string{"a", "b", "c"}, []int32{2, 2, 3}, []int{1, 2, 3})
	for k, want := range map[string]string{"a": "[1 2]", "b": "[]", "c": "[3]", "d": "[]"} {
		if x, y := fmt.Sprint(a.Of(k)), fmt.Sprint(b.Of(k)); x != want || y != want {
			t.Errorf("%s is %s and %s, want %s", k, x, y, want)
		}
	}
	if _ = append(b.Of("a"), 9); b.Of("c")[0] != 3 {
		t.Error("appending to one list changes the next")
	}
}
