package handlers

import (
	"context"
	"fmt"
	"strconv"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
)

// The outline is one message that is edited: headings are buttons, the lowest
// ones show their text.

// outline is /outline.
func outline(ctx context.Context, t *Turn) (chat.Reply, error) {
	return t.section(-1, 0), nil
}

// pressSection opens a section; the argument - is the whole report.
func pressSection(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	section := -1
	if args[0] != noState {
		n, ok := number(args[0], len(t.Report.Sections))
		if !ok {
			return notice(t.text.ButtonBroken), nil
		}
		section = n
	}
	page, ok := number(args[1], 1000)
	if !ok {
		return notice(t.text.ButtonBroken), nil
	}
	r := t.section(section, page)
	r.Edit = true
	return r, nil
}

// children returns the sections right below one; those at the top for -1.
func children(r *corpus.Report, section int) []int {
	var out []int
	for i := range r.Sections {
		if r.Sections[i].Parent == section {
			out = append(out, i)
		}
	}
	return out
}

// own returns the text of a section that stands before its first child, or all of
// it; the heading of its own line not included.
func own(r *corpus.Report, section int) []corpus.Span {
	var out []corpus.Span
	for _, p := range r.Passages {
		if p.Section == section {
			out = append(out, p.Span)
		}
	}
	return out
}

// maxKids is how many headings one page of the outline shows.
const maxKids = 12

// maxIntro is how long a text may be to stand above the headings that follow
// it, in characters.
const maxIntro = 320

// section shows a section: its headings, or its text.
func (t *Turn) section(section, page int) chat.Reply {
	r := t.Report
	w := t.sectionHead(section)
	kids := children(r, section)
	if len(r.Sections) == 0 {
		w.Add(chat.Para, t.text.NoOutline)
	}
	texts := own(r, section)
	if section < 0 {
		texts = nil // greetings
	}
	// Headings come first; a text that has no room above them has pages of its
	// own, after theirs.
	headings, intro := (len(kids)+maxKids-1)/maxKids, 0
	before := 0
	if len(kids) > 0 && len(texts) > 0 && (headings > 1 || lengthOf(texts) > maxIntro) {
		if page < headings {
			texts, intro = nil, headings
		} else {
			page, kids, before = page-headings, nil, headings
		}
	}
	pages, more := 1, false
	if len(texts) > 0 {
		var next int
		next, pages = textPage(w, texts, page)
		page, more = pages-1, next < len(texts)
	} else {
		page = min(page, max(headings-1, 0))
		more = page+1 < headings
		kids = kids[page*maxKids : min((page+1)*maxKids, len(kids))]
	}
	out := chat.Reply{}
	if pages == 1 {
		out.Buttons = t.sectionButtons(r, kids)
	}
	if len(texts) == 0 {
		for _, k := range kids {
			w.Add(chat.Item, r.Quote(r.Sections[k].Heading))
		}
	}
	out.Blocks = w.Blocks
	nav := t.sectionNav(section, before+page, intro, more)
	if s := w.Quoted; len(s) > 0 {
		nav = append(nav, t.copyButton(r, s[0]))
	}
	out.Buttons = append(out.Buttons, nonEmpty(nav)...)
	return out
}

// lengthOf returns how long spans are together, in characters.
func lengthOf(spans []corpus.Span) int {
	n := 0
	for _, s := range spans {
		n += s.Len()
	}
	return n
}

// sectionHead begins with what a section is called and where it stands.
func (t *Turn) sectionHead(section int) *reply.Writer {
	r := t.Report
	w := reply.NewWriter(r, t.text, maxListPage)
	if section < 0 {
		w.Add(chat.Title, reply.Title(r, t.text))
		return w
	}
	w.Add(chat.Title, r.Quote(r.Sections[section].Heading))
	if p := r.Sections[section].Parent; p >= 0 {
		w.Add(chat.Place, reply.SectionPlace(r, p, t.text))
	}
	return w
}

// textPage adds a page of texts to w, or the last if there are fewer. It
// returns the first text of the next page, and how many pages there are up to
// this one.
func textPage(w *reply.Writer, texts []corpus.Span, page int) (next, pages int) {
	base := len(w.Blocks)
	for p, first := 0, 0; ; p++ {
		w.Blocks, w.Quoted = w.Blocks[:base], nil
		at := first
		for ; at < len(texts) && w.Try(func() { w.Text(texts[at]) }); at++ {
		}
		if p >= page || at >= len(texts) {
			return at, p + 1
		}
		first = at
	}
}

// sectionNav returns the buttons that lead from a page of a section to its text
// before the first heading, which begins on page intro if that is not 0, back,
// on and up.
func (t *Turn) sectionNav(section, page, intro int, more bool) []chat.Button {
	r := t.Report
	id := noState
	if section >= 0 {
		id = strconv.Itoa(section)
	}
	var nav []chat.Button
	if intro > 0 {
		nav = append(nav, chat.Button{Text: t.text.ButtonIntro, Data: reply.Data(reply.ActSection, r, id, strconv.Itoa(intro))})
	}
	if page > 0 {
		nav = append(nav, chat.Button{Text: t.text.ButtonBack, Data: reply.Data(reply.ActSection, r, id, strconv.Itoa(page-1))})
	}
	if more {
		nav = append(nav, chat.Button{Text: t.text.ButtonNext, Data: reply.Data(reply.ActSection, r, id, strconv.Itoa(page+1))})
	}
	if section >= 0 {
		up := noState
		if p := r.Sections[section].Parent; p >= 0 {
			up = strconv.Itoa(p)
		}
		nav = append(nav, chat.Button{Text: t.text.ButtonUp, Data: reply.Data(reply.ActSection, r, up, "0")})
	}
	return nav
}

// maxButton is how long the text of a button gets, in characters; a phone
// shows about that many in a full row.
const maxButton = 24

// sectionButtons open sections.
func (t *Turn) sectionButtons(r *corpus.Report, sections []int) [][]chat.Button {
	var rows [][]chat.Button
	for _, i := range sections[:min(len(sections), maxKids)] {
		s := &r.Sections[i]
		rows = append(rows, []chat.Button{{
			Text: zh.Clip(s.Mark+reply.ShortHeading(s.Title), maxButton),
			Data: reply.Data(reply.ActSection, r, fmt.Sprint(i), "0"),
		}})
	}
	return rows
}
