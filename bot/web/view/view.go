// Package view is what the web page looks like: the templates, the styles,
// what the pages say in three languages, the report as a page and charts as
// SVG. It gets data and gives HTML; it knows no request and no report store.
//
// Everything works without JavaScript, every page without any other origin,
// and nothing in a page needs an inline style or script.
//
// Start reading with Page, then templates/layout.html.
package view

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"strings"
	"unicode"

	"jinwen/handlers/chat"
)

//go:embed templates/*.html
var files embed.FS

// A Page is what the layout needs; Data is the template's own.
type Page struct {
	Name      string // of the template: "ask"
	Title     string // without the site's name
	About     string // description for search engines and previews; "" is the site's
	Lang      chat.Lang
	Large     bool
	Error     bool // the title says so
	Nav       string
	Path      string     // of this page
	Query     url.Values // of its lasting address; without language and size
	Base      string     // scheme and host of lasting addresses
	Sticky    url.Values // language and size where the address names them
	NoIndex   bool
	Bare      bool   // without menu and footer: in a frame
	Admin     string // who is signed in; "" nobody
	HasKept   bool   // there are two years of one place
	Prev, Fwd string // addresses of the pages before and after
	Data      any
}

// T returns the texts of p's language.
func (p *Page) T() *Texts { return Of(p.Lang) }

// Tag returns p's language as HTML has it.
func (p *Page) Tag() string { return Tag(p.Lang) }

// Quoted returns the language of what the report says, where that is not the
// page's: "zh", or "".
func (p *Page) Quoted() string {
	if p.Lang == chat.Hans {
		return ""
	}
	return "zh"
}

// U returns the address of path with the pairs of names and values in its
// query, and with the language and size that this page's address names. Empty
// values are left out.
func (p *Page) U(path string, pairs ...any) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if s := fmt.Sprint(pairs[i+1]); s != "" {
			v.Add(fmt.Sprint(pairs[i]), s)
		}
	}
	return Address(path, v, p.Sticky)
}

// With returns this page's own address with the pairs changed in its query; an
// empty value takes the name out.
func (p *Page) With(pairs ...any) string {
	v := url.Values{}
	for k, x := range p.Query {
		v[k] = x
	}
	sticky := url.Values{}
	for k, x := range p.Sticky {
		sticky[k] = x
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		k, s := fmt.Sprint(pairs[i]), fmt.Sprint(pairs[i+1])
		delete(sticky, k)
		if v.Del(k); s != "" {
			v.Set(k, s)
		}
	}
	return Address(p.Path, v, sticky)
}

// Address returns path with the values in its query, in the order of their
// names. The path is plain text: 2024/天津 is escaped here.
func Address(path string, values ...url.Values) string {
	u := url.URL{Path: path}
	all := url.Values{}
	for _, v := range values {
		for k, x := range v {
			all[k] = append(all[k], x...)
		}
	}
	path = u.EscapedPath()
	path, fragment, _ := strings.Cut(path, "%23") // a fragment in path is meant as one
	if len(all) > 0 {
		path += "?" + all.Encode()
	}
	if fragment != "" {
		path += "#" + fragment
	}
	return path
}

// Canonical returns the lasting address of the page, whole.
func (p *Page) Canonical() string { return p.Base + Address(p.Path, p.Query) }

// A Choice is an entry of the language switch.
type Choice struct {
	Name, Tag, URL string
	Current        bool
}

// Languages returns the language switch.
func (p *Page) Languages() []Choice {
	var out []Choice
	for _, l := range names {
		tag := Tag(l.Lang)
		out = append(out, Choice{Name: l.Name, Tag: tag, URL: p.With("lang", tag), Current: l.Lang == p.Lang})
	}
	return out
}

// Alternates returns the lasting addresses of the page in each language.
func (p *Page) Alternates() []Choice {
	var out []Choice
	for _, l := range names {
		tag := Tag(l.Lang)
		out = append(out, Choice{Tag: tag, URL: p.Base + Address(p.Path, p.Query, url.Values{"lang": {tag}})})
	}
	return out
}

// Size returns the address that switches large print on or off.
func (p *Page) Size() string {
	if p.Large {
		return p.With("size", "normal")
	}
	return p.With("size", "large")
}

// Hidden returns what a form must carry along.
func (p *Page) Hidden() []Field {
	var out []Field
	for _, k := range []string{"lang", "size"} {
		for _, v := range p.Sticky[k] {
			out = append(out, Field{k, v})
		}
	}
	return out
}

// A Field is a hidden field of a form.
type Field struct{ Name, Value string }

// An Item is an entry of the menu.
type Item struct {
	Name, URL string
	Current   bool
}

// Menu returns the main menu.
func (p *Page) Menu() []Item {
	t := p.T()
	list := []struct{ key, name, path string }{
		{"ask", t.NavAsk, "/"}, {"reports", t.NavReports, "/reports"}, {"figures", t.NavFigures, "/figures"},
		{"commitments", t.NavCommits, "/commitments"}, {"pairs", t.NavPairs, "/pairs"},
		{"compare", t.NavCompare, "/compare"}, {"kept", t.NavKept, "/kept"},
	}
	var out []Item
	for _, x := range list {
		out = append(out, Item{Name: x.name, URL: p.U(x.path), Current: x.key == p.Nav})
	}
	if p.Admin != "" {
		out = append(out, Item{Name: t.NavAdmin, URL: p.U("/admin"), Current: p.Nav == "admin"})
	}
	return out
}

var funcs = template.FuncMap{
	"asset":  func(name string) string { return Static.Path(name) },
	"printf": fmt.Sprintf,
	"han":    hanMarked,
	"runs": func(p *Page, l []chat.Run) struct {
		P    *Page
		Runs []chat.Run
	} {
		return struct {
			P    *Page
			Runs []chat.Run
		}{p, l}
	},
	"plain": Plain,
	"list": func(p *Page, l []Entry) struct {
		P    *Page
		List []Entry
	} {
		return struct {
			P    *Page
			List []Entry
		}{p, l}
	},
	"cell": func(p *Page, c Cell) struct {
		P *Page
		C Cell
	} {
		return struct {
			P *Page
			C Cell
		}{p, c}
	},
}

// hanMarked marks the runs of Chinese in a text of a page in another language.
func hanMarked(p *Page, s string) template.HTML {
	if p.Lang != chat.English {
		return template.HTML(template.HTMLEscapeString(s))
	}
	var b strings.Builder
	in := false
	for _, c := range s {
		han := unicode.Is(unicode.Han, c) || in && (c >= 0x3000 && c <= 0x303f || c >= 0xff00 && c <= 0xffef)
		if han != in {
			if han {
				b.WriteString(`<span lang="zh">`)
			} else {
				b.WriteString(`</span>`)
			}
			in = han
		}
		b.WriteString(template.HTMLEscapeString(string(c)))
	}
	if in {
		b.WriteString(`</span>`)
	}
	return template.HTML(b.String())
}

// Plain returns what somebody wrote, as it may stand in a title or a line of
// ours: on one line, without characters that are obeyed and not read.
func Plain(s string) string {
	s = strings.Map(func(c rune) rune {
		switch c {
		case '\n', '\r', '\t', '\u2028', '\u2029':
			return ' '
		case '\uFFFD':
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, ""))
	return strings.TrimSpace(chat.Clean(s))
}

var pages = func() map[string]*template.Template {
	list, err := files.ReadDir("templates")
	if err != nil {
		panic(err) // embedded
	}
	out := make(map[string]*template.Template)
	shared := []string{"templates/layout.html", "templates/parts.html"}
	for _, f := range list {
		name := strings.TrimSuffix(f.Name(), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		out[name] = template.Must(template.New("layout.html").Funcs(funcs).ParseFS(files, append(shared, "templates/"+f.Name())...))
	}
	return out
}()

// Render writes p to w.
func Render(w io.Writer, p *Page) error {
	t := pages[p.Name]
	if t == nil {
		return fmt.Errorf("view: no template %q", p.Name)
	}
	return t.Execute(w, p)
}

// OGLocale returns p's language as Open Graph has it.
func (p *Page) OGLocale() string {
	switch p.Lang {
	case chat.Hant:
		return "zh_TW"
	case chat.English:
		return "en_GB"
	}
	return "zh_CN"
}
