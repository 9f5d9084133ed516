// Package decode turns the bytes of a file into the text of a report: plain
// text, Markdown, Word, HTML, PDF. Files are what others wrote: whatever they
// hold, decoding ends in bounded time and memory, with a text or with an error
// that says which file, what is wrong and what to do. Start at Decode.
package decode

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// What can be wrong with a file. The text of each says what to do; callers
// that speak to people branch on them and say it in their own words.
var (
	ErrEmpty     = errors.New("no text in it")
	ErrTooBig    = errors.New("larger than 20 MB; send the text without pictures")
	ErrEncoding  = errors.New("not UTF-8, GB18030 or UTF-16; save it as UTF-8")
	ErrBinary    = errors.New("not a text; send .txt, .md, .docx, .html or .pdf")
	ErrOldWord   = errors.New("old Word format (.doc); save it as .docx")
	ErrProtected = errors.New("protected by a password; save it without one")
	ErrDamaged   = errors.New("damaged or cut off; send it again")
	ErrBomb      = errors.New("needs far more room than a report does; save it anew or send the plain text")
	ErrTooLong   = errors.New("more than 2,000,000 characters: no report is that long")
	ErrScanned   = errors.New("no text in its pages, only pictures; run it through text recognition or send .docx")
	ErrUnmapped  = errors.New("its fonts do not say which characters they show; send .docx or .txt")
)

const (
	// MaxFile is the most bytes that Decode takes. A report of a hundred
	// pages is 200 kB of text; what is larger than this is mostly pictures.
	MaxFile = 20 << 20
	// maxText is the most characters of a file's text. The longest reports
	// have 60,000; parsing what is much longer takes minutes.
	maxText = 2_000_000
	// maxWarnings is the most lines that are warned of: a text with more is of
	// another encoding as a whole.
	maxWarnings = 100
)

// A Result is what a file holds.
type Result struct {
	Text     string    // normalised (Normalise)
	Warnings []Warning // what of the file is not in Text, in the order of the file
}

// A Warning is a part of a file that could not be read. The rest was.
type Warning struct {
	Kind  WarningKind `json:"kind"`
	Page  int         `json:"page,omitempty"`  // of the file, from 1; 0 where there are no pages
	Line  int         `json:"line,omitempty"`  // of the text, from 1; 0 if it stands nowhere in it
	Count int         `json:"count,omitempty"` // of characters
}

// A WarningKind says what is lost.
type WarningKind string

const (
	LostCharacters WarningKind = "lost_characters" // Count characters of a line are U+FFFD
	EmptyPage      WarningKind = "empty_page"      // a page without text among others: a picture, or blank
)

func (w Warning) String() string {
	switch w.Kind {
	case LostCharacters:
		return fmt.Sprintf("line %d: %d unreadable characters", w.Line, w.Count)
	case EmptyPage:
		return fmt.Sprintf("page %d has no text", w.Page)
	}
	return string(w.Kind)
}

// Decode returns the normalised text of the file called name: plain text or
// Markdown in UTF-8 with or without BOM, GB18030 (and so GBK and GB2312) or
// UTF-16 with or without BOM; .docx; HTML; PDF with a text layer. The content
// says what a file is, the name's ending only where the content does not
// (Markdown). A character or page that cannot be read is a warning. Errors
// carry the name and wrap one of the Err variables here; the result is zero.
func Decode(name string, data []byte) (Result, error) {
	text, warnings, err := decode(name, data)
	if err == nil && utf8.RuneCountInString(text) > maxText {
		err = ErrTooLong
	}
	if err == nil {
		text = Normalise(text)
		if strings.TrimSpace(text) == "" {
			err = ErrEmpty
		}
	}
	if err != nil {
		return Result{}, fmt.Errorf("%s: %w", name, err)
	}
	return Result{text, append(warnings, lost(text)...)}, nil
}

// lost returns a warning for each of the first lines of text with characters
// that could not be read.
func lost(text string) []Warning {
	var out []Warning
	line := 0
	for l := range strings.Lines(text) {
		line++
		if n := strings.Count(l, "\uFFFD"); n > 0 && len(out) < maxWarnings {
			out = append(out, Warning{Kind: LostCharacters, Line: line, Count: n})
		}
	}
	return out
}

func decode(name string, data []byte) (string, []Warning, error) {
	plain := func(text string, err error) (string, []Warning, error) { return text, nil, err }
	if len(data) > MaxFile {
		return "", nil, ErrTooBig
	}
	for _, m := range magics() {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return plain(m.read(data))
		}
	}
	// Writers of PDF may put a few bytes before the mark (PDF 1.7, annex H.3.4.1).
	if i := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-")); i >= 0 {
		return decodePDF(data[i:])
	}
	if looksHTML(data) {
		return plain(decodeHTML(data))
	}
	text, err := decodeText(data)
	if err != nil {
		return "", nil, err
	}
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".html", ".htm", ".xhtml":
		return plain(decodeHTML(data))
	case ".md", ".markdown":
		text = decodeMarkdown(text)
	}
	return unwrap(Normalise(text)), nil, nil
}

type magic struct {
	prefix string
	read   func([]byte) (string, error)
}

// magics returns the first bytes of the kinds of file that tell themselves so. They
// are no variable: a document may hold other files.
func magics() []magic {
	return []magic{
		{"PK\x03\x04", decodeDocx},
		{"PK\x05\x06", decodeDocx}, // an archive without entries
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", decodeOLE},
		{`{\rtf`, refuse("rich text (.rtf)")},
		{"\x89PNG", refuse("a PNG picture")},
		{"\xff\xd8\xff", refuse("a JPEG picture")},
		{"GIF8", refuse("a GIF picture")},
		{"II*\x00", refuse("a TIFF picture")},
		{"MM\x00*", refuse("a TIFF picture")},
		{"RIFF", refuse("a picture or sound")},
		{"BM", refuseBitmap},
		{"Rar!", refuse("a RAR archive")},
		{"7z\xbc\xaf\x27\x1c", refuse("a 7z archive")},
		{"\x1f\x8b", refuse("a gzip archive")},
		{"\x7fELF", refuse("a program")},
		{"MZ\x90\x00", refuse("a program")},
	}
}

func refuse(what string) func([]byte) (string, error) {
	return func([]byte) (string, error) { return "", fmt.Errorf("%s: %w", what, ErrBinary) }
}

// refuseBitmap refuses a BMP picture; two letters alone may begin a text.
func refuseBitmap(data []byte) (string, error) {
	if bytes.IndexByte(data[:min(len(data), 32)], 0) < 0 {
		return decodeText(data)
	}
	return "", fmt.Errorf("a BMP picture: %w", ErrBinary)
}

// decodeOLE tells the two kinds of compound file apart that come as reports:
// .doc, and .docx under a password. The names of the streams inside stand in
// the directory as UTF-16 (MS-CFB 2.6.1).
func decodeOLE(data []byte) (string, error) {
	switch {
	case bytes.Contains(data, utf16le("EncryptedPackage")):
		return "", ErrProtected
	case bytes.Contains(data, utf16le("WordDocument")):
		return "", ErrOldWord
	}
	return "", fmt.Errorf("old Office format: %w", ErrBinary)
}

func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}
