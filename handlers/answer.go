package handlers

import (
	"fmt"
	"slices"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/index"
)

// How an answer reads, whatever it is made of:
//
//   - the direct answer first, set off: the figure with its year and whether
//     it is a result or a target; a line that says what follows;
//   - then what the report says, quoted, with its place. No number stands in a
//     reply without the clause that it comes from;
//   - then what stands beside it: the other year's figure, quoted as well;
//   - at last how much there is that did not fit.

// Render is the first message of the answer a, in l.
func Render(a *index.Answer, l chat.Lang) chat.Reply {
	return render(a, textOf(l), view{}).reply
}

// A view is how much of an answer is shown.
type view struct {
	page   int  // counts from 0; only the first has the direct answer
	unfold bool // the first quote with its neighbours
	limit  int  // characters; 0 means maxReply
}

// A page of an answer as it was rendered.
type rendered struct {
	reply  chat.Reply
	shown  int           // hits that this page shows
	left   int           // hits that come after it
	quoted []corpus.Span // in the order of the page
	chart  []int         // figures that make a picture; nil if there is none
}

// maxParts is how many questions of one message are answered.
const maxParts = 4

func render(a *index.Answer, t *texts, v view) rendered {
	if v.limit == 0 {
		v.limit = maxReply
	}
	if len(a.Parts) > 1 && v.page == 0 {
		return renderParts(a, t, v)
	}
	if a.Report == nil {
		return rendered{reply: chat.Say(t.NoReport)}
	}
	switch a.Status {
	case index.Answered:
	case index.Nearest:
		return nearestReply(a, t)
	case index.Talk:
		return rendered{reply: talkReply(a, t)}
	case index.Clarify:
		return rendered{reply: clarifyReply(a, t)}
	default:
		return rendered{reply: notFound(a, t)}
	}
	w := &writer{r: a.Report, t: t, limit: v.limit, unfold: v.unfold}
	var out rendered
	switch {
	case v.page > 0:
		w.add(chat.Title, fmt.Sprintf(t.PageTitle, v.page+1))
		out.shown = w.hits(a.Hits)
	case a.Kind == index.KindOutline && len(a.Sections) > 0:
		w.outline(a)
		out.shown = len(a.Hits)
	case a.Kind == index.KindCompare && len(a.Figures) > 0:
		out.chart = w.compare(a)
		out.shown = w.beside(a)
	case a.Kind == index.KindTopic && len(a.Hits) > 0:
		out.shown = w.topic(a)
	case a.Kind == index.KindList && len(a.Hits)+len(a.Commitments) > 0:
		w.add(chat.Answer, fmt.Sprintf(t.ListSays, timesOf(a, t)))
		out.shown = w.list(a.Hits)
		w.widen(a.Hits[:out.shown])
		w.commitments(a)
	case len(a.Figures) > 0 && (a.Kind == index.KindFigure || a.Direct > 0):
		w.figures(a)
		out.shown = w.beside(a)
	default:
		w.add(chat.Answer, fmt.Sprintf(t.PassageSays, timesOf(a, t)))
		w.limit = min(w.limit, maxPassages)
		out.shown = w.hits(a.Hits)
		w.limit = v.limit
		w.widen(a.Hits[:out.shown])
		w.commitments(a)
	}
	out.left = len(a.Hits) - out.shown + a.More
	if out.left > 0 && a.Kind != index.KindFigure && a.Kind != index.KindCompare {
		w.add(chat.Note, fmt.Sprintf(t.MoreLeft, out.left))
	}
	out.reply.Blocks = w.blocks
	out.quoted = w.quoted
	return out
}

// renderParts answers the questions of one message one after another, each
// with its share of the room.
func renderParts(a *index.Answer, t *texts, v view) rendered {
	parts := a.Parts[:min(len(a.Parts), maxParts)]
	var out rendered
	for i, p := range parts {
		left := v.limit - size(out.reply.Blocks)
		one := render(p, t, view{limit: max(left/(len(parts)-i)-30, 120), unfold: v.unfold && i == 0})
		if slices.ContainsFunc(parts[:i], func(q *index.Answer) bool { return sameAnswer(p, q) }) {
			continue // “…, in US dollars?” is no question of its own
		}
		if p.Question != nil && (a.Question == nil || p.Question.Text != a.Question.Text) {
			out.reply.Blocks = append(out.reply.Blocks, chat.Block{Kind: chat.Title, Text: fmt.Sprintf(t.PartTitle, i+1, clip(p.Question.Text, 40))})
		}
		out.reply.Blocks = append(out.reply.Blocks, one.reply.Blocks...)
		out.reply.Buttons = append(out.reply.Buttons, one.reply.Buttons...)
		out.quoted = append(out.quoted, one.quoted...)
		if out.chart == nil {
			out.chart = one.chart
		}
	}
	return out
}

// sameAnswer reports whether a and b say the same.
func sameAnswer(a, b *index.Answer) bool {
	return a.Status == index.Answered && a.Status == b.Status && a.Kind == b.Kind && a.Direct == b.Direct &&
		slices.Equal(a.Figures, b.Figures) && slices.EqualFunc(a.Hits, b.Hits, func(x, y index.Hit) bool { return x.Passage == y.Passage && x.Focus == y.Focus }) &&
		slices.Equal(a.Commitments, b.Commitments) && slices.Equal(a.Sections, b.Sections)
}

// timesOf names the part of the report that most of a is from.
func timesOf(a *index.Answer, t *texts) string {
	var when corpus.Time
	for i, h := range a.Hits {
		at := a.Report.Passages[h.Passage].Time
		if i > 0 && at != when {
			return t.TheReport
		}
		when = at
	}
	year := a.Report.Year
	switch {
	case when == corpus.Review && year > 0:
		return fmt.Sprintf(t.TheReview, a.Report.ReviewYear())
	case when == corpus.Plan && year > 0:
		return fmt.Sprintf(t.ThePlan, year)
	}
	return t.TheReport
}

// hits quotes what was found, best first, and returns how many of hits fit.
func (w *writer) hits(hits []index.Hit) int {
	for i, h := range hits {
		if !w.try(func() { w.quote(quoteOf(w.r, h)) }) {
			return i
		}
	}
	return len(hits)
}

// list is hits, but of the best one the whole passage: what was asked for may
// go on behind the clause that names it.
func (w *writer) list(hits []index.Hit) int {
	if len(hits) == 0 {
		return 0
	}
	p := w.r.Passages[hits[0].Passage].Span
	if !w.try(func() { w.quote(tidy(w.r, p)) }) {
		return w.hits(hits)
	}
	return 1 + w.hits(hits[1:])
}

// maxPassages is how long a reply that is no list grows by further passages,
// in characters. Lists go on to maxReply: they were asked for whole.
const maxPassages = 700

// maxWide is how long a reply grows by quoting whole passages instead of the
// sentences that say it.
const maxWide = 480

// widen quotes the passage of each hit whole, the best first, as long as the
// reply stays short: a reader who gets one line wants to see what it is about.
func (w *writer) widen(hits []index.Hit) {
	for _, h := range hits {
		p := w.r.Passages[h.Passage].Span
		i := slices.IndexFunc(w.quoted, func(q corpus.Span) bool { return p.Contains(q) })
		if i < 0 || w.quoted[i] == p || slices.ContainsFunc(w.quoted, func(q corpus.Span) bool { return q != w.quoted[i] && q.Overlaps(p) }) {
			continue
		}
		old := w.r.Quote(w.quoted[i])
		b := slices.IndexFunc(w.blocks, func(b chat.Block) bool { return b.Kind == chat.Quote && b.Text == old })
		if b < 0 || size(w.blocks)-w.quoted[i].Len()+p.Len() > maxWide {
			continue
		}
		w.blocks[b].Text = w.r.Quote(p)
		w.quoted[i] = p
	}
}

// commitments quotes those of a that its hits do not hold.
func (w *writer) commitments(a *index.Answer) {
	for _, i := range a.Commitments {
		c := &w.r.Commitments[i]
		if !w.has(c.Span) && !w.try(func() { w.quote(c.Span) }) {
			return
		}
	}
}

// figures shows the figures that answer the question, each with its clause,
// and then the other year's of the first.
func (w *writer) figures(a *index.Answer) {
	n := min(max(a.Direct, 1), len(a.Figures))
	direct := a.Figures[:n]
	for i := 0; i < len(direct); {
		// Figures of one clause are said together, above their quote.
		q := figureQuote(w.r, &w.r.Figures[direct[i]])
		j := i + 1
		for j < len(direct) && q.Contains(w.r.Figures[direct[j]].Span) {
			j++
		}
		ok := w.try(func() {
			for _, f := range direct[i:j] {
				w.add(chat.Answer, figureLine(w.r, &w.r.Figures[f], w.t))
			}
			w.quote(q)
		})
		if !ok {
			return
		}
		i = j
	}
	for _, f := range direct[:min(n, 3)] {
		if o := otherYear(w.r, f); o >= 0 && !slices.Contains(direct, o) {
			w.figure(o)
		}
	}
	for _, f := range a.Figures[n:min(len(a.Figures), n+3)] {
		if !w.has(w.r.Figures[f].Span) {
			w.figure(f)
		}
	}
}

// figure adds a figure that stands beside the answer.
func (w *writer) figure(f int) bool {
	return w.try(func() {
		w.add(chat.Para, figureLine(w.r, &w.r.Figures[f], w.t))
		w.quote(figureQuote(w.r, &w.r.Figures[f]))
	})
}

// maxBeside is how long a reply to a question for a figure grows by passages
// that stand beside it, in characters.
const maxBeside = 420

// beside quotes the passages of a that its figures were not from, as long as
// the reply stays short, and returns how many of the hits are shown by now.
func (w *writer) beside(a *index.Answer) int {
	limit := w.limit
	w.limit = min(w.limit, maxBeside)
	defer func() { w.limit = limit }()
	for i, h := range a.Hits {
		p := w.r.Passages[h.Passage]
		if slices.ContainsFunc(w.quoted, p.Span.Overlaps) && (h.Focus.Len() == 0 || h.Focus == p.Span || w.touches(h.Focus)) {
			continue
		}
		if !w.try(func() { w.quote(quoteOf(w.r, h)) }) {
			return i
		}
	}
	return len(a.Hits)
}

// touches reports whether a part of s is quoted already.
func (w *writer) touches(s corpus.Span) bool { return slices.ContainsFunc(w.quoted, s.Overlaps) }

// topic tells what was done, what is planned, and the main figures.
func (w *writer) topic(a *index.Answer) int {
	total := w.limit
	defer func() { w.limit = total }()
	subject := ""
	if a.Question != nil {
		subject = clip(a.Question.Text, 24)
	}
	w.add(chat.Answer, fmt.Sprintf(w.t.TopicAbout, subject))
	groups := []struct {
		time  corpus.Time
		title string
		share int // of the limit, in percent, for this group and those before it
	}{
		{corpus.Review, fmt.Sprintf(w.t.TopicDone, yearText(a.Report.ReviewYear())), 40},
		{corpus.Plan, fmt.Sprintf(w.t.TopicPlanned, yearText(a.Report.Year)), 80},
		{corpus.Other, w.t.TopicOther, 90},
	}
	shown := make(map[int]bool)
	for _, g := range groups {
		w.limit = total * g.share / 100
		title := len(w.blocks)
		w.add(chat.Title, g.title)
		for i, h := range a.Hits {
			p := w.r.Passages[h.Passage]
			if p.Time != g.time {
				continue
			}
			if !w.try(func() { w.quote(quoteOf(w.r, h)) }) {
				break
			}
			shown[i] = true
		}
		if len(w.blocks) == title+1 {
			w.blocks = w.blocks[:title]
		}
	}
	w.limit = total
	title := len(w.blocks)
	w.add(chat.Title, w.t.TopicFigures)
	for _, f := range a.Figures[:min(len(a.Figures), 5)] {
		fig := &w.r.Figures[f]
		if w.has(figureQuote(w.r, fig)) {
			// Its clause stands above: the number alone is enough here.
			w.try(func() { w.add(chat.Item, figureLine(w.r, fig, w.t)) })
			continue
		}
		w.try(func() {
			w.add(chat.Item, figureLine(w.r, fig, w.t))
			w.quote(figureQuote(w.r, fig))
		})
	}
	if len(w.blocks) == title+1 {
		w.blocks = w.blocks[:title]
	}
	// Pages go on behind the first hit that is not shown.
	for i := range a.Hits {
		if !shown[i] {
			return i
		}
	}
	return len(a.Hits)
}

// outline lists headings as printed.
func (w *writer) outline(a *index.Answer) {
	top := a.Report.Sections[a.Sections[0]].Level
	n := 0
	for _, i := range a.Sections {
		top = min(top, a.Report.Sections[i].Level)
	}
	for _, i := range a.Sections {
		if a.Report.Sections[i].Level == top {
			n++
		}
	}
	w.add(chat.Answer, fmt.Sprintf(w.t.OutlineHas, n))
	for _, i := range a.Sections {
		s := &a.Report.Sections[i]
		indent := ""
		for range s.Level - top {
			indent += "　"
		}
		text := indent + a.Report.Quote(s.Heading)
		if !w.try(func() { w.add(chat.Item, text); w.quoted = append(w.quoted, s.Heading) }) {
			break
		}
	}
	if parent := a.Report.Sections[a.Sections[0]].Parent; parent >= 0 {
		w.add(chat.Place, sectionPlace(a.Report, parent, w.t))
	}
}

func yearText(y int) string {
	if y == 0 {
		return ""
	}
	return fmt.Sprint(y)
}
