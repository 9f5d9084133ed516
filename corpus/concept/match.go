package concept

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed modifiers.txt
var modifierWords string

//go:embed tails.txt
var tailWords string

//go:embed guards.txt
var guardWords string

// A Match is a concept named in a text.
type Match struct {
	ID         string
	Start, End int  // bytes of the text
	Everyday   bool // by an everyday name, not an official one
}

// Find returns the concepts that text names, in the order of the text, none
// inside another: of names that overlap the longest counts, so 人均GDP is no
// GDP. A name after 占 or 单位 or before 能耗 is a denominator and no match.
func Find(text string) []Match {
	t := loaded()
	rs := normal(text)
	var found []hit
	for i := range rs {
		if n, name := t.longest(rs, i); n > 0 && t.stands(rs, i, i+n) {
			found = append(found, hit{i, i + n, name})
		}
	}
	slices.SortStableFunc(found, func(a, b hit) int { return cmp.Compare(b.end-b.start, a.end-a.start) })
	var kept []hit
	for _, h := range found {
		if !slices.ContainsFunc(kept, func(k hit) bool { return h.start < k.end && k.start < h.end }) {
			kept = append(kept, h)
		}
	}
	slices.SortFunc(kept, func(a, b hit) int { return cmp.Compare(a.start, b.start) })
	var out []Match
	for _, h := range kept {
		out = append(out, Match{
			ID: t.all[h.name.concept].ID, Everyday: h.name.everyday,
			Start: rs[h.start].start, End: rs[h.end-1].end,
		})
	}
	return out
}

// Of returns the concept that the whole name of a figure means, and whose
// figure it is where that is not the whole place: 规上工业增加值增速 is
// industry_added_above of "", 天津港集装箱吞吐量 is container_throughput of 天津港.
// The id is "" if the name means no concept of the table.
func Of(name string) (id, scope string) {
	t := loaded()
	if i := strings.Index(name, "（其中：）"); i >= 0 {
		return "", ""
	}
	rs := normal(name)
	end := len(rs)
	for {
		// The longest name that ends here is the head of the noun phrase.
		for i := range end {
			n, nm := t.longestTo(rs[:end], i)
			if n == end-i && !nm.everyday && t.stands(rs, i, end) {
				scope, ok := t.scope(rs[:i])
				if !ok {
					return "", ""
				}
				return t.all[nm.concept].ID, scope
			}
		}
		n := t.tails.suffix(rs[:end])
		if n == 0 || n == end {
			return "", ""
		}
		end -= n
	}
}

// Named returns the id of the concept of which all of text is an official name, as
// Find reads it; "" if it is of none.
func Named(text string) string {
	if m := Find(text); len(m) == 1 && !m[0].Everyday && m[0].Start == 0 && m[0].End == len(text) {
		return m[0].ID
	}
	return ""
}

// Within returns the last concept that the name of a figure holds by an
// official name, and what stands before it, less what tells nothing; "" if it
// holds none.
func Within(name string) (id, before string) {
	t := loaded()
	m := Find(name)
	for i := len(m) - 1; i >= 0; i-- {
		if m[i].Everyday {
			continue
		}
		return m[i].ID, text(t.plain(normal(name[:m[i].Start])))
	}
	return "", ""
}

// scope returns what stands before the name of a concept, less what tells nothing.
// It reports false where that makes another thing of it: 占, a list, a clause.
func (m *matcher) scope(rs []char) (string, bool) {
	s := text(m.plain(rs))
	if strings.ContainsAny(s, "占、，（：") {
		return "", false
	}
	return s, true
}

// plain returns rs without the modifiers at its ends.
func (m *matcher) plain(rs []char) []char {
	for n := m.modifiers.prefix(rs); n > 0; n = m.modifiers.prefix(rs) {
		rs = rs[n:]
	}
	for n := m.modifiers.suffix(rs); n > 0; n = m.modifiers.suffix(rs) {
		rs = rs[:len(rs)-n]
	}
	return rs
}

type hit struct {
	start, end int
	name       entry
}

// stands reports whether the name at [i,j) stands for itself there.
func (m *matcher) stands(rs []char, i, j int) bool {
	if m.before.suffix(rs[:i]) > 0 {
		return false
	}
	if m.after.prefix(rs[j:]) > 0 {
		return false
	}
	if i+1 < len(rs) && rs[i].r == '经' && rs[i+1].r == '济' && m.economy.suffix(rs[:i]) > 0 {
		return false
	}
	letter := func(k int) bool { return k >= 0 && k < len(rs) && rs[k].r < 0x80 && unicode.IsLetter(rs[k].r) }
	return !(letter(i) && letter(i-1)) && !(letter(j-1) && letter(j))
}

// A char is a character of a normalised text and where it stands in bytes.
type char struct {
	r          rune
	start, end int
}

// normal folds letters' width and case and drops quotation marks, and spaces
// that do not part English words.
func normal(s string) []char {
	out := make([]char, 0, utf8.RuneCountInString(s))
	for i, r := range s {
		c := char{fold(r), i, i + utf8.RuneLen(r)}
		if r == utf8.RuneError {
			c.end = i + 1 // a bad byte; U+FFFD itself is three, which nothing matches
		}
		if strings.ContainsRune("“”\"「」『』‘’", r) {
			continue
		}
		out = append(out, c)
	}
	latin := func(k int) bool { return k >= 0 && k < len(out) && out[k].r < 0x80 && out[k].r != ' ' }
	kept := make([]char, 0, len(out))
	for i, c := range out {
		if c.r == ' ' && (!latin(i-1) || !latin(i+1)) {
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

func fold(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case r == '　' || r == '\t' || r == '\u00a0':
		return ' '
	}
	if r < 0x80 {
		return unicode.ToLower(r)
	}
	return r
}

// An entry is one name of one concept.
type entry struct {
	concept  int
	everyday bool
}

// A node of the tree of names. Behind gap the name goes on after modifiers.
type node struct {
	next map[rune]*node
	gap  *node
	end  *entry
}

type matcher struct {
	root                            *node
	modifiers, tails, before, after words
	economy                         words
}

func newMatcher(all []Concept) *matcher {
	m := &matcher{root: &node{}, modifiers: wordsOf(modifierWords), tails: wordsOf(tailWords)}
	for _, line := range strings.Split(guardWords, "\n") {
		kind, list, _ := strings.Cut(line, " ")
		switch kind {
		case "before":
			m.before = wordsOf(list)
		case "after":
			m.after = wordsOf(list)
		case "economy":
			m.economy = wordsOf(list)
		}
	}
	// Official names first: where one concept's everyday name is another's
	// official one, the official one counts.
	for i, c := range all {
		for _, n := range c.Names {
			m.add(strings.Split(n, " "), entry{i, false})
		}
	}
	for i, c := range all {
		for _, n := range c.English {
			m.add([]string{n}, entry{i, false})
		}
		for _, n := range c.Everyday {
			m.add(strings.Split(n, " "), entry{i, true})
		}
	}
	return m
}

// add puts a name into the tree. Two halves may change places.
func (m *matcher) add(parts []string, e entry) {
	m.put(parts, e)
	if len(parts) == 2 && !strings.Contains(parts[0]+parts[1], "占") {
		m.put([]string{parts[1], parts[0]}, e)
	}
}

func (m *matcher) put(parts []string, e entry) {
	n := m.root
	for i, p := range parts {
		if i > 0 {
			if n.gap == nil {
				n.gap = &node{}
			}
			n = n.gap
		}
		for _, c := range normal(p) {
			if n.next == nil {
				n.next = make(map[rune]*node)
			}
			if n.next[c.r] == nil {
				n.next[c.r] = &node{}
			}
			n = n.next[c.r]
		}
	}
	if n.end == nil {
		n.end = &e
	}
}

// longest returns the length of the longest name that begins at i, and the name.
func (m *matcher) longest(rs []char, i int) (int, entry) {
	return m.walk(m.root, rs, i, i, false)
}

// longestTo returns the length of a name that begins at i and ends with rs.
func (m *matcher) longestTo(rs []char, i int) (int, entry) {
	return m.walk(m.root, rs, i, i, true)
}

// maxGap is the most characters that may stand in a gap of a name.
const maxGap = 16

func (m *matcher) walk(n *node, rs []char, start, at int, whole bool) (best int, e entry) {
	take := func(k int, x entry) {
		if k > best && (!whole || start+k == len(rs)) {
			best, e = k, x
		}
	}
	for {
		if n.end != nil {
			take(at-start, *n.end)
		}
		if n.gap != nil {
			for end := at; ; {
				if k, x := m.walk(n.gap, rs, start, end, whole); k > 0 {
					take(k, x)
				}
				s := m.skip(rs[end:])
				if s == 0 || end+s-at > maxGap {
					break
				}
				end += s
			}
		}
		if at == len(rs) || n.next[rs[at].r] == nil {
			return best, e
		}
		n = n.next[rs[at].r]
		at++
	}
}

// skip returns the length of the modifier or year that rs begins with.
func (m *matcher) skip(rs []char) int {
	d := 0
	for d < len(rs) && d < 4 && rs[d].r >= '0' && rs[d].r <= '9' {
		d++
	}
	if d > 0 && d < len(rs) && rs[d].r == '年' {
		return d + 1
	}
	return m.modifiers.prefix(rs)
}

// words is a set of words to match at the start or end of a text.
type words struct {
	set map[string]bool
	max int
}

func wordsOf(text string) words {
	w := words{set: make(map[string]bool)}
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, x := range strings.Fields(line) {
			w.set[x] = true
			w.max = max(w.max, utf8.RuneCountInString(x))
		}
	}
	return w
}

// prefix returns the length in characters of the longest word that rs begins with.
func (w words) prefix(rs []char) int {
	for n := min(w.max, len(rs)); n > 0; n-- {
		if w.set[text(rs[:n])] {
			return n
		}
	}
	return 0
}

// suffix returns the length in characters of the longest word that rs ends with.
func (w words) suffix(rs []char) int {
	for n := min(w.max, len(rs)); n > 0; n-- {
		if w.set[text(rs[len(rs)-n:])] {
			return n
		}
	}
	return 0
}

func text(rs []char) string {
	var b strings.Builder
	for _, c := range rs {
		b.WriteRune(c.r)
	}
	return b.String()
}
