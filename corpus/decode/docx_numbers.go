package decode

import (
	"strconv"
	"strings"
)

// The numbers of automatic lists (一、 （一） 1.) are not in the text of a Word
// document: a paragraph says which list and level it belongs to, itself or by
// its style, and numbering.xml how that level counts (ECMA-376 part 1, 17.9).
// They are what a reader sees and what the outline is read from, so they are
// counted here as Word does.

// docxNumbers counts the paragraphs of the lists of a document.
type docxNumbers struct {
	lists  map[string]*docxList // by w:numId
	styles map[string]docxNum   // by style
}

type docxNum struct {
	id    string // w:numId; "" or "0" is no list
	level int
}

type docxList struct {
	levels []docxLevel
	counts []int // of each level so far; shared by the lists of one definition
	first  []int // where levels of this list start anew; -1 if they go on
	used   bool
}

type docxLevel struct {
	format string // w:numFmt
	text   string // w:lvlText: （%1）
	start  int
}

// newDocxNumbers reads the lists of an archive. A document without lists, or
// with a part that cannot be read, has none. The error is ErrBomb.
func newDocxNumbers(a *docxArchive) (*docxNumbers, error) {
	type val struct {
		Val string `xml:"val,attr"`
	}
	var numbering struct {
		Abstract []struct {
			ID    string `xml:"abstractNumId,attr"`
			Level []struct {
				Level  int `xml:"ilvl,attr"`
				Start  val `xml:"start"`
				Format val `xml:"numFmt"`
				Text   val `xml:"lvlText"`
			} `xml:"lvl"`
		} `xml:"abstractNum"`
		Num []struct {
			ID       string `xml:"numId,attr"`
			Abstract val    `xml:"abstractNumId"`
			Override []struct {
				Level int  `xml:"ilvl,attr"`
				Start *val `xml:"startOverride"`
			} `xml:"lvlOverride"`
		} `xml:"num"`
	}
	var styles struct {
		Style []struct {
			ID  string `xml:"styleId,attr"`
			Num struct {
				Level val `xml:"ilvl"`
				ID    val `xml:"numId"`
			} `xml:"pPr>numPr"`
		} `xml:"style"`
	}
	n := &docxNumbers{lists: make(map[string]*docxList), styles: make(map[string]docxNum)}
	if ok, err := a.part("word/numbering.xml", &numbering); !ok {
		return n, err
	}
	shared := make(map[string]*docxList)
	for _, a := range numbering.Abstract {
		l := &docxList{levels: make([]docxLevel, maxListLevel), counts: make([]int, maxListLevel)}
		for _, v := range a.Level {
			if v.Level >= 0 && v.Level < maxListLevel {
				start, err := strconv.Atoi(v.Start.Val)
				if err != nil {
					start = 1
				}
				text := v.Text.Val
				if len(text) > maxListMark {
					text = ""
				}
				l.levels[v.Level] = docxLevel{v.Format.Val, text, start}
				l.counts[v.Level] = start - 1
			}
		}
		shared[a.ID] = l
	}
	for _, num := range numbering.Num {
		a := shared[num.Abstract.Val]
		if a == nil {
			continue
		}
		l := &docxList{levels: a.levels, counts: a.counts, first: make([]int, maxListLevel)}
		for i := range l.first {
			l.first[i] = -1
		}
		for _, o := range num.Override {
			if o.Start != nil && o.Level >= 0 && o.Level < maxListLevel {
				l.first[o.Level], _ = strconv.Atoi(o.Start.Val)
			}
		}
		n.lists[num.ID] = l
	}
	ok, err := a.part("word/styles.xml", &styles)
	if ok {
		for _, s := range styles.Style {
			if s.Num.ID.Val != "" {
				level, _ := strconv.Atoi(s.Num.Level.Val) // no level is the first
				n.styles[s.ID] = docxNum{s.Num.ID.Val, level}
			}
		}
	}
	return n, err
}

const (
	maxListLevel = 9   // levels of a list (17.9.6)
	maxListMark  = 100 // bytes of what is printed before an item; longer is not printed
)

// next counts a paragraph and returns its number as printed, or "".
func (n *docxNumbers) next(own docxNum, style string) string {
	if own.id == "" {
		own = n.styles[style]
	}
	l := n.lists[own.id]
	if l == nil || own.level < 0 || own.level >= maxListLevel {
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
	if mark != "" && isLatin(lastRune(mark)) || strings.HasSuffix(mark, ".") {
		mark += " "
	}
	return mark
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
