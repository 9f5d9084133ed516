package sheet

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
)

//go:embed bounds.txt
var boundFile string

// The words that bound a value, before it and at its end.
var boundsBefore, boundsAfter = func() (before, after []string) {
	_, words, _ := strings.Cut(boundFile, "\n")
	b, a, _ := strings.Cut(words, "---")
	return strings.Fields(b), strings.Fields(a)
}()

// Bounded returns the value of f with the words before it that bound it:
// 突破2300万标准箱.
func Bounded(r *corpus.Report, f *corpus.Figure) corpus.Span {
	s := f.Span
	s.Start -= utf8.RuneCountInString(wordBefore(r, f))
	return s
}

// Bound returns the word of the report that bounds the value of f, before it or
// at its end: 突破, 左右, 以上; "" if the value is exact.
func Bound(r *corpus.Report, f *corpus.Figure) string {
	if w := wordBefore(r, f); w != "" {
		return w
	}
	for _, w := range boundsAfter {
		if strings.HasSuffix(f.Value, w) {
			return w
		}
		// 1200余家, 30多个: before the unit.
		if utf8.RuneCountInString(w) == 1 {
			if i := strings.Index(f.Value, w); i > 0 && strings.ContainsAny(f.Value[i-1:i], "0123456789") {
				return w
			}
		}
	}
	return ""
}

func wordBefore(r *corpus.Report, f *corpus.Figure) string {
	before := r.Quote(corpus.Span{Start: max(0, f.Start-5), End: f.Start})
	for _, w := range boundsBefore {
		if strings.HasSuffix(before, w) {
			return w
		}
	}
	return ""
}
