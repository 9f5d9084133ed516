package lexicon

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/corpus/zh"
)

// TestLoadErrors: a broken file names the layer and shows the line.
func TestLoadErrors(t *testing.T) {
	for _, c := range []struct{ name, yaml, want string }{
		{"unknown key", "synonyms:\n  - say: [甲乙]\n    mean: [丙丁]\n", "mean"},
		{"wrong type", "synonyms: 3\n", "synonyms"},
		{"no YAML", "synonyms:\n - say: [甲乙\n", ":2:"},
		{"short word", "synonyms:\n  - say: [钱]\n    means: [财政]\n", "钱"},
	} {
		_, err := Load(Layer{"mine.yaml", []byte(c.yaml)})
		if err == nil || !strings.Contains(err.Error(), "mine.yaml") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with mine.yaml and %q", c.name, err, c.want)
		}
	}
}

// TestGeneral: the lexicon maps words to words. No entry holds a
// number, or so long a stretch of the report that it could only be meant.
func TestGeneral(t *testing.T) {
	r, err := extract.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	text := zh.Fold(r.Text)
	const longest = 14 // characters of a term
	var base file
	if err := json.Unmarshal(compiled, &base); err != nil {
		t.Fatal(err)
	}
	for _, rows := range [][]row{base.Synonyms, base.Slips, base.English} {
		for _, r := range rows {
			say := strings.Join(r.Say, " ")
			for _, m := range slices.Concat(r.Means, r.Kind, r.Part, r.Related) {
				m = zh.Fold(m)
				if utf8.RuneCountInString(m) > longest && strings.Contains(text, m) {
					t.Errorf("%s: %q is a sentence of the report, no term", say, m)
				}
				if figureLike.MatchString(m) {
					t.Errorf("%s: %q holds a number", say, m)
				}
			}
		}
	}
}

// TestCompiled: compiled.json is what the YAML files say (-update makes it
// so), and a word has one row in all files of a section, or it would hang on
// their names which one counts.
func TestCompiled(t *testing.T) {
	files, err := filepath.Glob("data/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	var all file
	seen := make(map[string]string) // section and word → file
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Layer{name, data}.decode()
		if err != nil {
			t.Fatal(err)
		}
		for section, rows := range map[string][]row{"synonyms": f.Synonyms, "slips": f.Slips, "english": f.English} {
			for _, row := range rows {
				for _, say := range row.Say {
					key := section + " " + foldWords(say)
					if other, ok := seen[key]; ok {
						t.Errorf("%s: %q stands in %s already", name, say, other)
					}
					seen[key] = name
				}
			}
		}
		all.Synonyms, all.Slips, all.English = append(all.Synonyms, f.Synonyms...), append(all.Slips, f.Slips...), append(all.English, f.English...)
		all.Stop, all.Topics = append(all.Stop, f.Stop...), append(all.Topics, f.Topics...)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(all); err != nil {
		t.Fatal(err)
	}
	// A line a row, so that a change shows as one.
	text := strings.NewReplacer(`},{`, "},\n{", `":[{`, "\":[\n{").Replace(b.String())
	golden.Check(t, "data/compiled.json", text) // go generate ./index/lexicon rewrites it
}

// figureLike is a number with a unit as reports print quantities: no name such
// as 985高校 or 12345热线.
var figureLike = regexp.MustCompile(`[0-9.]+(?:万|亿|%|公里|个|家|项|户|亩|元)`)

func mustLexicon(t testing.TB) *Lexicon {
	t.Helper()
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestPlurals: a row for the very word wins over the plural of another.
func TestPlurals(t *testing.T) {
	l := assemble([]file{
		{English: []row{{Say: []string{"news"}, Means: []string{"新闻"}}}},
		{English: []row{{Say: []string{"new", "city"}, Means: []string{"新建"}}}}, // in whatever layer
	})
	for say, want := range map[string]string{"news": "新闻", "new": "新建", "cities": "新建"} {
		if m, n := l.latin.Longest([]rune(say)); n != len(say) || m.Terms()[0] != want {
			t.Errorf("%s means %v, want %s", say, m, want)
		}
	}
}

func TestTopics(t *testing.T) {
	l := mustLexicon(t)
	if len(l.Topics()) < 10 {
		t.Fatalf("%d topics, want a dozen or so", len(l.Topics()))
	}
	if !l.InTopic("教育", "新增义务教育学位1000个") || l.InTopic("教育", "改造燃气管网") || l.InTopic("没有的", "教育") {
		t.Error("InTopic does not tell 教育 from 燃气")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte("synonyms:\n  - say: [甲乙]\n    means: [丙丁]\n"))
	f.Add([]byte("stop: [x]\n"))
	f.Add([]byte("{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		f, err := Layer{"fuzz", data}.decode() // alone: the default under it takes a thousand times as long
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Error("an error that says nothing")
			}
			return
		}
		l := assemble([]file{f})
		for _, topic := range l.Topics() {
			l.InTopic(topic, "新增义务教育学位1000个")
		}
		l.words.Longest([]rune("甲乙丙丁"))
	})
}

// TestKinds: a row says how its terms are linked; without a word they mean the
// same, as in the files that admins have.
func TestKinds(t *testing.T) {
	f, err := Layer{"mine.yaml", []byte(`synonyms:
  - say: [鲍鱼]
    means: [鲍]
    kind: [海产品]
    part: [海鲜餐]
    related: [海洋牧场]
  - say: [石斑]
    means: [鱼, 石斑鱼]
`)}.decode()
	if err != nil {
		t.Fatal(err)
	}
	l := assemble([]file{f})
	for say, want := range map[string]string{"鲍鱼": "鲍= 海产品k 海鲜餐p 海洋牧场r ", "石斑": "鱼= 石斑鱼= "} {
		m, _ := l.Word([]rune(say), nil)
		got := ""
		for i, term := range m.Terms() {
			got += term + string(rune(m.Kind(i))) + " "
			if k := m.Kind(i); k.Answers() != (k == Same || k == KindOf) {
				t.Errorf("%s → %s answers: %v", say, term, k.Answers())
			}
		}
		if got != want {
			t.Errorf("%s leads to %q, want %q", say, got, want)
		}
	}
}

// TestNoQuestions: no everyday word is a whole question.
func TestNoQuestions(t *testing.T) {
	asks := regexp.MustCompile(`多少|怎么|什么|哪些|第几|如何|有没有|是不是`)
	for m := range mustLexicon(t).Rows() {
		for _, say := range m.Says() {
			if asks.MatchString(say) {
				t.Errorf("%q asks: what it asks about is a word", say)
			}
		}
	}
}
