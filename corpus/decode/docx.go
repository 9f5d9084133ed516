package decode

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A .docx is a zip archive; its text is the XML of one entry (ECMA-376 part 1,
// 17.2 and 17.3). What is read of it:
//
//	w:p            a paragraph: one line of the text
//	w:t            characters; w:tab, w:br, w:cr, w:noBreakHyphen likewise
//	w:tc, w:tr     a table's cells with a tab between, its rows a line each
//	w:txbxContent  a text box: lines after the paragraph that holds it
//	w:numPr        a list: its number before the text (docx_numbers.go)
//	w:vertAlign    a superscript: passed over where it is the mark of a note
//
// and what is passed over, because a reader of the document does not see it or
// sees it once: text deleted or moved away under revision marks (w:del,
// w:moveFrom), hidden runs (w:vanish), phonetic guides (w:rt), the copy that
// older programs show in place of a drawing (mc:Fallback).

// wordML is the namespace of the elements above, transitional and strict.
func wordML(space string) bool {
	return space == "http://schemas.openxmlformats.org/wordprocessingml/2006/main" ||
		space == "http://purl.oclc.org/ooxml/wordprocessingml/main"
}

// decodeDocx returns the text of a Word document. Errors wrap ErrDamaged,
// ErrProtected, ErrBinary (another archive), ErrBomb or ErrTooLong.
func decodeDocx(data []byte) (string, error) {
	if bytes.Count(data, []byte("PK\x01\x02")) > maxEntries {
		return "", fmt.Errorf("an archive of more than %d entries: %w", maxEntries, ErrBomb)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fmt.Errorf("%v: %w", err, ErrDamaged)
	}
	a := newDocxArchive(z)
	f, err := a.main()
	if err != nil {
		return "", err
	}
	if f == nil {
		return "", fmt.Errorf("an archive without word/document.xml, no Word document: %w", ErrBinary)
	}
	body, err := a.unzip(f, maxPart)
	if err != nil {
		return "", err
	}
	numbers, err := newDocxNumbers(a)
	if err != nil {
		return "", err
	}
	w := docxWriter{numbers: numbers}
	switch err := w.read(a.decoder(body)); {
	case errors.Is(err, ErrBomb):
		return "", fmt.Errorf("%s: %w", f.Name, err)
	case errors.Is(err, ErrTooLong):
		return "", err
	case err != nil:
		return "", fmt.Errorf("%s: %v: %w", f.Name, err, ErrDamaged)
	}
	return string(w.out), nil
}

// docxWriter turns the events of the XML into lines.
type docxWriter struct {
	out   []byte
	line  []byte   // the open paragraph
	outer [][]byte // paragraphs that wait while a text box inside them is read
	boxes []byte   // lines of the text boxes of the open paragraph
	cells int      // depth of table cells
	text  bool     // inside w:t
	props bool     // inside w:pPr
	hide  bool     // inside a hidden run
	super bool     // inside a raised run
	above []byte   // what the raised runs say that follow the line, until one that is not raised
	style string   // of the open paragraph
	num   docxNum  // its list
	mark  string   // its number in the list, until text comes
	merge bool     // the open paragraph's end is deleted: the next one continues it
	chars int      // of text and numbers so far

	numbers *docxNumbers
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
			if wordML(t.Name.Space) {
				w.start(t)
			}
		case xml.EndElement:
			if wordML(t.Name.Space) {
				w.end(t.Name.Local)
			}
		case xml.CharData:
			if w.text && !w.hide {
				if w.chars += utf8.RuneCount(t) + utf8.RuneCountInString(w.mark); w.chars > maxText {
					return ErrTooLong
				}
				w.write(t)
			}
		}
	}
}

// write adds text to the line. Raised digits right after text are left out,
// alone or in brackets: they are marks of notes (50个³), or exponents that
// would read as part of the number before them (10² as 102). Raised letters,
// what begins a line and what follows a letter (m²) stay. What is raised may come in several runs, so it
// waits for their end.
func (w *docxWriter) write(text []byte) {
	if w.super && w.mark == "" && len(bytes.TrimSpace(w.line)) > 0 && !isLatin(lastRune(string(w.line[max(0, len(w.line)-utf8.UTFMax):]))) {
		w.above = append(w.above, text...)
		return
	}
	w.settle()
	w.line = append(append(w.line, w.mark...), text...)
	w.mark = ""
}

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
	case "pPrChange", "rPrChange", "numberingChange": // how it looked before a revision
		return true
	case "moveFrom", "rt", "sectPr", "instrText", "delText":
		return true
	}
	return false
}

func (w *docxWriter) start(t xml.StartElement) {
	switch t.Name.Local {
	case "p":
		w.merge = false
		w.style, w.num, w.mark = "", docxNum{}, ""
	case "pPr":
		w.props = true
	case "pStyle":
		w.style = attr(t, "val")
	case "numId":
		w.num.id = attr(t, "val")
	case "ilvl":
		w.num.level, _ = strconv.Atoi(attr(t, "val")) // 0 is the first
	case "r":
		w.hide, w.super = false, false
	case "vertAlign":
		w.super = !w.props && attr(t, "val") == "superscript"
	case "vanish":
		v := attr(t, "val")
		w.hide = !w.props && v != "0" && v != "false" && v != "off"
	case "t":
		w.text = true
	case "tab":
		if !w.props { // there it is a tab stop
			w.settle()
			w.line = append(w.line, '\t')
		}
	case "br", "cr":
		w.settle()
		w.line = append(w.line, '\n')
	case "noBreakHyphen":
		w.settle()
		w.line = append(w.line, '-')
	case "tc":
		w.cells++
	case "txbxContent":
		w.settle()
		w.outer = append(w.outer, w.line)
		w.line = nil
	}
}

func (w *docxWriter) end(name string) {
	switch name {
	case "t":
		w.text = false
	case "r":
		w.hide, w.super = false, false
	case "pPr":
		w.props = false
		w.mark = w.numbers.next(w.num, w.style)
	case "p":
		w.settle()
		if !w.merge {
			w.endLine()
		}
		w.merge = false
	case "tc":
		w.cells = max(w.cells-1, 0)
		w.line = append(bytes.TrimRight(w.line, " "), '\t')
	case "tr":
		w.line = bytes.TrimRight(w.line, " \t")
		w.endLine()
	case "txbxContent":
		if n := len(w.outer) - 1; n >= 0 {
			w.boxes = append(w.boxes, w.line...)
			w.line, w.outer = w.outer[n], w.outer[:n]
		}
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

// endLine ends the open paragraph: in a table cell with a space (the row is
// the line), in a text box as a line that waits, elsewhere as a line.
func (w *docxWriter) endLine() {
	switch {
	case len(w.outer) > 0:
		w.line = append(w.line, '\n')
	case w.cells > 0:
		w.line = append(w.line, ' ')
	default:
		w.out = append(append(w.out, w.line...), '\n')
		w.out = append(w.out, w.boxes...)
		w.line, w.boxes = w.line[:0], w.boxes[:0]
	}
}
