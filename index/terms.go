package index

import (
	"regexp"
	"slices"
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
	r.readPlace(q, tokens)
	tokens = r.mendSlips(joinSingles(tokens))
	tokens = r.salvage(tokens)
	seen := map[string]bool{}
	for _, t := range tokens {
		if t.stop || seen[t.text] || r.ownName(t) || t.text == q.Place {
			continue
		}
		if term, ok := r.term(t); ok {
			if _, place := r.place(t); place && !term.Known {
				continue // a direction or partner that the report does not name: 去河北看病
			}
			seen[t.text] = true
			q.Terms = append(q.Terms, term)
		}
	}
	for i := range q.Terms {
		t := &q.Terms[i]
		// 津潍高铁, 4号线: the unknown part is what tells this one from others.
		t.name = !t.Known && (strings.HasSuffix(t.Text, "号线") || t.joined && i+1 < len(q.Terms) && q.Terms[i+1].start == t.end && q.Terms[i+1].Known)
	}
}

// tokens cuts text into the lexicon's words, the longest first, and gojieba's
// words between them.
func (r *reader) tokens(text []rune) []token {
	var out []token
	for i := 0; i < len(text); {
		switch {
		case isDigit(text[i]) && dateAt(text[i:]) > 0:
			n := dateAt(text[i:])
			out = append(out, token{text: string(text[i : i+n]), start: i, tag: "date"})
			i += n
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

// date is a day of a month; reports write it as 5·31 where it names an event.
var date = regexp.MustCompile(`^[0-9]{1,2}月(?:[0-9]{1,2}[日号]?)?`)

// dateAt is the length of the date that text begins with; 0 if it does not.
func dateAt(text []rune) int {
	return len([]rune(date.FindString(string(text[:min(len(text), 7)]))))
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
			// A term of the lexicon that begins inside a word and goes on past
			// its end shows that the text was cut wrongly: 对生|孩子.
			n := wordLen
			if !r.text.has([]rune(w.text)) {
				guessed := !r.cut.inDict(w.text) // 我摇号 is no word, 摇号 is
				for k := 1; k < wordLen; k++ {
					if _, m := r.lex.words.longest(text[i+k : to]); m > wordLen-k || guessed && m == wordLen-k {
						n = k
						break
					}
				}
			}
			if n < wordLen {
				w.text, w.tag = string(text[i:i+n]), ""
			}
			out = append(out, token{text: w.text, start: i, tag: w.tag})
			i += n
		default:
			// The rest of a word whose beginning the lexicon took.
			j := i + 1
			for j < to {
				if _, ok := at[j]; ok {
					break
				}
				j++
			}
			out = append(out, token{text: string(text[i:j]), start: i, tag: "rest"})
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
			content, loose := false, false
			for _, t := range tokens[i : j+1] {
				content = content || !functional(t)
				loose = loose || t.tag != "joined" && t.tag != "x" && !strings.HasPrefix(t.tag, "n") && t.tag != "j"
			}
			if !content {
				continue
			}
			term := r.slips.sameSound([]rune(text))
			if term != "" && n == 2 && loose && !r.fits(tokens, i, j, term) {
				continue // 多放 is not 多方 merely for its sound
			}
			if term != "" {
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

// fits reports whether term stands in the report beside a neighbour of
// tokens[i:j+1], in whose place it would come: 新 before 赛道, 业务 after 快递.
func (r *reader) fits(tokens []token, i, j int, term string) bool {
	if i > 0 {
		before := []rune(tokens[i-1].text)
		if r.text.has([]rune(string(before[len(before)-1]) + term)) {
			return true
		}
	}
	return j+1 < len(tokens) && r.text.has([]rune(term+string(first(tokens[j+1].text))))
}

// known reports whether a token is a word that needs no mending: the report
// has it, or it is a common word of the language.
func (r *reader) known(t token) bool {
	if r.text.has([]rune(t.text)) {
		return true
	}
	switch t.tag {
	case "x", "", "joined", "nr", "nrt", "nz", "eng", "nrfg":
		return false // gojieba guessed it
	}
	return len([]rune(t.text)) > 1 && r.cut.inDict(t.text)
}

// term turns a token into a Term; false if it tells nothing.
func (r *reader) term(t token) (Term, bool) {
	runes := []rune(t.text)
	weight := tagWeight(t.tag)
	if len(runes) < 2 && !t.lex {
		// Of single characters only nouns tell something: 药, 桥, 菜.
		if t.tag != "n" || !isHan(runes[0]) {
			return Term{}, false
		}
		weight = singleWeight
	}
	if weight == 0 {
		return Term{}, false
	}
	if kindWords[t.text] {
		weight *= 0.3 // it says what kind of number is asked for, not of what
	}
	out := Term{Text: t.text, Slip: t.slip, start: t.start, end: t.start + len(runes), joined: t.tag == "joined"}
	add := func(text string, quality float64) bool {
		rs := []rune(text)
		for _, a := range out.Alts {
			if a.Text == text {
				return true
			}
		}
		known := r.text.hasWord(rs)
		if !known && text == t.text && r.text.has(rs) {
			return false // 建国 stands in 创建国家 only
		}
		if known {
			out.Known = true
		}
		out.Alts = append(out.Alts, Alt{text, quality, rs})
		return known
	}
	self := add(t.text, 1)
	if len(runes) == 1 && !self {
		return Term{}, false
	}
	quality := 0.95
	if self {
		quality = 0.8 // the word itself is there; what else it may mean is less sure
	}
	for _, m := range t.means {
		if add(m, quality); quality > 0.5 {
			quality -= 0.06
		}
	}
	if !out.Known && isLatin(runes[0]) {
		for _, a := range r.slips.spelled(t.text) {
			add(a, 0.9)
		}
	}
	if t.tag == "date" && len(r.text.digits[strings.Map(digitsOnly, t.text)]) == 0 {
		return Term{}, false
	}
	if !out.Known && isDigit(runes[0]) {
		for _, d := range r.text.digits[strings.Map(digitsOnly, t.text)] {
			add(d, 0.9)
		}
	}
	if !out.Known && !t.lex && !r.cut.inDict(t.text) {
		for _, a := range r.slips.abbreviated(runes) {
			add(a, 0.75)
		}
	}
	if !out.Known && (kindWords[t.text] || t.tag == "m") {
		return Term{}, false
	}
	if !out.Known {
		weight *= unknownShare(t)
	} else {
		df := len(r.report.Passages)
		for _, a := range out.Alts {
			if n := r.passagesWith(a.runes); n > 0 && n < df && a.Quality > 0.7 {
				df = n
			}
			if self {
				break // what else the word may mean does not make it rarer
			}
		}
		weight *= 0.2 + 0.8*rarity(df, len(r.report.Passages))
	}
	out.Weight = weight
	return out, true
}

// functional are the tags of words that hold a sentence together.
func functional(t token) bool {
	switch t.tag {
	case "rest", "d", "u", "uj", "ul", "uz", "ug", "uv", "p", "c", "r", "y", "m", "f", "zg", "e", "o":
		return true
	}
	return t.stop || strings.Contains("是有在到来去说想要能会让给", t.text)
}

// joinSingles joins neighbouring single characters that gojieba left over and
// that are no function words: together they are a word that it does not know.
func joinSingles(tokens []token) []token {
	nominal := func(t token) bool {
		return len([]rune(t.text)) == 1 && !t.lex && !functional(t) && t.tag != "v" && t.tag != "q" && t.tag != "a"
	}
	var out []token
	for _, t := range tokens {
		if n := len(out); n > 0 && nominal(t) && out[n-1].tag == "joined" || n > 0 && nominal(t) && nominal(out[n-1]) {
			if last := &out[n-1]; last.start+len([]rune(last.text)) == t.start {
				last.text, last.tag = last.text+t.text, "joined"
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

// salvage cuts longer words that the report does not have into those of their
// parts that it has: 涉雄安 holds 雄安, 民族宗教 two words.
func (r *reader) salvage(tokens []token) []token {
	var out []token
	for _, t := range tokens {
		runes := []rune(t.text)
		if t.lex || t.stop || t.tag == "m" || len(runes) < 3 || !isHan(runes[0]) || r.text.has(runes) {
			out = append(out, t)
			continue
		}
		before := len(out)
		for end := len(runes); end >= 2; {
			n := 0
			for k := min(end, len(runes)-1); k >= 2 && n == 0; k-- {
				if r.part(runes[end-k : end]) {
					n = k
				}
			}
			if n == 0 {
				end--
				continue
			}
			part := token{text: string(runes[end-n : end]), start: t.start + end - n, tag: "n"}
			if means, m := r.lex.words.longest(runes[end-n : end]); m == n {
				part.means, part.lex = means, true
			}
			out = slices.Insert(out, before, part)
			end -= n
		}
		if len(out) == before {
			out = append(out, t)
		}
	}
	return out
}

// part reports whether text, a part of a word, is a word of the report, or
// short for one.
func (r *reader) part(text []rune) bool {
	if n := len(r.text.find(text)); n > 0 {
		return n > 1 || gazetteer()[string(text)] || r.cut.inDict(string(text))
	}
	return len(text) == 2 && !r.cut.inDict(string(text)) && len(r.slips.abbreviated(text)) > 0
}

// singleWeight is the weight of a noun of one character, which stands in many
// words of other meanings too.
const singleWeight = 0.45

// unknownShare is how much of its weight a word keeps that the report does not
// have. A noun or a term of the field that is missing tells that the matter is;
// an everyday verb is only another way to say it.
func unknownShare(t token) float64 {
	switch {
	case t.lex:
		return 1
	case t.tag == "eng" && isDigit(first(t.text)):
		return 1
	case t.tag == "eng":
		return 0.35
	case t.tag == "joined", t.tag == "nr", t.tag == "ns", t.tag == "nt", t.tag == "nz":
		return 0.8
	case strings.HasPrefix(t.tag, "n"), t.tag == "j":
		return 0.5
	}
	return 0.2
}

// kindWords name a kind of number.
var kindWords = wordSet("增速 增幅 涨幅 降幅 增长率 同比 总量 总数 总额 总值 数量 个数 家数 户数 人数 件数 条数 台数 张数 规模 面积 占比 比重 比例 比率 里程 公里数 排名 数字 数据 指标 数值 金额 数额 目标 计划 任务 预期 实际 完成 实绩 情况 成效 进展 安排 举措 措施 表述 原文 原话 target targets goal goals growth rate actual amount total increase percentage figure value number plan planned progress")

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
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
	subject, at := "", -1
	head := true
	for i, t := range tokens {
		if r.ownName(t) {
			return // what concerns the own place too is answered from its report
		}
		if t.stop {
			continue
		}
		if place, ok := r.place(t); ok {
			absent := !r.text.has([]rune(place))
			switch {
			case subject != "" || i > 0 && leadsPlace[tokens[i-1].text]:
				return // several places, or the way to one: 去上海
			case absent || head:
				subject, at = place, i
			}
		}
		head = false
	}
	// 北京协和医院 names an institution, 北京今年 a place.
	if subject != "" {
		if next := at + 1; next < len(tokens) && !tokens[next].stop && r.text.has([]rune(tokens[at].text+tokens[next].text)) {
			return
		}
		q.Place = subject
	}
}

// leadsPlace are the words before a place that is a direction or a partner.
var leadsPlace = wordSet("去 到 往 在 跟 和 与 同 从 向 对 给 来 至 于 to from with between and in for")

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

// ownName reports whether t names the report's own place.
func (r *reader) ownName(t token) bool {
	return r.own[t.text] || isLatinText(t.text) && len(t.means) > 0 && r.own[t.means[0]]
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
