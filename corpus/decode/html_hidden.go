package decode

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What a page hides stands in the styles of its elements, and in its style
// sheets: rules for a class, an id or an element are read, those for paper and
// small screens and those of more than one part are not.

// styles are the selectors whose elements a page hides: "p", ".x", "p.x", "#x".
type styles map[string]bool

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssSimple  = regexp.MustCompile(`^(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?$`)
	cssHides   = regexp.MustCompile(`(?i)(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*(?:all|screen)|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:!|;|$))`)
)

// hiddenBy reads the style sheets in a page.
func hiddenBy(doc *html.Node) styles {
	hidden := make(styles)
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Style || n.FirstChild == nil {
			continue
		}
		hidden.read(cssComment.ReplaceAllString(strings.NewReplacer("<!--", "", "-->", "").Replace(n.FirstChild.Data), ""))
	}
	return hidden
}

func (s styles) read(css string) {
	for css != "" {
		open := strings.IndexByte(css, '{')
		if open < 0 {
			return
		}
		selector := strings.TrimSpace(css[:open])
		if i := strings.LastIndexByte(selector, ';'); i >= 0 { // @import "x";
			selector = strings.TrimSpace(selector[i+1:])
		}
		end := blockEnd(css, open)
		body := css[min(open+1, end):end]
		css = css[min(end+1, len(css)):]
		if strings.HasPrefix(selector, "@") || !cssHides.MatchString(body) {
			continue
		}
		for one := range strings.SplitSeq(selector, ",") {
			if one = strings.TrimSpace(one); one != "" && one != "body" && one != "html" && cssSimple.MatchString(one) {
				s[one] = true
			}
		}
	}
}

// blockEnd returns the offset of the brace that closes the one at open, or the end.
func blockEnd(css string, open int) int {
	depth := 0
	for i := open; i < len(css); i++ {
		switch css[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(css)
}

// skips reports whether n holds what no reader of the report reads.
func (s styles) skips(n *html.Node) bool {
	if n == nil || n.DataAtom == atom.Body || n.DataAtom == atom.Html { // hidden until a script shows them
		return false
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Nav, atom.Head, atom.Template, atom.Noscript, atom.Iframe,
		atom.Svg, atom.Math, atom.Select, atom.Button, atom.Textarea, atom.Footer, atom.Aside, atom.Rt, atom.Rp:
		return true
	}
	if s[n.Data] {
		return true
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "hidden", a.Key == "style" && cssHides.MatchString(a.Val):
			return true
		case a.Key == "id" && (s["#"+a.Val] || s[n.Data+"#"+a.Val]):
			return true
		case a.Key == "class":
			for class := range strings.FieldsSeq(a.Val) {
				if s["."+class] || s[n.Data+"."+class] {
					return true
				}
			}
		}
	}
	return false
}
