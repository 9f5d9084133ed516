package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinwen/bot/object"
	"jinwen/bot/web/view"
	"jinwen/corpus"
)

// reports lists the library.
func (v *visit) reports() {
	list, err := v.opt.Library.Reports(v.r.Context())
	if err != nil {
		v.failed(err)
		return
	}
	t := v.page.T()
	v.page.Title, v.page.About, v.page.Nav, v.page.Data = t.ReportsTitle, t.ReportsAbout, "reports", list
	v.show(http.StatusOK, "reports")
}

// maxHits is how many matches of a search are listed as links.
const maxHits = 40

// readerData is the data of the reader's template.
type readerData struct {
	About, Version, Action string
	Word, Found, Clear     string
	Hits                   []view.Item
	Contents               []view.Entry
	Article                template.HTML
	Before, After          *view.Item
}

// reader is a whole report. ?m=START-END marks what was linked, ?q= what is
// looked for.
func (v *visit) reader() {
	b, err := v.opt.Library.Book(v.r.Context(), v.r.PathValue("year")+"/"+v.r.PathValue("place"))
	if err != nil {
		v.failed(err)
		return
	}
	r, t := b.Text, v.page.T()
	word := view.Plain(v.q.Get("q"))
	if utf8.RuneCountInString(word) > 100 {
		v.fail(http.StatusRequestEntityTooLarge, 0)
		return
	}
	linked, isLinked := markOf(v.q.Get("m"), r)
	v.page.Query = url.Values{}
	if word != "" {
		v.page.Query.Set("q", word)
	}
	if isLinked {
		v.page.Query.Set("m", span(linked))
	}
	if v.tagged(b.Version, b.Name) {
		return
	}
	d := readerData{
		About:   fmt.Sprintf(t.ReaderAbout, r.Len(), len(r.Figures), len(r.Commitments)),
		Version: b.Version, Action: view.Address("/r/" + b.Name), Word: word, Clear: v.page.With("q", "", "m", ""),
		Contents: view.Contents(r, 3),
	}
	reading := view.Reading{Report: r, Figure: func(i int) (string, string) {
		return v.aboutFigure(&b.Figures[i]), v.page.U("/figures", "report", b.Name, "id", strconv.Itoa(i+1)) + "#f" + strconv.Itoa(i+1)
	}}
	if isLinked {
		reading.Marks = []corpus.Span{linked}
	}
	if word != "" {
		found := view.Find(r, word)
		reading.Found = found
		d.Found = fmt.Sprintf(t.SearchNone, word)
		if len(found) > 0 {
			d.Found = fmt.Sprintf(t.SearchFound, len(found), word)
		}
		for i := range min(len(found), maxHits) {
			d.Hits = append(d.Hits, view.Item{Name: strconv.Itoa(i + 1), URL: "#h" + strconv.Itoa(i+1)})
		}
	}
	d.Article = reading.Article()
	if d.Before, d.After, err = v.neighbours(b); err != nil {
		v.failed(err)
		return
	}
	v.page.Title, v.page.Nav = b.Title, "reports"
	v.page.About = b.Title + " · " + d.About
	v.page.Data = d
	v.show(http.StatusOK, "reader")
}

// markOf reads START-END, a span of r.
func markOf(s string, r *corpus.Report) (corpus.Span, bool) {
	from, to, _ := strings.Cut(s, "-")
	a, err1 := strconv.Atoi(from)
	z, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || a < 0 || z > r.Len() || a >= z {
		return corpus.Span{}, false
	}
	return corpus.Span{Start: a, End: z}, true
}

// aboutFigure says what a figure is: 地区生产总值 · 2024年 · 目标.
func (v *visit) aboutFigure(f *object.Figure) string {
	return f.Name + " · " + v.period(f.Period) + " · " + v.nature(f.Nature)
}

func (v *visit) nature(n corpus.Nature) string {
	t := v.page.T()
	switch n {
	case corpus.Actual:
		return t.Result
	case corpus.Target:
		return t.Target
	}
	return t.Background
}

func (v *visit) period(p string) string {
	t := v.page.T()
	switch p {
	case "cumulative":
		return t.Cumulative
	case "other", "":
		return t.OtherPeriod
	}
	return p
}

// neighbours returns the reports before and after b: of its place by year if there
// are such, else in the order of the list.
func (v *visit) neighbours(b *Book) (before, after *view.Item, err error) {
	list, err := v.opt.Library.Reports(v.r.Context())
	if err != nil {
		return nil, nil, err
	}
	same := slices.DeleteFunc(slices.Clone(list), func(r object.Report) bool { return r.Place != b.Report.Place })
	if len(same) > 1 {
		list = same
		slices.SortFunc(list, func(x, y object.Report) int { return x.Year - y.Year })
	}
	i := slices.IndexFunc(list, func(r object.Report) bool { return r.Name == b.Name })
	t := v.page.T()
	item := func(format string, r object.Report) *view.Item {
		return &view.Item{Name: fmt.Sprintf(format, r.Title), URL: v.page.U("/r/" + r.Name)}
	}
	if i > 0 {
		before = item(t.Previous, list[i-1])
		v.page.Prev = before.URL
	}
	if i >= 0 && i+1 < len(list) {
		after = item(t.Next, list[i+1])
		v.page.Fwd = after.URL
	}
	return before, after, nil
}
