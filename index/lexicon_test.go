package index

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"jinwen/corpus"
)

func TestLexiconLayers(t *testing.T) {
	ix := newIndex(t, another)
	before := ask(t, ix, "娃娃托管园有几所")
	if before.Status != NotFound {
		t.Fatalf("the test's word is in the default lexicon already: %s", before.Explain())
	}
	l, err := LoadLexicon(Layer{"mine.yaml", []byte("synonyms:\n  - say: [娃娃托管园]\n    means: [幼儿园]\n")})
	if err != nil {
		t.Fatal(err)
	}
	ix.SetLexicon(l)
	after := ask(t, ix, "娃娃托管园有几所")
	if len(after.Figures) == 0 || ix.report.Figures[after.Figures[0]].Value != "5所" {
		t.Errorf("with the layer: %s", after.Explain())
	}
}

// TestLexiconErrors: a broken file names the layer and shows the line.
func TestLexiconErrors(t *testing.T) {
	for _, c := range []struct{ name, yaml, want string }{
		{"unknown key", "synonyms:\n  - say: [甲乙]\n    mean: [丙丁]\n", "mean"},
		{"wrong type", "synonyms: 3\n", "synonyms"},
		{"no YAML", "synonyms:\n - say: [甲乙\n", "1"},
		{"short word", "synonyms:\n  - say: [钱]\n    means: [财政]\n", "钱"},
	} {
		_, err := LoadLexicon(Layer{"mine.yaml", []byte(c.yaml)})
		if err == nil || !strings.Contains(err.Error(), "mine.yaml") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with mine.yaml and %q", c.name, err, c.want)
		}
	}
}

// TestLexiconIsGeneral: the lexicon maps words to words. No entry holds a
// number, or so long a stretch of the report that it could only be meant.
func TestLexiconIsGeneral(t *testing.T) {
	r, err := corpus.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	text := fold(r.Text)
	const longest = 14 // characters of a term
	l := mustLexicon(t)
	for _, words := range []*trie[*meaning]{l.words, l.latin} {
		for say, v := range keys(words) {
			for _, m := range v.terms() {
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

// TestDefaultLexicon: default.json is what the YAML files say (-update makes it
// so), and a word has one row in all files of a section, or it would hang on
// their names which one counts.
func TestDefaultLexicon(t *testing.T) {
	files, err := filepath.Glob("lexicon/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	var all lexiconFile
	seen := make(map[string]string) // section and word → file
	for _, name := range files {
		f, err := Layer{name, []byte(readFile(t, name))}.decode()
		if err != nil {
			t.Fatal(err)
		}
		for section, rows := range map[string][]lexiconRow{"synonyms": f.Synonyms, "slips": f.Slips, "english": f.English} {
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
	golden(t, "lexicon/default.json", text)
}

// figureLike is a number with a unit as reports print quantities: no name such
// as 985高校 or 12345热线.
var figureLike = regexp.MustCompile(`[0-9.]+(?:万|亿|%|公里|个|家|项|户|亩|元)`)

func mustLexicon(t testing.TB) *Lexicon {
	t.Helper()
	l, err := LoadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestLexiconPlurals: a row for the very word wins over the plural of another.
func TestLexiconPlurals(t *testing.T) {
	l := newLexicon([]lexiconFile{
		{English: []lexiconRow{{Say: []string{"news"}, Means: []string{"新闻"}}}},
		{English: []lexiconRow{{Say: []string{"new", "city"}, Means: []string{"新建"}}}}, // in whatever layer
	})
	for say, want := range map[string]string{"news": "新闻", "new": "新建", "cities": "新建"} {
		if m, n := l.latin.longest([]rune(say)); n != len(say) || m.terms()[0] != want {
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

func FuzzLoadLexicon(f *testing.F) {
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
		l := newLexicon([]lexiconFile{f})
		for _, topic := range l.Topics() {
			l.InTopic(topic, "新增义务教育学位1000个")
		}
		l.words.longest([]rune("甲乙丙丁"))
	})
}
