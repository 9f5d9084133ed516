package index

import (
	"strings"
	"unicode/utf8"

	"github.com/yanyiwu/gojieba"

	"jinwen/corpus"
)

// A word is a token of folded text.
type word struct {
	text  string
	tag   string // part of speech as gojieba tags it: n, v, ns, …; "" if unknown
	start int    // in code points
	end   int
}

// A segmenter cuts text into words with gojieba and the terms of one report:
// its user dictionary. The terms are kept here instead of in gojieba's own
// dictionary, which all indexes share and which can not be edited under
// running questions.
type segmenter struct {
	jieba *gojieba.Jieba
	terms *trie[bool]
}

func newSegmenter(j *gojieba.Jieba, r *corpus.Report) *segmenter {
	terms := make(map[string]bool)
	for _, t := range reportTerms(r) {
		terms[t] = true
	}
	return &segmenter{jieba: j, terms: newTrie(terms)}
}

// reportTerms draws the user dictionary from the report: the names that it
// puts in quotation marks (“津治通”, “专精特新”), folded.
func reportTerms(r *corpus.Report) []string {
	const longest = 10
	var out []string
	rest := r.Text
	for {
		_, after, ok := strings.Cut(rest, "“")
		if !ok {
			return out
		}
		name, tail, ok := strings.Cut(after, "”")
		if !ok {
			return out
		}
		rest = tail
		if t := fold(name); utf8.RuneCountInString(t) >= 2 && utf8.RuneCountInString(t) <= longest && !strings.ContainsAny(t, "，。；：、") {
			out = append(out, t)
		}
	}
}

// cut returns the words of folded text, tagged, with the report's own terms whole.
func (s *segmenter) cut(text string) []word {
	var out []word
	runes := []rune(text)
	from := 0
	flush := func(to int) {
		if from < to {
			out = s.cutPlain(out, string(runes[from:to]), from)
		}
	}
	for i := 0; i < len(runes); {
		if _, n := s.terms.longest(runes[i:]); n > 0 {
			flush(i)
			out = append(out, word{string(runes[i : i+n]), "nz", i, i + n})
			i += n
			from = i
			continue
		}
		i++
	}
	flush(len(runes))
	return out
}

func (s *segmenter) cutPlain(out []word, text string, at int) []word {
	for _, t := range s.jieba.Tag(text) {
		k := strings.LastIndexByte(t, '/')
		if k < 0 {
			continue
		}
		n := utf8.RuneCountInString(t[:k])
		out = append(out, word{t[:k], t[k+1:], at, at + n})
		at += n
	}
	return out
}

// search returns the words of folded text as they are indexed: gojieba's
// search mode, which adds the short words inside long ones, without
// punctuation.
func (s *segmenter) search(text string) []word {
	var out []word
	for _, w := range s.jieba.Tokenize(text, gojieba.SearchMode, true) {
		if telling(w.Str) {
			out = append(out, word{text: w.Str, start: w.Start, end: w.End}) // bytes here
		}
	}
	return out
}

// telling reports whether s holds a letter or digit.
func telling(s string) bool {
	for _, c := range s {
		if c >= 0x3400 && c <= 0x9fff || isLatin(c) || isDigit(c) || c >= 0x20000 {
			return true
		}
	}
	return false
}

// inDict reports whether gojieba's dictionary has text as one word, without
// guessing new ones.
func (s *segmenter) inDict(text string) bool {
	words := s.jieba.Cut(text, false)
	return len(words) == 1
}

// fine returns the words of folded text with the long ones cut into the short
// words that they are made of: 天津美术学院 is 天津, 美术, 学院.
func (s *segmenter) fine(text string) []word {
	var out []word
	for _, w := range s.cut(text) {
		if w.end-w.start < 4 || !isHan(first(w.text)) {
			out = append(out, w)
			continue
		}
		at := w.start
		for _, part := range s.jieba.CutForSearch(w.text, false) {
			n := utf8.RuneCountInString(part)
			// Search mode gives short words before the long one that holds
			// them; those that follow on one another make up the word.
			if k := strings.Index(w.text, part); n < 4 && k >= 0 && w.start+utf8.RuneCountInString(w.text[:k]) == at {
				out = append(out, word{part, w.tag, at, at + n})
				at += n
			}
		}
		if at < w.end {
			out = append(out, word{string([]rune(w.text)[at-w.start:]), w.tag, at, w.end})
		}
	}
	return out
}
