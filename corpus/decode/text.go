package decode

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"jinwen/corpus/zh"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// decodeText finds the encoding by trying the strictest first: few texts that
// are not UTF-8 are valid as such, nearly every byte string is as GB18030.
func decodeText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], binary.BigEndian)
	}
	if order := guessUTF16(data); order != nil {
		return decodeUTF16(data, order)
	}
	if i, ok := controls(data); ok {
		return "", fmt.Errorf("binary data at byte %d: %w", i, ErrBinary)
	}
	text := strings.ReplaceAll(string(data), "\x00", "\uFFFD")
	if utf8.ValidString(text) {
		return text, nil
	}
	// Two characters of three bytes are no accident: GB18030 would read them,
	// and the rest, as other characters.
	if i := invalidAt(data); !utf8.FullRune(data[i:]) && i-utf8.RuneCount(data[:i]) >= 4 {
		return "", fmt.Errorf("cut off in the middle of a character at the end: %w", ErrDamaged)
	}
	if good, bad := runs(data); good >= goodPerBad*bad {
		return strings.ToValidUTF8(text, "\uFFFD"), nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().String(text)
	if err != nil || !chinese(out) {
		return "", fmt.Errorf("%w (first wrong byte at %d)", ErrEncoding, invalidAt(data))
	}
	return out, nil
}

// goodPerBad is how many characters of an encoding stand for one that is none
// in it, if the text is of that encoding and a byte is wrong now and then.
const goodPerBad = 20

// runs counts the characters of several bytes in data, and the stretches that
// are no UTF-8.
func runs(data []byte) (good, bad int) {
	wrong := false
	for len(data) > 0 {
		c, n := utf8.DecodeRune(data)
		switch {
		case c == utf8.RuneError && n <= 1:
			if !wrong {
				bad++
			}
			wrong = true
		case n > 1:
			good++
			wrong = false
		default:
			wrong = false
		}
		data = data[n:]
	}
	return good, bad
}

// chinese reports whether text was read in the right encoding: without a
// character lost, or with few, and those that every Chinese text has among the
// rest.
func chinese(text string) bool {
	bad, common, han := 0, 0, 0
	for _, c := range text {
		switch {
		case c == utf8.RuneError:
			bad++
		case strings.ContainsRune("，。、的", c):
			common++
		case zh.IsHan(c):
			han++
		}
	}
	return bad == 0 || han >= goodPerBad*bad && common*50 >= han
}

// controls returns the place of the first control character in data if more
// than one byte in a hundred is one: no text holds that many.
func controls(data []byte) (int, bool) {
	n, first := 0, 0
	for i, b := range data {
		if b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' || b == 0x7f {
			if n == 0 {
				first = i
			}
			n++
		}
	}
	return first, n > 2 && n*100 > len(data)
}

// guessUTF16 recognises UTF-16 without BOM by the byte order in which the
// line feeds, stops and commas of a Chinese text come out as such.
func guessUTF16(data []byte) binary.ByteOrder {
	if len(data) < 4 || len(data)%2 != 0 || utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
		return nil
	}
	const sample, rarest = 8192, 100 // bytes that are looked at; of how many one at least begins such a mark
	head := data[:min(len(data), sample)]
	var little, big int
	for unit := range slices.Chunk(head, 2) {
		if punctuation(binary.LittleEndian.Uint16(unit)) {
			little++
		}
		if punctuation(binary.BigEndian.Uint16(unit)) {
			big++
		}
	}
	switch {
	case little > 3*big && little*rarest >= len(head):
		return binary.LittleEndian
	case big > 3*little && big*rarest >= len(head):
		return binary.BigEndian
	}
	return nil
}

func punctuation(u uint16) bool {
	return u == '\n' || u == '，' || u == '。' || u == '、' || u == ' ' || u == '；'
}

func decodeUTF16(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%2 != 0 {
		return "", fmt.Errorf("UTF-16 text of an odd number of bytes: %w", ErrDamaged)
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units)), nil
}

// invalidAt returns the offset of the first byte of data that is not UTF-8.
func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		c, n := utf8.DecodeRune(data[i:])
		if c == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return len(data)
}
