package web

import (
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"jinwen/bot/web/guard"
	"jinwen/bot/web/view"
	"jinwen/handlers/chat"
)

// The admins' pages. Whoever is signed in has a cookie with a random token; the
// server keeps its hash and whose it is, in memory: after a restart everybody
// signs in again. What changes something is a POST from this very site
// (http.CrossOriginProtection) and goes on to a page of its own.

// noAddress stands for all addresses together.
var noAddress netip.Addr

const cookieSession = "session"

// How long a session lasts without a request, and at all.
const (
	sessionIdle = 30 * time.Minute
	sessionLife = 8 * time.Hour
)

// maxSessions bounds the memory; the oldest go first.
const maxSessions = 200

// desk is who is signed in.
type desk struct {
	s     *Server
	login *guard.Rate   // of one address
	all   *guard.Rate   // of all addresses together
	slot  chan struct{} // one hash is worked on at a time: each takes 64 MB

	mu       sync.Mutex
	sessions map[[32]byte]*session
}

type session struct {
	name        string
	since, used time.Time
}

func newDesk(s *Server) *desk {
	return &desk{
		s: s, login: guard.NewRate(1.0/15, 5, s.opt.Clock), all: guard.NewRate(1, 30, s.opt.Clock), slot: make(chan struct{}, 1),
		sessions: make(map[[32]byte]*session),
	}
}

func (d *desk) routes(add func(string, methods)) {
	if d.s.opt.Desk == nil || len(d.s.opt.Admins) == 0 {
		return
	}
	add("/admin/login", methods{http.MethodGet: d.loginPage, http.MethodPost: d.signIn})
	for path, m := range map[string]methods{
		"/admin":         {http.MethodGet: (*visit).deskHome},
		"/admin/logout":  {http.MethodPost: d.signOut},
		"/admin/import":  {http.MethodPost: (*visit).deskImport},
		"/admin/preview": {http.MethodGet: (*visit).deskPreview},
		"/admin/diff":    {http.MethodGet: (*visit).deskDiff},
		"/admin/change":  {http.MethodPost: (*visit).deskChange},
		"/admin/missed":  {http.MethodGet: (*visit).deskMissed},
		"/admin/words":   {http.MethodGet: (*visit).deskWords, http.MethodPost: (*visit).deskWord},
		"/admin/use":     {http.MethodGet: (*visit).deskUse},
		"/admin/audit":   {http.MethodGet: (*visit).deskAudit},
	} {
		for method, f := range m {
			m[method] = d.guarded(f)
		}
		add(path, m)
	}
}

// guarded lets those through who are signed in; others are sent to sign in.
func (d *desk) guarded(f func(*visit)) func(*visit) {
	return func(v *visit) {
		v.w.Header().Set("Cache-Control", "no-store")
		v.page.NoIndex, v.page.Nav = true, "admin"
		name := d.who(v)
		if name == "" {
			q := url.Values{}
			if v.cookie(cookieSession) != "" {
				q.Set("expired", "1")
			}
			http.Redirect(v.w, v.r, view.Address("/admin/login", q, v.page.Sticky), http.StatusSeeOther)
			return
		}
		v.page.Admin = name
		f(v)
	}
}

// stickyOf returns the language and size that a form carries along.
func stickyOf(form url.Values) url.Values {
	out := url.Values{}
	for _, k := range []string{"lang", "size"} {
		if s := form.Get(k); s != "" && len(s) < 20 {
			out.Set(k, s)
		}
	}
	return out
}

// deskShow shows a page of the desk; what went wrong before is shown on it.
func (v *visit) deskShow(name, title string, data any) {
	v.page.Title = title
	v.page.Data = data
	v.show(http.StatusOK, name)
}

// refused shows what an admin can mend; other errors are the server's.
func (v *visit) refused(err error) {
	r, ok := err.(*Refusal)
	if !ok {
		v.failed(err)
		return
	}
	v.page.Title, v.page.Error = v.page.T().AdminTitle, true
	v.page.Data = r
	v.show(http.StatusUnprocessableEntity, "refused")
}

func (v *visit) deskHome() {
	versions, err := v.opt.Desk.Versions(v.r.Context())
	if err != nil {
		v.refused(err)
		return
	}
	active := ""
	for _, x := range versions {
		if x.Active {
			active = x.ID
		}
	}
	v.deskShow("desk", v.page.T().AdminTitle, struct {
		Versions []Version
		Active   string
		Done     bool
	}{versions, active, v.q.Get("done") != ""})
}

// deskImport takes a file and goes on to what it would change.
func (v *visit) deskImport() {
	c := http.NewResponseController(v.w)
	c.SetReadDeadline(time.Now().Add(uploadTime))
	c.SetWriteDeadline(time.Now().Add(uploadTime))
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxUpload)
	form, err := v.r.MultipartReader()
	if err != nil {
		v.refused(&Refusal{Text: v.page.T().AdminNoFile})
		return
	}
	var name string
	var data []byte
	sticky := url.Values{}
	for {
		p, err := form.NextPart()
		if err == io.EOF {
			break
		}
		if err == nil {
			var b []byte
			if b, err = io.ReadAll(p); err == nil {
				switch p.FormName() {
				case "file":
					name, data = p.FileName(), b
				case "lang", "size":
					sticky.Set(p.FormName(), string(b[:min(len(b), 20)]))
				}
			}
		}
		if err != nil {
			v.fail(http.StatusRequestEntityTooLarge, 0)
			return
		}
	}
	if name == "" || len(data) == 0 {
		v.refused(&Refusal{Text: v.page.T().AdminNoFile})
		return
	}
	p, err := v.opt.Desk.Import(v.r.Context(), v.page.Admin, name, data, lang(v))
	if err != nil {
		v.refused(err)
		return
	}
	http.Redirect(v.w, v.r, view.Address("/admin/preview", url.Values{"version": {p.Version}}, sticky), http.StatusSeeOther)
}

func (v *visit) deskPreview() {
	p, err := v.opt.Desk.Preview(v.r.Context(), v.page.Admin, v.q.Get("version"), lang(v))
	if err != nil {
		v.refused(err)
		return
	}
	v.page.Query = url.Values{"version": {p.Version}}
	v.deskShow("preview", v.page.T().AdminCheck, struct {
		Page *view.Page
		Preview
		Parts []part
	}{v.page, p, v.parts(Answer{Reply: p.Reply})})
}

// deskDiff is the whole of what a version would change, as a file.
func (v *visit) deskDiff() {
	p, err := v.opt.Desk.Preview(v.r.Context(), v.page.Admin, v.q.Get("version"), lang(v))
	switch {
	case err != nil:
		v.refused(err)
	case len(p.Reply.Files) == 0:
		v.notFound()
	default:
		f := p.Reply.Files[0]
		v.file(f.Name, "text/markdown; charset=utf-8", f.Data)
	}
}

// deskChange makes a version live, goes back to one, or drops one.
func (v *visit) deskChange() {
	f, ok := v.deskForm()
	if !ok {
		return
	}
	id, from := f.Get("version"), f.Get("from")
	var err error
	switch f.Get("do") {
	case "activate":
		err = v.opt.Desk.Activate(v.r.Context(), v.page.Admin, id, from, lang(v))
	case "rollback":
		err = v.opt.Desk.Rollback(v.r.Context(), v.page.Admin, id, from, lang(v))
	case "discard":
		err = v.opt.Desk.Discard(v.r.Context(), v.page.Admin, id, lang(v))
	default:
		v.fail(http.StatusBadRequest, 0)
		return
	}
	v.deskDone("/admin", f, err)
}

func (v *visit) deskForm() (url.Values, bool) {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxBody)
	if err := v.r.ParseForm(); err != nil {
		v.fail(http.StatusRequestEntityTooLarge, 0)
		return nil, false
	}
	return v.r.PostForm, true
}

func (v *visit) deskDone(path string, form url.Values, err error) {
	if err != nil {
		v.refused(err)
		return
	}
	http.Redirect(v.w, v.r, view.Address(path, url.Values{"done": {"1"}}, stickyOf(form)), http.StatusSeeOther)
}

// missedDays is how far back the pages on use look.
const missedDays = 30

func (v *visit) deskMissed() {
	list, err := v.opt.Desk.Missed(v.r.Context(), missedDays)
	if err != nil {
		v.refused(err)
		return
	}
	v.deskShow("missed", v.page.T().AdminMissed, list)
}

func (v *visit) deskWords() {
	words, err := v.opt.Desk.Words(v.r.Context())
	if err != nil {
		v.refused(err)
		return
	}
	slices.Reverse(words)
	v.deskShow("words", v.page.T().AdminWords, struct {
		Words []string
		Say   string
		Done  bool
	}{words, view.Plain(v.q.Get("say")), v.q.Get("done") != ""})
}

func (v *visit) deskWord() {
	f, ok := v.deskForm()
	if !ok {
		return
	}
	var err error
	if f.Get("do") == "remove" {
		say, _, _ := strings.Cut(f.Get("say"), "=")
		err = v.opt.Desk.RemoveWord(v.r.Context(), v.page.Admin, say, lang(v))
	} else {
		err = v.opt.Desk.AddWord(v.r.Context(), v.page.Admin, view.Plain(f.Get("say")), view.Plain(f.Get("means")), lang(v))
	}
	v.deskDone("/admin/words", f, err)
}

func (v *visit) deskUse() {
	days, err := v.opt.Desk.Use(v.r.Context(), missedDays)
	if err != nil {
		v.refused(err)
		return
	}
	t := v.page.T()
	c := &view.Chart{Chart: chat.Chart{Title: t.AdminUse, Series: []string{t.AdminUseAll, t.AdminUseAnswered}}, About: fmt.Sprintf(t.ChartAbout, t.AdminUse)}
	for _, d := range days {
		c.Groups = append(c.Groups, chat.ChartGroup{Label: d.Date, Bars: []chat.ChartBar{
			{Series: 0, Number: float64(d.Asked), Value: fmt.Sprint(d.Asked)}, {Series: 1, Number: float64(d.Answered), Value: fmt.Sprint(d.Answered)},
		}})
	}
	if len(days) == 0 {
		c = nil
	}
	v.deskShow("use", t.AdminUse, struct {
		Chart *view.Chart
		Days  []Day
		About string
	}{c, days, fmt.Sprintf(t.AdminUseAbout, missedDays)})
}

func (v *visit) deskAudit() {
	list, err := v.opt.Desk.Audit(v.r.Context(), lang(v))
	if err != nil {
		v.refused(err)
		return
	}
	v.deskShow("audit", v.page.T().AdminAudit, list)
}
