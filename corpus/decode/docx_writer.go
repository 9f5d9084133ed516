package decode

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinwen/corpus/zh"
)

// docxWriter turns the events of the XML into lines.
type docxWriter struct {
	out    []byte
	line   []byte   // the open paragraph
	outer  [][]byte // paragraphs that wait while a text box inside them is read
	boxes  []byte   // lines of the text boxes of the open paragraph
	tables []*docxTable
	text   bool    // inside w:t or m:t
	props  bool    // inside w:pPr
	ghost  bool    // the open paragraph is hidden by its style, or an entry of the contents
	hide   bool    // inside a hidden run
	super  bool    // inside a raised run
	power  int     // depth of superscripts in a formula
	above  []byte  // what the raised runs say that follow the line, until one that is not raised
	style  string  // of the open paragraph
	num    docxNum // its list
	mark   string  // its number in the list, until text comes
	merge  bool    // the open paragraph's end is deleted: the next one continues it
	chars  int     // of text and numbers so far

	fields  docxFields
	numbers *docxNumbers
	styles  docxStyles
	chunks  *docxChunks
}

func (w *docxWriter) read(d *xml.Decoder) error {
	seen := false
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			if !seen {
				return errors.New("no document in it")
			}
			w.settle()
			if len(w.line)+len(w.boxes) > 0 {
				w.endLine()
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			seen = seen || wordML(t.Name.Space)
			if w.skipped(t) {
				if err := d.Skip(); err != nil {
					return err
				}
				continue
			}
			if err := w.start(t); err != nil {
				return err
			}
		case xml.EndElement:
			switch {
			case wordML(t.Name.Space):
				w.end(t.Name.Local)
			case mathML(t.Name.Space):
				w.endMath(t.Name.Local)
			}
		case xml.CharData:
			switch {
			case w.fields.code:
				w.fields.write(string(t))
			case w.text && !w.hidden():
				if w.chars += utf8.RuneCount(t) + utf8.RuneCountInString(w.mark); w.chars > maxText {
					return ErrTooLong
				}
				w.write(t)
			}
		}
	}
}

// hidden reports whether what comes now is not shown, or not part of the text.
func (w *docxWriter) hidden() bool { return w.hide || w.ghost || w.fields.skipping() }

// write adds text to the line. Raised digits right after text are left out,
// alone or in brackets: they are marks of notes (50个³), or exponents that
// would read as part of the number before them (10² as 102). Raised letters,
// what begins a line and what follows a letter (m²) stay. What is raised may
// come in several runs, so it waits for their end.
func (w *docxWriter) write(text []byte) {
	if w.power > 0 {
		text = []byte(superscripts.Replace(string(text)))
	}
	if w.super && w.mark == "" && len(bytes.TrimSpace(w.line)) > 0 && !isLatin(zh.LastRune(string(w.line[max(0, len(w.line)-utf8.UTFMax):]))) {
		w.above = append(w.above, text...)
		return
	}
	w.settle()
	w.line = append(append(w.line, w.mark...), text...)
	w.mark = ""
}

// superscripts keep a power apart from its base: 10² is not 102.
var superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "-", "⁻", "−", "⁻")

// settle ends the raised runs.
func (w *docxWriter) settle() {
	if !noteMark.Match(w.above) {
		w.line = append(w.line, w.above...)
	}
	w.above = w.above[:0]
}

var noteMark = regexp.MustCompile(`^\s*(?:[0-9０-９]+|[\[［〔(（][0-9０-９]+[\]］〕)）])\s*$`)

// skipped reports whether a reader of the document does not see what is in t.
func (w *docxWriter) skipped(t xml.StartElement) bool {
	if !wordML(t.Name.Space) {
		return t.Name.Local == "Fallback" && strings.Contains(t.Name.Space, "markup-compatibility")
	}
	switch t.Name.Local {
	case "del":
		// In the properties of a paragraph it says that the paragraph's end is
		// deleted; elsewhere it holds what is.
		w.merge = w.merge || w.props
		return true
	case "pPrChange", "rPrChange", "numberingChange", "tcPrChange", "trPrChange", "tblPrChange": // how it looked before a revision
		return true
	case "moveFrom", "rt", "sectPr", "delText", "delInstrText":
		return true
	case "fldSimple":
		return w.fields.skips(attr(t, "instr"))
	}
	return false
}

func (w *docxWriter) start(t xml.StartElement) error {
	switch {
	case mathML(t.Name.Space):
		w.startMath(t.Name.Local)
	case !wordML(t.Name.Space):
	case w.props:
		w.startProperty(t)
	case t.Name.Local == "altChunk":
		return w.insert(attr(t, "id"))
	default:
		w.startText(t)
		w.startTable(t)
	}
	return nil
}

// startProperty reads a property of a paragraph.
func (w *docxWriter) startProperty(t xml.StartElement) {
	switch t.Name.Local {
	case "pStyle":
		w.style = attr(t, "val")
	case "numId":
		w.num.id = attr(t, "val")
	case "ilvl":
		w.num.level, _ = strconv.Atoi(attr(t, "val")) // 0 is the first
		w.num.leveled = true
	}
}

func (w *docxWriter) startText(t xml.StartElement) {
	switch t.Name.Local {
	case "p":
		w.merge, w.ghost = false, false
		w.style, w.num, w.mark = "", docxNum{}, ""
		w.ghost = w.styles.hidden(w.styles.usual)
	case "pPr":
		w.props = true
	case "r":
		w.hide, w.super = false, false
	case "rStyle":
		w.hide = w.hide || w.styles.hidden(attr(t, "val"))
	case "vertAlign":
		w.super = attr(t, "val") == "superscript"
	case "vanish":
		if on(attr(t, "val")) {
			w.hide = true
		} else {
			w.hide, w.ghost = false, w.ghost && w.styles.contents(w.style)
		}
	case "t":
		w.text = true
	case "tab":
		w.add("\t")
	case "br":
		w.lineBreak(attr(t, "type"))
	case "cr":
		w.lineBreak("")
	case "noBreakHyphen":
		w.add("-")
	case "instrText":
		w.fields.code = true
	case "fldChar":
		w.field(attr(t, "fldCharType"))
	case "sdt":
		w.fields.openBlock()
	case "docPartGallery":
		if strings.EqualFold(attr(t, "val"), "Table of Contents") {
			w.skipContents()
			w.fields.skipBlock()
		}
	case "txbxContent":
		w.settle()
		w.outer = append(w.outer, w.line)
		w.line = nil
	}
}

// add adds a character that is no text.
func (w *docxWriter) add(s string) {
	if !w.hidden() {
		w.settle()
		w.line = append(w.line, s...)
	}
}

// lineBreak writes a break inside a paragraph. In a cell it only fills the
// column. Elsewhere it ends a line, unless it stands within a sentence: where a
// page ends, or where somebody broke lines by hand.
func (w *docxWriter) lineBreak(kind string) {
	if w.hidden() {
		return
	}
	w.settle()
	last := zh.LastRune(string(w.line[max(0, len(w.line)-utf8.UTFMax):]))
	within := w.line[bytes.LastIndexByte(w.line, '\n')+1:]
	open := !strings.ContainsRune("。！？；：”）", last)
	switch {
	case len(bytes.TrimSpace(w.line)) == 0:
	case w.inCell():
		if !zh.IsHan(last) {
			w.line = append(w.line, ' ')
		}
	case open && (kind == "page" || kind == "column"):
	case open && strings.ContainsAny(string(within), "，。；"):
	default:
		w.line = append(w.line, '\n')
	}
}

func (w *docxWriter) end(name string) {
	switch name {
	case "t":
		w.text = false
	case "instrText":
		w.fields.code = false
	case "r":
		w.hide, w.super = false, false
	case "sdt":
		w.fields.closeBlock()
	case "pPr":
		w.props = false
		style := w.style
		if style == "" {
			style = w.styles.usual
		}
		w.ghost = w.styles.hidden(style)
		if w.styles.contents(style) {
			w.ghost = true
			w.skipContents()
		}
		if !w.ghost {
			w.mark = w.numbers.next(w.num, style)
		}
	case "p":
		w.settle()
		if !w.merge {
			w.endLine()
		}
		w.merge, w.ghost = false, false
	case "txbxContent":
		if n := len(w.outer) - 1; n >= 0 {
			w.boxes = append(w.boxes, w.line...)
			w.line, w.outer = w.outer[n], w.outer[:n]
		}
	case "tc", "tr", "tbl":
		w.endTable(name)
	}
}

func (w *docxWriter) startMath(name string) {
	switch name {
	case "r":
		w.hide, w.super = false, false
	case "t":
		w.text = true
	case "sup":
		w.power++
	}
}

func (w *docxWriter) endMath(name string) {
	switch name {
	case "t":
		w.text = false
	case "sup":
		w.power = max(w.power-1, 0)
	case "num":
		w.add("/")
	}
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on reads a switch: one without a value is on (17.17.4).
func on(v string) bool { return v != "0" && v != "false" && v != "off" }

// endLine ends the open paragraph: in a table cell with a break (the row is
// the line), in a text box as a line that waits, elsewhere as a line.
func (w *docxWriter) endLine() {
	switch {
	case len(w.outer) > 0:
		w.line = append(w.line, '\n')
	case w.inCell():
		if n := len(w.line); n > 0 && w.line[n-1] != '\t' {
			w.line = append(w.line, cellBreak)
		}
	default:
		empty := len(w.line) == 0 && (w.ghost || w.fields.skipping())
		if !empty && !contentsEntry.Match(bytes.TrimSpace(w.line)) {
			w.out = append(append(w.out, w.line...), '\n')
		}
		w.out = append(w.out, w.boxes...)
		w.line, w.boxes = w.line[:0], w.boxes[:0]
	}
}

// insert writes the text of another file in this one.
func (w *docxWriter) insert(id string) error {
	text, err := w.chunks.read(id)
	if err != nil {
		return err
	}
	if w.chars += utf8.RuneCountInString(text); w.chars > maxText {
		return ErrTooLong
	}
	w.settle()
	if len(w.line) > 0 {
		w.endLine()
	}
	w.line = append(w.line, strings.TrimRight(text, "\n")...)
	w.endLine()
	return nil
}
