package extract

import (
	"regexp"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// parseGlossary fills Glossary. An entry opens with a number and its term (3.“三新”：
// …; “三新”，是指…); a paragraph without one goes on with the entry before.
func (r *report) parseGlossary(bs []block) {
	open := false
	for _, b := range bs {
		if b.zone != corpus.ZoneGlossary || b.head {
			open = false
			continue
		}
		term := termOf(r.Quote(b.Span))
		switch {
		case term != "":
			for _, t := range termsIn(term) {
				r.Glossary = append(r.Glossary, corpus.Entry{Span: b.Span, Term: t})
			}
			open = true
		case open:
			last := r.Glossary[len(r.Glossary)-1].Span
			for i := len(r.Glossary) - 1; i >= 0 && r.Glossary[i].Span == last; i-- {
				r.Glossary[i].End = b.End
			}
		}
	}
}

// termOf returns the term that a paragraph of a glossary explains; "" if it opens
// with none.
func termOf(text string) string {
	text = text[len(entryMark.FindString(text)):]
	term := ""
	if m := entryMeans.FindStringSubmatch(text); m != nil {
		term = m[1]
	}
	if m := entryTerm.FindStringSubmatch(text); m != nil && (term == "" || len(m[1]) < len(term)) {
		term = m[1]
	}
	if strings.ContainsAny(term, "，；") && !strings.Contains(term, "”") {
		return ""
	}
	return strings.TrimFunc(strings.ReplaceAll(term, "\n", ""), zh.IsSpace)
}

// termsIn returns the terms without quotation marks: two of “两重”、“两新”.
func termsIn(term string) []string {
	var out []string
	if severalTerms.MatchString(term) {
		for _, m := range quotedTerm.FindAllStringSubmatch(term, -1) {
			out = append(out, m[1])
		}
		return out
	}
	return append(out, strings.NewReplacer("“", "", "”", "", "《", "", "》", "").Replace(term))
}

var (
	severalTerms = regexp.MustCompile(`^“[^”]+”(?:[、和及]?“[^”]+”)+$`)
	quotedTerm   = regexp.MustCompile(`“([^”]+)”`)
)
