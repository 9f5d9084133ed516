package text

import (
	"strings"
	"unicode/utf8"

	"github.com/yanyiwu/gojieba"

	"jinwen/corpus/zh"
)

// A Word is a token of folded text.
type Word struct {
	Text  string
	Tag   string // part of speech as gojieba tags it: n, v, ns, …; "" if unknown
	Start int    // in code points
	End   int
}

// A Cutter cuts text into words with gojieba and the terms of one report:
// its user dictionary. The terms are kept here instead of in gojieba's own
// dictionary, which all indexes share and which cannot be edited under
// running questions.
type Cutter struct {
	jieba *gojieba.Jieba
	terms *zh.Trie[bool]

	known memo[bool]     // InDict
	plain memo[[]string] // Plain
	cuts  memo[[]Word]   // Cut
}

// NewCutter returns a cutter that keeps terms (folded) whole. Loading gojieba
// from dictDir ("" looks in the usual places) takes about half a second the
// first time in a process; it is shared from then on.
func NewCutter(dictDir string, terms []string) (*Cutter, error) {
	j, err := loadJieba(dictDir)
	if err != nil {
		return nil, err
	}
	whole := make(map[string]bool, len(terms))
	for _, t := range terms {
		whole[t] = true
	}
	return &Cutter{jieba: j, terms: zh.NewTrie(whole)}, nil
}

// Quoted returns the user dictionary of a report: the names that its text puts
// in quotation marks (“津治通”, “专精特新”), folded.
func Quoted(text string) []string {
	const longest = 10
	var out []string
	rest := text
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
		if t := zh.Fold(name); utf8.RuneCountInString(t) >= 2 && utf8.RuneCountInString(t) <= longest && !strings.ContainsAny(t, "，。；：、") {
			out = append(out, t)
		}
	}
}

// Cut returns the words of folded text, tagged, with the report's own terms
// whole. They are not to be changed.
func (s *Cutter) Cut(text string) []Word {
	if short(text) {
		return s.cuts.of(text, s.cut)
	}
	return s.cut(text)
}

func (s *Cutter) cut(text string) []Word {
	var out []Word
	runes := []rune(text)
	from := 0
	flush := func(to int) {
		if from < to {
			out = s.cutPlain(out, string(runes[from:to]), from)
		}
	}
	for i := 0; i < len(runes); {
		if _, n := s.terms.Longest(runes[i:]); n > 0 {
			flush(i)
			out = append(out, Word{string(runes[i : i+n]), "nz", i, i + n})
			i += n
			from = i
			continue
		}
		i++
	}
	flush(len(runes))
	return out
}

func (s *Cutter) cutPlain(out []Word, text string, at int) []Word {
	for _, t := range s.jieba.Tag(text) {
		k := strings.LastIndexByte(t, '/')
		if k < 0 {
			continue
		}
		n := utf8.RuneCountInString(t[:k])
		out = append(out, Word{t[:k], t[k+1:], at, at + n})
		at += n
	}
	return out
}

// search returns the words of folded text as they are indexed: gojieba's
// search mode, which adds the short words inside long ones, without
// punctuation.
func (s *Cutter) search(text string) []Word {
	var out []Word
	for _, w := range s.jieba.Tokenize(text, gojieba.SearchMode, true) {
		if telling(w.Str) {
			out = append(out, Word{Text: w.Str, Start: w.Start, End: w.End}) // bytes here
		}
	}
	return out
}

// telling reports whether s holds a letter or digit.
func telling(s string) bool {
	for _, c := range s {
		if c >= 0x3400 && c <= 0x9fff || zh.IsLatin(c) || zh.IsDigit(c) || c >= 0x20000 {
			return true
		}
	}
	return false
}

// InDict reports whether gojieba's dictionary has text as one word, without
// guessing new ones.
func (s *Cutter) InDict(text string) bool {
	return s.known.of(text, func(text string) bool { return len(s.jieba.Cut(text, false)) == 1 })
}

// Plain returns the words of text as the dictionary has them, without guessing
// new ones. They are not to be changed.
func (s *Cutter) Plain(text string) []string {
	if short(text) {
		return s.plain.of(text, func(text string) []string { return s.jieba.Cut(text, false) })
	}
	return s.jieba.Cut(text, false)
}

// Fine returns the words of folded text with the long ones cut into the short
// words that they are made of: 天津美术学院 is 天津, 美术, 学院.
func (s *Cutter) Fine(text string) []Word {
	var out []Word
	for _, w := range s.Cut(text) {
		if w.End-w.Start < 4 || !zh.IsHan(zh.FirstRune(w.Text)) {
			out = append(out, w)
			continue
		}
		at := w.Start
		for _, part := range s.jieba.CutForSearch(w.Text, false) {
			n := utf8.RuneCountInString(part)
			// Search mode gives short words before the long one that holds
			// them; those that follow on one another make up the word.
			if k := strings.Index(w.Text, part); n < 4 && k >= 0 && w.Start+utf8.RuneCountInString(w.Text[:k]) == at {
				out = append(out, Word{part, w.Tag, at, at + n})
				at += n
			}
		}
		if at < w.End {
			out = append(out, Word{string([]rune(w.Text)[at-w.Start:]), w.Tag, at, w.End})
		}
	}
	return out
}
