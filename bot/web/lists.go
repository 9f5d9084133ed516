package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"jinwen/bot/object"
	"jinwen/bot/web/view"
	"jinwen/handlers/chat"
)

// A list is a table of what reports say: a page with a filter, ways to sort it
// and pages of rows, and the same rows, all of them, as files.
type list struct {
	name    string // of its path, without the slash
	texts   func(t *view.Texts) (title, about, file string)
	inputs  []string // of its filter, in their order
	columns func(v *visit, sel *selection) []column
	rows    func(v *visit, sel *selection) ([]row, error)
	chart   func(v *visit, sel *selection, rows []row) *view.Chart
	// start chooses the books where the address does not.
	start func(v *visit, sel *selection) error
}

// A column is one of a list. Those of the page come first in a row's cells; a
// file has all of them.
type column struct {
	name string
	sort string // its name in ?sort=; "" is no way to sort
	file bool   // only in files
}

// A row is a line of a list.
type row struct {
	id    string
	cells []cell // as the list's columns
	bars  []chat.ChartBar
}

// A cell is one value of a row.
type cell struct {
	text   string
	url    string // path of this server
	class  string
	zh     bool // words of the report
	number float64
	sorts  bool // by number
}

// lists are all lists, in the order of the menu.
var lists = []*list{&figureList, &commitmentList, &pairList, &keptList, &compareList}

// pageRows is how many rows a page has.
const pageRows = 50

// maxBooks is how many reports one list looks through.
const maxBooks = 100

// A selection is what a list is narrowed to, as its address says.
type selection struct {
	books   []*Book
	keeping *Keeping        // of keptList
	reports []object.Report // all there are

	report, place, topic, year, nature, verdict, concept, id string
	words                                                    []string
	mention                                                  string // place that a row must name
	sort                                                     string
	down                                                     bool
	page                                                     int
}

var errBadList = errors.New("no such choice")

// selection reads what the address asks l for.
func (v *visit) selection(l *list) (*selection, error) {
	get := func(name string) string { return view.Plain(v.q.Get(name)) }
	s := &selection{
		report: get("report"), place: get("place"), topic: get("topic"), year: get("year"), nature: get("nature"),
		verdict: get("verdict"), concept: get("concept"), id: get("id"), sort: get("sort"), down: get("dir") == "desc", page: 1,
	}
	for _, x := range []string{"q", "place", "topic", "year", "concept", "report", "id"} {
		if utf8.RuneCountInString(v.q.Get(x)) > 100 {
			return nil, errBadList
		}
	}
	s.words = strings.FieldsFunc(get("q"), func(c rune) bool { return strings.ContainsRune(" 　,，、;；", c) })
	if p := get("page"); p != "" {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || n > 1e6 {
			return nil, errBadList
		}
		s.page = n
	}
	if s.topic != "" && !slices.Contains(v.opt.Library.Topics(), s.topic) {
		return nil, errBadList
	}
	var err error
	if s.reports, err = v.opt.Library.Reports(v.r.Context()); err != nil {
		return nil, err
	}
	s.mention = s.place
	if l.start != nil {
		err = l.start(v, s)
	} else {
		err = v.choose(s, "")
	}
	return s, err
}

// choose opens the books of s: the report that is named, those of the place, or
// the one called other, "" being the default one, "all" all of them.
func (v *visit) choose(s *selection, other string) error {
	names := []string{s.report}
	ofPlace := func(r object.Report) bool {
		return s.place != "" && (r.Place == s.place || strings.HasSuffix(r.Name, "/"+s.place))
	}
	if s.report == "" {
		names[0] = other
		if slices.ContainsFunc(s.reports, ofPlace) {
			names[0], s.mention = "all", ""
		}
	}
	if names[0] == "all" {
		names = nil
		for _, r := range s.reports {
			if s.mention != "" || s.place == "" || ofPlace(r) {
				names = append(names, r.Name)
			}
		}
		names = names[:min(len(names), maxBooks)]
	}
	for _, n := range names {
		b, err := v.opt.Library.Book(v.r.Context(), n)
		if err != nil {
			return err
		}
		s.books = append(s.books, b)
	}
	return nil
}

// takes reports whether the words, the place and the topic of s are in a row's
// text.
func (v *visit) takes(s *selection, text string) bool {
	if s.mention != "" && !strings.Contains(text, s.mention) {
		return false
	}
	if s.topic != "" && !v.opt.Library.InTopic(s.topic, text) {
		return false
	}
	if len(s.words) == 0 {
		return true
	}
	text = strings.ToLower(text)
	for _, w := range s.words {
		if !strings.Contains(text, strings.ToLower(w)) {
			return false
		}
	}
	return true
}

// load reads and sorts the rows that the address asks for; ok is false if that
// was answered already.
func (l *list) load(v *visit) (sel *selection, columns []column, rows []row, ok bool) {
	sel, err := v.selection(l)
	if err == nil {
		columns = l.columns(v, sel)
		rows, err = l.rows(v, sel)
	}
	switch {
	case errors.Is(err, errBadList):
		v.fail(http.StatusBadRequest, 0)
		return nil, nil, nil, false
	case err != nil:
		v.failed(err)
		return nil, nil, nil, false
	}
	if sel.sort != "" {
		i := slices.IndexFunc(columns, func(c column) bool { return c.sort == sel.sort })
		if i < 0 {
			v.fail(http.StatusBadRequest, 0)
			return nil, nil, nil, false
		}
		sortRows(rows, i, sel.down)
	}
	return sel, columns, rows, true
}

// sortRows sorts by column i: numbers by their size, words as a dictionary has
// them (by pinyin). Rows without a value come last either way.
func sortRows(rows []row, i int, down bool) {
	c := collate.New(language.Chinese)
	var buf collate.Buffer
	keys := make(map[*cell][]byte, len(rows))
	for k := range rows {
		x := &rows[k].cells[i]
		if !x.sorts {
			keys[x] = c.KeyFromString(&buf, x.text)
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		x, y := &a.cells[i], &b.cells[i]
		if (x.text == "") != (y.text == "") {
			if x.text == "" {
				return 1
			}
			return -1
		}
		n := 0
		switch {
		case x.sorts && y.sorts && x.number != y.number:
			n = 1
			if x.number < y.number {
				n = -1
			}
		case x.sorts != y.sorts:
			n = 1
			if x.sorts {
				n = -1
			}
		case !x.sorts:
			n = slices.Compare(keys[x], keys[y])
		}
		if down {
			return -n
		}
		return n
	})
}

// query returns the address of the list as it is narrowed, without its page.
func (s *selection) query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{
		"report": s.report, "place": s.place, "topic": s.topic, "year": s.year, "nature": s.nature,
		"verdict": s.verdict, "concept": s.concept, "id": s.id, "sort": s.sort, "q": strings.Join(s.words, " "),
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if s.down {
		q.Set("dir", "desc")
	}
	return q
}

// page shows a page of the list.
func (l *list) page(v *visit) {
	sel, columns, rows, ok := l.load(v)
	if !ok {
		return
	}
	t := v.page.T()
	title, aboutText, _ := l.texts(t)
	v.page.Title, v.page.About, v.page.Nav = title, aboutText, l.name
	v.page.Query = sel.query()
	from := (sel.page - 1) * pageRows
	if from >= len(rows) && sel.page > 1 {
		v.notFound()
		return
	}
	to := min(from+pageRows, len(rows))
	d := view.Table{
		About: aboutText, Caption: v.caption(title, sel), Action: "/" + l.name, Inputs: v.inputs(l, sel),
		XLSX: view.Address("/"+l.name+".xlsx", sel.query(), v.page.Sticky), CSV: view.Address("/"+l.name+".csv", sel.query(), v.page.Sticky),
		Range: fmt.Sprintf(t.RowsFound, len(rows)),
	}
	if v.opt.Sheets == nil {
		d.XLSX = ""
	}
	if len(rows) > pageRows {
		d.Range = fmt.Sprintf(t.RowsRange, from+1, to, len(rows))
	}
	if slices.ContainsFunc(append([]string{"sort"}, l.inputs...), v.q.Has) {
		d.Clear = v.page.U("/" + l.name)
	}
	if sel.sort != "" {
		d.Keep = append(d.Keep, view.Field{Name: "sort", Value: sel.sort})
		if sel.down {
			d.Keep = append(d.Keep, view.Field{Name: "dir", Value: "desc"})
		}
	}
	if l.chart != nil {
		d.Chart = l.chart(v, sel, rows[from:to])
	}
	d.Columns = v.heads(columns, sel)
	d.Rows = v.lines(columns, rows[from:to])
	v.turn(&d, sel, to < len(rows))
	if len(rows) == 0 && len(sel.books) == 0 {
		d.Note = v.nothing(l, sel)
	}
	v.page.Data = d
	v.show(http.StatusOK, "table")
}

// heads returns the heads of the page's columns, with the ways to sort by them.
func (v *visit) heads(columns []column, sel *selection) []view.Column {
	var out []view.Column
	for _, c := range columns {
		if c.file {
			continue
		}
		h := view.Column{Name: c.name}
		if c.sort != "" {
			h.URL = v.page.With("sort", c.sort, "dir", "", "page", "")
			if c.sort == sel.sort {
				if h.Sort = "ascending"; sel.down {
					h.Sort = "descending"
				} else {
					h.URL = v.page.With("sort", c.sort, "dir", "desc", "page", "")
				}
			}
		}
		out = append(out, h)
	}
	return out
}

// lines returns rows as the page shows them.
func (v *visit) lines(columns []column, rows []row) []view.Row {
	var all []view.Row
	for _, r := range rows {
		out := view.Row{ID: r.id}
		for i, c := range columns {
			if !c.file {
				x := r.cells[i]
				out.Cells = append(out.Cells, view.Cell{Label: c.name, Text: x.text, URL: v.sticky(x.url), Class: x.class, Zh: x.zh})
			}
		}
		all = append(all, out)
	}
	return all
}

// turn adds the ways to the pages before and after.
func (v *visit) turn(d *view.Table, sel *selection, more bool) {
	if sel.page > 1 {
		d.PrevURL = v.page.With("page", strconv.Itoa(sel.page-1))
		if sel.page == 2 {
			d.PrevURL = v.page.With("page", "")
		}
		v.page.Prev = d.PrevURL
	}
	if more {
		d.NextURL = v.page.With("page", strconv.Itoa(sel.page+1))
		v.page.Fwd = d.NextURL
	}
	if sel.page > 1 {
		v.page.Query.Set("page", strconv.Itoa(sel.page))
	}
}

// caption says what a table is of, with its report.
func (v *visit) caption(title string, s *selection) string {
	if len(s.books) == 1 {
		return title + " · " + s.books[0].Title
	}
	return title
}
