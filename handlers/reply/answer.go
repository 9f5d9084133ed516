package reply

import (
	"fmt"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
	"jinwen/index"
	"jinwen/index/question"
)

// How an answer reads, whatever it is made of:
//
//   - the first line is the answer itself: the value, what it measures and of
//     when; of what has no number, the sentence that says it;
//   - then the clause that it is from, quoted, its number marked, and where it
//     stands. No number stands in a reply without its clause;
//   - everything else is behind buttons that name what they show: the other
//     year, the passage around the quote, further places, the picture.

// Room is how long the parts of a reply grow, in characters of plain text.
var Room = struct {
	Page     int // any message: two screens of a phone
	First    int // a first message that is no list, with what stands beside the answer
	Passages int // the same, where sentences answer: one reads them all
	Wide     int // up to here it quotes whole passages instead of the sentences that say it
	List     int // what was asked for whole
	WideList int // the same as Wide, of a list
	Compare  int // figures side by side
}{Page: 1150, First: 400, Passages: 320, Wide: 240, List: 420, WideList: 400, Compare: 640}

// topicLines is how many lines a topic gets.
const topicLines = 5

// Render returns the first message of the answer a, in l.
func Render(a *index.Answer, l chat.Lang) chat.Reply {
	return PageOf(a, texts.Of(l), View{}).Reply
}

// A View is how much of an answer is shown.
type View struct {
	Page   int           // counts from 0; only the first has the direct answer
	Unfold bool          // the first quote with its neighbours
	Limit  int           // characters; 0 means Room.Page
	Seen   []corpus.Span // quoted on the pages before
}

// A Page of an answer as it was rendered.
type Page struct {
	Reply  chat.Reply
	Shown  int           // hits that the next page skips; it may show some beyond them
	Left   int           // hits that come after it and were not quoted yet
	Quoted []corpus.Span // in the order of the page
	Chart  []int         // figures that make a picture; nil if there is none
	Other  int           // figure of the other year that is not shown; -1 if there is none

	Topic map[corpus.Time]int // how many places of each part a topic has; nil if it is none
}

// maxParts is how many questions of one message are answered.
const maxParts = 4

// PageOf renders what v shows of a, in the language of t.
func PageOf(a *index.Answer, t *texts.Set, v View) Page {
	if v.Limit == 0 {
		v.Limit = Room.Page
	}
	if a.Across != nil && a.Across.Kind == index.AcrossParts {
		return renderParts(a.Across.Parts, t, v)
	}
	if a.Across != nil {
		return renderAcross(a, t, v.Limit)
	}
	if len(a.Parts) > 1 && v.Page == 0 {
		out := renderParts(a.Parts, t, v)
		out.Reply.Blocks = named(a, t, out.Reply.Blocks)
		return out
	}
	if a.Report == nil {
		return Page{Reply: chat.Say(t.NoReport), Other: -1}
	}
	switch a.Status {
	case index.Answered:
	case index.Nearest:
		return nearestReply(a, t)
	case index.Talk:
		return Page{Reply: talkReply(a, t), Other: -1}
	case index.Clarify:
		return Page{Reply: clarifyReply(a, t), Other: -1}
	default:
		reply := notFound(a, t)
		reply.Blocks = named(a, t, reply.Blocks)
		return Page{Reply: reply, Other: -1}
	}
	return answered(a, t, v)
}

// answered renders an answer that the report gives.
func answered(a *index.Answer, t *texts.Set, v View) Page {
	w := &Writer{r: a.Report, t: t, limit: v.Limit, unfold: v.Unfold, seen: v.Seen}
	out := Page{Other: -1}
	switch {
	case v.Page > 0:
		w.Add(chat.Title, pageTitle(a, t, v.Page+1))
		out.Shown = w.hits(a.Hits)
	case a.Kind == index.KindOutline && len(a.Sections) > 0:
		w.outline(a)
		out.Shown = len(a.Hits)
	case a.Kind == index.KindCompare && len(a.Figures) > 0:
		w.limit = min(v.Limit, Room.Compare)
		out.Chart = w.compare(a)
	case a.Kind == index.KindTopic && len(concept(a)) > 0:
		// An indicator alone (失业率) is no topic: its numbers are the answer.
		w.limit = min(v.Limit, Room.First)
		if out.Chart = w.bothYears(a, concept(a)[0]); out.Chart == nil {
			w.each(concept(a))
		}
	case a.Kind == index.KindTopic && len(a.Hits) > 2 && bare(a):
		out.Topic = w.topic(a)
	case (a.Kind == index.KindList || a.Kind == index.KindPassage && asks(a, question.List)) && len(a.Hits)+len(a.Commitments) > 0:
		w.limit = min(v.Limit, Room.List)
		out.Shown = w.list(a)
	case len(a.Figures) > 0 && (a.Kind == index.KindFigure || a.Direct > 0):
		w.limit = min(v.Limit, Room.First)
		if out.Chart = w.bothYears(a, a.Figures[0]); out.Chart != nil {
			break
		}
		w.figures(a)
		if asks(a, question.List) {
			w.limit = min(v.Limit, Room.List)
			w.further(a, 3)
			out.Shown = w.hits(a.Hits)
		} else if asks(a, question.Any) && len(a.Question.Years) == 0 {
			w.further(a, 1)
		}
		out.Other = w.other(a)
	default:
		w.limit = min(v.Limit, Room.Passages)
		out.Shown = w.hits(a.Hits)
		w.widen(a.Hits[:out.Shown], Room.Wide)
		w.commitments(a)
	}
	out.Left = a.More
	any := anyTells(w.r, a.Hits)
	for _, h := range a.Hits[out.Shown:] {
		if !w.shown(QuoteOf(w.r, h)) && (tells(w.r, h) || !any) {
			out.Left++
		}
	}
	out.Reply.Blocks = named(a, t, w.Blocks)
	out.Quoted = w.Quoted
	return out
}

// maxAsked is how much of a question stands above a further page of its answer.
const maxAsked = 20

// pageTitle says what is gone on with.
func pageTitle(a *index.Answer, t *texts.Set, page int) string {
	asked := ""
	if a.Question != nil && a.Question.Follows {
		return strings.TrimLeft(fmt.Sprintf(t.PageTitle, "", page), " ·") // 差多少 says nothing above a page
	}
	if a.Question != nil {
		asked = zh.Clip(strings.Join(strings.Fields(a.Question.Text), " "), maxAsked)
	}
	return fmt.Sprintf(t.PageTitle, asked, page)
}

// asks reports whether a's question asks for what.
func asks(a *index.Answer, what question.Ask) bool {
	return a.Question != nil && a.Question.Ask == what
}

// renderParts answers the questions of one message one after another, each
// with its share of the room.
func renderParts(parts []*index.Answer, t *texts.Set, v View) Page {
	parts = parts[:min(len(parts), maxParts)]
	out := Page{Other: -1}
	for i, p := range parts {
		left := v.Limit - Size(out.Reply.Blocks)
		one := PageOf(p, t, View{Limit: max(left/(len(parts)-i)-30, 120), Unfold: v.Unfold && i == 0})
		if slices.ContainsFunc(parts[:i], func(q *index.Answer) bool { return sameAnswer(p, q) }) {
			continue // “…, in US dollars?” is no question of its own
		}
		out.Reply.Blocks = append(out.Reply.Blocks, one.Reply.Blocks...)
		out.Reply.Buttons = append(out.Reply.Buttons, one.Reply.Buttons...)
		out.Quoted = append(out.Quoted, one.Quoted...)
		if out.Chart == nil {
			out.Chart = one.Chart
		}
	}
	return out
}

// sameAnswer reports whether a and b say the same.
func sameAnswer(a, b *index.Answer) bool {
	return a.Across == nil && b.Across == nil && a.Report == b.Report && a.Status == index.Answered && a.Status == b.Status && a.Kind == b.Kind && a.Direct == b.Direct &&
		slices.Equal(a.Figures, b.Figures) && slices.EqualFunc(a.Hits, b.Hits, func(x, y index.Hit) bool { return x.Passage == y.Passage && x.Focus == y.Focus }) &&
		slices.Equal(a.Commitments, b.Commitments) && slices.Equal(a.Sections, b.Sections)
}

// timesOf names the part of the report that all of the passages are from.
func timesOf(r *corpus.Report, passages []int, t *texts.Set) string {
	var when corpus.Time
	for i, p := range passages {
		at := r.Passages[p].Time
		if i > 0 && at != when {
			return t.TheReport
		}
		when = at
	}
	switch {
	case when == corpus.Review && r.Year > 0:
		return fmt.Sprintf(t.TheReview, r.ReviewYear())
	case when == corpus.Plan && r.Year > 0:
		return fmt.Sprintf(t.ThePlan, r.Year)
	}
	return t.TheReport
}

// hits quotes what was found, best first, as far as it fits, and returns how
// many of hits the next page may skip.
func (w *Writer) hits(hits []index.Hit) int {
	skip := len(hits)
	any := anyTells(w.r, hits)
	for i, h := range hits {
		if any && !tells(w.r, h) {
			continue
		}
		if q := QuoteOf(w.r, h); !w.shown(q) && !w.Try(func() { w.Quote(q, w.focus(h, q)...) }) {
			skip = min(skip, i)
		}
	}
	return skip
}

// minTelling is how long a passage is that says something: 各位代表！ is not.
const minTelling = 8

// tells reports whether a hit says something: not how the speaker begins and
// ends, nor whom they address.
func tells(r *corpus.Report, h index.Hit) bool {
	p := &r.Passages[h.Passage]
	return p.Zone != corpus.ZoneTitle && p.Zone != corpus.ZoneSalutation && p.Zone != corpus.ZoneClosing && p.Len() >= minTelling
}

func anyTells(r *corpus.Report, hits []index.Hit) bool {
	return slices.ContainsFunc(hits, func(h index.Hit) bool { return tells(r, h) })
}

// focus returns what stands out in the quote of a hit: the clause that answers, if
// it is no more than half of it.
func (w *Writer) focus(h index.Hit, quote corpus.Span) []corpus.Span {
	if f := w.r.TidyEnd(w.r.Tidy(h.Focus)); f.Len() > 1 && quote.Contains(f) && 2*f.Len() <= quote.Len() {
		return []corpus.Span{f}
	}
	return nil
}

// list quotes what was asked for, and tells how many there are if not all of
// them are shown, or if that is what was asked. Of the best hit it quotes the
// whole passage, where that fits: what was asked for may go on behind the clause
// that names it.
func (w *Writer) list(a *index.Answer) int {
	hits := a.Hits
	topic := bare(a) // one year's part of it
	mentions := asks(a, question.Mention) || topic || a.Question != nil && len(a.Question.Verbs) > 0
	if mentions {
		w.Add(chat.Answer, "")
	}
	shown := 0
	byVerb := a.Question != nil && len(a.Question.Verbs) > 0 // the clauses are the items
	if len(hits) > 0 && !byVerb {
		p := w.r.Tidy(w.r.Passages[hits[0].Passage].Span)
		if w.Try(func() { w.Quote(p) }) {
			shown = 1
		}
	}
	shown += w.hits(hits[shown:])
	if !byVerb {
		w.widen(hits[:shown], Room.WideList)
	}
	total, left := len(hits)+a.More, len(hits)-shown+a.More
	beside := slices.DeleteFunc(slices.Clone(a.Commitments), func(c int) bool { return w.shown(w.r.Commitments[c].Span) })
	w.commitments(a)
	var from []int
	for _, h := range hits {
		from = append(from, h.Passage)
	}
	for _, c := range beside {
		if p := w.r.Commitments[c].Passage; p >= 0 {
			from = append(from, p)
		}
		if total++; !w.shown(w.r.Commitments[c].Span) {
			left++
		}
	}
	count := fmt.Sprintf(w.t.ListFound, total, timesOf(w.r, from, w.t))
	switch {
	case mentions && total > 1:
		if w.Blocks[0].Text = count; topic {
			w.Blocks[0] = topicLine(a, count)
		}
	case mentions:
		w.Blocks = w.Blocks[1:] // the quote is the answer
	case left > 0:
		w.Add(chat.Note, count)
	}
	return shown
}

// widen quotes the passage of each hit whole, the best first, as long as the
// reply stays within limit: a reader who gets one line wants to see what it is
// about. What was quoted stands out in it.
func (w *Writer) widen(hits []index.Hit, limit int) {
	for _, h := range hits {
		p := w.r.Tidy(w.r.Passages[h.Passage].Span)
		i := slices.IndexFunc(w.Quoted, func(q corpus.Span) bool { return p.Contains(q) })
		if i < 0 || w.Quoted[i] == p || slices.ContainsFunc(w.Quoted, func(q corpus.Span) bool { return q != w.Quoted[i] && q.Overlaps(p) }) {
			continue
		}
		old := w.r.Quote(w.Quoted[i])
		b := slices.IndexFunc(w.Blocks, func(b chat.Block) bool { return b.Kind == chat.Quote && b.Text == old })
		if b < 0 || Size(w.Blocks)-w.Quoted[i].Len()+p.Len() > limit {
			continue
		}
		w.Blocks[b] = w.marked(chat.Quote, p, []corpus.Span{w.r.TidyEnd(w.Quoted[i])})
		w.Quoted[i] = p
	}
}

// commitments quotes those of a that its hits do not hold.
func (w *Writer) commitments(a *index.Answer) {
	for _, i := range a.Commitments {
		c := &w.r.Commitments[i]
		if !w.shown(c.Span) && !w.Try(func() { w.Quote(c.Span) }) {
			return
		}
	}
}

// outline lists headings as printed.
func (w *Writer) outline(a *index.Answer) {
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
	of := Title(w.r, w.t)
	if parent := a.Report.Sections[a.Sections[0]].Parent; parent >= 0 {
		of = SectionPlace(a.Report, parent, w.t)
	}
	w.Add(chat.Answer, fmt.Sprintf(w.t.OutlineHas, n, of))
	for _, i := range a.Sections {
		s := &a.Report.Sections[i]
		indent := ""
		for range s.Level - top {
			indent += "　"
		}
		text := indent + a.Report.Quote(s.Heading)
		if !w.Try(func() { w.Add(chat.Item, text); w.Quoted = append(w.Quoted, s.Heading) }) {
			break
		}
	}
}

func yearText(y int) string {
	if y == 0 {
		return ""
	}
	return fmt.Sprint(y)
}
