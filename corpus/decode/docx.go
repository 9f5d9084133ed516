package decode

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
)

// A .docx is a zip archive; its text is the XML of one entry (ECMA-376 part 1,
// 17.2 and 17.3). What is read of it:
//
//	w:p            a paragraph: one line of the text
//	w:t            characters; w:tab, w:br, w:cr, w:noBreakHyphen likewise
//	w:tc, w:tr     a table's cells with a tab between, its rows a line each; what
//	               is merged over rows is said in each (grid.go)
//	w:txbxContent  a text box: lines after the paragraph that holds it
//	w:numPr        a list: its number before the text (docx_numbers.go)
//	w:vertAlign    a superscript: passed over where it is the mark of a note
//	m:t            a formula, on one line
//	w:altChunk     another file in this one (docx_chunk.go)
//
// and what is passed over, because a reader of the document does not see it or
// sees it once: text deleted or moved away under revision marks (w:del,
// w:moveFrom), what is hidden by itself or by a style (w:vanish), the table of
// contents and page numbers (fields, docx_field.go), phonetic guides (w:rt), the
// copy that older programs show in place of a drawing (mc:Fallback), and what is
// no part of the body: heads, feet, notes, comments.

// wordML is the namespace of the elements above, transitional and strict.
func wordML(space string) bool {
	return space == "http://schemas.openxmlformats.org/wordprocessingml/2006/main" ||
		space == "http://purl.oclc.org/ooxml/wordprocessingml/main"
}

// mathML reports whether space is that of formulas.
func mathML(space string) bool {
	return space == "http://schemas.openxmlformats.org/officeDocument/2006/math" ||
		space == "http://purl.oclc.org/ooxml/officeDocument/math"
}

// decodeDocx returns the text of a Word document. Errors wrap ErrDamaged,
// ErrProtected, ErrBinary (another archive, or one in it), ErrBomb or ErrTooLong.
func decodeDocx(data []byte) (string, error) { return docxText(data, 0) }

// docxText reads a document that is so many documents deep.
func docxText(data []byte, depth int) (string, error) {
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
	chunks, err := newDocxChunks(a, f.Name, depth)
	if err != nil {
		return "", err
	}
	w, err := readDocx(a, body, chunks, true)
	if err == nil && w.fields.unfinished() {
		// A table of contents that has no end would swallow the report.
		w, err = readDocx(a, body, chunks, false)
	}
	switch {
	case errors.Is(err, ErrBomb), errors.Is(err, errChunk):
		return "", fmt.Errorf("%s: %w", f.Name, err)
	case errors.Is(err, ErrTooLong):
		return "", err
	case err != nil:
		return "", fmt.Errorf("%s: %v: %w", f.Name, err, ErrDamaged)
	}
	return string(w.out), nil
}

func readDocx(a *docxArchive, body []byte, chunks *docxChunks, skipContents bool) (*docxWriter, error) {
	styles, err := newDocxStyles(a)
	if err != nil {
		return nil, err
	}
	numbers, err := newDocxNumbers(a, styles)
	if err != nil {
		return nil, err
	}
	w := &docxWriter{numbers: numbers, styles: styles, chunks: chunks, fields: docxFields{skipContents: skipContents}}
	return w, w.read(a.decoder(body))
}
