package decode

import (
	"bytes"
	"regexp"
	"strings"
)

// A field of Word is a code and what it came to (17.16): TOC and the lines of
// the contents, PAGE and a number. Fields stand in each other.

// docxFields are the open fields, and the blocks (w:sdt) that hold parts made by
// Word.
type docxFields struct {
	open         []docxField
	code         bool // inside w:instrText
	blocks       []bool
	skipContents bool
}

type docxField struct {
	code   string
	result bool // after the separator
	skip   bool // its result is not part of the text
}

// maxField is the most bytes that are kept of a field's code.
const maxField = 200

func (f *docxFields) write(code string) {
	if n := len(f.open); n > 0 && len(f.open[n-1].code) < maxField {
		f.open[n-1].code += code
	}
}

// skips reports whether the result of a field with the code is no part of the
// text: contents and numbers of pages.
func (f *docxFields) skips(code string) bool {
	name, _, _ := strings.Cut(strings.TrimSpace(code), " ")
	switch strings.ToUpper(name) {
	case "TOC":
		return f.skipContents
	case "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "RD", "TC", "XE", "INDEX":
		return true
	}
	return false
}

func (f *docxFields) skipping() bool {
	for _, x := range f.open {
		if x.skip || !x.result { // between the code and the separator nothing is shown
			return true
		}
	}
	for _, skip := range f.blocks {
		if skip {
			return true
		}
	}
	return false
}

func (f *docxFields) openBlock() { f.blocks = append(f.blocks, false) }

func (f *docxFields) closeBlock() {
	if n := len(f.blocks); n > 0 {
		f.blocks = f.blocks[:n-1]
	}
}

// skipBlock says that the open block is a table of contents.
func (f *docxFields) skipBlock() {
	if n := len(f.blocks); n > 0 {
		f.blocks[n-1] = f.skipContents
	}
}

// unfinished reports whether a field that is skipped has no end.
func (f *docxFields) unfinished() bool { return f.skipContents && f.skipping() }

// field reads a w:fldChar.
func (w *docxWriter) field(kind string) {
	f := &w.fields
	n := len(f.open) - 1
	switch {
	case kind == "begin":
		f.open = append(f.open, docxField{result: !f.skipContents})
		if len(f.open) > maxFields { // they do not end
			f.open = f.open[1:]
		}
	case n < 0:
	case kind == "separate":
		f.open[n].result = true
		f.open[n].skip = f.skips(f.open[n].code)
		if name := strings.TrimSpace(f.open[n].code); f.open[n].skip && strings.HasPrefix(strings.ToUpper(name), "TOC") {
			w.skipContents()
		}
	case kind == "end":
		f.open = f.open[:n]
	}
}

// maxFields is the most fields that are open at a time.
const maxFields = 100

// skipContents takes the heading of a table of contents away, which stands right
// above it.
func (w *docxWriter) skipContents() {
	if !w.fields.skipContents {
		return
	}
	text := bytes.TrimRight(w.out, " \t\n\u3000")
	i := bytes.LastIndexByte(text, '\n') + 1
	if contentsHeading.Match(text[i:]) {
		w.out = w.out[:i]
	}
}

var (
	contentsHeading = regexp.MustCompile(`^[\s　]*目[\s　]*[录錄次][\s　]*$`)
	// contentsEntry is a line of contents that was typed: a heading, dots or a
	// tab, a page.
	contentsEntry = regexp.MustCompile(`^(?:.{2,80}(?:\.{4,}|…{2,}|·{4,})|(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^\t]{2,60}\t+)[\s.…·]*[0-9]{1,4}$`)
)
