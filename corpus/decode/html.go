package decode

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// looksHTML reports whether data begins as a web page does.
func looksHTML(data []byte) bool {
	head := data[:min(len(data), 1024)]
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	head = bytes.ToLower(bytes.TrimSpace(head))
	if bytes.HasPrefix(head, []byte("<?xml")) || bytes.HasPrefix(head, []byte("<!--")) {
		return bytes.Contains(head, []byte("<html"))
	}
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// decodeHTML returns the text of a web page, a line for each block. Of a page
// with menus and links around the report only the report is taken: the
// innermost element that holds nearly all its stops and commas, and the page's main
// heading.
func decodeHTML(data []byte) (string, error) {
	text, err := htmlText(data)
	if err != nil {
		return "", err
	}
	doc, err := html.Parse(strings.NewReader(text))
	if errors.Is(err, html.ErrBufferExceeded) || err != nil {
		return "", fmt.Errorf("%v: %w", err, ErrDamaged)
	}
	hidden := hiddenBy(doc)
	main := mainElement(doc, hidden)
	w := htmlWriter{hidden: hidden}
	if h := find(doc, atom.H1); h != nil && !inside(h, main) {
		w.walk(h)
		w.endLine()
	}
	w.walk(main)
	w.endLine()
	return unwrap(Normalise(w.out.String())), nil
}

// htmlText decodes a page. Its own word for the encoding is believed only
// where the bytes agree: pages that say UTF-8 and are GBK are common.
func htmlText(data []byte) (string, error) {
	text, err := decodeText(data)
	if err == nil || !errors.Is(err, ErrEncoding) {
		return text, err
	}
	// Neither UTF-8 nor GB18030: Big5, say, if the page names it, which it may do
	// late.
	name := declared.FindSubmatch(data[:min(len(data), 1<<16)])
	if name == nil {
		return "", err
	}
	enc, _ := charset.Lookup(string(name[1]))
	if enc == nil {
		return "", err
	}
	if out, e := enc.NewDecoder().Bytes(data); e == nil && chinese(string(out)) {
		return string(out), nil
	}
	return "", err
}

var declared = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([a-z0-9_-]+)`)

// mainElement descends from the root as long as one child holds at least nine
// tenths of the stops and commas that are left.
func mainElement(doc *html.Node, hidden styles) *html.Node {
	stops := make(map[*html.Node]int)
	for n := range doc.Descendants() {
		if n.Type != html.TextNode || hidden.skips(n.Parent) {
			continue
		}
		if c := strings.Count(n.Data, "。") + strings.Count(n.Data, "，"); c > 0 {
			for p := n; p != nil; p = p.Parent {
				stops[p] += c
			}
		}
	}
	node, total := doc, stops[doc]
	if total < 20 {
		return doc // too little to tell the text from what is around it
	}
	for {
		var best *html.Node
		for c := node.FirstChild; c != nil; c = c.NextSibling {
			if stops[c]*10 >= total*9 && c.Type == html.ElementNode {
				best = c
			}
		}
		if best == nil || !isBlock(best.DataAtom) && best.DataAtom != atom.Html {
			return node
		}
		node = best
	}
}

func find(doc *html.Node, a atom.Atom) *html.Node {
	for n := range doc.Descendants() {
		if n.DataAtom == a {
			return n
		}
	}
	return nil
}

func inside(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// htmlWriter writes the text of a tree as lines.
type htmlWriter struct {
	out    strings.Builder
	line   []byte
	linked int // bytes of the line that are links to other pages
	link   int // depth of such links
	pre    int // depth of elements that keep white space
	cells  int // depth of cells whose content is one line
	tables []*grid
	hidden styles
}

// walk writes what is under root. It does not call itself: pages nest as deep
// as their authors like.
func (w *htmlWriter) walk(root *html.Node) {
	n := root
	for n != nil {
		down := false
		switch {
		case n.Type == html.TextNode:
			w.write(n.Data)
		case n.Type == html.ElementNode && w.hidden.skips(n):
		default:
			w.open(n)
			down = n.FirstChild != nil
			if !down {
				w.close(n)
			}
		}
		if down {
			n = n.FirstChild
			continue
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			w.close(n)
		}
		if n == root {
			return
		}
		n = n.NextSibling
	}
}

func (w *htmlWriter) open(n *html.Node) {
	switch {
	case n.DataAtom == atom.Table:
		w.endLine()
		w.tables = append(w.tables, newGrid())
	case isCell(n):
		if layoutCell(n) {
			w.endLine()
			break
		}
		w.cells++
		if g := w.table(); g != nil {
			w.line = append(w.line, g.covered()...)
			g.start = len(w.line)
		}
	case n.DataAtom == atom.Br:
		w.endLine()
	case isBlock(n.DataAtom):
		w.endLine()
	}
	if n.DataAtom == atom.Pre {
		w.pre++
	}
	if foreignLink(n) {
		w.link++
	}
}

func (w *htmlWriter) close(n *html.Node) {
	switch {
	case isCell(n):
		if layoutCell(n) {
			w.endLine()
			break
		}
		w.cells = max(w.cells-1, 0)
		w.line = bytes.TrimRight(w.line, " ")
		if g := w.table(); g != nil {
			g.place(string(w.line[min(g.start, len(w.line)):]), span(n, "colspan"), span(n, "rowspan")-1)
		}
		w.line = append(w.line, '\t')
	case n.DataAtom == atom.Tr:
		if g := w.table(); g != nil {
			w.line = append(w.line, g.covered()...)
			g.endRow()
		}
		w.endLine()
	case n.DataAtom == atom.Table:
		w.endLine()
		w.tables = w.tables[:max(len(w.tables)-1, 0)]
	case isBlock(n.DataAtom):
		w.endLine()
	}
	if n.DataAtom == atom.Pre {
		w.pre--
	}
	if foreignLink(n) {
		w.link--
	}
}

func (w *htmlWriter) table() *grid {
	if n := len(w.tables); n > 0 {
		return w.tables[n-1]
	}
	return nil
}

// write adds text; outside pre a run of white space is one space, and none
// between Chinese characters, where a line break in the source means nothing.
func (w *htmlWriter) write(s string) {
	before := len(w.line)
	for _, c := range s {
		switch {
		case w.pre > 0 && c == '\n':
			w.endLine()
			before = 0
		case strings.ContainsRune(" \t\r\n\f", c):
			if len(w.line) > 0 && !bytes.HasSuffix(w.line, []byte(" ")) && !bytes.HasSuffix(w.line, []byte("\t")) {
				w.line = append(w.line, ' ')
			}
		default:
			if n := len(w.line); n > 1 && w.line[n-1] == ' ' && c > 0x2e7f {
				if last, _ := utf8.DecodeLastRune(w.line[:n-1]); last > 0x2e7f {
					w.line = w.line[:n-1]
				}
			}
			w.line = utf8.AppendRune(w.line, c)
		}
	}
	if w.link > 0 {
		w.linked += len(w.line) - before
	}
}

// endLine ends the line; in a cell it is a space, as the row is the line. Lines
// that are links to other pages, and those that lead around the site, are none
// of the report's.
func (w *htmlWriter) endLine() {
	if w.cells > 0 {
		if n := len(w.line); n > 0 && w.line[n-1] != ' ' && w.line[n-1] != '\t' {
			w.line = append(w.line, ' ')
		}
		return
	}
	line := strings.Trim(string(w.line), " \t\u00a0\u3000")
	foreign := w.linked*10 >= len(line)*9 || siteLine.MatchString(line) || w.linked > 0 && nextLink.MatchString(line)
	w.line, w.linked = w.line[:0], 0
	if line == "" || foreign {
		return
	}
	w.out.WriteString(line)
	w.out.WriteByte('\n')
}

// siteLine is a line that a site puts around what it publishes.
var siteLine = regexp.MustCompile(`^[\s　【\[]*(?:(?:上|下)(?:一)?(?:篇|条|页|则)(?:[：: 　]|$)|(?:您|你)?(?:现在)?(?:的|所在的?)?当?前?位置[：:]|字体?(?:大小|号)?[：:]|(?:打印|关闭)(?:本页|窗口|此页)?[\s】\]]*$|分享(?:到|至)?[：:]?[\s】\]]*$|扫一扫|返回(?:顶部|首页|列表)|责任编辑[：:])`)

// nextLink is the start of a link to the page before or after.
var nextLink = regexp.MustCompile(`^(?:上|下)一?(?:篇|条|页|则)`)

// foreignLink reports whether n is a link to another page.
func foreignLink(n *html.Node) bool {
	if n.Type != html.ElementNode || n.DataAtom != atom.A {
		return false
	}
	for _, a := range n.Attr {
		if a.Key == "href" {
			return !strings.HasPrefix(strings.TrimSpace(a.Val), "#")
		}
	}
	return false
}

func isCell(n *html.Node) bool { return n.DataAtom == atom.Td || n.DataAtom == atom.Th }

// layoutCell reports whether a cell holds a part of the page rather than an
// entry of a table: another table, or long text.
func layoutCell(n *html.Node) bool {
	long := 0
	for d := range n.Descendants() {
		if d.DataAtom == atom.Table {
			return true
		}
		if d.Type == html.TextNode {
			if long += len(d.Data); long > maxCell {
				return true
			}
		}
	}
	return false
}

// maxCell is the most bytes of an entry of a table, markup aside.
const maxCell = 1500

// span returns how many columns or rows a cell covers.
func span(n *html.Node, key string) int {
	for _, a := range n.Attr {
		if a.Key == key {
			if v, err := strconv.Atoi(strings.TrimSpace(a.Val)); err == nil && v > 0 {
				return min(v, maxSpan)
			}
		}
	}
	return 1
}

// isBlock reports whether an element starts and ends a line.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Dd, atom.Div, atom.Dl,
		atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3,
		atom.H4, atom.H5, atom.H6, atom.Header, atom.Hr, atom.Li, atom.Main, atom.Nav, atom.Ol, atom.P, atom.Pre,
		atom.Section, atom.Table, atom.Tbody, atom.Thead, atom.Tr, atom.Ul, atom.Html:
		return true
	}
	return false
}
