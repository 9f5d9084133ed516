package position

import (
	"strings"

	"jinwen/corpus/zh"
	"jinwen/index/text"
)

// A Slips finds what was meant by a word that the report does not have:
// the term of the report that sounds the same (集装厢 for 集装箱), or that the
// word abbreviates (固投 for 固定资产投资).
type Slips struct {
	t        *Text
	sounds   map[rune]string       // character of the report → its sound
	syllable map[string]uint16     // sound of the report → its number, from 1
	byPair   Lists[uint32, int32]  // sounds of two neighbouring characters → positions
	initials Lists[uint64, span32] // first characters of two near words → where both stand
	starts   []bool                // position in runes → whether a word starts there
	ends     []bool                // position in runes → whether a word ends before it
}

type span32 struct{ start, end int32 }

// maxGap is how many words may stand between two whose initials abbreviate
// them: 固(定)(资产)投(资) has one.
const maxGap = 1

func NewSlips(t *Text, words []text.Word) *Slips {
	s := &Slips{
		t: t, sounds: make(map[rune]string),
		starts: make([]bool, len(t.Runes)+1), ends: make([]bool, len(t.Runes)+1), syllable: make(map[string]uint16),
	}
	for _, w := range words {
		s.starts[w.Start], s.ends[w.End] = true, true
	}
	for _, c := range t.Runes {
		if _, ok := s.sounds[c]; !ok {
			x := sound(c)
			s.sounds[c] = x
			if x != "" && s.syllable[x] == 0 {
				s.syllable[x] = uint16(len(s.syllable) + 1)
			}
		}
	}
	seen, byPair := make(map[uint64]bool), make(map[uint32][]int32)
	for i := 0; i+1 < len(t.Runes); i++ {
		a, b := s.sounds[t.Runes[i]], s.sounds[t.Runes[i+1]]
		if a == "" || b == "" {
			continue
		}
		key := s.key(a, b)
		// Of frequent pairs the first few positions of each spelling do.
		if k := Pair(t.Runes[i], t.Runes[i+1]); !seen[k] || len(byPair[key]) < 64 {
			seen[k] = true
			byPair[key] = append(byPair[key], int32(i))
		}
	}
	s.byPair, s.initials = NewLists(byPair), NewLists(initials(words))
	return s
}

// key returns that of two sounds in byPair; 0 if the report lacks one of them.
func (s *Slips) key(a, b string) uint32 {
	x, y := s.syllable[a], s.syllable[b]
	if x == 0 || y == 0 {
		return 0
	}
	return uint32(x)<<16 | uint32(y)
}

// initials returns the initials of words that stand near each other.
func initials(words []text.Word) map[uint64][]span32 {
	out := make(map[uint64][]span32)
	for i, w := range words {
		if w.End-w.Start < 2 || !zh.IsHan(zh.FirstRune(w.Text)) {
			continue
		}
		for j := i + 1; j < len(words) && j <= i+1+maxGap; j++ {
			v := words[j]
			if v.Start != words[j-1].End || !zh.IsHan(zh.FirstRune(v.Text)) {
				break
			}
			if v.End-v.Start < 2 {
				continue
			}
			// 固投 takes the first characters of 固定资产投资, 美院 the first and
			// the last of 美术学院.
			runes := []rune(v.Text)
			for n, c := range []rune{runes[0], runes[len(runes)-1]} {
				if n == 1 && (j > i+1 || !strings.ContainsRune(kinds, c)) {
					continue
				}
				k := Pair(zh.FirstRune(w.Text), c)
				if l := out[k]; len(l) < 8 {
					out[k] = append(l, span32{int32(w.Start), int32(v.End)})
				}
			}
		}
	}
	return out
}

// kinds are the characters that end the names of institutions and places, and
// stand for them in an abbreviation.
const kinds = "院校局会厂港司团站园馆所部委线路场区县"

// SoundsLike returns what in the report sounds like text, at least two
// characters: a run of whole words, or any stretch; "" if there is nothing, or
// text itself stands there.
func (s *Slips) SoundsLike(text []rune, words bool, work *Effort) string {
	if len(text) < 2 {
		return ""
	}
	sounds := make([]string, len(text))
	for i, c := range text {
		p, ok := s.sounds[c]
		if !ok {
			p = sound(c)
		}
		if p == "" {
			return ""
		}
		sounds[i] = p
	}
	best, bestSame := "", 0
next:
	for _, p := range s.byPair.Of(s.key(sounds[0], sounds[1])) {
		work.Add(1)
		if int(p)+len(text) > len(s.t.Runes) || words && (!s.starts[p] || !s.ends[int(p)+len(text)]) {
			continue
		}
		same := 0
		for i, c := range text {
			x := s.t.Runes[int(p)+i]
			if s.sounds[x] != sounds[i] {
				continue next
			}
			if x == c {
				same++
			}
		}
		// A slip keeps at least one character of a short word, and most of a
		// longer one.
		if same == len(text) {
			return ""
		}
		if term := string(s.t.Runes[p : int(p)+len(text)]); same >= (len(text)+1)/2 && same > bestSame && !strings.ContainsAny(term, "的了和与及是") {
			best, bestSame = term, same
		}
	}
	return best
}

// Abbreviated returns the terms that text (two to four characters) is short
// for, by the initials of neighbouring words.
func (s *Slips) Abbreviated(text []rune) []string {
	if len(text) < 2 || len(text) > 4 {
		return nil
	}
	for _, c := range text {
		if !zh.IsHan(c) {
			return nil
		}
	}
	var out []string
	seen := map[string]bool{}
	for _, p := range s.initials.Of(Pair(text[0], text[1])) {
		end, ok := int(p.end), true
		for _, c := range text[2:] {
			// The further characters stand soon after, in order.
			k := end
			for k < len(s.t.Runes) && k < end+4 && s.t.Runes[k] != c {
				k++
			}
			if k == len(s.t.Runes) || k == end+4 {
				ok = false
				break
			}
			end = k + 1
		}
		if term := string(s.t.Runes[p.start:end]); ok && !seen[term] {
			seen[term] = true
			out = append(out, term)
		}
	}
	return out
}

// maxSpelled is how long a Latin word may be, in letters, to be read as pinyin:
// names have up to eight syllables.
const maxSpelled = 40

// Spelled returns the words of the report that a Latin word spells in pinyin:
// jinbin is 津滨. Names of places and lines are written so in English.
func (s *Slips) Spelled(word string, work *Effort) []string {
	if len(word) > maxSpelled {
		return nil
	}
	syllables := s.syllables(word, work)
	if len(syllables) < 2 {
		return nil
	}
	var out []string
	seen := map[string]bool{}
next:
	for _, p := range s.byPair.Of(s.key(syllables[0], syllables[1])) {
		end := int(p) + len(syllables)
		if end > len(s.t.Runes) {
			continue
		}
		for i, y := range syllables {
			work.Add(1)
			if s.sounds[s.t.Runes[int(p)+i]] != y {
				continue next
			}
		}
		if term := string(s.t.Runes[p:end]); !seen[term] && len(out) < 3 {
			seen[term] = true
			out = append(out, term)
		}
	}
	return out
}

// syllables splits word into syllables of pinyin, the longest first; nil if it
// cannot be split. Which ends of the word can be split is settled from the end
// on, each once: trying every way to cut would take time exponential in the
// length of the word.
func (s *Slips) syllables(word string, work *Effort) []string {
	const longest = 6                // zhuang
	next := make([]int, len(word)+1) // i → length of the syllable that the split of word[i:] begins with; 0 if there is no split
	for i := len(word) - 1; i >= 0; i-- {
		for n := min(longest, len(word)-i); n > 0; n-- {
			work.Add(1)
			if s.syllable[word[i:i+n]] != 0 && (i+n == len(word) || next[i+n] > 0) {
				next[i] = n
				break
			}
		}
	}
	if next[0] == 0 {
		return nil
	}
	var out []string
	for i := 0; i < len(word); i += next[i] {
		out = append(out, word[i:i+next[i]])
	}
	return out
}
