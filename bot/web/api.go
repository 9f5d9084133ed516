package web

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinwen/bot/object"
	"jinwen/bot/web/view"
	"jinwen/corpus"
	"jinwen/handlers/chat"
)

// The API gives the objects that the commands print with --json, each with the
// address of the page that shows it. Errors are problems (RFC 9457). openapi.json
// describes it; a test holds that it does.

//go:embed openapi.json
var openAPI []byte

const api = "/api/v1"

func (s *Server) apiRoutes(add func(string, methods)) {
	add(api+"/ask", methods{http.MethodGet: (*visit).apiAsk, http.MethodPost: (*visit).apiAsk})
	for path, f := range map[string]func(*visit){
		"/reports": (*visit).apiReports, "/figures": (*visit).apiFigures, "/commitments": (*visit).apiCommitments,
		"/passages/{id}": (*visit).apiPassage, "/openapi.json": (*visit).apiDescription,
	} {
		add(api+path, methods{http.MethodGet: f})
	}
}

// json answers with x.
func (v *visit) json(status int, kind string, x any) {
	b := buffer()
	defer buffers.Put(b)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(x); err != nil {
		v.log.Error("answer not made", logErr, err)
		v.w.WriteHeader(http.StatusInternalServerError)
		return
	}
	v.w.Header().Set("Content-Type", kind)
	if v.w.Header().Get("Cache-Control") == "" {
		v.w.Header().Set("Cache-Control", "no-cache")
	}
	v.cors()
	v.write(status, b.Bytes())
}

// cors lets scripts of the configured origins read the answer.
func (v *visit) cors() bool {
	if len(v.opt.CORS) == 0 {
		return false
	}
	v.w.Header().Add("Vary", "Origin")
	o := v.r.Header.Get("Origin")
	if o == "" || !slices.Contains(v.opt.CORS, o) {
		return false
	}
	v.w.Header().Set("Access-Control-Allow-Origin", o)
	return true
}

// preflight answers a browser that asks whether a script of another origin may
// ask; false if it is none of ours.
func (v *visit) preflight(m methods) bool {
	if !strings.HasPrefix(v.r.URL.Path, api) || v.r.Header.Get("Access-Control-Request-Method") == "" || !v.cors() {
		return false
	}
	h := v.w.Header()
	h.Set("Access-Control-Allow-Methods", "GET, POST")
	h.Set("Access-Control-Allow-Headers", "Content-Type")
	h.Set("Access-Control-Max-Age", "3600")
	v.w.WriteHeader(http.StatusNoContent)
	return true
}

// bad answers 400 with what is wrong.
func (v *visit) bad(detail string) { v.problem(http.StatusBadRequest, "Bad Request", detail) }

// apiQuestion is the input of /ask: in the query, or as a JSON object.
type apiQuestion struct {
	Q      string `json:"q"`
	Chat   string `json:"chat"`
	Lang   string `json:"lang"`
	Report string `json:"report"`
}

// apiBody reads what was posted; ok is false if that was answered.
func (v *visit) apiBody() (q apiQuestion, ok bool) {
	if v.r.Method != http.MethodPost {
		return apiQuestion{v.q.Get("q"), v.q.Get("chat"), v.q.Get("lang"), v.q.Get("report")}, true
	}
	data, err := io.ReadAll(v.r.Body)
	var large *http.MaxBytesError
	switch kind, _, _ := mime.ParseMediaType(v.r.Header.Get("Content-Type")); {
	case errors.As(err, &large):
		v.problem(http.StatusRequestEntityTooLarge, "Content Too Large", "the body has more than "+strconv.Itoa(maxBody)+" bytes")
		return q, false
	case err != nil:
		v.bad("the body could not be read")
		return q, false
	case kind == "application/x-www-form-urlencoded":
		v.r.Body = io.NopCloser(strings.NewReader(string(data)))
		if err := v.r.ParseForm(); err != nil {
			v.bad("the body is no form")
			return q, false
		}
		f := v.r.PostForm
		return apiQuestion{f.Get("q"), f.Get("chat"), f.Get("lang"), f.Get("report")}, true
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(&q); err != nil {
		v.bad(`the body is no object of the form {"q": "…", "chat": "…", "lang": "…", "report": "…"}`)
		return q, false
	}
	if d.More() {
		v.bad("something follows the object")
		return q, false
	}
	return q, true
}

// apiAsk answers a question as data.
func (v *visit) apiAsk() {
	in, ok := v.apiBody()
	if !ok {
		return
	}
	q := Question{Text: view.Plain(in.Q), Report: view.Plain(in.Report), From: v.who(), Lang: chat.Lang("")}
	switch {
	case q.Text == "":
		v.bad("q is missing or empty")
		return
	case utf8.RuneCountInString(q.Text) > maxQuestion:
		v.problem(http.StatusRequestEntityTooLarge, "Content Too Large", "q has more than "+strconv.Itoa(maxQuestion)+" characters")
		return
	case in.Lang != "" && !validTag(in.Lang):
		v.bad("lang is none of zh-CN, zh-Hant, en")
		return
	case len(in.Chat) > 100:
		v.bad("chat has more than 100 bytes")
		return
	}
	if in.Lang != "" {
		q.Lang = chat.LangOf(in.Lang)
	}
	if in.Chat != "" {
		q.Chat = q.From + " " + in.Chat // nobody goes on with the chat of another
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), answerTime)
	defer cancel()
	a, err := v.opt.Asker.Find(ctx, q)
	if err != nil {
		v.failed(err)
		return
	}
	a.Missing = orEmpty(a.Missing)
	a.URL = v.page.Base + view.Address("/ask", questionQuery(q.Text, nil, nil))
	for i := range a.Passages {
		p := &a.Passages[i]
		p.URL = v.address(p.Report, p.ID, p.Span)
	}
	for i := range a.Figures {
		f := &a.Figures[i]
		f.URL = v.address(f.Report, "", f.Span)
	}
	for i := range a.Commitments {
		c := &a.Commitments[i]
		c.URL = v.address(c.Report, "", c.Span)
	}
	v.w.Header().Set("Cache-Control", "no-store")
	v.json(http.StatusOK, "application/json", a)
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// address returns where s of a report stands, whole; of the passage id, if that is
// known.
func (v *visit) address(report, id string, s corpus.Span) string {
	if report == "" {
		return ""
	}
	if id == "" {
		return v.page.Base + v.link(report, s)
	}
	return v.page.Base + placeOf(Quoted{report, id, s})
}

func (v *visit) apiReports() {
	list, err := v.opt.Library.Reports(v.r.Context())
	if err != nil {
		v.failed(err)
		return
	}
	out := slices.Clone(list)
	for i := range out {
		out[i].URL = v.page.Base + view.Address("/r/"+out[i].Name)
	}
	v.json(http.StatusOK, "application/json", map[string]any{"reports": orEmpty(out)})
}

// Limits of a page of the API.
const (
	apiLimit    = 100
	maxAPILimit = 1000
)

// apiPage reads offset and limit; ok is false if that was answered.
func (v *visit) apiPage() (offset, limit int, ok bool) {
	limit = apiLimit
	for name, p := range map[string]*int{"offset": &offset, "limit": &limit} {
		s := v.q.Get(name)
		if s == "" {
			continue
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || name == "limit" && (n < 1 || n > maxAPILimit) {
			v.bad(name + " is no number in its range")
			return offset, limit, false
		}
		*p = n
	}
	return offset, limit, true
}

// apiList answers with a page of a list: those of the rows of l that the
// filter takes.
func apiList[T any](v *visit, name string, l *list, pick func(b *Book, i int) T) {
	offset, limit, ok := v.apiPage()
	if !ok {
		return
	}
	sel, err := v.selection(l)
	switch {
	case errors.Is(err, errBadList):
		v.bad("the filter asks for what there is not")
		return
	case err != nil:
		v.failed(err)
		return
	}
	all := []T{}
	n := 0
	for _, b := range sel.books {
		one := *sel
		one.books = []*Book{b}
		rows, err := l.rows(v, &one)
		if err != nil {
			v.failed(err)
			return
		}
		for _, r := range rows {
			if n >= offset && len(all) < limit {
				i, err := strconv.Atoi(r.id[1:])
				if err != nil {
					panic("web: row without a number: " + r.id)
				}
				all = append(all, pick(b, i-1))
			}
			n++
		}
	}
	if offset+len(all) < n {
		q := sel.query()
		q.Set("limit", strconv.Itoa(limit))
		q.Set("offset", strconv.Itoa(offset+limit))
		v.w.Header().Set("Link", "<"+v.page.Base+view.Address(v.r.URL.Path, q)+`>; rel="next"`)
	}
	v.json(http.StatusOK, "application/json", map[string]any{name: all, "total": n})
}

func (v *visit) apiFigures() {
	apiList(v, "figures", &figureList, func(b *Book, i int) object.Figure {
		f := b.Figures[i]
		f.URL = v.page.Base + b.Link(f.Span)
		return f
	})
}

func (v *visit) apiCommitments() {
	apiList(v, "commitments", &commitmentList, func(b *Book, i int) object.Commitment {
		c := b.Commitments[i]
		c.URL = v.page.Base + b.Link(c.Span)
		return c
	})
}

// apiPassage is one passage of a report: of the default one, or of ?report=.
func (v *visit) apiPassage() {
	b, err := v.opt.Library.Book(v.r.Context(), view.Plain(v.q.Get("report")))
	if err != nil {
		v.failed(err)
		return
	}
	id := v.r.PathValue("id")
	for _, p := range b.Text.Passages {
		if p.ID == id {
			v.json(http.StatusOK, "application/json", object.Passage{
				ID: p.ID, Report: b.Name, Path: orEmpty(b.Text.Path(p.Section)), Text: b.Text.Quote(p.Span), Time: p.Time, Span: p.Span,
				URL: v.address(b.Name, p.ID, p.Span),
			})
			return
		}
	}
	v.notFound()
}

func (v *visit) apiDescription() {
	v.w.Header().Set("Content-Type", "application/openapi+json;version=3.1")
	v.w.Header().Set("Cache-Control", "no-cache")
	v.cors()
	v.write(http.StatusOK, openAPI)
}
