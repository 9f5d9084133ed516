package admin

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/index"
)

// A Changed is a question that another lexicon answers otherwise.
type Changed struct {
	Question      string
	Before, After string // the first quote; "" if not found
}

// Effect asks questions both ways: with the lexicon in use, and with w in it
// too. It builds an index of its own for that and changes nothing.
func (l *Library) Effect(ctx context.Context, w Word, questions []string) ([]Changed, error) {
	f, err := l.lexiconFile()
	if err != nil {
		return nil, err
	}
	data, err := f.with(w).marshal()
	if err != nil {
		return nil, err
	}
	lex, err := l.compile(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWordForm, err)
	}
	now, release := l.live.Acquire()
	if now == nil {
		return nil, index.ErrClosed
	}
	defer release()
	opt := l.opt.Index
	opt.Lexicon = lex
	then, err := index.New(now.Report(), opt)
	if err != nil {
		return nil, err
	}
	defer then.Close()
	var out []Changed
	for _, q := range questions {
		a, err := now.Ask(ctx, index.Query{Text: q})
		if err != nil {
			return nil, err
		}
		b, err := then.Ask(ctx, index.Query{Text: q})
		if err != nil {
			return nil, err
		}
		if c := (Changed{q, summary(a), summary(b)}); c.Before != c.After {
			out = append(out, c)
		}
	}
	return out, nil
}

// summary returns what an answer comes down to: its first figure's clause or its first
// quote.
func summary(a *index.Answer) string {
	var s corpus.Span
	switch {
	case a.Status != index.Answered:
		return ""
	case len(a.Figures) > 0:
		s = a.Report.Figures[a.Figures[0]].Clause
	case len(a.Hits) > 0:
		s = a.Hits[0].Focus
	case len(a.Commitments) > 0:
		s = a.Report.Commitments[a.Commitments[0]].Span
	case len(a.Sections) > 0:
		s = a.Report.Sections[a.Sections[0]].Heading
	}
	return a.Report.Quote(s)
}

// Suggest returns terms of the report that an everyday word may stand for: what
// its figures measure and its topics, that share most characters with the
// word, two in a row counting more; at most n.
func Suggest(r *corpus.Report, say string, n int) []string {
	type candidate struct {
		term  string
		score int
	}
	var list []candidate
	seen := map[string]bool{say: true}
	add := func(term string) {
		if seen[term] || !validWord(term) {
			return
		}
		seen[term] = true
		if s := shared(say, term); s > 0 {
			list = append(list, candidate{term, s})
		}
	}
	for _, f := range r.Figures {
		add(f.Indicator)
	}
	for _, c := range r.Commitments {
		add(c.Topic)
	}
	slices.SortStableFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(len(a.term), len(b.term)))
	})
	var out []string
	for _, c := range list[:min(n, len(list))] {
		out = append(out, c.term)
	}
	return out
}

func shared(say, term string) int {
	score := 0
	for _, c := range say {
		if strings.ContainsRune(term, c) {
			score++
		}
	}
	chars := []rune(say)
	for i := 0; i+1 < len(chars); i++ {
		if strings.Contains(term, string(chars[i:i+2])) {
			score += 2
		}
	}
	return score
}
