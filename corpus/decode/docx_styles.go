package decode

import (
	"strconv"
	"strings"
)

// docxStyles are the styles of a document that say more than how text looks:
// those that hide it, number it, or are made for the table of contents. A style
// has what it does not say from the one that it is based on (17.7.4).
type docxStyles struct {
	byID  map[string]*docxStyle
	usual string // the style of paragraphs that name none
}

type docxStyle struct {
	name   string
	parent string
	vanish *bool
	num    docxNum
}

// maxAncestors is how many styles stand on each other at most.
const maxAncestors = 20

// newDocxStyles reads the styles of an archive; one that cannot be read has
// none. The error is ErrBomb.
func newDocxStyles(a *docxArchive) (docxStyles, error) {
	type val struct {
		Val string `xml:"val,attr"`
	}
	var part struct {
		Style []struct {
			ID      string `xml:"styleId,attr"`
			Type    string `xml:"type,attr"`
			Default string `xml:"default,attr"`
			Name    val    `xml:"name"`
			BasedOn val    `xml:"basedOn"`
			Vanish  *val   `xml:"rPr>vanish"`
			Num     struct {
				Level *val `xml:"ilvl"`
				ID    val  `xml:"numId"`
			} `xml:"pPr>numPr"`
		} `xml:"style"`
	}
	s := docxStyles{byID: make(map[string]*docxStyle)}
	if ok, err := a.part("word/styles.xml", &part); !ok {
		return s, err
	}
	for _, p := range part.Style {
		style := &docxStyle{name: p.Name.Val, parent: p.BasedOn.Val, num: docxNum{id: p.Num.ID.Val}}
		if p.Vanish != nil {
			v := on(p.Vanish.Val)
			style.vanish = &v
		}
		if p.Num.Level != nil {
			style.num.level, _ = strconv.Atoi(p.Num.Level.Val)
			style.num.leveled = true
		}
		s.byID[p.ID] = style
		if p.Type == "paragraph" && p.Default != "" && on(p.Default) {
			s.usual = p.ID
		}
	}
	return s, nil
}

// chain calls f for the style and those that it is based on, until f is done.
func (s docxStyles) chain(id string, f func(id string, style *docxStyle) (done bool)) {
	for range maxAncestors {
		style := s.byID[id]
		if style == nil || f(id, style) {
			return
		}
		id = style.parent
	}
}

// hidden reports whether text of the style is not shown.
func (s docxStyles) hidden(id string) (hidden bool) {
	s.chain(id, func(_ string, style *docxStyle) bool {
		if style.vanish != nil {
			hidden = *style.vanish
		}
		return style.vanish != nil
	})
	return hidden
}

// contents reports whether the style is one of those of a table of contents:
// toc 1, TOC1, TOC Heading.
func (s docxStyles) contents(id string) bool {
	name := id
	if style := s.byID[id]; style != nil && style.name != "" {
		name = style.name
	}
	name = strings.ToLower(strings.ReplaceAll(name, " ", ""))
	rest, ok := strings.CutPrefix(name, "toc")
	return ok && (rest == "heading" || len(rest) == 1 && rest[0] >= '1' && rest[0] <= '9')
}

// num returns the list of a style: its number and level may come from different
// ancestors. of is the style that names the list.
func (s docxStyles) num(id string) docxNum {
	var n docxNum
	s.chain(id, func(_ string, style *docxStyle) bool {
		if n.id == "" {
			n.id = style.num.id
		}
		if !n.leveled && style.num.leveled {
			n.level, n.leveled = style.num.level, true
		}
		return n.id != "" && n.leveled
	})
	return n
}
