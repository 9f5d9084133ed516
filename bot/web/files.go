package web

import (
	"bytes"
	"encoding/csv"
	"jinwen/bot/web/view"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// What people take away.

// sheet returns the rows of the address as a file has them: all of them, with all
// columns and their addresses.
func (l *list) sheet(v *visit) (Sheet, bool) {
	sel, columns, rows, ok := l.load(v)
	if !ok {
		return Sheet{}, false
	}
	t := v.page.T()
	title, _, _ := l.texts(t)
	out := Sheet{Title: title}
	var sources []string
	for _, b := range sel.books {
		sources = append(sources, b.Title)
	}
	address := v.page.Base + view.Address("/"+l.name, sel.query())
	out.Head = []string{
		t.HeadSource + ": " + strings.Join(sources, "、"), t.HeadFilter + ": " + v.filterText(l, sel),
		t.HeadRows + ": " + strconv.Itoa(len(rows)), t.HeadAddress + ": " + pretty(address),
		t.FilterPeriod + ": " + v.now().Format(time.DateOnly),
	}
	for _, c := range columns {
		out.Columns = append(out.Columns, c.name)
	}
	out.Columns = append(out.Columns, t.HeadAddress)
	for _, r := range rows {
		var line []string
		link := ""
		for _, x := range r.cells {
			line = append(line, x.text)
			if link == "" && x.url != "" {
				link = v.page.Base + x.url
			}
		}
		out.Rows = append(out.Rows, append(line, link))
	}
	return out, true
}

// filterText returns the filter in words.
func (v *visit) filterText(l *list, s *selection) string {
	var out []string
	for _, in := range v.inputs(l, s) {
		value := in.Value
		for _, o := range in.Options {
			if o.Chosen {
				value = o.Name
				if o.Value == "" {
					value = ""
				}
			}
		}
		if value != "" {
			out = append(out, in.Label+" "+value)
		}
	}
	if len(out) == 0 {
		return v.page.T().FilterAll
	}
	return strings.Join(out, "; ")
}

func (l *list) csv(v *visit) {
	s, ok := l.sheet(v)
	if !ok {
		return
	}
	_, _, name := l.texts(v.page.T())
	v.file(name+".csv", "text/csv; charset=utf-8", writeCSV(s))
}

func (l *list) xlsx(v *visit) {
	if v.opt.Sheets == nil {
		v.notFound()
		return
	}
	s, ok := l.sheet(v)
	if !ok {
		return
	}
	b := buffer()
	defer buffers.Put(b)
	if err := v.opt.Sheets.WriteSheet(b, s); err != nil {
		v.failed(err)
		return
	}
	_, _, name := l.texts(v.page.T())
	v.file(name+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b.Bytes())
}

// writeCSV returns a sheet as comma-separated values with a byte order mark, by
// which spreadsheet programs know UTF-8. The first line is the head.
func writeCSV(s Sheet) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	w.Write(s.Columns)
	for _, r := range s.Rows {
		line := make([]string, len(r))
		for i, x := range r {
			line[i] = harmless(x)
		}
		w.Write(line)
	}
	w.Flush() // a bytes.Buffer takes everything
	return b.Bytes()
}

// harmless returns s as a cell that no spreadsheet program takes for a formula.
func harmless(s string) string {
	t := strings.TrimLeft(s, " \u3000\n")
	if t == "" || strings.HasPrefix(t, "——") || isNumber(t) {
		return s
	}
	if strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(t)[0]) {
		return "'" + s
	}
	return s
}

// isNumber reports whether s is a plain number: -3.5 is no formula.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && strings.Trim(s, "0123456789.") == ""
}

// file answers with a file to keep.
func (v *visit) file(name, kind string, data []byte) {
	h := v.w.Header()
	h.Set("Content-Type", kind)
	ascii := "jinwen"
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		ascii += name[i:]
	}
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": ascii})+"; filename*=UTF-8''"+url.PathEscape(name))
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	h.Set("X-Robots-Tag", "noindex")
	v.remember()
	v.write(http.StatusOK, data)
}

func buffer() *bytes.Buffer {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	return b
}
