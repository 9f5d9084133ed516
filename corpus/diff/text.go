package diff

import (
	"unicode"

	"znkr.io/diff"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// alike is how much two sentences have in common that count as one changed,
// not as one dropped and another added.
const alike = 0.5

// bodySentences returns the sentences of the text, headings left out.
func bodySentences(r *corpus.Report) []corpus.Span {
	heading := make(map[int]bool, len(r.Sections))
	for _, s := range r.Sections {
		heading[s.Heading.Start] = true
	}
	var out []corpus.Span
	for _, p := range r.Paragraphs() {
		for _, s := range r.Sentences(p) {
			if !heading[s.Start] {
				out = append(out, s)
			}
		}
	}
	return out
}

func quotes(r *corpus.Report, spans []corpus.Span) []string {
	out := make([]string, len(spans))
	for i, s := range spans {
		out[i] = r.Quote(s)
	}
	return out
}

func compareSentences(old, new *corpus.Report, as, bs []corpus.Span) []SentenceChange {
	a, b := quotes(old, as), quotes(new, bs)
	p := align(a, b)
	p.settle(a, b, alike, nil)
	var out []SentenceChange
	p.order(func(i, j int) {
		switch {
		case i < 0:
			out = append(out, SentenceChange{Kind: Added, New: bs[j], NewText: b[j]})
		case j < 0:
			out = append(out, SentenceChange{Kind: Dropped, Old: as[i], OldText: a[i]})
		case p.moved[i]:
			out = append(out, SentenceChange{Kind: Moved, Old: as[i], New: bs[j], OldText: a[i], NewText: b[j]})
		case !p.same[i]:
			c := SentenceChange{Kind: Changed, Old: as[i], New: bs[j], OldText: a[i], NewText: b[j]}
			c.OldParts, c.NewParts = changedParts(old, new, as[i], bs[j])
			out = append(out, c)
		}
	})
	return out
}

// changedParts returns what of a is not in b and the other way round. Numbers
// and Latin words are compared whole (1900 → 2000, not 19 → 20); changes with
// a single character between them are one.
func changedParts(old, new *corpus.Report, a, b corpus.Span) (oldParts, newParts []corpus.Span) {
	ta, tb := tokens(old, a), tokens(new, b)
	xa, xb := quotes(old, ta), quotes(new, tb)
	for _, e := range diff.Edits(xa, xb) {
		switch e.Op {
		case diff.Delete:
			oldParts = extend(oldParts, ta[e.PosX])
		case diff.Insert:
			newParts = extend(newParts, tb[e.PosY])
		}
	}
	return oldParts, newParts
}

func extend(parts []corpus.Span, s corpus.Span) []corpus.Span {
	if n := len(parts); n > 0 && s.Start-parts[n-1].End <= 1 {
		parts[n-1].End = s.End
		return parts
	}
	return append(parts, s)
}

// tokens cuts s into numbers, Latin words and single characters.
func tokens(r *corpus.Report, s corpus.Span) []corpus.Span {
	var out []corpus.Span
	runes := r.Runes()
	for i := s.Start; i < s.End; {
		j := i + 1
		if word(runes[i]) {
			for j < s.End && (word(runes[j]) || runes[j] == '.' && j+1 < s.End && word(runes[j+1])) {
				j++
			}
		}
		out = append(out, corpus.Span{Start: i, End: j})
		i = j
	}
	return out
}

func word(c rune) bool {
	return unicode.IsDigit(c) || unicode.IsLetter(c) && !zh.IsHan(c)
}

// compareSections pairs headings by their words; a heading of other words is
// the old one renamed if it stands in the same place of the outline and what
// follows it is the same sentence, or if the words are alike and level and part
// of the report the same.
func compareSections(old, new *corpus.Report, as, bs []corpus.Span) []SectionChange {
	key := func(r *corpus.Report) []string {
		out := make([]string, len(r.Sections))
		for i, s := range r.Sections {
			out[i] = s.Title
		}
		return out
	}
	a, b := key(old), key(new)
	p := align(a, b)
	firstA, firstB := firstSentences(old, as), firstSentences(new, bs)
	for _, g := range p.gaps {
		for _, i := range g[0] {
			for _, j := range g[1] {
				if p.newToOld[j] < 0 && p.oldToNew[i] < 0 && old.Sections[i].Level == new.Sections[j].Level && firstA[i] != "" && firstA[i] == firstB[j] {
					p.pair(i, j)
				}
			}
		}
	}
	p.settle(a, b, alike, func(i, j int) float64 {
		if x, y := old.Sections[i], new.Sections[j]; x.Level != y.Level || x.Time != y.Time {
			return -1
		}
		return 0
	})
	var out []SectionChange
	p.order(func(i, j int) {
		switch {
		case i < 0:
			out = append(out, SectionChange{Kind: Added, Old: -1, New: j, NewTitle: b[j]})
		case j < 0:
			out = append(out, SectionChange{Kind: Dropped, Old: i, New: -1, OldTitle: a[i]})
		case p.moved[i]:
			out = append(out, SectionChange{Kind: Moved, Old: i, New: j, OldTitle: a[i], NewTitle: b[j]})
		case !p.same[i]:
			out = append(out, SectionChange{Kind: Changed, Old: i, New: j, OldTitle: a[i], NewTitle: b[j]})
		}
	})
	return out
}

// firstSentences returns, for every section, the sentence after its heading.
func firstSentences(r *corpus.Report, sentences []corpus.Span) []string {
	out := make([]string, len(r.Sections))
	k := 0
	for i, s := range r.Sections {
		for k < len(sentences) && sentences[k].Start < s.Heading.End {
			k++
		}
		if k < len(sentences) && sentences[k].Start < s.End {
			out[i] = r.Quote(sentences[k])
		}
	}
	return out
}
