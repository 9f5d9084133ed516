package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// layered is a lexicon of layers alone, without the default under them.
func layered(t *testing.T, layers ...string) *Lexicon {
	t.Helper()
	var files []file
	for i, data := range layers {
		f, err := Layer{fmt.Sprint(i), []byte(data)}.decode()
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return assemble(files)
}

// TestLayers: a later layer says what a word means; mapped to nothing it is taken
// out. Words that tell nothing, and topics, add up.
func TestLayers(t *testing.T) {
	l := layered(t, "synonyms:\n  - say: [娃娃, 小孩]\n    means: [儿童, 少年]\nslips:\n  - say: [而童]\n    means: [儿童]\nenglish:\n  - say: [Baby]\n    means: [婴儿]\nstop: [一下]\ntopics:\n  - name: 教育\n    terms: [学校]\n",
		"synonyms:\n  - say: [娃娃]\n    means: [婴幼儿]\n  - say: [小孩]\nstop: [请问, ＡＢ]\ntopics:\n  - name: 医疗\n    terms: [医 院, ＣＴ]\n")
	for said, want := range map[string]string{"娃娃": "婴幼儿", "小孩": "", "而童": "儿童", "小": "", "娃": "", "老人": ""} {
		m, n := l.Word([]rune(said+"们"), nil)
		if m.First() != want || strings.Join(m.Terms(), " ") != want || want != "" && n != len([]rune(said)) {
			t.Errorf("%s means %q over %d characters, want %q", said, m.First(), n, want)
		}
	}
	for said, want := range map[string]string{"baby": "婴儿", "babies": "婴儿", "babys": "婴儿", "bab": ""} {
		if m, _ := l.English([]rune(said), nil); m.First() != want {
			t.Errorf("%s means %q, want %q", said, m.First(), want)
		}
	}
	whole := func(n int) bool { return n == 6 }
	if m, n := l.English([]rune("babies"), whole); m.First() != "婴儿" || n != 6 {
		t.Errorf("babies as a whole: %q, %d", m.First(), n)
	}
	if _, n := l.English([]rune("babyish"), whole); n != 0 {
		t.Errorf("babyish holds no whole word, and gives %d", n)
	}
	for said, want := range map[string]int{"一下吧": 2, "请问你": 2, "请": 0, "ab": 2, "娃娃": 0} {
		if got := l.Stop([]rune(said), nil); got != want {
			t.Errorf("Stop(%s) = %d, want %d", said, got, want)
		}
		if got := l.Stop([]rune(said), func(int) bool { return false }); got != 0 {
			t.Errorf("Stop(%s) = %d, though no length will do", said, got)
		}
	}
	if got := l.Topics(); !slices.Equal(got, []string{"教育", "医疗"}) {
		t.Errorf("the topics are %v", got)
	}
	for _, c := range []struct {
		topic, text string
		want        bool
	}{{"医疗", "建医院", true}, {"医疗", "做CT", true}, {"教育", "建医院", false}, {"教育", "建学校", true}, {"养老", "建学校", false}} {
		if got := l.InTopic(c.topic, c.text); got != c.want {
			t.Errorf("InTopic(%s, %s) = %v, want %v", c.topic, c.text, got, c.want)
		}
	}
}

// TestMates: a word leads to the others of its row, so many at most, if the row
// means something.
func TestMates(t *testing.T) {
	var say []string
	for i := range 12 {
		say = append(say, "词语"+string(rune('甲'+i)))
	}
	for _, c := range []struct {
		say         []string
		means       string
		mates, says int
	}{{say, "儿童", MaxMates + 1, 12}, {say[:3], "儿童", 3, 3}, {say, "", 0, 12}, {append([]string{"kid"}, say[:2]...), "儿童", 2, 2}} {
		l := layered(t, fmt.Sprintf("synonyms:\n  - say: [%s]\n    means: [%s]\n", strings.Join(c.say, ", "), c.means))
		m, _ := l.Word([]rune(c.say[len(c.say)-1]), nil)
		if len(m.Mates()) != c.mates || len(m.Says()) != c.says {
			t.Errorf("%d words for %q: %d mates and %d words, want %d and %d", len(c.say), c.means, len(m.Mates()), len(m.Says()), c.mates, c.says)
		}
		if rows := slices.Collect(l.Rows()); len(rows) != 1 || rows[0].First() != c.means {
			t.Errorf("the rows are %v", rows)
		}
	}
}

// TestMeaning: a meaning that was made, and one that is none.
func TestMeaning(t *testing.T) {
	m := MeaningOf("儿童", "少年")
	if m.First() != "儿童" || len(m.Terms()) != 2 || m.Kind(0) != Same || m.Kind(9) != Same || len(m.Mates()) != 0 {
		t.Errorf("%v: first %q, terms %v", m, m.First(), m.Terms())
	}
	if none := (Meaning{}); none.First() != "" || len(none.Terms()) != 0 {
		t.Errorf("none means %q", none.First())
	}
}

// TestPlural: the plural of an English word, as it is regular.
func TestPlural(t *testing.T) {
	for word, want := range map[string]string{"city": "cities", "day": "days", "bus": "buses", "box": "boxes", "bench": "benches", "dish": "dishes", "park": "parks", "my": "mys", "fly": "flies", "new city": "new cities"} {
		if got := plural(word); got != want {
			t.Errorf("plural(%s) = %s, want %s", word, got, want)
		}
	}
	for word, want := range map[string]string{"  New   City ": "new city", "老 旧 小区": "老旧小区", "5G 基站": "5g基站", "": ""} {
		if got := foldWords(word); got != want {
			t.Errorf("foldWords(%q) = %q, want %q", word, got, want)
		}
	}
}

// TestLoadLine: an error of a layer tells the file, the line, what it reads, and
// what is wanted.
func TestLoadLine(t *testing.T) {
	for data, want := range map[string]string{
		"synonyms:\n  - say: [甲乙]\n    mean: [丙丁]\n": `mine.yaml:3: unknown field "mean" (the line reads: mean: [丙丁]): want rows as {say: [娃], means: [儿童]}`,
		"stop: 3\n": "mine.yaml:1:",
		"synonyms:\n  - say: [ab]\n  - say: [a]\n": `mine.yaml: "a" is too short`,
		"slips:\n  - say: [甲]\n":                   `mine.yaml: "甲" is too short`,
	} {
		if _, err := Load(Layer{"mine.yaml", []byte(data)}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", data, err, want)
		}
	}
	if f, err := (Layer{"empty.yaml", nil}).decode(); err != nil || len(f.Synonyms) != 0 {
		t.Errorf("an empty file: %v, %v", f, err)
	}
}
