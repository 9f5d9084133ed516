package extract

import (
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/extract/figures"
	"jinwen/corpus/zh"
)

// The plan is cut into the clauses that may be commitments: at marks, and
// before verbs behind 、 and 和 where both sides stand by themselves. What
// stands before the verb of a clause is taken off here too.

// dependents open clauses whose subject stands in the clause before: 达到90%,
// 比上年增加2亿元, 其中5亿元用于….
var dependents = lists.Pattern(`^(?:<dependents>|占\p{Han}{2,20}(?:比重|比例)|(?:增长|下降|提高|降低|增加|减少)(?:约|近|超|超过)?[0-9０-９]|[0-9０-９][^，。]*用于)`)

func dependent(s string) bool {
	if dependents.MatchString(s) {
		return true
	}
	_, rest := cutManners(s)
	return dependents.MatchString(rest)
}

// countsOnly reports whether s is a verb and a value and says of nothing how many
// it is: 竣工投产8个以上, 完成投资6亿元.
func (r *report) countsOnly(s corpus.Span) bool {
	in := r.FiguresIn(s)
	if len(in) == 0 {
		return false
	}
	f := r.Figures[in[0]]
	_, rest := cutManners(r.Quote(corpus.Span{Start: s.Start, End: f.Start}))
	verbs, object := figures.Object(rest)
	return f.End == s.End && verbs != "" && (object == "" || object == "投资")
}

// leansBack reports whether the figure that s begins with is quoted with what
// stands before s, and so s does not stand by itself: 新建学校3所、增加学位2万个.
func (r *report) leansBack(s corpus.Span) bool {
	figures := r.FiguresIn(s)
	return len(figures) > 0 && r.Figures[figures[0]].Clause.Start < s.Start
}

// A clause mode is what the sentence around a clause is for.
type clauseMode int

const (
	modePlain clauseMode = iota
	modeAims             // it announces the targets: every clause is one
	modeCreed            // it states general requirements: none is one
)

// A candidate is a clause that may be a commitment.
type candidate struct {
	corpus.Span
	sentence int // where its sentence starts
	mode     clauseMode
	actor    string // the district that the sentence gives the task to; "" if none
}

// clauseWalker cuts passages into clauses and remembers, from one passage to
// the next, what a long sentence that is cut into several is for.
type clauseWalker struct {
	r     *report
	mode  clauseMode
	actor string
}

func (w *clauseWalker) clauses(p corpus.Span) []candidate {
	var out []candidate
	start, sentence := p.Start, p.Start
	var open zh.Nesting
	flush := func(end int) {
		s := w.r.Trim(corpus.Span{Start: start, End: end})
		if s.Len() > 1 {
			if who := actorOf(w.r.Quote(s)); who != "" {
				w.actor = who
			}
			out = append(out, candidate{s, sentence, w.mode, w.actor})
		}
		start = end + 1
	}
	for i := p.Start; i < p.End; i++ {
		open.Read(w.r.runes[i])
		switch {
		case zh.EndsSentence(w.r.runes, i):
			flush(i)
			sentence, open, w.mode, w.actor = i+1, 0, modePlain, ""
		case open > 0 || !zh.EndsClause(w.r.runes, i):
		case w.r.runes[i] == '：', w.r.runes[i] == ':':
			head := w.r.Quote(corpus.Span{Start: start, End: i})
			switch {
			case aimsHead(head):
				w.mode = modeAims
			case strings.Contains(head, "总体要求"), strings.Contains(head, "总的要求"), strings.Contains(head, "总体思路"), strings.Contains(head, "指导思想"):
				w.mode = modeCreed
			}
			start = i + 1
		default:
			flush(i)
		}
	}
	flush(p.End)
	return out
}

func aimsHead(s string) bool {
	return strings.Contains(s, "目标") && (strings.HasSuffix(s, "是") || strings.HasSuffix(s, "为") || strings.HasSuffix(s, "目标") || strings.HasSuffix(s, "如下"))
}

// members splits a clause before verbs that follow 、 or 和 if what stands on
// either side undertakes something by itself.
func (r *report) members(c candidate) []candidate {
	var out []candidate
	rest := c
	var open zh.Nesting
	for i := c.Start + 1; i+1 < c.End; i++ {
		open.Read(r.runes[i])
		switch r.runes[i] {
		case '、', '和', '并':
			if open > 0 || i < rest.Start+4 {
				continue
			}
			left, right := rest, rest
			left.End, right.Start = i, i+1
			if !startsWithVerb(r.Quote(right.Span)) {
				continue
			}
			_, a := r.undertakes(left)
			_, b := r.undertakes(right)
			if a && b && !r.countsOnly(right.Span) && !r.leansBack(right.Span) {
				out = append(out, left)
				rest = right
			}
		}
	}
	return append(out, rest)
}

func startsWithVerb(s string) bool {
	_, rest := cutManners(s)
	return zh.PrefixOf(rest, undertakings) != "" || zh.PrefixOf(rest, amounts) != ""
}

// cutSubject takes off who shall act, where a clause says it: 某某区要….
func cutSubject(s string) string {
	i := strings.Index(s, "要")
	if i <= 0 || utf8.RuneCountInString(s[:i]) > 8 {
		return s
	}
	for _, end := range []string{"区", "县", "市", "镇", "部门", "各地", "我们", "地区", "城"} {
		if strings.HasSuffix(s[:i], end) {
			return s[i+len("要"):]
		}
	}
	return s
}

// cutManners takes adverbs off the front, up to a verb at least as long (新增, not
// 新 and 增).
func cutManners(s string) (manner, rest string) {
	rest = s
	for {
		m := zh.PrefixOf(rest, manners)
		if v := max(len(zh.PrefixOf(rest, undertakings)), len(zh.PrefixOf(rest, amounts))); m == "" || v >= len(m) {
			return s[:len(s)-len(rest)], rest
		}
		rest = rest[len(m):]
	}
}

// verbAfterPhrase finds the verb behind a phrase that says where, for whom or
// by which means: 在全市推广…, 以…为牵引实施….
func verbAfterPhrase(s string) (verb, rest string) {
	if zh.PrefixOf(s, phraseLeads) == "" {
		return "", s
	}
	for i := range s {
		if zh.PrefixOf(s[i:], advances) != "" {
			break // 以标准促进企业实施…: others act
		}
		if v := zh.PrefixOf(s[i:], undertakings); v != "" && i > len("在") && !strings.HasPrefix(s[i+len(v):], "中") {
			return v, s[i:]
		}
	}
	return "", s
}

// predicateIn returns the last predicate before the end of s.
func predicateIn(s string) string {
	best, at := "", -1
	for _, p := range predicates {
		if i := strings.LastIndex(s, p); i > at || i == at && i >= 0 && len(p) > len(best) {
			best, at = p, i
		}
	}
	return best
}
