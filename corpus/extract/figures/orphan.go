package figures

import (
	"regexp"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// nameOrphans names the figures for which no clause gave a name: 外资力争止跌
// 回升，达到5亿美元 leaves the value alone in its clause. The clause before
// names it, up to the word that says what becomes of it, and is quoted with it.
func (r *report) nameOrphans() {
	for i := range r.Figures {
		f := &r.Figures[i]
		f.Indicator = fromWords.ReplaceAllString(f.Indicator, "")
		if f.Indicator != "" || f.Passage < 0 {
			continue
		}
		before := r.clauseBefore(f.Clause.Start, r.Passages[f.Passage].Start)
		name := r.Quote(before)
		if cut := becomes.FindStringIndex(name); cut != nil && cut[0] > len("外资")-1 {
			name = name[:cut[0]]
		}
		if rs := []rune(name); len(rs) > maxIndicator {
			name = string(rs[len(rs)-maxIndicator:])
		}
		f.Indicator = name
		if before.Len() > 0 {
			f.Clause.Start = before.Start
		}
	}
}

var (
	// fromWords end a name where a start value would follow: 班次由每日48趟.
	fromWords = regexp.MustCompile(`(?:由|从)(?:每[日天月年周])?$`)
	// becomes begins what is said of the subject.
	becomes = lists.Pattern(`<becomes>`)
)

// clauseBefore returns the clause that ends right before pos, not before from.
func (r *report) clauseBefore(pos, from int) corpus.Span {
	end := pos
	for end > from && zh.EndsClause(r.runes, end-1) {
		end--
	}
	start := end
	for start > from && !zh.EndsClause(r.runes, start-1) {
		start--
	}
	return corpus.Span{Start: start, End: end}
}
