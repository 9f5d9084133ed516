package zh

import (
	"strings"
	"testing"
)

// TestAround: a place in brackets widens to its sentence or its clause.
func TestAround(t *testing.T) {
	sentence, clause := EndsSentence, EndsClause
	for _, c := range []struct {
		name string
		ends func([]rune, int) bool
		text string // [ and ] are around what is widened
		want string
	}{
		{"a sentence", sentence, "建成学校。改造[管网]，新增公园。开工地铁。", "改造管网，新增公园。"},
		{"a clause", clause, "建成学校。改造[管网]，新增公园。", "改造管网，"},
		{"the last clause ends the sentence", clause, "改造管网，新增[公园]。开工地铁。", "新增公园。"},
		{"a quotation that closes", sentence, "他说：“建成[学校]。”", "他说：“建成学校。”"},
		{"what closes belongs to the one before", sentence, "“建成学校。”改造[管网]。", "改造管网。"},
		{"marks in brackets ahead", clause, "新增[项目]（一期，二期）三个，其中", "新增项目（一期，二期）三个，"},
		{"marks in brackets behind", clause, "其中，新增（一期，二期）[项目]三个，", "新增（一期，二期）项目三个，"},
		{"a comma in a number", clause, "其中,新增1,200[家],改造8:30", "新增1,200家,"},
		{"a line ends all", sentence, "标题\n建成[学校]\n改造", "建成学校"},
		{"a bracket that never closes", clause, "新增[项目]（一期，二期", "新增项目（一期，二期"},
		{"a line ends it too", clause, "新增[项目]（一期，\n二期，三期", "新增项目（一期，"},
		{"over a mark", clause, "新增[项目，改造]管网，其中", "新增项目，改造管网，"},
		{"the mark itself", clause, "新增项目[，]改造", "新增项目，"},
		{"nothing, at the start", clause, "[]新增项目，改造", "新增项目，"},
		{"nothing, behind a mark", clause, "新增项目，[]改造。", "改造。"},
		{"the whole text", sentence, "[新增项目]", "新增项目"},
		{"blanks before it", sentence, "新增。 　”[改造]。”)", "改造。”)"},
		{"a bracket open inside", clause, "其中，[新增（一期]，二期），三期，", "新增（一期，二期），"},
		{"a bracket closes inside", clause, "其中（一期，[二期）新增]，三期，", "二期）新增，"},
		{"a sentence ends within marks ahead", clause, "（一。二）新增[项目]，", "二）新增项目，"},
	} {
		before, rest, _ := strings.Cut(c.text, "[")
		in, behind, _ := strings.Cut(rest, "]")
		text := []rune(before + in + behind)
		start := len([]rune(before))
		start, end := Around(text, start, start+len([]rune(in)), c.ends)
		if got := string(text[start:end]); got != c.want {
			t.Errorf("%s: Around(%s) = %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// TestMarks: which marks end a sentence or a clause, and where they do not.
func TestMarks(t *testing.T) {
	for _, c := range []struct {
		text     string
		sentence string // the marks that end one, in order
		clause   string
	}{
		{"一。二！三？四!五?六\n", "。！？!?\n", "。！？!?\n"},
		{"一，二；三：四,五;六:七、八", "", "，；：,;:"},
		{"1,200 8:30 １,２ 1，2 1：2", "", "，："},
		{",2 1, :3 4: a,1 1,a 1,", "", ",,::,,,"},
		{"，1,2,", "", "，,"},
	} {
		rs := []rune(c.text)
		sentence, clause := "", ""
		for i := range rs {
			if EndsSentence(rs, i) {
				sentence += string(rs[i])
			}
			if EndsClause(rs, i) {
				clause += string(rs[i])
			}
		}
		if sentence != c.sentence || clause != c.clause {
			t.Errorf("%q: sentences end at %q, clauses at %q; want %q and %q", c.text, sentence, clause, c.sentence, c.clause)
		}
	}
}

// TestTidy: what leads on goes, a full stop stays.
func TestTidy(t *testing.T) {
	for text, want := range map[string]string{
		"，改造管网，": "改造管网", " 改造管网。": "改造管网。", "：；、": "", "改造管网": "改造管网", "": "",
	} {
		r := []rune(text)
		start, end := Tidy(r, 0, len(r))
		if got := string(r[start:end]); got != want {
			t.Errorf("Tidy(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestNesting: what was never opened closes nothing.
func TestNesting(t *testing.T) {
	for text, want := range map[string]Nesting{"“一（二": 2, "”）（": 1, "《一》": 0, "一": 0, "『「』」": 0} {
		var n Nesting
		for _, c := range text {
			n.Read(c)
		}
		if n != want {
			t.Errorf("%q: %d open, want %d", text, n, want)
		}
	}
}

// FuzzAround: what is widened lies in the text and holds what it was.
func FuzzAround(f *testing.F) {
	f.Add("建成学校。改造（一，二）管网，新增1,200家。", 6, 9)
	f.Add("”）\n，", 0, 0)
	f.Fuzz(func(t *testing.T, s string, start, end int) {
		text := []rune(s)
		if start < 0 || end < start || end > len(text) {
			t.Skip()
		}
		for _, ends := range []func([]rune, int) bool{EndsSentence, EndsClause} {
			from, to := Around(text, start, end, ends)
			if from < 0 || from > start || to < end || to > len(text) {
				t.Errorf("Around(%q, %d, %d) = %d, %d", s, start, end, from, to)
			}
		}
	})
}
