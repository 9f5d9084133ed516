package corpus_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus"
)

// quotes are the texts under spans.
func quotes(r *corpus.Report, spans ...corpus.Span) []string {
	var out []string
	for _, s := range spans {
		out = append(out, r.Quote(s))
	}
	return out
}

// Lines are paragraphs, unless one cannot end or the next cannot begin so.
func TestParagraphs(t *testing.T) {
	for text, want := range map[string][]string{
		"":               nil,
		" \n　\n":         nil,
		"甲\n乙":           {"甲", "乙"},
		"\n  甲 \n\n　乙\n": {"甲", "乙"},
		"贯彻《\n会计法\n》，落实。\n丙": {"贯彻《\n会计法\n》，落实。", "丙"},
		"甲、\n乙，\n丙":          {"甲、\n乙，\n丙"},
		"甲\n。乙":              {"甲\n。乙"},
		"甲\n\n）乙\n丙":         {"甲\n\n）乙", "丙"},
		"，甲\n“\n":            {"，甲", "“"},
	} {
		r := corpus.New(text)
		if diff := cmp.Diff(want, quotes(r, r.Paragraphs()...)); diff != "" {
			t.Errorf("Paragraphs of %q (-want +got):\n%s", text, diff)
		}
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"甲。乙！丙？丁":   {"甲。", "乙！", "丙？", "丁"},
		"甲。":        {"甲。"},
		"甲。 　乙。  ":  {"甲。", "乙。"},
		"他说“甲。”乙。":  {"他说“甲。”", "乙。"},
		"（甲。）乙！！丙":  {"（甲。）", "乙！！", "丙"},
		"甲。\n乙。":    {"甲。", "乙。"},
		"甲。\n”乙。":   {"甲。", "”乙。"},
		"增长3.5%，好。": {"增长3.5%，好。"},
		"甲……乙。":     {"甲……乙。"},
		"一\n二。三":    {"一\n二。", "三"},
		"":          nil,
		"甲。。”）乙":    {"甲。。”）", "乙"},
		"甲！\n！乙":    {"甲！", "！", "乙"},
	} {
		r := corpus.New("前。" + text + "后。")
		p := corpus.Span{Start: 2, End: r.Len() - 2}
		if diff := cmp.Diff(want, quotes(r, r.Sentences(p)...)); diff != "" {
			t.Errorf("Sentences of %q (-want +got):\n%s", text, diff)
		}
	}
}

// What is trimmed off a span is white space, or the marks that lead on.
func TestTrims(t *testing.T) {
	for _, c := range []struct{ text, trim, tidy, tidyEnd string }{
		{" 甲乙　\n", "甲乙", "甲乙", " 甲乙　"},
		{"，甲。", "，甲。", "甲。", "，甲"},
		{"、 甲；", "、 甲；", "甲", "、 甲；"},
		{"甲：", "甲：", "甲", "甲"},
		{"甲: 。\n", "甲: 。", "甲: 。", "甲"},
		{"  \n", "", "", ""},
		{"。", "。", "。", ""},
	} {
		// what stands around it stays out
		r := corpus.New("。 " + c.text + " 。")
		s := corpus.Span{Start: 2, End: r.Len() - 2}
		if got := r.Quote(r.Trim(s)); got != c.trim {
			t.Errorf("Trim(%q) = %q, want %q", c.text, got, c.trim)
		}
		if got := r.Quote(r.Tidy(s)); got != c.tidy {
			t.Errorf("Tidy(%q) = %q, want %q", c.text, got, c.tidy)
		}
		if got := r.Quote(r.TidyEnd(s)); got != c.tidyEnd {
			t.Errorf("TidyEnd(%q) = %q, want %q", c.text, got, c.tidyEnd)
		}
	}
}

// A sentence or clause around a span stays inside its limit, but for the span.
func TestAround(t *testing.T) {
	r := corpus.New("甲，乙。丙，丁，戊。己")
	for _, c := range []struct {
		s, limit         corpus.Span
		sentence, clause string
	}{
		{corpus.Span{Start: 6, End: 7}, corpus.Span{End: 11}, "丙，丁，戊。", "丁"},
		{corpus.Span{Start: 6, End: 7}, corpus.Span{Start: 6, End: 8}, "丁", "丁"},
		{corpus.Span{Start: 6, End: 7}, corpus.Span{Start: 9, End: 10}, "丁，戊。", "丁"},
		{corpus.Span{Start: 6, End: 9}, corpus.Span{Start: 4, End: 7}, "丙，丁，戊", "丁，戊"},
		{corpus.Span{Start: 2, End: 5}, corpus.Span{End: 11}, "甲，乙。丙，丁，戊。", "乙。丙"},
	} {
		if got := r.Quote(r.SentenceAround(c.s, c.limit)); got != c.sentence {
			t.Errorf("SentenceAround(%v, %v) = %q, want %q", c.s, c.limit, got, c.sentence)
		}
		if got := r.Quote(r.ClauseAround(c.s, c.limit)); got != c.clause {
			t.Errorf("ClauseAround(%v, %v) = %q, want %q", c.s, c.limit, got, c.clause)
		}
	}
}
