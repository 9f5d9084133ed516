package index

import (
	"strings"
	"sync"

	"jinwen/corpus"
)

// A token is a stretch of the question that is one telling word, or none.
type token struct {
	text  string
	start int // in code points of the folded text
	means []string
	tag   string
	stop  bool
	lex   bool   // the lexicon knows it
	slip  string // what was written, if text mends it
}

// readTerms finds the telling words of folded text and what they may mean.
func (r *reader) readTerms(q *Question, folded string) {
	tokens := r.tokens([]rune(folded))
	tokens = r.mendSlips(tokens)
	r.readPlace(q, tokens)
	seen := map[string]bool{}
	for _, t := range tokens {
		if t.stop || seen[t.text] || r.own[t.text] || t.text == q.Place {
			continue
		}
		if term, ok := r.term(t); ok {
			seen[t.text] = true
			q.Terms = append(q.Terms, term)
		}
	}
}

// tokens cuts text into the lexicon's words, the longest first, and gojieba's
// words between them.
func (r *reader) tokens(text []rune) []token {
	var out []token
	for i := 0; i < len(text); {
		switch {
		case isLatin(text[i]) || isDigit(text[i]):
			n := r.latinToken(text, i, &out)
			i += n
		case isHan(text[i]):
			j := i
			for j < len(text) && isHan(text[j]) {
				j++
			}
			out = r.hanTokens(out, text, i, j)
			i = j
		default:
			i++
		}
	}
	return out
}

// latinToken reads one English term or number at text[i:] and returns its length.
func (r *reader) latinToken(text []rune, i int, out *[]token) int {
	boundary := func(k int) bool { return k >= len(text) || !isLatin(text[k]) && !isDigit(text[k]) }
	longest := func(t interface {
		match(s []rune, ok func(n int) bool) int
	}) int {
		return t.match(text[i:], func(n int) bool { return boundary(i + n) })
	}
	nLatin, nWord, nStop := longest(r.lex.latin), longest(r.lex.words), longest(r.lex.stop)
	n, table := nLatin, r.lex.latin
	if nWord > n {
		n, table = nWord, r.lex.words
	}
	if n > 0 && n >= nStop {
		means, _ := table.longest(text[i : i+n])
		*out = append(*out, token{text: string(text[i : i+n]), start: i, means: means, tag: "n", lex: true})
		return n
	}
	if nStop > 0 {
		*out = append(*out, token{text: string(text[i : i+nStop]), start: i, stop: true})
		return nStop
	}
	// A name such as pm2.5, 5g, 11号线 or 1+10 stays whole.
	j := i
	for j < len(text) && (isLatin(text[j]) || isDigit(text[j]) || strings.ContainsRune(".+·%", text[j]) && j+1 < len(text) && (isDigit(text[j+1]) || isLatin(text[j+1]))) {
		j++
	}
	if j < len(text) && text[j] == '%' {
		j++
	}
	k := j
	if isDigit(text[j-1]) {
		for _, suffix := range []string{"号线", "号"} {
			if strings.HasPrefix(string(text[j:min(len(text), j+2)]), suffix) {
				k = j + len([]rune(suffix))
				break
			}
		}
	}
	*out = append(*out, token{text: string(text[i:k]), start: i, tag: "eng"})
	return k - i
}

// match returns the length of the longest key that s begins with and that ok accepts.
func (t *trie[V]) match(s []rune, ok func(n int) bool) int {
	n := 0
	for i, c := range s {
		if t = t.next[c]; t == nil {
			break
		}
		if t.set && ok(i+1) {
			n = i + 1
		}
	}
	return n
}

// hanTokens reads the run of Han characters text[from:to].
func (r *reader) hanTokens(out []token, text []rune, from, to int) []token {
	words := r.cut.cut(string(text[from:to]))
	at := make(map[int]word, len(words)) // where a word starts → the word
	for _, w := range words {
		at[from+w.start] = w
	}
	for i := from; i < to; {
		w, isWord := at[i]
		wordLen := 0
		if isWord {
			wordLen = w.end - w.start
		}
		means, n := r.lex.words.longest(text[i:min(len(text), to+8)]) // a term may end in digits: 5g is none, 三北 is
		_, stop := r.lex.stop.longest(text[i:to])
		switch {
		case stop > n && stop >= wordLen:
			out = append(out, token{text: string(text[i : i+stop]), start: i, stop: true})
			i += stop
		case n > 0 && (n >= wordLen || !r.text.has([]rune(w.text))):
			out = append(out, token{text: string(text[i : i+n]), start: i, means: means, tag: "n", lex: true})
			i += n
		case stop > 0 && stop >= wordLen:
			out = append(out, token{text: string(text[i : i+stop]), start: i, stop: true})
			i += stop
		case isWord:
			out = append(out, token{text: w.text, start: i, tag: w.tag})
			i += wordLen
		default:
			// The rest of a word whose beginning the lexicon took.
			j := i + 1
			for j < to {
				if _, ok := at[j]; ok {
					break
				}
				j++
			}
			out = append(out, token{text: string(text[i:j]), start: i})
			i = j
		}
	}
	return out
}

// mendSlips replaces words that the report does not have, alone or with their
// neighbours, by what sounds the same in the report: 津志通 for 津治通. Words
// of the lexicon are what they are.
func (r *reader) mendSlips(tokens []token) []token {
	const longest = 6 // characters of a mended stretch
	for i := 0; i < len(tokens); i++ {
		text, start := "", tokens[i].start
		bestEnd, bestTerm, written := 0, "", ""
		for j := i; j < len(tokens) && tokens[j].start == start+len([]rune(text)); j++ {
			if tokens[j].lex && len([]rune(tokens[j].text)) > 2 || tokens[j].stop && len([]rune(tokens[j].text)) > 1 {
				break
			}
			text += tokens[j].text
			n := len([]rune(text))
			if n > longest {
				break
			}
			if n < 2 || j == i && (tokens[j].lex || r.known(tokens[j])) {
				continue
			}
			if r.text.has([]rune(text)) {
				break
			}
			if term := r.slips.sameSound([]rune(text)); term != "" {
				bestEnd, bestTerm, written = j+1, term, text
			}
		}
		if bestTerm == "" {
			continue
		}
		mended := token{text: bestTerm, start: start, tag: "nz", slip: written}
		if means, n := r.lex.words.longest([]rune(bestTerm)); n == len([]rune(bestTerm)) {
			mended.means, mended.lex = means, true
		}
		tokens = append(tokens[:i], append([]token{mended}, tokens[bestEnd:]...)...)
	}
	return tokens
}

// known reports whether a token is a word that needs no mending: the report
// has it, or it is a common word of the language.
func (r *reader) known(t token) bool {
	if r.text.has([]rune(t.text)) {
		return true
	}
	switch t.tag {
	case "x", "", "nr", "nrt", "nz", "eng", "nrfg":
		return false // gojieba guessed it
	}
	return len([]rune(t.text)) > 1 && r.cut.inDict(t.text)
}

// term turns a token into a Term; false if it tells nothing.
func (r *reader) term(t token) (Term, bool) {
	runes := []rune(t.text)
	weight := tagWeight(t.tag)
	if weight == 0 || len(runes) < 2 && !t.lex {
		return Term{}, false
	}
	out := Term{Text: t.text, Slip: t.slip, start: t.start, end: t.start + len(runes)}
	add := func(text string, quality float64) bool {
		rs := []rune(text)
		if len(rs) < 2 {
			return false
		}
		for _, a := range out.Alts {
			if a.Text == text {
				return true
			}
		}
		known := r.text.has(rs)
		if known {
			out.Known = true
		}
		out.Alts = append(out.Alts, Alt{text, quality, rs})
		return known
	}
	self := add(t.text, 1)
	quality := 0.95
	if self {
		quality = 0.8 // the word itself is there; what else it may mean is less sure
	}
	for _, m := range t.means {
		if add(m, quality); quality > 0.5 {
			quality -= 0.06
		}
	}
	if !out.Known && isDigit(runes[0]) {
		for _, d := range r.text.digits[strings.Map(digitsOnly, t.text)] {
			add(d, 0.9)
		}
	}
	if !out.Known && !t.lex {
		for _, a := range r.slips.abbreviated(runes) {
			add(a, 0.75)
		}
	}
	if out.Known {
		df := len(r.report.Passages)
		for _, a := range out.Alts {
			if n := r.passagesWith(a.runes); n > 0 && (n < df || df == 0) && a.Quality > 0.7 {
				df = n
			}
		}
		weight *= 0.2 + 0.8*rarity(df, len(r.report.Passages))
	}
	out.Weight = weight
	return out, true
}

func digitsOnly(c rune) rune {
	if isDigit(c) {
		return c
	}
	return -1
}

// passagesWith counts the passages in which term stands.
func (r *reader) passagesWith(term []rune) int {
	n, last := 0, int32(-2)
	for _, p := range r.text.find(term) {
		if x := r.text.clauses[r.text.at[p]].passage; x != last {
			n, last = n+1, x
		}
	}
	return n
}

// readPlace finds a place other than the report's own that the question is
// about: one that the report never names, or one that stands as the subject
// at the head of the question (北京今年…, but not 去北京…).
func (r *reader) readPlace(q *Question, tokens []token) {
	head := true
	for i, t := range tokens {
		if t.stop {
			continue
		}
		place, ok := r.place(t)
		if ok && !r.own[place] {
			absent := !r.text.has([]rune(place))
			ownToo := false
			for _, u := range tokens {
				ownToo = ownToo || r.own[u.text]
			}
			subject := head && !ownToo && (i+1 >= len(tokens) || tokens[i+1].start > t.start+len([]rune(t.text)) || tokens[i+1].stop)
			if absent || subject {
				q.Place = t.text
				if t.lex && len(t.means) > 0 {
					q.Place = t.means[0]
				}
				return
			}
		}
		head = false
	}
}

// place returns the gazetteer's name for a token.
func (r *reader) place(t token) (string, bool) {
	name := t.text
	if t.lex && len(t.means) > 0 && isLatinText(t.text) {
		name = t.means[0]
	}
	for _, n := range []string{name, strings.TrimSuffix(strings.TrimSuffix(name, "市"), "省")} {
		if gazetteer()[n] {
			return n, true
		}
	}
	return "", false
}

// gazetteer is the set of the names in corpus.Places.
var gazetteer = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, p := range corpus.Places() {
		m[p.Name] = true
	}
	return m
})

// ownNames are the names by which a question may call the report's own place.
func ownNames(r *corpus.Report) map[string]bool {
	own := map[string]bool{}
	if r.Place == "" {
		return own
	}
	own[fold(r.Place)] = true
	for _, suffix := range []string{"自治区", "自治州", "省", "市", "区", "县"} {
		if short, ok := strings.CutSuffix(r.Place, suffix); ok && len([]rune(short)) >= 2 {
			own[fold(short)] = true
			break
		}
	}
	return own
}
