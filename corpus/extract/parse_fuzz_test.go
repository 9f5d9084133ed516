package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinwen/corpus"
)

// FuzzFile gives any file, of any ending, the whole way of an import: it is
// refused with nothing, or becomes a report whose every span lies in its text.
func FuzzFile(f *testing.F) {
	endings := []string{"txt", "md", "docx", "html", "pdf", "doc", ""}
	f.Add([]byte("二、2025年工作安排\n今年新建公园12个，改造道路30公里。\n"), uint8(0))
	f.Add([]byte("# 政府工作报告\n\n## 一、2024年工作回顾\n\n- 新建公园**5**个"), uint8(1))
	docx := seed(f, "small.docx")
	f.Add(docx, uint8(2))
	f.Add(docx[:200], uint8(2))
	f.Add([]byte("<h1>工作报告</h1><p>新建公园5个，增长6%。</p>"), uint8(3))
	f.Add(seed(f, "small.pdf"), uint8(4))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), uint8(5))
	f.Fuzz(func(t *testing.T, data []byte, ending uint8) {
		if len(data) > 100_000 {
			t.Skip()
		}
		r, err := Parse("r."+endings[int(ending)%len(endings)], data)
		if err != nil {
			if r != nil || strings.TrimSpace(err.Error()) == "" {
				t.Fatalf("report %v with error %v", r, err)
			}
			return
		}
		whole, end := corpus.Span{Start: 0, End: r.Len()}, 0
		for i, p := range r.Passages {
			if !whole.Contains(p.Span) || p.Start < end || p.Len() <= 0 || p.Section >= len(r.Sections) {
				t.Fatalf("passage %d at %v of a text of %d, after %d, in section %d of %d", i, p.Span, r.Len(), end, p.Section, len(r.Sections))
			}
			end = p.End
		}
		for i, s := range r.Sections {
			if !whole.Contains(s.Span) {
				t.Fatalf("section %d at %v of a text of %d", i, s.Span, r.Len())
			}
		}
		checkFigures(t, r)
		checkCommitments(t, r)
		if again := ParseText(r.Text); again.ID != r.ID || len(again.Figures) != len(r.Figures) {
			t.Errorf("the text of %s gives %s", r.ID, again.ID)
		}
	})
}

// seed is a file of package decode's tests.
func seed(f *testing.F, name string) []byte {
	data, err := os.ReadFile(filepath.Join("..", "decode", "testdata", name))
	if err != nil {
		f.Fatal(err)
	}
	return data
}
