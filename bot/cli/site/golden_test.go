package site

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jinwen/corpus/golden"
)

// visits are what is asked of the page: METHOD PATH, and a header if need be.
// Words in braces are escaped.
var visits = []string{
	"GET /", "GET /?lang=en", "GET /?lang=zh-Hant", "HEAD /", "POST /", "OPTIONS /", "GET /nosuch", "GET /robots.txt", "GET /favicon.ico", "GET /healthz", "GET /readyz",
	"GET /ask?q={今年GDP目标是多少}", "GET /ask?q={教育}", "GET /ask?q={教育}&page=1", "GET /ask?q={教育}&page=99", "GET /ask?q={地铁几号线}", "GET /ask?q={上海GDP}", "GET /ask?q=", "GET /ask", "GET /ask?q={GDP去年和今年}&lang=en",
	"GET /ask?q={口袋公园}&full=1", "GET /embed?q={口袋公园}", "GET /embed", "GET /reports", "GET /r/2024/{天津}", "GET /r/2024/{天津}?q={学位}", "GET /r/1999/{天津}", "GET /r/x/{天津}",
	"GET /figures", "GET /figures?page=2", "GET /figures?page=99", "GET /figures?page=-1", "GET /figures?sort=value", "GET /figures?sort=-value", "GET /figures?sort=nosuch", "GET /figures?q={公园}", "GET /figures?topic={教育}", "GET /figures?year=2023&nature=actual", "GET /figures?year=1999", "GET /figures?nature=x", "GET /figures?q={没有的词}",
	"GET /figures.csv?q={公园}", "GET /commitments", "GET /commitments?page=3", "GET /commitments?q={学位}", "GET /commitments?topic={教育}&quantified=1", "GET /commitments.csv?q={学位}", "GET /pairs", "GET /pairs?sort=-target", "GET /pairs.csv", "GET /kept", "GET /compare", "POST /figures", "GET /figures.pdf",
	"GET /api", "GET /api/v1/ask?q={今年GDP目标是多少}", "GET /api/v1/ask?q={地铁几号线}", "GET /api/v1/ask", "GET /api/v1/figures?q={公园}", "GET /api/v1/figures?limit=2", "GET /api/v1/figures?limit=2&offset=2", "GET /api/v1/figures?limit=x", "GET /api/v1/reports", "GET /api/v1/commitments?q={学位}", "GET /api/v1/pairs", "GET /api/v1/nosuch", "POST /api/v1/ask", "OPTIONS /api/v1/ask",
	"GET /admin", "GET /admin/login", "POST /admin/login", "GET /admin/versions", "POST /vote", "GET /static/nosuch",
}

// volatile are parts of a page that no two runs have alike.
var volatile = regexp.MustCompile(`%3A[A-Za-z0-9_-]{12}|[0-9a-f]{12,}|"took_us":[0-9]+|[0-9]+ µs|127\.0\.0\.1:[0-9]+`)

// TestVisits keeps what each address answers: status, headers, words and links.
func TestVisits(t *testing.T) {
	c := start(t, nil).client()
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	braces := regexp.MustCompile(`\{([^}]*)\}`)
	var b strings.Builder
	for _, v := range visits {
		method, path, _ := strings.Cut(v, " ")
		path = braces.ReplaceAllStringFunc(path, func(s string) string { return url.QueryEscape(s[1 : len(s)-1]) })
		g := c.do(method, path, nil)
		fmt.Fprintf(&b, "== %s\n%d", v, g.StatusCode)
		for _, h := range []string{"Content-Type", "Location", "Allow", "Cache-Control", "Content-Disposition", "X-Robots-Tag", "X-Frame-Options", "Access-Control-Allow-Origin", "Retry-After"} {
			if x := g.Header.Get(h); x != "" {
				fmt.Fprintf(&b, " %s: %s", h, x)
			}
		}
		b.WriteString("\n")
		if g.tree == nil {
			b.WriteString(clipped(string(g.body), 900) + "\n")
			continue
		}
		b.WriteString(clipped(tidy(text(g.tree)), 1200) + "\n")
		for i, a := range g.all("a") {
			if i < 25 {
				b.WriteString(" " + val(a, "href"))
			}
		}
		b.WriteString("\n")
	}
	got := volatile.ReplaceAllString(b.String(), "#")
	golden.Check(t, "testdata/visits.golden", got)
}

func clipped(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
