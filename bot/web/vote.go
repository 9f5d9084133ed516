package web

import (
	"context"
	"jinwen/bot/web/guard"
	"jinwen/bot/web/view"
	"net/http"
	"net/url"
	"strings"
)

// vote keeps what somebody thinks of an answer, and leads back to it.
func (v *visit) vote() {
	if err := v.r.ParseForm(); err != nil {
		v.fail(http.StatusRequestEntityTooLarge, 0)
		return
	}
	v.q = v.r.PostForm
	q, ok := v.question()
	if !ok {
		return
	}
	query := questionQuery(q.Text, q.Before, q.Press)
	if d := v.r.PostForm.Get("vote"); strings.HasPrefix(d, votePrefix) && len(d) <= 64 {
		q.Press = append(q.Press, d)
		ctx, cancel := context.WithTimeout(v.r.Context(), answerTime)
		defer cancel()
		if _, err := v.opt.Asker.Ask(ctx, q); err != nil {
			v.failed(err)
			return
		}
		query.Set("voted", "1")
	}
	sticky := url.Values{}
	for _, k := range []string{"lang", "size"} {
		if s := v.r.PostForm.Get(k); s != "" {
			sticky.Set(k, s)
		}
	}
	http.Redirect(v.w, v.r, view.Address("/ask", query, sticky), http.StatusSeeOther)
}

// embed is the field and its answer for a frame on another page.
func (v *visit) embed() {
	guard.Headers(v.w.Header(), append([]string{"'self'"}, v.opt.Embed...))
	v.w.Header().Del("X-Frame-Options")
	v.page.Bare, v.page.NoIndex = true, true
	if v.q.Get("q") == "" {
		t := v.page.T()
		v.page.Title, v.page.Nav = t.Site, "ask"
		f := v.form(t.AskLabel)
		f.Hint, f.Action = t.AskHint, "/embed"
		v.page.Data = struct{ Form form }{f}
		v.show(http.StatusOK, "embed")
		return
	}
	q, ok := v.question()
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), answerTime)
	defer cancel()
	a, err := v.opt.Asker.Ask(ctx, q)
	if err != nil {
		v.failed(err)
		return
	}
	v.page.Query = questionQuery(q.Text, q.Before, q.Press)
	v.answer(q, a)
}
