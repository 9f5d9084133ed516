package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"jinwen/bot/object"
	"jinwen/bot/web/view"
	"jinwen/corpus"
	"jinwen/handlers/chat"
)

// shownReports is how many reports the first page names.
const shownReports = 12

// home is the first page: a field, examples, topics, reports.
func (v *visit) home() {
	reports, err := v.opt.Library.Reports(v.r.Context())
	if err != nil {
		v.failed(err)
		return
	}
	t := v.page.T()
	v.page.Title, v.page.Nav = t.AskTitle, "ask"
	f := v.form(t.AskLabel)
	f.Hint, f.Big = t.AskHint, true
	v.page.Data = struct {
		Form             form
		Examples, Topics []string
		Reports          []object.Report
		More             bool
	}{f, v.opt.Library.Examples(lang(v)), v.opt.Library.Topics(), reports[:min(len(reports), shownReports)], len(reports) > shownReports}
	v.show(http.StatusOK, "home")
}

// A part is a stretch of an answer with one role.
type part struct {
	Kind  string // answer, quote, title, items, table, note or para
	Lines [][]chat.Run
	Items []item // of items
	Place string // of a quote
	URL   string // of a quote
}

// An item is a line of a list; it may end with a quote.
type item struct {
	Text, Quote []chat.Run
	URL         string // of the quote
}

// A button is a link under an answer; one that copies has no address.
type button struct {
	Text, URL, Copy string
	Download        bool
}

// answerData is the data of the answer's template.
type answerData struct {
	Page            *view.Page
	Question, After string
	Notice          string
	Chart           *view.Chart
	Parts           []part
	Buttons         []button
	Form            form
	Vote            *voteData
	Pretty          string // the address for people
}

// voteData is a form that says whether an answer was useful.
type voteData struct {
	Fields   []view.Field
	Up, Down string
}

// question reads what is asked from the address. ok is false if that was
// answered already: nothing was asked, or too much.
func (v *visit) question() (q Question, ok bool) {
	t := v.page.T()
	text := view.Plain(v.q.Get("q"))
	q = Question{Text: text, Before: cleanBefore(v.q["after"]), Lang: lang(v), From: v.who()}
	for _, b := range v.q["b"][:min(len(v.q["b"]), maxPress)] {
		if b = view.Plain(b); b != "" && len(b) <= 64 {
			q.Press = append(q.Press, b)
		}
	}
	v.page.Nav = "ask"
	if utf8.RuneCountInString(text) > maxQuestion {
		v.failWith(http.StatusRequestEntityTooLarge, t.TooLarge, fmt.Sprintf(t.AskTooLong, maxQuestion))
		return q, false
	}
	if text == "" {
		v.page.Title, v.page.Error, v.page.NoIndex = t.AskTitle, true, true
		f := v.form(t.AskLabel)
		f.Hint, f.Problem, f.Big, f.Focus = t.AskHint, t.AskEmpty, true, true
		v.page.Path = "/"
		v.page.Data = struct {
			Form             form
			Examples, Topics []string
			Reports          []object.Report
			More             bool
		}{Form: f, Examples: v.opt.Library.Examples(lang(v))}
		v.show(http.StatusBadRequest, "home")
		return q, false
	}
	return q, true
}

// ask is the answer to a question. A question that follows on the one before
// is sent on to an address that names both: whoever gets that address sees the
// same answer.
func (v *visit) ask() {
	q, ok := v.question()
	if !ok {
		return
	}
	loose := len(q.Before) == 0 && len(q.Press) == 0
	if loose {
		q.Before = v.talk()
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), answerTime)
	defer cancel()
	a, err := v.opt.Asker.Ask(ctx, q)
	if err != nil {
		v.failed(err)
		return
	}
	if f := download(a); f != nil {
		v.file(f.Name, "application/octet-stream", f.Data)
		return
	}
	before := q.Before
	if loose {
		before = a.Asked[:max(0, len(a.Asked)-1)]
	}
	q.Before = before
	v.page.Query = questionQuery(q.Text, before, q.Press)
	if v.setTalk(append(append([]string{}, before...), q.Text)); loose && len(before) > 0 {
		v.remember()
		v.w.Header().Set("Cache-Control", "no-store")
		http.Redirect(v.w, v.r, view.Address("/ask", v.page.Query, v.page.Sticky), http.StatusSeeOther)
		return
	}
	v.answer(q, a)
}

// questionQuery returns the query of an answer's address.
func questionQuery(text string, before, press []string) url.Values {
	q := url.Values{"q": {text}}
	if len(before) > 0 {
		q["after"] = before
	}
	if len(press) > 0 {
		q["b"] = press
	}
	return q
}

// answer shows a.
func (v *visit) answer(q Question, a Answer) {
	t := v.page.T()
	d := answerData{Page: v.page, Question: q.Text, Parts: v.parts(a), Form: v.form(t.AskAgain), Pretty: pretty(v.page.Canonical())}
	if n := len(q.Before); n > 0 {
		d.After = q.Before[n-1]
	}
	switch v.q.Get("voted") {
	case "":
		d.Notice = a.Notice
	default:
		d.Notice = t.AdminDone
	}
	d.Buttons, d.Vote = v.buttons(q, a)
	for r := &a.Reply; r != nil; r = r.Then {
		if r.Chart != nil && d.Chart == nil {
			d.Chart = &view.Chart{Chart: *r.Chart, About: fmt.Sprintf(t.ChartAbout, r.Chart.Title)}
			if len(d.Parts) > 0 && d.Parts[0].Kind == "title" { // the chart's own
				d.Parts = d.Parts[1:]
			}
		}
	}
	v.page.Title, v.page.About = q.Text, about(d.Parts)
	v.page.Data = d
	v.show(http.StatusOK, "ask")
}

// pretty returns an address as people read it.
func pretty(address string) string {
	if s, err := url.PathUnescape(strings.ReplaceAll(address, "+", " ")); err == nil && view.Plain(s) == s {
		return strings.ReplaceAll(s, " ", "+")
	}
	return address
}

// maxAbout is how long the description of a page is, in characters.
const maxAbout = 150

// about returns the answer in one line, for search engines and previews.
func about(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Kind == "title" || p.Kind == "note" {
			continue
		}
		all := p.Lines
		for _, i := range p.Items {
			all = append(all, i.Text, i.Quote)
		}
		for _, l := range all {
			for _, r := range l {
				b.WriteString(r.Text)
			}
			b.WriteByte(' ')
		}
	}
	s := []rune(view.Plain(b.String()))
	if len(s) > maxAbout {
		s = append(s[:maxAbout-1], '…')
	}
	return string(s)
}

var kinds = map[chat.BlockKind]string{
	chat.Answer: "answer", chat.Title: "title", chat.Item: "items", chat.Table: "table", chat.Note: "note",
}

// parts returns the blocks of a in elements: neighbours of one kind together, a
// quote with its place.
func (v *visit) parts(a Answer) []part {
	var out []part
	for r := &a.Reply; r != nil; r = r.Then {
		for _, b := range r.Blocks {
			last := len(out) - 1
			switch kind := kinds[b.Kind]; {
			case b.Kind == chat.Quote:
				p := part{Kind: "quote", Lines: lines(b)}
				if b.At != nil && b.At.Report != "" {
					s := corpus.Span{Start: b.At.Start, End: b.At.End}
					p.URL = v.sticky(v.link(b.At.Report, s))
				}
				out = append(out, p)
			case b.Kind == chat.Place:
				// One place may stand under several quotes.
				for i := last; i >= 0 && out[i].Kind == "quote" && out[i].Place == ""; i-- {
					out[i].Place = b.Text
				}
			case kind == "":
				out = append(out, part{Kind: "para", Lines: lines(b)})
			case kind == "table":
				out = append(out, part{Kind: kind, Lines: [][]chat.Run{{{Text: b.Text}}}})
			case kind == "items":
				if last < 0 || out[last].Kind != kind {
					out = append(out, part{Kind: kind})
					last++
				}
				out[last].Items = append(out[last].Items, v.item(b))
			case last >= 0 && out[last].Kind == kind && kind != "title":
				out[last].Lines = append(out[last].Lines, lines(b)...)
			default:
				out = append(out, part{Kind: kind, Lines: lines(b)})
			}
		}
	}
	// The answer comes first; of which report it is, or what was asked, after it.
	if len(out) > 1 && (out[0].Kind == "note" || out[0].Kind == "title") && out[1].Kind == "answer" {
		out[0], out[1] = out[1], out[0]
		out[1].Kind = "note"
	}
	return out
}

// item returns a line of a list. One that says where it stands is a quote in corner
// brackets with a word before it.
func (v *visit) item(b chat.Block) item {
	flat := func(b chat.Block) []chat.Run {
		var out []chat.Run
		for _, l := range lines(b) {
			out = append(out, l...)
		}
		return out
	}
	from, to := strings.Index(b.Text, "「"), strings.LastIndex(b.Text, "」")
	if b.At == nil || from < 0 || to < from {
		return item{Text: flat(b)}
	}
	s := corpus.Span{Start: b.At.Start, End: b.At.End}
	return item{Text: flat(b.Cut(0, from)), Quote: flat(b.Cut(from+len("「"), to)), URL: v.sticky(v.link(b.At.Report, s))}
}

// lines returns the lines of a block in runs. What is set off as a whole is so by
// its element.
func lines(b chat.Block) [][]chat.Run {
	var out [][]chat.Run
	at := 0
	for l := range strings.SplitAfterSeq(b.Text, "\n") {
		start, end := at, at+len(strings.TrimRight(l, "\n"))
		at += len(l)
		if strings.TrimSpace(b.Text[start:end]) == "" {
			continue
		}
		c := b.Cut(start, end)
		if runs := c.Runs(); len(c.Strong) > 0 {
			out = append(out, runs)
		} else {
			out = append(out, []chat.Run{{Text: c.Text}})
		}
	}
	return out
}

// link returns the path of where s stands in a report, of its passage if the report
// is there.
func (v *visit) link(report string, s corpus.Span) string {
	if b, err := v.opt.Library.Book(v.r.Context(), report); err == nil && s.Start >= 0 && s.End <= b.Text.Len() {
		return b.Link(s)
	}
	return placeOf(Quoted{Report: report, Span: s})
}

// sticky returns an address of ours with the language and size that this page's
// address names.
func (v *visit) sticky(address string) string {
	if len(v.page.Sticky) == 0 || address == "" {
		return address
	}
	path, fragment, has := strings.Cut(address, "#")
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	path += sep + v.page.Sticky.Encode()
	if has {
		path += "#" + fragment
	}
	return path
}

// voteData of a button: what changes something is no link.
const votePrefix = "vote:"

// buttons returns the links under an answer, and the form to say whether it was
// useful.
func (v *visit) buttons(q Question, a Answer) (list []button, vote *voteData) {
	link := func(press []string) string {
		return view.Address(v.page.Path, questionQuery(q.Text, q.Before, press), v.page.Sticky)
	}
	for r := &a.Reply; r != nil; r = r.Then {
		for _, row := range r.Buttons {
			for _, b := range row {
				switch {
				case strings.HasPrefix(b.Data, votePrefix):
					if vote == nil {
						vote = &voteData{Fields: []view.Field{{Name: "q", Value: q.Text}}}
						for _, s := range q.Before {
							vote.Fields = append(vote.Fields, view.Field{Name: "after", Value: s})
						}
						for _, s := range q.Press {
							vote.Fields = append(vote.Fields, view.Field{Name: "b", Value: s})
						}
					}
					if strings.HasSuffix(b.Data, "-") {
						vote.Down = b.Data
					} else {
						vote.Up = b.Data
					}
				case strings.HasPrefix(b.Data, "ask:") && b.Text != "":
					list = append(list, button{Text: b.Text, URL: v.page.U("/ask", "q", b.Text)})
				case b.Data != "" && len(q.Press) < maxPress:
					list = append(list, button{Text: b.Text, URL: link(append(append([]string{}, q.Press...), b.Data)), Download: strings.HasPrefix(b.Data, "xlsx:")})
				case b.Copy != "":
					list = append(list, button{Text: b.Text, Copy: b.Copy})
				case strings.HasPrefix(b.URL, "https://") || strings.HasPrefix(b.URL, "/"):
					list = append(list, button{Text: b.Text, URL: b.URL})
				}
			}
		}
	}
	if vote != nil && (vote.Up == "" || vote.Down == "") {
		vote = nil
	}
	return list, vote
}

// download returns the file of an answer that is one.
func download(a Answer) *chat.Attachment {
	for r := &a.Reply; r != nil; r = r.Then {
		for i := range r.Files {
			if !r.Files[i].Image {
				return &r.Files[i]
			}
		}
	}
	return nil
}
