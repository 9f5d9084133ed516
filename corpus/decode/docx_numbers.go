package decode

import (
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus/zh"
)

// The numbers of automatic lists (一、 （一） 1.) are not in the text of a Word
// document: a paragraph says which list and level it belongs to, itself or by
// its style, and numbering.xml how that level counts (ECMA-376 part 1, 17.9).
// They are what a reader sees and what the outline is read from, so they are
// counted here as Word does.

// docxNumbers counts the paragraphs of the lists of a document.
type docxNumbers struct {
	lists  map[string]*docxList // by w:numId
	styles docxStyles
}

// A docxNum says which list and level a paragraph belongs to.
type docxNum struct {
	id      string // w:numId; "" or "0" is no list
	level   int
	leveled bool // the level is said, not only the first by default
}

type docxList struct {
	levels []docxLevel
	counts []int // of each level so far; shared by the lists of one definition
	first  []int // where levels of this list start anew; -1 if they go on
	used   bool
}

type docxLevel struct {
	style  string // of the paragraphs that are numbered so, "" if the level is said otherwise
	format string // w:numFmt
	text   string // w:lvlText: （%1）
	start  int
}

// The XML of a level, and of the parts around it.
type (
	xmlVal struct {
		Val string `xml:"val,attr"`
	}
	xmlLevel struct {
		Level  int    `xml:"ilvl,attr"`
		Start  xmlVal `xml:"start"`
		Format xmlVal `xml:"numFmt"`
		Text   xmlVal `xml:"lvlText"`
		Style  xmlVal `xml:"pStyle"`
	}
	xmlNumbering struct {
		Abstract []struct {
			ID    string     `xml:"abstractNumId,attr"`
			Level []xmlLevel `xml:"lvl"`
			Link  xmlVal     `xml:"numStyleLink"` // the definition stands where this style's list is
			Named xmlVal     `xml:"styleLink"`    // this is the definition of that style
		} `xml:"abstractNum"`
		Num []struct {
			ID       string `xml:"numId,attr"`
			Abstract xmlVal `xml:"abstractNumId"`
			Override []struct {
				Level int       `xml:"ilvl,attr"`
				Start *xmlVal   `xml:"startOverride"`
				Lvl   *xmlLevel `xml:"lvl"`
			} `xml:"lvlOverride"`
		} `xml:"num"`
	}
)

// newDocxNumbers reads the lists of an archive. A document without lists, or
// with a part that cannot be read, has none. The error is ErrBomb.
func newDocxNumbers(a *docxArchive, styles docxStyles) (*docxNumbers, error) {
	n := &docxNumbers{lists: make(map[string]*docxList), styles: styles}
	var part xmlNumbering
	if ok, err := a.part("word/numbering.xml", &part); !ok {
		return n, err
	}
	shared, named, link := make(map[string]*docxList), make(map[string]*docxList), make(map[string]string)
	for _, a := range part.Abstract {
		l := &docxList{levels: make([]docxLevel, maxListLevel), counts: make([]int, maxListLevel)}
		for _, v := range a.Level {
			l.define(v)
		}
		shared[a.ID] = l
		if a.Named.Val != "" {
			named[a.Named.Val] = l
		}
		link[a.ID] = a.Link.Val
	}
	for _, num := range part.Num {
		a := shared[num.Abstract.Val]
		if l := named[link[num.Abstract.Val]]; l != nil {
			a = l
		}
		if a == nil {
			continue
		}
		l := &docxList{levels: a.levels, counts: a.counts, first: make([]int, maxListLevel)}
		for i := range l.first {
			l.first[i] = -1
		}
		for _, o := range num.Override {
			if o.Level < 0 || o.Level >= maxListLevel {
				continue
			}
			if o.Lvl != nil {
				l.levels = slices.Clone(l.levels)
				l.counts = slices.Clone(l.counts)
				o.Lvl.Level = o.Level
				l.define(*o.Lvl)
			}
			if o.Start != nil {
				l.first[o.Level], _ = strconv.Atoi(o.Start.Val)
			}
		}
		n.lists[num.ID] = l
	}
	return n, nil
}

// define sets a level.
func (l *docxList) define(v xmlLevel) {
	if v.Level < 0 || v.Level >= maxListLevel {
		return
	}
	start, err := strconv.Atoi(v.Start.Val)
	if err != nil {
		start = 1
	}
	text := v.Text.Val
	if len(text) > maxListMark {
		text = ""
	}
	l.levels[v.Level] = docxLevel{v.Style.Val, v.Format.Val, text, start}
	l.counts[v.Level] = start - 1
}

const (
	maxListLevel = 9   // levels of a list (17.9.6)
	maxListMark  = 100 // bytes of what is printed before an item; longer is not printed
)

// next counts a paragraph and returns its number as printed, or "".
func (n *docxNumbers) next(own docxNum, style string) string {
	named := n.styles.num(style)
	if own.id == "" {
		own.id = named.id
		if !own.leveled {
			own.level = named.level
		}
	}
	l := n.lists[own.id]
	if l == nil {
		return ""
	}
	if !own.leveled {
		own.level = l.levelOf(n.styles, style, own.level)
	}
	if own.level < 0 || own.level >= maxListLevel {
		return ""
	}
	if !l.used {
		l.used = true
		for i, start := range l.first {
			if start >= 0 {
				l.counts[i] = start - 1
			}
		}
	}
	l.counts[own.level]++
	for i := own.level + 1; i < maxListLevel; i++ {
		l.counts[i] = l.levels[i].start - 1
	}
	level := l.levels[own.level]
	if level.format == "bullet" || level.format == "none" {
		return ""
	}
	mark := level.text
	for i := range own.level + 1 {
		mark = strings.ReplaceAll(mark, "%"+strconv.Itoa(i+1), listNumber(l.counts[i], l.levels[i].format))
	}
	if mark != "" && isLatin(zh.LastRune(mark)) || strings.HasSuffix(mark, ".") {
		mark += " "
	}
	return mark
}

// levelOf returns the level of the list whose paragraphs have the style, or one that
// it is based on; the given one if none says so.
func (l *docxList) levelOf(styles docxStyles, style string, level int) int {
	styles.chain(style, func(id string, _ *docxStyle) bool {
		for i := range l.levels {
			if l.levels[i].style == id {
				level = i
				return true
			}
		}
		return false
	})
	return level
}

// listNumber writes n as w:numFmt says (17.18.59); formats that reports do not
// use come out in digits.
func listNumber(n int, format string) string {
	switch {
	case strings.HasPrefix(format, "chinese"), strings.HasPrefix(format, "japanese"), strings.HasPrefix(format, "taiwanese"), strings.HasPrefix(format, "ideograph"):
		if n > 0 && n < 100 {
			return countingWord(n)
		}
	case strings.HasPrefix(format, "decimalEnclosedCircle") && n >= 1 && n <= 20:
		return string(rune('①' + n - 1))
	case format == "upperLetter" && n >= 1 && n <= 26:
		return string(rune('A' + n - 1))
	case format == "lowerLetter" && n >= 1 && n <= 26:
		return string(rune('a' + n - 1))
	}
	return strconv.Itoa(n)
}

// countingWord writes 1 to 99: 九, 十, 十一, 二十.
func countingWord(n int) string {
	digits := []rune("零一二三四五六七八九")
	var b strings.Builder
	if n >= 20 {
		b.WriteRune(digits[n/10])
	}
	if n >= 10 {
		b.WriteRune('十')
	}
	if n%10 != 0 {
		b.WriteRune(digits[n%10])
	}
	return b.String()
}
