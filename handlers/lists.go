package handlers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/handlers/texts"
)

// Lists of figures, commitments and pairs: filtered, paged by editing one
// message. Pages are as long as their quotes allow, so a page is found by
// laying out those before it.

// What a list shows.
const (
	listFigures     = "fig"
	listCommitments = "com"
	listPairs       = "cmp"
)

// maxListPage is how long a page of a list grows, in characters.
const maxListPage = 1000

// maxPairPage is the same of the indicators side by side, a line each: one
// screen of a phone.
const maxPairPage = 480

// figures is /figures [words].
func figures(ctx context.Context, t *Turn) (chat.Reply, error) {
	return t.list(listFigures, t.parseFilter(t.Args), 0), nil
}

// commitments is /commitments [words].
func commitments(ctx context.Context, t *Turn) (chat.Reply, error) {
	return t.list(listCommitments, t.parseFilter(t.Args), 0), nil
}

// compare is /compare [words].
func compare(ctx context.Context, t *Turn) (chat.Reply, error) {
	return t.list(listPairs, t.parseFilter(t.Args), 0), nil
}

// pressList turns to another page.
func pressList(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	page, ok := number(args[2], 1000)
	if !ok || !validList(args[0]) {
		return notice(t.text.ButtonBroken), nil
	}
	f, ok := t.recallFilter(args[1])
	if !ok {
		return notice(t.text.ButtonExpired), nil
	}
	r := t.list(args[0], f, page)
	r.Edit = true
	return r, nil
}

func validList(what string) bool {
	return what == listFigures || what == listCommitments || what == listPairs
}

// rowsOf returns the numbers of the rows that f takes.
func (t *Turn) rowsOf(what string, f filter) []int {
	rows := t.rows(f)
	var out []int
	switch what {
	case listFigures:
		for i := range t.Report.Figures {
			if rows.Figure(t.Report, i) {
				out = append(out, i)
			}
		}
	case listCommitments:
		for i := range t.Report.Commitments {
			if rows.Commitment(t.Report, i) {
				out = append(out, i)
			}
		}
	case listPairs:
		topic := make(map[int]int) // looked for once, not in every comparison
		for i, p := range t.Report.Pairs {
			if rows.Pair(t.Report, p) {
				out = append(out, i)
				topic[i] = t.topicNumber(i)
			}
		}
		slices.SortStableFunc(out, func(a, b int) int { return topic[a] - topic[b] })
	}
	return out
}

// topicNumber returns the number of the first topic that pair i is of; of none, the
// number behind the last.
func (t *Turn) topicNumber(i int) int {
	topics := t.bot.opt.Topics.Topics()
	p := t.Report.Pairs[i]
	text := p.Indicator + "\n" + t.Report.Quote(reply.FigureQuote(t.Report, &t.Report.Figures[p.Target]))
	for n, topic := range topics {
		if t.bot.opt.Topics.InTopic(topic, text) {
			return n
		}
	}
	return len(topics)
}

// list returns a page of a list; one beyond the end is the last.
func (t *Turn) list(what string, f filter, page int) chat.Reply {
	rows := t.rowsOf(what, f)
	head := t.listHead(what, f, len(rows))
	if len(rows) == 0 {
		r := chat.Reply{Blocks: append(head, chat.Block{Kind: chat.Para, Text: t.text.ListEmpty})}
		r.Buttons = t.listButtons(what, f, 0, 0, rows)
		return r
	}
	var blocks []chat.Block
	first, at := 0, 0
	for p := 0; ; p++ {
		blocks, at = t.listPage(what, rows, first, head)
		if p >= page || at >= len(rows) {
			page = p
			break
		}
		first = at
	}
	r := chat.Reply{Blocks: blocks}
	if first > 0 || at < len(rows) {
		r.Blocks = append(r.Blocks, chat.Block{Kind: chat.Note, Text: fmt.Sprintf(t.text.ListRange, first+1, at, len(rows))})
	}
	r.Buttons = t.listButtons(what, f, page, len(rows)-at, rows)
	if what == listPairs {
		r.Buttons = append(t.pairButtons(rows, first, at), r.Buttons...)
	}
	return r
}

// pairButtons open the rows of a page with their clauses.
func (t *Turn) pairButtons(rows []int, first, end int) [][]chat.Button {
	const (
		inRow = 2
		label = 14 // characters: half of a phone's width
	)
	var out [][]chat.Button
	for i := first; i < end; i++ {
		if (i-first)%inRow == 0 {
			out = append(out, nil)
		}
		target := t.Report.Pairs[rows[i]].Target
		b := chat.Button{Text: zh.Clip(reply.FigureName(t.Report, &t.Report.Figures[target]), label), Data: reply.Data(actPair, t.Report, strconv.Itoa(target))}
		out[len(out)-1] = append(out[len(out)-1], b)
	}
	return out
}

func (t *Turn) listHead(what string, f filter, n int) []chat.Block {
	name := map[string]string{listFigures: t.text.FiguresTitle, listCommitments: t.text.CommitmentsTitle, listPairs: t.text.PairsTitle}[what]
	head := []chat.Block{{Kind: chat.Title, Text: fmt.Sprintf(name, n)}}
	if !f.zero() {
		head = append(head, chat.Block{Kind: chat.Note, Text: fmt.Sprintf(t.text.FilteredBy, f.string(t))})
	}
	if y := t.Report.Year; what == listPairs && y > 0 && n > 0 {
		head = append(head, chat.Block{Kind: chat.Note, Text: fmt.Sprintf(t.text.PairHead, t.Report.ReviewYear(), y)})
	}
	return head
}

// listPage lays out rows from first on and returns the first that did not fit.
func (t *Turn) listPage(what string, rows []int, first int, head []chat.Block) ([]chat.Block, int) {
	limit := maxListPage
	if what == listPairs {
		limit = maxPairPage
	}
	w := reply.NewWriter(t.Report, t.text, limit)
	w.Blocks = slices.Clone(head)
	for i := first; i < len(rows); i++ {
		row := func() {
			switch what {
			case listFigures:
				f := &t.Report.Figures[rows[i]]
				w.Add(chat.Item, reply.FigureLine(t.Report, f, t.text))
				w.QuoteAlways(reply.FigureQuote(t.Report, f))
			case listCommitments:
				w.QuoteAlways(t.Report.Commitments[rows[i]].Span)
			case listPairs:
				if n := t.topicNumber(rows[i]); i == first || n != t.topicNumber(rows[i-1]) {
					w.Add(chat.Title, t.topicName(n))
				}
				w.Add(chat.Item, t.pairLine(t.Report.Pairs[rows[i]]))
			}
		}
		if !w.Try(row) {
			return w.Blocks, i
		}
	}
	return w.Blocks, len(rows)
}

// topicName returns what the rows of topic n stand under.
func (t *Turn) topicName(n int) string {
	if topics := t.bot.opt.Topics.Topics(); n < len(topics) {
		return texts.Topic(topics[n], t.Lang)
	}
	return t.text.OtherTopics
}

// pairLine returns an indicator with its result and its target on one line, and
// which way it is to go: 集装箱吞吐量：2218万标准箱 → 突破2300万标准箱 ↑.
func (t *Turn) pairLine(p corpus.Pair) string {
	r := t.Report
	a, b := &r.Figures[p.Actual], &r.Figures[p.Target]
	line := fmt.Sprintf(t.text.PairLine, reply.FigureName(r, b), r.Quote(reply.BoundSpan(r, a)), r.Quote(reply.BoundSpan(r, b)))
	switch {
	case !reply.SameAxis(a, b) || a.High != 0 || b.High != 0 || a.Measure == corpus.MeasureRank:
		return line
	case b.Number > a.Number:
		return line + " ↑"
	case b.Number < a.Number:
		return line + " ↓"
	}
	return line + " ="
}

// listButtons returns the pages, filters and ways to take a list away.
func (t *Turn) listButtons(what string, f filter, page, left int, rows []int) [][]chat.Button {
	id := t.filterID(f)
	if id == "" {
		return nil
	}
	rep := t.Report
	var pages, filters, take []chat.Button
	if page > 0 {
		pages = append(pages, chat.Button{Text: t.text.ButtonBack, Data: reply.Data(actList, rep, what, id, strconv.Itoa(page-1))})
	}
	if left > 0 {
		pages = append(pages, chat.Button{Text: fmt.Sprintf(t.text.ButtonMore, left), Data: reply.Data(actList, rep, what, id, strconv.Itoa(page+1))})
	}
	if len(t.bot.opt.Topics.Topics()) > 0 {
		filters = append(filters, chat.Button{Text: t.text.ButtonTopics, Data: reply.Data(actFilter, rep, what, id, "t")})
	}
	switch what {
	case listFigures:
		for _, y := range []int{rep.ReviewYear(), rep.Year} {
			if y == 0 {
				continue
			}
			choice := "y" + strconv.Itoa(y)
			if f.Year == y {
				choice = "y0"
			}
			filters = append(filters, chat.Button{Text: tick(f.Year == y, fmt.Sprintf(t.text.YearOf, y)), Data: reply.Data(actFilter, rep, what, id, choice)})
		}
	case listCommitments:
		filters = append(filters,
			chat.Button{Text: t.text.ButtonPlaces, Data: reply.Data(actFilter, rep, what, id, "p")},
			chat.Button{Text: tick(f.Quantified, t.text.Quantified), Data: reply.Data(actFilter, rep, what, id, "n")})
	}
	if !f.zero() {
		filters = append(filters, chat.Button{Text: t.text.ButtonAll, Data: reply.Data(actFilter, rep, what, id, "x")})
	}
	if len(rows) > 0 {
		take = append(take, chat.Button{Text: t.text.ButtonExport, Data: reply.Data(actExport, rep, id)})
		for i, g := range t.chartGroups(what, rows) {
			if i == 2 {
				break
			}
			take = append(take, chat.Button{Text: fmt.Sprintf(t.text.ButtonChartOf, g.name(t.text)), Data: reply.Data(actChart, rep, what+strconv.Itoa(i), id)})
		}
	}
	return nonEmpty(pages, filters, take)
}

func tick(on bool, s string) string {
	if on {
		return "✓ " + s
	}
	return s
}

// maxChoices is how many topics or places a menu offers.
const maxChoices = 24

// pressFilter changes the filter of a list, or shows what there is to choose.
func pressFilter(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	what, choice := args[0], args[2]
	if !validList(what) {
		return notice(t.text.ButtonBroken), nil
	}
	f, ok := t.recallFilter(args[1])
	if !ok {
		return notice(t.text.ButtonExpired), nil
	}
	n, numbered := 0, false
	if len(choice) > 1 {
		if n, numbered = number(choice[1:], 10000); !numbered {
			return notice(t.text.ButtonBroken), nil
		}
	}
	switch choice[0] {
	case 'x':
		f = filter{}
	case 'n':
		f.Quantified = !f.Quantified
	case 'y':
		if n != 0 && n != t.Report.Year && n != t.Report.ReviewYear() {
			return notice(t.text.ButtonBroken), nil
		}
		f.Year = n
	case 't', 'p':
		choices := t.bot.opt.Topics.Topics()
		if choice[0] == 'p' {
			choices = placesOf(t.Report)
		}
		if !numbered {
			return t.filterMenu(what, args[1], choice, choices), nil
		}
		if n >= len(choices) {
			return notice(t.text.ButtonBroken), nil
		}
		if choice[0] == 't' {
			f.Topic = choices[n]
		} else {
			f.Place = choices[n]
		}
	default:
		return notice(t.text.ButtonBroken), nil
	}
	r := t.list(what, f, 0)
	r.Edit = true
	return r, nil
}

// filterMenu offers topics or places.
func (t *Turn) filterMenu(what, id, choice string, choices []string) chat.Reply {
	text := t.text.ChooseTopic
	if choice == "p" {
		text = t.text.ChoosePlace
	}
	r := chat.Say(text)
	r.Edit = true
	var row []chat.Button
	width := 0
	for i, c := range choices[:min(len(choices), maxChoices)] {
		if choice == "t" {
			c = texts.Topic(c, t.Lang)
		}
		n := utf8.RuneCountInString(c)
		if len(row) == 3 || width+n > 14 && len(row) > 0 {
			r.Buttons = append(r.Buttons, row)
			row, width = nil, 0
		}
		row = append(row, chat.Button{Text: c, Data: reply.Data(actFilter, t.Report, what, id, choice+strconv.Itoa(i))})
		width += n
	}
	if len(row) > 0 {
		r.Buttons = append(r.Buttons, row)
	}
	r.Buttons = append(r.Buttons, []chat.Button{{Text: t.text.ButtonBackToList, Data: reply.Data(actList, t.Report, what, id, "0")}})
	return r
}

// placesOf returns the places that commitments of r name, most often named first.
func placesOf(r *corpus.Report) []string {
	count := make(map[string]int)
	var out []string
	for i := range r.Commitments {
		for _, p := range r.Commitments[i].Places {
			if count[p]++; count[p] == 1 {
				out = append(out, p)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return count[b] - count[a] })
	return out
}
