package decode

import (
	"bytes"
	"errors"
	"fmt"
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
// innermost element that holds nearly all its full stops, and the page's main
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
	main := mainElement(doc)
	var w htmlWriter
	if h := find(doc, atom.H1); h != nil && !inside(h, main) {
		w.walk(h)
		w.endLine()
	}
	w.walk(main)
	w.endLine()
	return w.out.String(), nil
}

// htmlText decodes a page. Its own word for the encoding is believed only
// where the bytes agree: pages that say UTF-8 and are GBK are common.
func htmlText(data []byte) (string, error) {
	text, err := decodeText(data)
	if err == nil || !errors.Is(err, ErrEncoding) {
		return text, err
	}
	// Neither UTF-8 nor GB18030: Big5, say, if the page names it.
	enc, _, certain := charset.DetermineEncoding(data, "text/html")
	if out, e := enc.NewDecoder().Bytes(data); certain && e == nil {
		return string(out), nil
	}
	return "", err
}

// mainElement descends from the root as long as one child holds at least nine
// tenths of the full stops that are left.
func mainElement(doc *html.Node) *html.Node {
	stops := make(map[*html.Node]int)
	for n := range doc.Descendants() {
		if n.Type != html.TextNode || skippedHTML(n.Parent) {
			continue
		}
		if c := strings.Count(n.Data, "。"); c > 0 {
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
	out  strings.Builder
	line []byte
	pre  int // depth of elements that keep white space
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
		case n.Type == html.ElementNode && skippedHTML(n):
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
	case n.DataAtom == atom.Br:
		w.endLine()
	case isBlock(n.DataAtom):
		w.endLine()
	}
	if n.DataAtom == atom.Pre {
		w.pre++
	}
}

func (w *htmlWriter) close(n *html.Node) {
	switch {
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		w.line = append(bytes.TrimRight(w.line, " "), '\t')
	case isBlock(n.DataAtom):
		w.endLine()
	}
	if n.DataAtom == atom.Pre {
		w.pre--
	}
}

// write adds text; outside pre a run of white space is one space, and none
// between Chinese characters, where a line break in the source means nothing.
func (w *htmlWriter) write(s string) {
	for _, c := range s {
		switch {
		case w.pre > 0 && c == '\n':
			w.endLine()
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
}

func (w *htmlWriter) endLine() {
	line := strings.Trim(string(w.line), " \t\u00a0\u3000")
	w.line = w.line[:0]
	if line == "" {
		return
	}
	w.out.WriteString(line)
	w.out.WriteByte('\n')
}

// skippedHTML reports whether n holds what no reader of the report reads.
func skippedHTML(n *html.Node) bool {
	if n == nil {
		return false
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Nav, atom.Head, atom.Template, atom.Noscript, atom.Iframe,
		atom.Svg, atom.Math, atom.Select, atom.Button, atom.Textarea, atom.Footer, atom.Aside, atom.Rt, atom.Rp:
		return true
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "style" && strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none") {
			return true
		}
	}
	return false
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
