package reply

import (
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
	"jinwen/index"
	"jinwen/index/question"
)

// concept returns the figures of the indicator that is all that a's question names,
// the plan's first; none if it names more, or no indicator.
func concept(a *index.Answer) []int {
	q := a.Question
	if q == nil || len(q.Terms) != 1 || len(q.Concepts) > 1 {
		return nil
	}
	term := q.Terms[0]
	var out []int
	for _, f := range a.Figures {
		fig := &a.Report.Figures[f]
		named := fig.Indicator == term.Text || slices.ContainsFunc(term.Alts, func(x index.Alt) bool { return x.Text == fig.Indicator }) ||
			len(q.Concepts) == 1 && fig.Concept == q.Concepts[0]
		if named && fig.Nature != corpus.Background {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(x, y int) int { return YearOf(&a.Report.Figures[y]) - YearOf(&a.Report.Figures[x]) })
	return out[:min(len(out), 2)]
}

// figures shows the figures that answer the question, each with its clause.
func (w *Writer) figures(a *index.Answer) { w.each(a.Figures[:min(max(a.Direct, 1), len(a.Figures))]) }

// each shows figures, those of one clause above one quote.
func (w *Writer) each(figs []int) {
	for _, g := range w.clauses(figs) {
		ok := w.Try(func() {
			for _, f := range g {
				w.answer(f)
			}
			w.Quote(FigureQuote(w.r, &w.r.Figures[g[0]]), w.values(g)...)
		})
		if !ok {
			return
		}
	}
}

// further shows up to n figures beyond those that answer: the other year's
// first.
func (w *Writer) further(a *index.Answer, n int) {
	var list []int
	if o := w.other(a); o >= 0 {
		list = append(list, o)
	}
	list = append(list, a.Figures[min(max(a.Direct, 1), len(a.Figures)):]...)
	for _, f := range list {
		if n == 0 {
			return
		}
		fig := &w.r.Figures[f]
		if !w.shown(fig.Span) && w.Try(func() { w.answer(f); w.Quote(FigureQuote(w.r, fig), BoundSpan(w.r, fig)) }) {
			n--
		}
	}
}

// bothYears shows figure f beside that of the other year, where a's question
// names neither and asks for nothing else, and returns the two; nil if there are
// not two, or no room.
func (w *Writer) bothYears(a *index.Answer, f int) []int {
	o := OtherYear(w.r, f)
	if o < 0 || !asks(a, question.Any) || len(a.Question.Years) > 0 || len(a.Question.Terms) > 1 && len(a.Question.Concepts) != 1 || a.Direct > 1 && !slices.Contains(a.Figures[:a.Direct], o) {
		return nil
	}
	actual, target := f, o
	if YearOf(&w.r.Figures[o]) < YearOf(&w.r.Figures[f]) {
		actual, target = o, f
	}
	if !w.TwoYears(actual, target) || Size(w.Blocks) > w.limit {
		w.Blocks, w.Quoted = nil, nil
		return nil
	}
	return []int{actual, target}
}

// clauses groups figures that one quote holds.
func (w *Writer) clauses(figs []int) [][]int {
	var groups [][]int
	for i := 0; i < len(figs); {
		q := FigureQuote(w.r, &w.r.Figures[figs[i]])
		j := i + 1
		for j < len(figs) && q.Contains(w.r.Figures[figs[j]].Span) {
			j++
		}
		groups = append(groups, figs[i:j])
		i = j
	}
	return groups
}

// values returns where the values of figures stand, with what bounds them.
func (w *Writer) values(figs []int) []corpus.Span {
	var out []corpus.Span
	for _, f := range figs {
		out = append(out, BoundSpan(w.r, &w.r.Figures[f]))
	}
	return out
}

// answer adds the line that says a figure: 50个 · 新建提升口袋公园 · 2024年目标.
func (w *Writer) answer(f int) {
	w.Blocks = append(w.Blocks, answerLine(w.r, &w.r.Figures[f], w.t))
}

// answerLine returns a figure as the first line of a reply, its value marked.
func answerLine(r *corpus.Report, f *corpus.Figure, t *texts.Set) chat.Block {
	value := r.Quote(BoundSpan(r, f))
	return chat.Block{Kind: chat.Answer, Text: strings.Join([]string{value, FigureName(r, f), FigureWhen(f, t)}, " · "),
		Strong: []chat.Range{{Start: 0, End: len(value)}}}
}

// other returns the figure of the other year that a's first is paired with and that
// is not shown; -1 if there is none.
func (w *Writer) other(a *index.Answer) int {
	if o := OtherYear(w.r, a.Figures[0]); o >= 0 && !w.shown(w.r.Figures[o].Span) {
		return o
	}
	return -1
}
