package decode

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// pdfClaim is a key whose number the library allocates or counts by.
var (
	pdfClaim   = regexp.MustCompile(`/(Size|Columns|Index|W|N)[\s\x00\[%]`)
	pdfEscaped = regexp.MustCompile(`/[^\s\x00()<>\[\]{}/%]*#[^\s\x00()<>\[\]{}/%]*`)
	pdfParams  = regexp.MustCompile(`/DecodeParms[\s\x00]*\[?[\s\x00]*[0-9]+[\s\x00]+[0-9]+[\s\x00]+R`)
)

// pdfClaims returns an error if a number in data would make the library take
// more memory or time than any report needs. Where the numbers stand, nothing
// is compressed: in the tables by which objects are found, and the
// dictionaries of streams.
func pdfClaims(data []byte) error {
	for _, m := range pdfEscaped.FindAll(data, -1) {
		switch name := unescapePDF(m); name {
		case "/Size", "/Columns", "/Index", "/W", "/N", "/DecodeParms", "/Encrypt":
			return fmt.Errorf("%s written as %q: %w", name, m, ErrDamaged) // only to hide it
		}
	}
	if m := pdfParams.Find(data); m != nil {
		return fmt.Errorf("a stream's DecodeParms in another object: %w", ErrDamaged)
	}
	var objects int64
	left := 8 * int64(len(data))
	for _, loc := range pdfClaim.FindAllSubmatchIndex(data, -1) {
		var sum int64
		t := pdfTokens{data: data, pos: loc[3], left: &left}
		for i := 0; ; i++ {
			n, ok := t.number()
			if !ok {
				break
			}
			switch key := string(data[loc[2]:loc[3]]); {
			case n > maxPDFObjects, key == "W" && n > 100_000:
				return fmt.Errorf("/%s %d: %w", key, n, ErrBomb)
			case key == "Index" && i%2 == 1:
				objects += int64(n)
			case key == "W":
				sum += int64(n)
			}
			if !t.list {
				break
			}
		}
		if t.err != nil {
			return t.err
		}
		if objects > 2*maxPDFObjects || sum > maxUnpacked {
			return fmt.Errorf("more than %d objects: %w", maxPDFObjects, ErrBomb)
		}
	}
	return pdfXrefs(data, &left)
}

// pdfXrefs checks the cross-reference tables of data: sections of a first
// number, a count, and so many entries of two numbers and f or n.
func pdfXrefs(data []byte, left *int64) error {
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("xref"))
		if i < 0 {
			return nil
		}
		at += i + len("xref")
		t := pdfTokens{data: data, pos: at, left: left}
		for {
			first, ok1 := t.number()
			n, ok2 := t.number()
			if !ok1 || !ok2 {
				break
			}
			for k := 0; k < n; k++ {
				_, ok1 := t.number()
				_, ok2 := t.number()
				kind := t.word()
				if !ok1 || !ok2 || kind != "f" && kind != "n" {
					break
				}
				if first+k > maxPDFObjects {
					return fmt.Errorf("object %d: %w", first+k, ErrBomb)
				}
			}
		}
		if t.err != nil {
			return t.err
		}
	}
}

// pdfTokens reads numbers and words as the library does: comments are space.
type pdfTokens struct {
	data []byte
	pos  int
	list bool   // inside [ ]
	left *int64 // bytes that may yet be read, by all tokens of a file: claims may lie in what others read
	err  error  // nothing is read after it
}

const (
	// maxPDFComment is the most bytes of a comment before a number. Without
	// it, many claims on one line would each read to the end of the file.
	maxPDFComment = 200
	// maxPDFWord is the most bytes of a number; one of 64 bits has 20.
	maxPDFWord = 24
)

// pdfSpecial are the bytes that end a word.
var pdfSpecial = func() (special [256]bool) {
	for _, c := range []byte(" \t\n\f\r\x00<>()[]{}/%") {
		special[c] = true
	}
	return special
}()

// fail ends the reading.
func (t *pdfTokens) fail(err error) {
	t.err, t.pos = err, len(t.data)
}

// move goes on by n bytes, if that many may be read.
func (t *pdfTokens) move(n int) {
	t.pos += n
	if *t.left -= int64(n); *t.left < 0 && t.err == nil {
		t.fail(fmt.Errorf("numbers that are claimed again and again: %w", ErrBomb))
	}
}

func (t *pdfTokens) space() {
	for t.pos < len(t.data) {
		switch c := t.data[t.pos]; {
		case c == '%':
			rest := t.data[t.pos:]
			n := bytes.IndexAny(rest[:min(len(rest), maxPDFComment)], "\r\n")
			switch {
			case n >= 0:
				t.move(n)
			case len(rest) > maxPDFComment:
				t.fail(fmt.Errorf("a number behind a long comment: %w", ErrDamaged))
			default:
				t.move(len(rest))
			}
		case c == '[' && !t.list:
			t.list = true
			t.move(1)
		case c == 0 || c == ' ' || c >= '\t' && c <= '\r' && c != '\v':
			t.move(1)
		default:
			return
		}
	}
}

// word reads a word, or the first bytes of one that is longer than any number.
func (t *pdfTokens) word() string {
	t.space()
	n := 0
	for rest := t.data[t.pos:]; n < len(rest) && n <= maxPDFWord && !pdfSpecial[rest[n]]; {
		n++
	}
	s := string(t.data[t.pos : t.pos+n])
	t.move(n)
	return s
}

// number reads an integer; what is too large for one is the largest. One that
// is too long is an error: the library reads it, with zeros in front.
func (t *pdfTokens) number() (int, bool) {
	s := t.word()
	if len(s) > maxPDFWord {
		if strings.Trim(s, "+-0123456789") == "" {
			t.fail(fmt.Errorf("a number of more than %d digits: %w", maxPDFWord, ErrDamaged))
		}
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 32)
	return int(n), err == nil || n > 1 // out of range
}

func unescapePDF(name []byte) string {
	var s strings.Builder
	for i := 0; i < len(name); i++ {
		if name[i] == '#' && i+2 < len(name) {
			if n, err := strconv.ParseUint(string(name[i+1:i+3]), 16, 8); err == nil {
				s.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		s.WriteByte(name[i])
	}
	return s.String()
}
