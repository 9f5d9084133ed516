package library

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index"
)

// mention finds which reports have the exact words. It reads the texts through
// instead of an index: 61 of them have 4 MB, and nothing has to be held in
// memory for a question that is rare.
func (l *Library) mention(ctx context.Context, r *request, c *catalog) (*index.Answer, error) {
	year := c.now
	if len(r.years) > 0 {
		year = r.years[len(r.years)-1]
	}
	x := &index.Across{Kind: index.AcrossMention, Subject: r.term, Year: year, Unsaid: r.unsaid}
	var members []*member
	for _, p := range r.population(c) {
		m := c.of(p, year)
		if m == nil && len(r.years) == 0 {
			m = c.newest(p)
		}
		if m == nil {
			x.Gaps = append(x.Gaps, index.Gap{Place: p, Year: year, Has: c.years(p)})
			continue
		}
		members = append(members, m)
	}
	x.Looked = len(members)
	rows, err := l.scan(ctx, members, r.term)
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		if row.Count == 0 {
			x.Silent = append(x.Silent, members[i].place)
			continue
		}
		x.Rows = append(x.Rows, row)
	}
	a := answer(r, l.live.Report(), x)
	if x.Unsaid && x.Looked > 0 {
		a.Status = index.Answered
	} else if x.Looked > 0 && len(x.Rows) == 0 {
		a.Reason, a.Subject = index.ReasonAbsent, r.term
	}
	return a, nil
}

// scan looks for term in the texts of members, beside each other.
func (l *Library) scan(ctx context.Context, members []*member, term string) ([]index.Row, error) {
	forms := formsOf(term)
	rows := make([]index.Row, len(members))
	errs := make([]error, len(members))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(4, len(members)) {
		wg.Go(func() {
			var buf []byte
			for i := range next {
				if errs[i] = ctx.Err(); errs[i] != nil {
					continue
				}
				buf, errs[i] = l.shelf.text(members[i], buf[:0])
				if errs[i] == nil {
					rows[i] = look(members[i], buf, forms)
				}
			}
		})
	}
	for i := range members {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// formsOf returns the ways in which reports may write term: letters and digits in
// either width, capital or small.
func formsOf(term string) [][]byte {
	var out [][]byte
	add := func(s string) {
		if !slices.ContainsFunc(out, func(b []byte) bool { return string(b) == s }) {
			out = append(out, []byte(s))
		}
	}
	for _, s := range []string{term, strings.ToUpper(term), strings.ToLower(term)} {
		add(s)
		add(strings.Map(func(c rune) rune {
			if c > ' ' && c < unicode.MaxASCII {
				return c - '!' + '！'
			}
			return c
		}, s))
		add(strings.Map(func(c rune) rune {
			if '！' <= c && c <= '～' {
				return c - '！' + '!'
			}
			return c
		}, s))
	}
	return out
}

// look counts forms in the text of m, and quotes the sentence of the first.
func look(m *member, text []byte, forms [][]byte) index.Row {
	row := index.Row{Of: m.name, Place: m.place, Year: m.year, Figure: -1}
	first, size := -1, 0
	for _, f := range forms {
		if len(f) == 0 {
			continue
		}
		row.Count += bytes.Count(text, f)
		if at := bytes.Index(text, f); at >= 0 && (first < 0 || at < first) {
			first, size = at, len(f)
		}
	}
	if first < 0 {
		return row
	}
	from, to := sentence(text, first, first+size)
	row.Text = string(text[from:to])
	start := utf8.RuneCount(text[:from])
	row.Quote = corpus.Span{Start: start, End: start + utf8.RuneCount(text[from:to])}
	return row
}

// maxSentence is the most bytes of a quote before and behind the word.
const maxSentence = 300

// sentence widens [from, to) to the sentence around it, or to clauses of it if
// that is long. ； parts it as well: what mentions a word is told in a row.
func sentence(text []byte, from, to int) (int, int) {
	low, high := max(0, from-maxSentence), min(len(text), to+maxSentence)
	for low < from && !utf8.RuneStart(text[low]) {
		low++
	}
	for high > to && high < len(text) && !utf8.RuneStart(text[high]) {
		high--
	}
	around := []rune(string(text[low:high]))
	word := utf8.RuneCount(text[low:from])
	behind := word + utf8.RuneCount(text[from:to])
	start, end := zh.Around(around, word, behind, func(text []rune, i int) bool { return text[i] == '；' || text[i] == ';' || zh.EndsSentence(text, i) })
	if start == 0 && low > 0 || end == len(around) && high < len(text) {
		start, end = zh.Around(around, word, behind, zh.EndsClause)
	}
	start, end = zh.Tidy(around, start, end)
	return low + len(string(around[:start])), low + len(string(around[:end]))
}
