package decode

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"jinwen/corpus/zh"
)

// A PDF knows glyphs and places, no paragraphs. The engine (pdf_engine.go) says
// which character stands where. From that:
//
//	pdf_line.go    glyphs become pieces of lines; marks of notes, watermarks,
//	               running heads and page numbers go
//	pdf_order.go   pieces become lines in the order of reading: columns one after
//	               the other, rows of tables cell by cell
//	pdf_join.go    lines become paragraphs where the layout broke them

// decodePDF returns the text layer of a PDF. Errors wrap ErrDamaged,
// ErrProtected, ErrScanned, ErrUnmapped, ErrBomb or ErrTooLong.
func decodePDF(data []byte) (string, []Warning, error) {
	if bytes.Count(data, []byte("%%EOF")) == 0 {
		return "", nil, fmt.Errorf("its end is missing: %w", ErrDamaged)
	}
	glyphs, err := pdfGlyphs(data, pdfTime)
	if err != nil {
		return "", nil, err
	}
	var pages [][]piece
	var warnings []Warning
	for i, page := range glyphs {
		pieces := pdfPieces(page)
		if len(pieces) == 0 {
			warnings = append(warnings, Warning{Kind: EmptyPage, Page: i + 1})
		}
		pages = append(pages, pieces)
	}
	if len(warnings) == len(pages) {
		return "", nil, ErrScanned
	}
	text := pagesText(pages)
	var han, bad int
	for _, c := range text {
		switch {
		case zh.IsHan(c):
			han++
		case c == utf8.RuneError:
			bad++
		}
	}
	switch {
	case strings.TrimSpace(text) == "":
		return "", nil, ErrScanned
	case bad*10 > utf8.RuneCountInString(text), han == 0 && bad > 0:
		return "", nil, ErrUnmapped
	}
	return text, warnings, nil
}

// pagesText returns the text of pages, paragraph by paragraph.
func pagesText(pages [][]piece) string {
	dropRunning(pages)
	var lines []pdfLine
	var columns []float64
	for i, page := range pages {
		lines = append(lines, readingOrder(page, i, &columns)...)
	}
	return joinLines(lines)
}

// unreadable reports whether c stands for a glyph whose character the font does
// not tell.
func unreadable(c rune) bool {
	return c == 0 || c == utf8.RuneError || c == 0xfffe || c == 0xffff || c != '\n' && c != '\t' && unicode.IsControl(c) || unicode.Is(unicode.Co, c)
}
