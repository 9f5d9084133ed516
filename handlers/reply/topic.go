package reply

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/index"
)

// A topic word (就业) gets a screen that is read at a glance: how much there is
// of each year, then the best of what was done and of what is planned, figures
// first. All of it is behind the buttons of the two years.

// maxBeside is how many characters a topic word may have beside it: 呢, 情况,
// 怎么样. More of them are a question, which sentences answer.
const maxBeside = 3

// bare reports whether a's question is one word and no sentence.
func bare(a *index.Answer) bool {
	q := a.Question
	if q == nil || len(q.Terms) != 1 {
		return false
	}
	return utf8.RuneCountInString(strings.Join(strings.Fields(q.Words), "")) <= utf8.RuneCountInString(q.Terms[0].Text)+maxBeside
}

// topic tells what was done and what is planned in topicLines lines, and
// returns how many places each part of the report has.
func (w *Writer) topic(a *index.Answer) map[corpus.Time]int {
	count := map[corpus.Time]int{}
	for _, h := range a.Hits {
		count[w.r.Passages[h.Passage].Time]++
	}
	w.Add(chat.Answer, "")
	lines := topicLines - 1
	done, planned := w.topicRows(a, corpus.Review), w.topicRows(a, corpus.Plan)
	rest := w.topicRows(a, corpus.Other)
	// Turn and turn about, the plan first: two of each year, more of the one if
	// the other has less.
	var rows []corpus.Span
	for i := 0; len(rows) < lines && i < lines; i++ {
		for _, list := range [][]corpus.Span{planned, done, rest} {
			if i < len(list) && len(rows) < lines {
				rows = append(rows, list[i])
			}
		}
	}
	for _, s := range rows {
		w.topicRow(s)
	}
	w.Blocks[0] = topicLine(a, w.topicHead(a, count))
	return count
}

// topicLine returns the first line of a topic: its name, which stands out, and how
// much there is of it.
func topicLine(a *index.Answer, count string) chat.Block {
	name := asWritten(a, a.Question.Terms[0].Text)
	return chat.Block{Kind: chat.Answer, Text: name + " · " + count, Strong: []chat.Range{{Start: 0, End: len(name)}}}
}

func (w *Writer) topicHead(a *index.Answer, count map[corpus.Time]int) string {
	switch y := w.r.Year; {
	case y > 0 && count[corpus.Plan] > 0 && count[corpus.Review] > 0:
		return fmt.Sprintf(w.t.TopicBoth, y, count[corpus.Plan], w.r.ReviewYear(), count[corpus.Review])
	case y > 0 && count[corpus.Plan] > 0:
		return fmt.Sprintf(w.t.TopicOne, y, count[corpus.Plan])
	case y > 0 && count[corpus.Review] > 0:
		return fmt.Sprintf(w.t.TopicOne, w.r.ReviewYear(), count[corpus.Review])
	}
	return fmt.Sprintf(w.t.ListFound, len(a.Hits)+a.More, w.t.TheReport)
}

// topicRows returns the clauses of one part of the report, those with the figures
// of the topic first.
func (w *Writer) topicRows(a *index.Answer, when corpus.Time) []corpus.Span {
	most := maxRow
	if len(a.Hits) < topicLines-1 {
		most = maxRowOfFew
	}
	var out []corpus.Span
	add := func(s corpus.Span) {
		for _, o := range out {
			if o.Overlaps(s) {
				return
			}
		}
		out = append(out, s)
	}
	in := func(passage int) bool { return passage >= 0 && w.r.Passages[passage].Time == when }
	for _, f := range a.Figures {
		if fig := &w.r.Figures[f]; in(fig.Passage) {
			add(w.short(fig.Span, w.r.Passages[fig.Passage].Span, most))
		}
	}
	for _, h := range a.Hits {
		if p := w.r.Passages[h.Passage]; in(h.Passage) {
			s := h.Focus
			if s.Len() == 0 {
				s = QuoteOf(w.r, h)
			}
			add(w.short(s, p.Span, most))
		}
	}
	return out
}

// maxRow is how long a sentence may be to stand on a line of a topic whole;
// maxRowOfFew is the same of a topic with three lines at most.
const (
	maxRow      = 56
	maxRowOfFew = maxSentence
)

// short returns the sentence of s, or its clause if that is longer than most.
func (w *Writer) short(s, limit corpus.Span, most int) corpus.Span {
	if all := w.r.SentenceAround(s, limit); all.Len() <= most {
		return w.r.TidyEnd(all)
	}
	return w.r.TidyEnd(w.r.ClauseAround(s, limit))
}

// topicRow is a clause on a line of its own, with its year.
func (w *Writer) topicRow(s corpus.Span) {
	w.Quoted = append(w.Quoted, s)
	var values []corpus.Span
	for i := range w.r.Figures {
		if f := &w.r.Figures[i]; s.Contains(f.Span) {
			values = append(values, BoundSpan(w.r, f))
		}
	}
	b := w.marked(chat.Item, s, values)
	before := "「"
	if year := w.yearAt(s); year > 0 {
		before = fmt.Sprintf(w.t.YearOf, year) + w.t.Colon + before
	}
	b.Text = before + b.Text + "」"
	for i := range b.Strong {
		b.Strong[i].Start += len(before)
		b.Strong[i].End += len(before)
	}
	w.Blocks = append(w.Blocks, b)
}

// yearAt returns the year that what stands at s is about; 0 if it is of none.
func (w *Writer) yearAt(s corpus.Span) int {
	p := w.r.PassageAt(s.Start)
	if p < 0 || w.r.Year == 0 {
		return 0
	}
	switch w.r.Passages[p].Time {
	case corpus.Review:
		return w.r.ReviewYear()
	case corpus.Plan:
		return w.r.Year
	}
	return 0
}
