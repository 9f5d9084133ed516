package index

import (
	"testing"

	"jinwen/index/answer"
)

// Where the asker lives and what the asker does is not what is asked about,
// unless the question points to it.
func TestStory(t *testing.T) {
	ix := testIndex(t)
	for _, c := range []struct {
		text   string
		status answer.Status
		value  string // of the first figure; "" if none
	}{
		{"我家在蓟州种地，今年全市改造燃气管网多少公里", answer.Answered, "623公里"},
		{"俺48了在宝坻开店。今年燃气管网要改造多少公里？", answer.Answered, "623公里"},
		{"我是蓟州人，我们区去年经济增长多少", answer.Nearest, ""},
		{"今年改造燃气管网多少公里，不要去年的", answer.Answered, "623公里"},
	} {
		a := ask(t, ix, c.text)
		value := ""
		if a.Status == answer.Answered && len(a.Figures) > 0 {
			value = ix.Report().Figures[a.Figures[0]].Value
		}
		if a.Status != c.status || value != c.value {
			t.Errorf("Ask(%q) = %v %q, want %v %q", c.text, a.Status, value, c.status, c.value)
		}
	}
}
