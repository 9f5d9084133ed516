package resolve

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus/zh"
	"jinwen/index/lexicon"
	"jinwen/index/text"
)

// A word is what gojieba cuts.
type word = text.Word

// A token is a stretch of the question that is one telling word, or none.
type token struct {
	text  string
	start int // in code points of the folded text
	means lexicon.Meaning
	tag   string
	stop  bool
	lex   bool   // the lexicon knows it
	slip  string // what was written, if text mends it
}

// tokens cuts text into the lexicon's words, the longest first, and gojieba's
// words between them.
func (r *reader) tokens(text []rune) []token {
	var out []token
	for i := 0; i < len(text); {
		switch {
		case zh.IsDigit(text[i]) && dateAt(text[i:]) > 0:
			n := dateAt(text[i:])
			out = append(out, token{text: string(text[i : i+n]), start: i, tag: "date"})
			i += n
		case zh.IsLatin(text[i]) || zh.IsDigit(text[i]):
			n := r.latinToken(text, i, &out)
			i += n
		case zh.IsHan(text[i]):
			j := i
			for j < len(text) && zh.IsHan(text[j]) {
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

// dateAt returns the length of the date that text begins with; 0 if it does not.
func dateAt(text []rune) int {
	return len([]rune(date.FindString(string(text[:min(len(text), 7)]))))
}

// latinToken reads one English term or number at text[i:] and returns its length.
func (r *reader) latinToken(text []rune, i int, out *[]token) int {
	boundary := func(k int) bool { return k >= len(text) || !zh.IsLatin(text[k]) && !zh.IsDigit(text[k]) }
	whole := func(n int) bool { return boundary(i + n) }
	means, n := r.lex.English(text[i:], whole)
	if m, nWord := r.lex.Word(text[i:], whole); nWord > n {
		means, n = m, nWord
	}
	nStop := r.lex.Stop(text[i:], whole)
	if n > 0 && n >= nStop {
		*out = append(*out, token{text: string(text[i : i+n]), start: i, means: means, tag: "n", lex: true})
		return n
	}
	if nStop > 0 {
		*out = append(*out, token{text: string(text[i : i+nStop]), start: i, stop: true})
		return nStop
	}
	// A name such as pm2.5, 5g, 11号线 or 1+10 stays whole.
	j := i
	for j < len(text) && (zh.IsLatin(text[j]) || zh.IsDigit(text[j]) || strings.ContainsRune(".+·%", text[j]) && j+1 < len(text) && (zh.IsDigit(text[j+1]) || zh.IsLatin(text[j+1]))) {
		j++
	}
	if j < len(text) && text[j] == '%' {
		j++
	}
	k := j
	if zh.IsDigit(text[j-1]) {
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

// hanTokens reads the run of Han characters text[from:to].
func (r *reader) hanTokens(out []token, text []rune, from, to int) []token {
	words := r.cut.Cut(string(text[from:to]))
	at := make(map[int]word, len(words)) // where a word starts → the word
	inside := make(map[int]word)         // inside a word → the word
	for _, w := range words {
		at[from+w.Start] = w
		for k := w.Start + 1; k < w.End; k++ {
			inside[from+k] = w
		}
	}
	for i := from; i < to; {
		w, isWord := at[i]
		wordLen := 0
		if isWord {
			wordLen = w.End - w.Start
		}
		// A term may end in digits (5g is none, 三北 is), but not within the name
		// of a kind of number: 收入比 is not in 收入|比重.
		means, n := r.lex.Word(text[i:min(len(text), to+8)], func(n int) bool {
			w, cut := inside[i+n]
			return !cut || from+w.Start <= i || !kindWords[w.Text]
		})
		stop := r.lex.Stop(text[i:to], nil)
		name := r.printedName(text[i:to])
		for k := 1; k < wordLen && name == 0; k++ {
			if m := r.printedName(text[i+k : to]); m > wordLen-k { // 坐中|老铁路 holds 中老铁路
				w.Text, wordLen, n = string(text[i:i+k]), k, 0
			}
		}
		switch {
		case name > max(n, wordLen):
			out = append(out, token{text: string(text[i : i+name]), start: i, tag: "nz"})
			i += name
		case stop > n && stop >= wordLen:
			out = append(out, token{text: string(text[i : i+stop]), start: i, stop: true})
			i += stop
		case n > 0 && (n >= wordLen || !r.text.Has([]rune(w.Text))):
			out = append(out, token{text: string(text[i : i+n]), start: i, means: means, tag: "n", lex: true})
			i += n
		case isWord:
			// A term of the lexicon that begins inside a word and goes on past
			// its end shows that the text was cut wrongly: 对生|孩子.
			n := wordLen
			if !r.text.Has([]rune(w.Text)) && !below.MatchString(w.Text) { // 静海区 holds no 海区
				guessed := !r.cut.InDict(w.Text) // 我摇号 is no word, 摇号 is
				for k := 1; k < wordLen; k++ {
					if _, m := r.lex.Word(text[i+k:to], nil); m > wordLen-k || guessed && m == wordLen-k {
						n = k
						break
					}
				}
			}
			if n < wordLen {
				w.Text, w.Tag = string(text[i:i+n]), ""
			}
			out = append(out, token{text: w.Text, start: i, tag: w.Tag})
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

// longestName is how many characters the name of a line or a bridge has at most
// that the report prints whole.
const longestName = 8

// printedName returns the length of the name of a line, a bridge or a port that
// text begins with and the report prints: 中老铁路; 0 if there is none.
func (r *reader) printedName(text []rune) int {
	for n := min(longestName, len(text)); n >= 4; n-- {
		if strings.ContainsRune("路铁速桥道线港场", text[n-1]) && facility.MatchString(string(text[n-2:n])) && r.text.HasWord(text[:n]) {
			return n
		}
	}
	return 0
}

// joinOf joins two words with 的 between them if the lexicon has them as one:
// 护理的保险.
func (r *reader) joinOf(tokens []token) []token {
	for i := 0; i+2 < len(tokens); i++ {
		if tokens[i+1].text != "的" || tokens[i].stop || tokens[i+2].stop {
			continue
		}
		joined := []rune(tokens[i].text + tokens[i+2].text)
		if means, n := r.lex.Word(joined, nil); n == len(joined) {
			tokens[i] = token{text: string(joined), start: tokens[i].start, means: means, tag: "n", lex: true}
			tokens = append(tokens[:i+1], tokens[i+3:]...)
		}
	}
	return tokens
}

// functional reports whether a word holds a sentence together.
func functional(t token) bool {
	return functions.has(t.tag) || t.stop || strings.Contains("是有在到来去说想要能会让给", t.text)
}

// joinSingles joins neighbouring single characters that gojieba left over and
// that are no function words: together they are a word that it does not know.
func joinSingles(tokens []token) []token {
	nominal := func(t token) bool {
		return len([]rune(t.text)) == 1 && !t.lex && !functional(t) && t.tag != "v" && t.tag != "q" && t.tag != "a"
	}
	var out []token
	for _, t := range tokens {
		if n := len(out); n > 0 && nominal(t) && (out[n-1].tag == "joined" || nominal(out[n-1])) {
			if last := &out[n-1]; last.start+len([]rune(last.text)) == t.start {
				last.text, last.tag = last.text+t.text, "joined"
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

// joinPrinted joins a word with the single character behind it if the report
// prints them together: 工作|法 is 工作法 where the report names one.
func (r *reader) joinPrinted(tokens []token) []token {
	var out []token
	for _, t := range tokens {
		if n := len(out); n > 0 && len([]rune(t.text)) == 1 && zh.IsHan(zh.FirstRune(t.text)) && !t.lex && !functional(t) && t.tag != "q" && t.tag != "v" {
			last := &out[n-1]
			joined := []rune(last.text + t.text)
			if size := len(joined) - 1; size >= 2 && !last.stop && zh.IsHan(joined[0]) && last.start+size == t.start && r.text.HasWord(joined) {
				*last = token{text: string(joined), start: last.start, tag: "nz"}
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

// longestPart is how long a part of a word is looked for, in characters.
const longestPart = 12

// salvage cuts longer words that the report does not have into those of their
// parts that it has: 涉雄安 holds 雄安, 民族宗教 two words.
func (r *reader) salvage(tokens []token) []token {
	var out []token
	for i, t := range tokens {
		runes := []rune(t.text)
		if i+1 < len(tokens) && r.names(t, tokens[i+1]) {
			t.tag = "joined"
		}
		if len(runes) == 2 && !t.lex && !t.stop && t.tag != "joined" && zh.IsHan(runes[0]) && !r.text.Has(runes) && !r.cut.InDict(t.text) && len(r.slips.Abbreviated(runes)) == 0 {
			for i, c := range runes { // 光税 is no word; 税 may be what is meant
				for _, w := range r.cut.Cut(string(c)) {
					out = append(out, token{text: w.Text, start: t.start + i, tag: w.Tag})
				}
			}
			continue
		}
		if t.lex || t.stop || t.tag == "m" || t.tag == "ns" && below.MatchString(t.text) || len(runes) < 3 || !zh.IsHan(runes[0]) || r.text.Has(runes) {
			out = append(out, t)
			continue
		}
		before := len(out)
		for end := len(runes); end >= 2; {
			n := 0
			for k := min(end, len(runes)-1, longestPart); k >= 2 && n == 0; k-- {
				r.work.Add(1)
				if r.part(runes[end-k : end]) {
					n = k
				}
			}
			if n == 0 {
				end--
				continue
			}
			part := token{text: string(runes[end-n : end]), start: t.start + end - n, tag: "n"}
			if means, m := r.lex.Word(runes[end-n:end], nil); m == n {
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

// names reports whether t, which neither the dictionary nor the report has,
// tells what stands behind it from others of its kind: 京沪 in 京沪高铁. Words
// that only point (俺村公路) do not.
func (r *reader) names(t, next token) bool {
	runes := []rune(t.text)
	if len(runes) != 2 || t.lex || t.stop || !zh.IsHan(runes[0]) || r.text.Has(runes) || next.start != t.start+2 {
		return false
	}
	if (t.tag == "ns" || t.tag == "nr") && below.MatchString(t.text+next.text) {
		return true // 西岭|镇
	}
	return t.tag == "x" && !r.cut.InDict(t.text) && facility.MatchString(next.text) && !strings.ContainsAny(t.text, "我俺咱你您他她它这那哪啥每各某家村镇乡县区市省")
}

// part reports whether text, a part of a word, is a word of the report, or
// short for one.
func (r *reader) part(text []rune) bool {
	if n := len(r.text.Find(text)); n > 0 {
		return n > 1 || gazetteer()[string(text)] || r.cut.InDict(string(text))
	}
	return len(text) == 2 && !r.cut.InDict(string(text)) && len(r.slips.Abbreviated(text)) > 0
}
