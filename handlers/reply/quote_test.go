package reply

import (
	"strings"
	"testing"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/index"
)

// in is the span of part in text's report.
func in(t testing.TB, r *corpus.Report, part string) corpus.Span {
	t.Helper()
	i := strings.Index(r.Text, part)
	if i < 0 {
		t.Fatalf("no %q", part)
	}
	start := utf8.RuneCountInString(r.Text[:i])
	return corpus.Span{Start: start, End: start + utf8.RuneCountInString(part)}
}

func TestQuotes(t *testing.T) {
	long := strings.Repeat("持续推进各项重点工程建设", 8)
	text := "一、2023年工作回顾\n\n第一句很短。第二句说到（甲，乙；丙）三处，还有“一、二”两样，完成了。" +
		long + "，新建道路3条，" + long + "。末句。\n\n另一段说别的。"
	r := extract.ParseText(text)
	for _, c := range []struct{ name, focus, want string }{
		{"a short sentence is quoted whole", "第一句", "第一句很短。"},
		{"brackets and quotation marks stay whole", "乙", "第二句说到（甲，乙；丙）三处，还有“一、二”两样，完成了。"},
		{"of a long sentence the clause", "3条", "新建道路3条"},
		{"two clauses if both are meant", long[len(long)-9:] + "，新建道路", long + "，新建道路3条"},
		{"no quote leaves its paragraph", "末句", "末句。"},
	} {
		got := r.Quote(quoteIn(r, in(t, r, c.focus), corpus.Span{End: r.Len()}))
		if got != c.want {
			t.Errorf("%s: quote of %q = %q, want %q", c.name, c.focus, got, c.want)
		}
	}
	if got := r.Quote(Unfold(r, in(t, r, "末句。"))); !strings.HasSuffix(got, "。末句。") || strings.Contains(got, "另一段") {
		t.Errorf("context of the last sentence = %q", got)
	}
	if got := r.Quote(Unfold(r, in(t, r, "第一句很短。"))); !strings.HasPrefix(got, "第一句很短。第二句") || !strings.HasSuffix(got, "完成了。") {
		t.Errorf("context of the first sentence = %q", got)
	}
}

// Whatever is found wherever, its quote lies in its passage, holds the focus
// and neither begins nor ends with a comma.
func FuzzQuote(f *testing.F) {
	f.Add("一、2023年工作回顾\n\n甲，乙（丙，丁）；戊。“己。”庚！\n辛", uint16(3), uint16(4))
	f.Add("，，，。。。（（“", uint16(0), uint16(9))
	f.Fuzz(func(t *testing.T, text string, at, n uint16) {
		r := extract.ParseText(text)
		if len(r.Passages) == 0 {
			return
		}
		i := int(at) % len(r.Passages)
		p := r.Passages[i].Span
		start := p.Start + int(n)%max(p.Len(), 1)
		h := index.Hit{Passage: i, Focus: corpus.Span{Start: start, End: min(p.End, start+int(at)%7+1)}}
		q := QuoteOf(r, h)
		if !p.Contains(q) || q.Len() > 0 && strings.ContainsAny(r.Quote(corpus.Span{Start: q.End - 1, End: q.End}), "，；") {
			t.Errorf("quote %v of %v in %v: %q", q, h.Focus, p, r.Quote(q))
		}
		if u := Unfold(r, q); !u.Contains(q) && q.Len() > 0 || u.Len() > MaxUnfolded+corpus.MaxPassage && q.Len() < MaxUnfolded {
			t.Errorf("context %v of %v", u, q)
		}
	})
}
