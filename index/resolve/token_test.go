package resolve

import (
	"strings"
	"testing"

	"jinwen/index/lexicon"
	"jinwen/index/position"
	"jinwen/index/question"
)

// readerOf reads questions to a report with that body.
func readerOf(t *testing.T, body string) *reader {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	x := reportOf(t, "青溪市2031年政府工作报告\n一、2030年工作回顾\n"+body)
	return &reader{
		report: x.Report, text: x.Text, cut: x.Cut, slips: x.Slips, lex: lex, own: x.Own, composes: x.Composes,
		work: position.NewEffort(t.Context()), byConcept: x.ByConcept, proper: map[string]bool{},
	}
}

// tokensOf reads tokens that are written word/tag, with ! behind the tag for one
// that the lexicon knows, . for one that tells nothing; _ is a gap.
func tokensOf(said string) []token {
	var out []token
	at := 0
	for _, f := range strings.Fields(said) {
		if f == "_" {
			at++
			continue
		}
		word, tag, _ := strings.Cut(f, "/")
		t := token{text: word, start: at, tag: strings.TrimRight(tag, "!."), lex: strings.HasSuffix(tag, "!"), stop: strings.HasSuffix(tag, ".")}
		out = append(out, t)
		at += len([]rune(word))
	}
	return out
}

// textOf is tokens as words.
func textOf(tokens []token) string {
	var out []string
	for _, t := range tokens {
		out = append(out, t.text)
	}
	return strings.Join(out, " ")
}

// TestMendSlips: what the report does not have is what sounds so there, but for
// words of the lexicon, words that tell nothing, and verbs that fit nowhere.
func TestMendSlips(t *testing.T) {
	r := readerOf(t, "发展小集装箱运输，集装箱增长，建设公园和公园管理站，办好老年活动中心建设，推进建设道路，新建设码头，治理河道。")
	for _, c := range []struct{ name, tokens, want string }{
		{"a guessed word", "集装厢/x", "集装箱"},
		{"three words", "级/v 装/v 箱/n", "集装箱"},
		{"a word of the lexicon inside", "级/v 装箱/n!", "集装箱"},
		{"no long word of the lexicon", "小/a 级装箱/n!", "小 级装箱"},
		{"a particle inside", "级/v 装/v. 箱/n", "集装箱"},
		{"no word that tells nothing", "级/v 装箱/v.", "级 装箱"},
		{"nothing across a gap", "级/v _ 装箱/n", "级 装箱"},
		{"a common word of the language", "公元/n", "公元"},
		{"a name", "工园/nz", "公园"}, {"a short form", "工园/j", "公园"}, {"characters that were left", "工园/joined", "公园"},
		{"a verb that fits nowhere", "工园/v", "工园"},
		{"a verb behind what it fits", "治理/v. 河到/v", "治理 河道"},
		{"a verb before what it fits", "工园/v 管理/v.", "公园 管理"},
		{"the word before sounds right with it", "推进/v. 建社/v", "推进 建设"},
		{"a word before that is long", "老年活动中心/n 建社/v", "老年活动中心 建设"},
		{"what stands there is no slip", "公园/n 建设/v", "公园 建设"},
		{"no words that hold a sentence together", "公/d 元/d", "公 元"},
		{"nothing so long", "老年活动中心剑设/n", "老年活动中心剑设"},
	} {
		if got := textOf(r.mendSlips(tokensOf(c.tokens))); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.name, c.tokens, got, c.want)
		}
	}
	mended := r.mendSlips(tokensOf("级/v 装/v 箱/n 发展/v"))
	if len(mended) != 2 || mended[0].slip != "级装箱" || mended[1].start != 3 {
		t.Errorf("级装箱 发展 is %v", mended)
	}
}

// TestJoinSingles: single characters in a row that are no verbs, measure words
// or particles are a word that the dictionary does not have.
func TestJoinSingles(t *testing.T) {
	for _, c := range []struct{ tokens, want string }{
		{"渝/j 沪/j", "渝沪"}, {"渝/j 沪/j 宁/j 线/n", "渝沪宁线"}, {"渝/j", "渝"}, {"渝/j _ 沪/j", "渝 沪"}, {"渝/j 修/v", "渝 修"}, {"修/v 渝/j", "修 渝"},
		{"三/m 条/q", "三 条"}, {"渝/j 大/a", "渝 大"}, {"渝/j 桥/n!", "渝 桥"}, {"桥/n! 渝/j", "桥 渝"}, {"渝/j 的/u.", "渝 的"}, {"在/p 渝/j", "在 渝"}, {"渝/j 是/n", "渝 是"},
		{"重庆/ns 渝/j", "重庆 渝"}, {"渝/j 重庆/ns 沪/j", "渝 重庆 沪"}, {"", ""},
	} {
		if got := textOf(joinSingles(tokensOf(c.tokens))); got != c.want {
			t.Errorf("%s is %q, want %q", c.tokens, got, c.want)
		}
	}
}

// TestJoinPrinted: a word and the character behind it are one where the report
// prints them together.
func TestJoinPrinted(t *testing.T) {
	r := readerOf(t, "推行“一网统管”工作法，修建AI城，修公路。")
	for _, c := range []struct{ tokens, want string }{
		{"工作/n 法/n", "工作法"}, {"工作/n _ 法/n", "工作 法"}, {"工作/n 法/v", "工作 法"}, {"工作/n 法/q", "工作 法"}, {"工作/n 法/n!", "工作 法"}, {"工作/n. 法/n", "工作 法"},
		{"工作/n 站/n", "工作 站"}, {"公/n 路/n", "公 路"}, {"ai/eng 城/n", "ai 城"}, {"法/n", "法"}, {"工作/n 法是/n", "工作 法是"},
	} {
		if got := textOf(r.joinPrinted(tokensOf(c.tokens))); got != c.want {
			t.Errorf("%s is %q, want %q", c.tokens, got, c.want)
		}
	}
}

// TestSalvage: of a longer word that the report does not have the parts that it
// has are taken.
func TestSalvage(t *testing.T) {
	r := readerOf(t, "涉及雄安新区和雄安站，民族团结，宗教和睦，宗教场所，民族文化，税收增长，青溪美术学院扩建，京港高铁。")
	for _, c := range []struct{ tokens, want string }{
		{"涉雄安/x", "雄安"}, {"民族宗教/n", "民族 宗教"}, {"民族宗教/n!", "民族宗教"}, {"民族宗教/n.", "民族宗教"}, {"民族宗教/m", "民族宗教"}, {"雄安区/ns", "雄安区"},
		{"雄安新区/ns", "雄安新区"}, {"龘龘龘/x", "龘龘龘"}, {"abc/eng", "abc"}, {"光税/x", "光 税"}, {"光明/a", "光明"}, {"税收/n", "税收"},
		{"京沪/x 高铁/n", "京沪 高铁"}, {"光税/x 高铁/n", "光税 高铁"}, {"俺税/x 高铁/n", "俺 税 高铁"}, {"光税/x _ 高铁/n", "光 税 高铁"}, {"光税/x 产业/n", "光 税 产业"}, {"西岭/ns 镇/n", "西岭 镇"},
	} {
		if got := textOf(r.salvage(tokensOf(c.tokens))); got != c.want {
			t.Errorf("%s is %q, want %q", c.tokens, got, c.want)
		}
	}
	if got := r.salvage(tokensOf("的/u. 民族宗教/n")); len(got) != 3 || got[1].start != 1 || got[2].start != 3 {
		t.Errorf("the parts stand at %v", got)
	}
}

// TestPlaceAcross: a place that was cut in two, or begins a longer name.
func TestPlaceAcross(t *testing.T) {
	r := readerOf(t, "与宁波共建物流园，京海港吞吐量增长。")
	for _, c := range []struct {
		tokens string
		i      int
		want   string
	}{
		{"宁波港/ns", 0, "宁波"}, {"宁波港/n", 0, ""}, {"上/f 海港/n", 0, "上海"}, {"京海港/ns", 0, ""}, {"杭/j 州湾/n 大桥/n", 0, "杭州"}, {"上/f", 0, ""}, {"河北区/ns", 0, ""}, {"河北/ns 区/n", 0, ""},
		{"唐山湾/n! 港/n", 0, ""}, {"abc/eng", 0, ""}, {"哈尔/n 滨港/n", 0, "哈尔滨"}, {"乌/n 鲁木齐站/n", 0, "乌鲁木齐"}, {"苏/n 州河/n", 0, "苏州"}, {"西/f 苏州/n", 0, ""},
	} {
		got, ok := r.placeAcross(tokensOf(c.tokens), c.i)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, %v, want %q", c.tokens, got, ok, c.want)
		}
	}
}

// TestIsPlace: a place is one by the gazetteer, or where the report calls it a
// city or a county.
func TestIsPlace(t *testing.T) {
	r := readerOf(t, "支持我们云江市、云江县里的东西云江州发展。")
	for said, want := range map[string]bool{"杭州/n": true, "云江/n": true, "云江/n!": false, "江/n": false, "们云江/n": true, "我们云江/n": false, "某地/ns": true, "某地/n": false, "公园/n": false} {
		if got := r.isPlace(tokensOf(said)[0]); got != want {
			t.Errorf("%s is a place: %v, want %v", said, got, want)
		}
	}
}

// TestPlaceNames: what names a place, a district, a country, a phase.
func TestPlaceNames(t *testing.T) {
	own := map[string]bool{"杭州": true}
	for text, want := range map[string]bool{"在哈尔滨": true, "乌鲁木齐的": true, "杭州湾": false, "宁波": true, "宁": false, "公园": false, "": false, "去宁": false} {
		if got := NamesPlace(text, own); got != want {
			t.Errorf("NamesPlace(%s) = %v, want %v", text, got, want)
		}
	}
	for name, want := range map[string]bool{"和平区": true, "滨海新区": true, "昆山": true, "杭州": true, "西藏自治区": false, "浙江": false, "不存区": false, "公园": false, "浦东新区": true} {
		if got := IsDistrict(name); got != want {
			t.Errorf("IsDistrict(%s) = %v, want %v", name, got, want)
		}
	}
	for name, want := range map[string]bool{"云岭区": true, "云江新区": true, "区": false, "大区": false, "上仓镇": true, "公园": false} {
		if got := DistrictForm(name); got != want {
			t.Errorf("DistrictForm(%s) = %v, want %v", name, got, want)
		}
	}
	for name, want := range map[string]string{"云岭区": "云岭", "云江新区": "云江", "大区": "", "上仓镇": "上仓", "公园": "", "云岭街道": "云岭", "云岭旗": "云岭"} {
		if got := districtOf(name); got != want {
			t.Errorf("districtOf(%s) = %q, want %q", name, got, want)
		}
	}
	for text, want := range map[string]bool{"在日本": true, "美国人": true, "中国": false, "": false} {
		if got := NamesCountry(text); got != want {
			t.Errorf("NamesCountry(%s) = %v, want %v", text, got, want)
		}
	}
	for word, want := range map[string]bool{"二期": true, "10期": true, "期": false, "二期工程": false} {
		if got := IsPhase(word); got != want {
			t.Errorf("IsPhase(%s) = %v, want %v", word, got, want)
		}
	}
}

// TestAround: what stands beside a word of a question.
func TestAround(t *testing.T) {
	of := func(subject string, terms ...Term) *Question {
		return &Question{Question: &question.Question{Subject: subject}, Terms: terms}
	}
	term := func(text string, start int) Term {
		return Term{Text: text, start: start, end: start + len([]rune(text))}
	}
	for _, c := range []struct {
		subject   string
		t, next   Term
		adjoins   bool
		beside    bool
		comesFrom bool
	}{
		{"北京高铁", term("北京", 0), term("高铁", 2), true, true, false},
		{"北京公园", term("北京", 0), term("公园", 2), true, true, false},
		{"北京产业", term("北京", 0), term("产业", 2), true, false, false},
		{"北京的高铁", term("北京", 0), term("高铁", 3), true, false, false},
		{"北京去年的公园", term("北京", 0), term("公园", 5), true, false, false},
		{"北京和公园", term("北京", 0), term("公园", 3), true, false, false},
		{"北京那个公园", term("北京", 0), term("公园", 4), false, false, false},
		{"去北京看公园", term("北京", 1), term("公园", 4), true, true, false},
		{"看北京这些公园", term("北京", 1), term("公园", 5), false, false, false},
		{"staying at nankai park", term("nankai", 11), term("park", 18), true, false, true},
		{"i come from nankai", term("nankai", 12), term("park", 90), false, false, true},
		{"nankai park", term("nankai", 0), term("park", 7), true, false, false},
		{"公园北京", term("北京", 2), term("公园", 0), false, false, false},
		{"", Term{Text: "北京", start: -1, end: -2}, term("公园", 0), false, false, false},
	} {
		q := of(c.subject, c.t, c.next)
		if a, b, s := q.Adjoins(c.t, c.next), q.Beside(c.t), q.Stays(c.t); a != c.adjoins || b != c.beside || s != c.comesFrom {
			t.Errorf("%s, %s: adjoins %v, beside %v, stays %v, want %v, %v, %v", c.subject, c.t.Text, a, b, s, c.adjoins, c.beside, c.comesFrom)
		}
	}
}

// TestNative: a Latin word is what it means first in Chinese; a Chinese one is
// itself.
func TestNative(t *testing.T) {
	alts := []Alt{{Text: "parks"}, {Text: "公园"}, {Text: "绿地"}}
	for _, c := range []struct {
		t    Term
		want string
	}{
		{Term{Text: "a", Alts: alts}, "公园"}, {Term{Text: "park", Alts: alts}, "公园"}, {Term{Text: "park", Alts: alts[:1]}, "park"}, {Term{Text: "水库", Alts: alts}, "水库"}, {Term{}, ""},
	} {
		if got := c.t.Native(); got != c.want {
			t.Errorf("%q is %q, want %q", c.t.Text, got, c.want)
		}
	}
	q := &Question{Question: &question.Question{}, Terms: []Term{{Text: "park", Alts: alts}, {Text: "水库", Alts: alts}, {Text: "x"}, {Text: "b", Alts: alts[2:]}, {}}}
	if got := q.Translated(); got != " 公园 绿地" {
		t.Errorf("Translated = %q, want each Latin word's first meaning", got)
	}
}
