package index

import (
	"context"
	_ "embed"
	"errors"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/index/answer"
	"jinwen/index/lexicon"
	"jinwen/index/position"
	"jinwen/index/question"
)

// another is a report of another place, year and manner: other marks, other
// units. No word of it is in the lexicon for its sake. The tests of position and
// rank read it, too.
//
//go:embed testdata/county.txt
var another string

func TestAskAnotherReport(t *testing.T) {
	ix := newIndex(t, another)
	for _, c := range []struct {
		q      string
		status answer.Status
		quote  string // in the first hit
		value  string // of the first figure
	}{
		{"今年GDP目标", answer.Answered, "国内生产总值增长6.5%左右", "6.5%左右"},
		{"去年GDP多少亿", answer.Answered, "国内生产总值达到312.5亿元", "312.5亿元"},
		{"去年打了多少粮食", answer.Answered, "粮食总产量达到9.6亿斤", "9.6亿斤"},
		{"今年改造几个老旧小区", answer.Answered, "改造老旧小区15个", "15个"},
		{"2030年改造老旧小区几个", answer.Answered, "改造老旧小区12个", "12个"},
		{"青江大桥今年动工吗", answer.Answered, "开工建设青江大桥", ""},
		{"今年停车位建多少", answer.Answered, "新建停车位2000个", "2000个"},
		{"中医院要搬吗", answer.Answered, "启动县中医院迁建", ""},
		{"2029年财政收入", answer.NotFound, "", ""},
		{"杭州去年GDP多少", answer.NotFound, "", ""},
		{"地铁3号线通了吗", answer.NotFound, "", ""},
		{"今年养老金涨多少", answer.NotFound, "", ""},
	} {
		a := ask(t, ix, c.q)
		if c.status == answer.NotFound && !refusal(a) || c.status != answer.NotFound && a.Status != c.status {
			t.Errorf("Ask(%q).Status = %s (%s %s), want %s", c.q, a.Status, a.Reason, a.Subject, c.status)
			continue
		}
		if c.quote != "" && (len(a.Hits) == 0 || !strings.Contains(ix.Report().Quote(ix.Report().Passages[a.Hits[0].Passage].Span), c.quote)) {
			t.Errorf("Ask(%q): first hit lacks %q", c.q, c.quote)
		}
		if c.value != "" && (len(a.Figures) == 0 || ix.Report().Figures[a.Figures[0]].Value != c.value) {
			t.Errorf("Ask(%q): first figure is not %q", c.q, c.value)
		}
	}
}

// TestReason says why, for every kind of no.
func TestReason(t *testing.T) {
	ix := newIndex(t, another)
	for _, c := range []struct {
		q       string
		reason  answer.Reason
		subject string
	}{
		{"杭州今年改造几个老旧小区", answer.ReasonOtherPlace, "杭州"},
		{"2027年粮食产量", answer.ReasonOtherYear, "2027"},
		{"茶叶产量多少吨", "", ""},
		{"航天发射场", answer.ReasonAbsent, "航天"},
		{"你好", answer.ReasonSmallTalk, ""},
		{"谢谢啦！", answer.ReasonSmallTalk, ""},
		{"？？？", answer.ReasonEmpty, ""},
		{"", answer.ReasonEmpty, ""},
	} {
		a := ask(t, ix, c.q)
		if a.Status == answer.Answered || c.reason != "" && a.Reason != c.reason || c.subject != "" && a.Subject != c.subject {
			t.Errorf("Ask(%q) = %s %s %q, want not_found %s %q", c.q, a.Status, a.Reason, a.Subject, c.reason, c.subject)
		}
	}
}

// TestScripts: one question in many hands means the same.
func TestScripts(t *testing.T) {
	ix := newIndex(t, another)
	for _, q := range []string{
		"今年改造几个老旧小区", "今年改造幾個老舊小區？", "２０３１年老旧小区改造多少个", "31年 老旧小区 改造 个数",
		"请问一下，我们那个老房子小区今年要改造多少个呀，谢谢您！", "今年改造几个老旧小曲", "How many old residential communities will be renovated this year?",
	} {
		a := ask(t, ix, q)
		if len(a.Figures) == 0 || ix.Report().Figures[a.Figures[0]].Value != "15个" {
			t.Errorf("Ask(%q): first figure is not 15个\n%s", q, a.Explain())
		}
	}
}

func TestTwoQuestions(t *testing.T) {
	ix := newIndex(t, another)
	a := ask(t, ix, "今年改造几个老旧小区？停车位建多少个？")
	if len(a.Parts) != 2 || len(a.Figures) < 2 {
		t.Fatalf("Parts = %d, Figures = %d, want 2 and at least 2", len(a.Parts), len(a.Figures))
	}
	for i, want := range []string{"15个", "2000个"} {
		if got := ix.Report().Figures[a.Figures[i]].Value; got != want {
			t.Errorf("figure %d = %s, want %s", i, got, want)
		}
	}
}

func TestFollowUp(t *testing.T) {
	ix := newIndex(t, another)
	for _, c := range []struct{ first, then, value string }{
		{"今年改造几个老旧小区", "那去年呢？", "12个"},
		{"今年老旧小区改造多少个", "停车位呢", "2000个"},
		{"去年GDP多少亿", "增长多少", "6.8%"},
		{"茶叶产值今年目标", "去年呢", "20亿元"},
		{"去年GDP增长多少", "那今年目标呢", "6.5%左右"},
		{"今年GDP目标", "那去年呢？", "312.5亿元"},
	} {
		before := ask(t, ix, c.first)
		a, err := ix.Ask(context.Background(), Query{Text: c.then, Before: before.Question.Question})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Figures) == 0 || ix.Report().Figures[a.Figures[0]].Value != c.value {
			t.Errorf("%q then %q: first figure is not %s\n%s", c.first, c.then, c.value, a.Explain())
		}
	}
}

// TestVerbatim: whatever is asked, everything in an answer is a place in the
// report, and a figure never stands without the clause that says it.
func TestVerbatim(t *testing.T) {
	ix := testIndex(t)
	r := ix.Report()
	for _, q := range devQuestions(t) {
		a := ask(t, ix, q.Q)
		if a.Status == answer.NotFound && (a.Reason == "" || len(a.Figures) > 0) {
			t.Errorf("Ask(%q): not found with reason %q and %d figures", q.Q, a.Reason, len(a.Figures))
		}
		for _, h := range a.Hits {
			if p := r.Passages[h.Passage]; h.Focus.Len() <= 0 || !overlaps(p.Span, h.Focus) {
				t.Errorf("Ask(%q): focus %v outside passage %v", q.Q, h.Focus, p.Span)
			}
		}
		for _, i := range a.Figures[:a.Direct] {
			f := r.Figures[i]
			if !strings.Contains(r.Quote(f.Clause), f.Value) {
				t.Errorf("Ask(%q): %s is not in its clause", q.Q, f.Value)
			}
			shown := false
			for _, h := range a.Hits {
				shown = shown || r.Passages[h.Passage].Contains(f.Span)
			}
			if !shown {
				t.Errorf("Ask(%q): no hit quotes the figure %s", q.Q, f.Value)
			}
		}
	}
}

func overlaps(a, b corpus.Span) bool { return a.Overlaps(b) }

func TestConcurrentAsk(t *testing.T) {
	ix := testIndex(t)
	questions := devQuestions(t)[:40]
	want := make([]string, len(questions))
	for i, q := range questions {
		want[i] = ask(t, ix, q.Q).Explain()
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, q := range questions {
				a, err := ix.Ask(context.Background(), Query{Text: q.Q})
				if err != nil {
					t.Error(err)
					return
				}
				if got := a.Explain(); got != want[i] {
					t.Errorf("Ask(%q) differs from run to run:\n%s", q.Q, cmp.Diff(want[i], got))
				}
			}
		})
	}
	wg.Wait()
}

func TestAskEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := testIndex(t).Ask(ctx, Query{Text: "教育"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Ask with an ended context: %v, want context.Canceled", err)
	}
	ix, err := New(extract.ParseText(another), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Ask(context.Background(), Query{Text: "教育"}); !errors.Is(err, ErrClosed) {
		t.Errorf("Ask after Close: %v, want ErrClosed", err)
	}
}

// FuzzAsk: no text makes a question fail, and answers keep their promises.
func FuzzAsk(f *testing.F) {
	for _, s := range []string{"今年GDP目标是多少", "", "那去年呢", "１２３％", "🀄️", "\x00\xff", "2300万标准箱", "一二三四五六七八九十", "11号縣", "How many?", strings.Repeat("燃气", 400)} {
		f.Add(s)
	}
	ix, err := New(extract.ParseText(another), Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { ix.Close() })
	before := ask(f, ix, "今年改造几个老旧小区").Question
	f.Fuzz(func(t *testing.T, s string) {
		for _, q := range []Query{{Text: s}, {Text: s, Before: before.Question}, {Text: s, Offset: 3, Explain: true}} {
			a, err := ix.Ask(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			if a.Status == answer.NotFound && a.Reason == "" {
				t.Errorf("not found without a reason")
			}
			if a.Direct > len(a.Figures) {
				t.Errorf("%d direct of %d figures", a.Direct, len(a.Figures))
			}
			_ = a.Explain()
		}
	})
}

func TestLexiconLayers(t *testing.T) {
	ix := newIndex(t, another)
	before := ask(t, ix, "咕噜屋有几所")
	if !refusal(before) {
		t.Fatalf("the test's word is in the default lexicon already: %s", before.Explain())
	}
	l, err := lexicon.Load(lexicon.Layer{Name: "mine.yaml", Data: []byte("synonyms:\n  - say: [咕噜屋]\n    means: [幼儿园]\n")})
	if err != nil {
		t.Fatal(err)
	}
	ix.SetLexicon(l)
	after := ask(t, ix, "咕噜屋有几所")
	if len(after.Figures) == 0 || ix.Report().Figures[after.Figures[0]].Value != "5所" {
		t.Errorf("with the layer: %s", after.Explain())
	}
}

// long are messages that once cost, or might cost, more than their length says.
var long = []struct{ name, part string }{
	{"pinyin of the report's words", "ranqiguanwangjiaoyutianjin"},
	{"pinyin that never ends in a syllable", "xianxianxianxianxianxianv"},
	{"one Latin letter", "a"},
	{"digits", "1"},
	{"numbers with units", "2300万标准箱"},
	{"years", "24/25年"},
	{"one Han character", "区"},
	{"one Han character of no word", "龘"},
	{"numerals", "十"},
	{"lists by their number", "三量"},
	{"combining marks", "e\u0301\u0300\u0302\u0304"},
	{"marks and joiners", "的\u200d\ufe0f"},
	{"words of the report", "燃气管网改造"},
	{"short questions", "教育多少？"},
	{"clauses that ask", "教育多少，"},
	{"brackets", "（一）"},
	{"English", "how many the target of "},
}

// stepsAround and stepsEach bound the steps of a question: those of any, and
// those of each of its characters. The dearest, a page of the report itself,
// took a fifth of that when this was written.
const (
	stepsAround = 50_000
	stepsEach   = 2_000
)

// What a question costs grows no faster than its length.
func TestAskEffort(t *testing.T) {
	ix := testIndex(t)
	text := []rune(ix.Report().Text)
	for _, c := range append(long, struct{ name, part string }{"the report itself", string(text[1000:5000])}) {
		t.Run(c.name, func(t *testing.T) {
			for _, n := range []int{10, 100, 1000, 4000} {
				text := string([]rune(strings.Repeat(c.part, n/len([]rune(c.part))+1))[:n])
				work := position.NewEffort(t.Context())
				if _, err := ix.ask(Query{Text: text}, work); err != nil {
					t.Fatal(err)
				}
				if most := stepsAround + stepsEach*min(n, question.MaxText); work.Steps() > most {
					t.Errorf("%d characters took %d steps, want at most %d", n, work.Steps(), most)
				}
				t.Log(n, work.Steps())
			}
		})
	}
}

// FuzzAskEffort: no text costs more than its length says.
func FuzzAskEffort(f *testing.F) {
	for _, c := range long {
		f.Add(strings.Repeat(c.part, 20))
	}
	ix, err := New(extract.ParseText(another), Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { ix.Close() })
	f.Fuzz(func(t *testing.T, s string) {
		work := position.NewEffort(context.Background())
		if _, err := ix.ask(Query{Text: s}, work); err != nil {
			t.Fatal(err)
		}
		if most := stepsAround + stepsEach*min(utf8.RuneCountInString(s), question.MaxText); work.Steps() > most {
			t.Errorf("%d characters took %d steps, want at most %d", utf8.RuneCountInString(s), work.Steps(), most)
		}
	})
}
