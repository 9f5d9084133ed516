package index

import (
	"sort"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// A textIndex finds where a term stands in the report, exactly: the folded
// text with the positions of every pair of neighbouring code points. Bleve
// finds candidate passages; where in them a term stands, and how near to
// another, is asked here.
type textIndex struct {
	runes   []rune                  // folded text without silent code points
	pos     []int32                 // pos[i] is where runes[i] stands in the report
	pairs   postings[uint64, int32] // pair of code points → positions in runes, ascending
	singles postings[rune, int32]   // Han character → positions in runes, ascending
	edges   []bool                  // edges[i]: a word of the report begins at runes[i]
	at      []int32                 // at[i] is the index in clauses of runes[i]
	clauses []clause
	work    *effort             // of the question that this is a copy for; nil counts nothing
	digits  map[string][]string // a run of digits without its marks → the runs as printed (531 → 5·31)
}

// A clause is the stretch between two of ，；。： or line ends.
type clause struct {
	corpus.Span
	passage int32 // index in Report.Passages; -1 in a heading line
	section int32 // the section whose heading it is; -1 in the body
}

func newTextIndex(r *corpus.Report) *textIndex {
	t := &textIndex{digits: make(map[string][]string)}
	t.addClauses(r)
	src := []rune(r.Text)
	c := 0
	for i, x := range src {
		for c+1 < len(t.clauses) && i >= t.clauses[c].End {
			c++
		}
		if zh.Silent(x) {
			continue
		}
		t.runes = append(t.runes, zh.FoldRune(x))
		t.pos = append(t.pos, int32(i))
		t.at = append(t.at, int32(c))
	}
	singles, pairs := make(map[rune][]int32), make(map[uint64][]int32)
	for i, c := range t.runes {
		if zh.IsHan(c) {
			singles[c] = append(singles[c], int32(i))
		}
	}
	for i := 0; i+1 < len(t.runes); i++ {
		k := pair(t.runes[i], t.runes[i+1])
		pairs[k] = append(pairs[k], int32(i))
	}
	t.singles, t.pairs = newPostings(singles), newPostings(pairs)
	t.addDigits()
	return t
}

func pair(a, b rune) uint64 { return uint64(uint32(a))<<32 | uint64(uint32(b)) }

// addClauses cuts the whole text into clauses; together they cover it.
func (t *textIndex) addClauses(r *corpus.Report) {
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
		t.clauses = append(t.clauses, clause{corpus.Span{Start: start, End: end}, p, section})
		start = end
	}
	i := 0
	for _, x := range r.Text {
		i++
		switch x {
		case '，', '；', '。', '：', '！', '？', '\n', ';':
			add(i)
		}
	}
	add(i)
	if len(t.clauses) == 0 {
		t.clauses = []clause{{passage: -1, section: -1}}
	}
}

// addDigits notes runs of digits that marks break, as 5·31 or 1+10.
func (t *textIndex) addDigits() {
	for i := 0; i < len(t.runes); i++ {
		if !zh.IsDigit(t.runes[i]) {
			continue
		}
		j, marks := i, 0
		var bare []rune
		for j < len(t.runes) {
			if zh.IsDigit(t.runes[j]) {
				bare = append(bare, t.runes[j])
			} else if (t.runes[j] == '·' || t.runes[j] == '+' || t.runes[j] == '.' || t.runes[j] == '-') && j+1 < len(t.runes) && zh.IsDigit(t.runes[j+1]) {
				marks++
			} else {
				break
			}
			j++
		}
		if marks > 0 {
			t.digits[string(bare)] = append(t.digits[string(bare)], string(t.runes[i:j]))
		}
		i = j
	}
}

// find returns the positions in t.runes at which term (folded) stands. A term
// that begins or ends with a digit is not found inside a longer number.
func (t *textIndex) find(term []rune) []int32 {
	if len(term) == 1 {
		return t.singles.of(term[0])
	}
	if len(term) == 0 {
		return nil
	}
	// Verify from the rarest pair of the term.
	best, list := 0, t.pairs.of(pair(term[0], term[1]))
	for i := 1; i+1 < len(term) && len(list) > 4; i++ {
		if l := t.pairs.of(pair(term[i], term[i+1])); len(l) < len(list) {
			best, list = i, l
		}
	}
	t.work.add(len(list) + 1)
	var out []int32
next:
	for _, p := range list {
		s := int(p) - best
		if s < 0 || s+len(term) > len(t.runes) {
			continue
		}
		for i, c := range term {
			if t.runes[s+i] != c {
				continue next
			}
		}
		if zh.IsDigit(term[0]) && s > 0 && (zh.IsDigit(t.runes[s-1]) || t.runes[s-1] == '.') {
			continue
		}
		if e := s + len(term); zh.IsDigit(term[len(term)-1]) && e < len(t.runes) && (zh.IsDigit(t.runes[e]) || t.runes[e] == '.' && e+1 < len(t.runes) && zh.IsDigit(t.runes[e+1])) {
			continue
		}
		if zh.IsLatin(term[0]) && s > 0 && zh.IsLatin(t.runes[s-1]) || zh.IsLatin(term[len(term)-1]) && s+len(term) < len(t.runes) && zh.IsLatin(t.runes[s+len(term)]) {
			continue
		}
		out = append(out, int32(s))
	}
	return out
}

// across reports whether the occurrence of n code points at pos begins and
// ends inside words, as 建国 does in 创建国家.
func (t *textIndex) across(pos int32, n int) bool {
	end := int(pos) + n
	return t.edges != nil && n > 1 && n < 4 && !t.edges[pos] && end < len(t.edges) && !t.edges[end] && zh.IsHan(t.runes[pos])
}

// hasWord reports whether term stands anywhere, but for places where it only
// happens across words.
func (t *textIndex) hasWord(term []rune) bool {
	for _, pos := range t.find(term) {
		if !t.across(pos, len(term)) {
			return true
		}
	}
	return false
}

// setWords notes where the words of the report begin. Of those that known does
// not know, which are guesses, every character may begin one: of 某区上仓镇, cut
// into 区上 and 仓镇, 上仓 is a name all the same.
func (t *textIndex) setWords(words []word, known func(string) bool) {
	t.edges = make([]bool, len(t.runes)+1)
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
	for i, c := range t.runes {
		if !zh.IsHan(c) || i > 0 && !zh.IsHan(t.runes[i-1]) {
			t.edges[i] = true
		}
	}
	t.edges[len(t.runes)] = true
}

// has reports whether term stands anywhere.
func (t *textIndex) has(term []rune) bool { return len(t.find(term)) > 0 }

// clauseOf is the index of the clause that holds code point pos of the report.
func (t *textIndex) clauseOf(pos int) int {
	return sort.Search(len(t.clauses), func(i int) bool { return t.clauses[i].End > pos })
}
