package web

import (
	"fmt"
	"net/http"
	"strings"
)

// noSuchReport as the detail of fail says that it is a report that is not there.
const noSuchReport = -1

// fail answers with an error: a page in the reader's language, or a problem
// (RFC 9457) to a program. n is the seconds to wait of 429, or noSuchReport.
func (v *visit) fail(status, n int) {
	t := v.page.T()
	title, about := t.Failed, t.FailedAbout
	switch status {
	case http.StatusNotFound:
		if title, about = t.NotFound, t.NotFoundAbout; n == noSuchReport {
			title, about = t.NoSuchReport, t.NoSuchReportHint
		}
	case http.StatusMethodNotAllowed:
		title, about = t.BadMethod, t.BadMethodAbout
	case http.StatusRequestEntityTooLarge:
		title, about = t.TooLarge, t.TooLargeAbout
	case http.StatusTooManyRequests:
		title, about = t.TooMany, fmt.Sprintf(t.TooManyAbout, n)
	case http.StatusBadRequest:
		title, about = t.BadRequest, t.BadRequestAbout
	case http.StatusForbidden:
		title, about = t.CrossSite, t.CrossSiteAbout
	case http.StatusServiceUnavailable:
		title, about = t.NotReady, t.NotReadyAbout
	}
	v.failWith(status, title, about)
}

// failWith is fail in these words.
func (v *visit) failWith(status int, title, about string) {
	v.w.Header().Set("Cache-Control", "no-store")
	if strings.HasPrefix(v.r.URL.Path, "/api/") {
		v.problem(status, title, about)
		return
	}
	v.page.Title, v.page.Error, v.page.NoIndex = title, true, true
	v.page.Path, v.page.Query = "/", nil
	v.page.Data = struct {
		About, Hint string
		Form        form
	}{about, "", v.form(v.page.T().AskLabel)}
	v.show(status, "error")
}

func (v *visit) notFound() { v.fail(http.StatusNotFound, 0) }

func (s *Server) crossSite(w http.ResponseWriter, r *http.Request) {
	s.visit(w, r).fail(http.StatusForbidden, 0)
}

// problemJSON is an error as programs get it: RFC 9457, Problem Details.
type problemJSON struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
}

func (v *visit) problem(status int, title, detail string) {
	v.json(status, "application/problem+json", problemJSON{"about:blank", title, status, detail})
}
