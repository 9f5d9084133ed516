package position

import (
	"sort"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/text"
)

// A Text finds where a term stands in the report, exactly: the folded
// text with the positions of every pair of neighbouring code points. Bleve
// finds candidate passages; where in them a term stands, and how near to
// another, is asked here.
type Text struct {
	Runes   []rune               // folded text without silent code points
	Pos     []int32              // pos[i] is where runes[i] stands in the report
	pairs   Lists[uint64, int32] // pair of code points → positions in runes, ascending
	singles Lists[rune, int32]   // Han character → positions in runes, ascending
	edges   []bool               // edges[i]: a word of the report begins at runes[i]
	At      []int32              // at[i] is the index in clauses of runes[i]
	Clauses []clause
	Work    *Effort             // of the question that this is a copy for; nil counts nothing
	Digits  map[string][]string // a run of digits without its marks → the runs as printed (531 → 5·31)
}

// A clause is the stretch between two of ，；。： or line ends.
type clause struct {
	corpus.Span
	Passage int32 // index in Report.Passages; -1 in a heading line
	section int32 // the section whose heading it is; -1 in the body
}

func NewText(r *corpus.Report) *Text {
	t := &Text{Digits: make(map[string][]string)}
	t.addClauses(r)
	src := []rune(r.Text)
	c := 0
	for i, x := range src {
		for c+1 < len(t.Clauses) && i >= t.Clauses[c].End {
			c++
		}
		if zh.Silent(x) {
			continue
		}
		t.Runes = append(t.Runes, zh.FoldRune(x))
		t.Pos = append(t.Pos, int32(i))
		t.At = append(t.At, int32(c))
	}
	singles, pairs := make(map[rune][]int32), make(map[uint64][]int32)
	for i, c := range t.Runes {
		if zh.IsHan(c) {
			singles[c] = append(singles[c], int32(i))
		}
	}
	for i := 0; i+1 < len(t.Runes); i++ {
		k := Pair(t.Runes[i], t.Runes[i+1])
		pairs[k] = append(pairs[k], int32(i))
	}
	t.singles, t.pairs = NewLists(singles), NewLists(pairs)
	t.addDigits()
	return t
}

func Pair(a, b rune) uint64 { return uint64(uint32(a))<<32 | uint64(uint32(b)) }

// addClauses cuts the whole text into clauses; together they cover it.
func (t *Text) addClauses(r *corpus.Report) {
	heading := make(map[int]int32) // where a heading line ends → its section
	for i, s := range r.Sections {
		if !s.Inline {
			heading[s.Heading.Start] = int32(i)
		}
	}
	start := 0
	add := func(end int) {
		if end <= start {
			return
		}
		p := int32(-1)
		section := int32(-1)
		for i := start; i < end && p < 0; i++ {
			p = int32(r.PassageAt(i))
			if s, ok := heading[i]; ok {
				section = s
			}
		}
		t.Clauses = append(t.Clauses, clause{corpus.Span{Start: start, End: end}, p, section})
		start = end
	}
	text := r.Runes()
	for i := range text {
		if zh.EndsClause(text, i) {
			add(i + 1)
		}
	}
	add(len(text))
	if len(t.Clauses) == 0 {
		t.Clauses = []clause{{Passage: -1, section: -1}}
	}
}

// addDigits notes runs of digits that marks break, as 5·31 or 1+10.
func (t *Text) addDigits() {
	for i := 0; i < len(t.Runes); i++ {
		if !zh.IsDigit(t.Runes[i]) {
			continue
		}
		j, marks := i, 0
		var bare []rune
		for j < len(t.Runes) {
			if zh.IsDigit(t.Runes[j]) {
				bare = append(bare, t.Runes[j])
			} else if (t.Runes[j] == '·' || t.Runes[j] == '+' || t.Runes[j] == '.' || t.Runes[j] == '-') && j+1 < len(t.Runes) && zh.IsDigit(t.Runes[j+1]) {
				marks++
			} else {
				break
			}
			j++
		}
		if marks > 0 {
			t.Digits[string(bare)] = append(t.Digits[string(bare)], string(t.Runes[i:j]))
		}
		i = j
	}
}

// Find returns the positions in t.runes at which term (folded) stands. A term
// that begins or ends with a digit is not found inside a longer number.
func (t *Text) Find(term []rune) []int32 {
	if len(term) == 1 {
		return t.singles.Of(term[0])
	}
	if len(term) == 0 {
		return nil
	}
	// Verify from the rarest pair of the term.
	best, list := 0, t.pairs.Of(Pair(term[0], term[1]))
	for i := 1; i+1 < len(term) && len(list) > 4; i++ {
		if l := t.pairs.Of(Pair(term[i], term[i+1])); len(l) < len(list) {
			best, list = i, l
		}
	}
	t.Work.Add(len(list) + 1)
	var out []int32
next:
	for _, p := range list {
		s := int(p) - best
		if s < 0 || s+len(term) > len(t.Runes) {
			continue
		}
		for i, c := range term {
			if t.Runes[s+i] != c {
				continue next
			}
		}
		if zh.IsDigit(term[0]) && s > 0 && (zh.IsDigit(t.Runes[s-1]) || t.Runes[s-1] == '.') {
			continue
		}
		if e := s + len(term); zh.IsDigit(term[len(term)-1]) && e < len(t.Runes) && (zh.IsDigit(t.Runes[e]) || t.Runes[e] == '.' && e+1 < len(t.Runes) && zh.IsDigit(t.Runes[e+1])) {
			continue
		}
		if zh.IsLatin(term[0]) && s > 0 && zh.IsLatin(t.Runes[s-1]) || zh.IsLatin(term[len(term)-1]) && s+len(term) < len(t.Runes) && zh.IsLatin(t.Runes[s+len(term)]) {
			continue
		}
		out = append(out, int32(s))
	}
	return out
}

// Across reports whether the occurrence of n code points at pos begins and
// ends inside words, as 建国 does in 创建国家.
func (t *Text) Across(pos int32, n int) bool {
	end := int(pos) + n
	return t.edges != nil && n > 1 && n < 4 && !t.edges[pos] && end < len(t.edges) && !t.edges[end] && zh.IsHan(t.Runes[pos])
}

// HasWord reports whether term stands anywhere, but for places where it only
// happens across words.
func (t *Text) HasWord(term []rune) bool {
	for _, pos := range t.Find(term) {
		if !t.Across(pos, len(term)) {
			return true
		}
	}
	return false
}

// SetWords notes where the words of the report begin. Of those that known does
// not know, which are guesses, every character may begin one: of 某区上仓镇, cut
// into 区上 and 仓镇, 上仓 is a name all the same.
func (t *Text) SetWords(words []text.Word, known func(string) bool) {
	t.edges = make([]bool, len(t.Runes)+1)
	knows := make(map[string]bool)
	for _, w := range words {
		k, seen := knows[w.Text]
		if !seen {
			k = known(w.Text)
			knows[w.Text] = k
		}
		for i := w.Start; i < w.End && i < len(t.edges); i++ {
			t.edges[i] = t.edges[i] || i == w.Start || !k
		}
	}
	for i, c := range t.Runes {
		if !zh.IsHan(c) || i > 0 && !zh.IsHan(t.Runes[i-1]) {
			t.edges[i] = true
		}
	}
	t.edges[len(t.Runes)] = true
}

// Has reports whether term stands anywhere.
func (t *Text) Has(term []rune) bool { return len(t.Find(term)) > 0 }

// ClauseOf returns the index of the clause that holds code point pos of the report.
func (t *Text) ClauseOf(pos int) int {
	return sort.Search(len(t.Clauses), func(i int) bool { return t.Clauses[i].End > pos })
}
