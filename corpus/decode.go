package corpus

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// ErrEncoding says that a text is in none of the encodings that are read.
var ErrEncoding = errors.New("not UTF-8, GB18030 or UTF-16; save it as UTF-8")

// Decode returns the normalised text of the file called name: UTF-8 with or
// without BOM, GB18030 (and so GBK and GB2312), UTF-16 with or without BOM.
// Errors carry the name.
func Decode(name string, data []byte) (string, error) {
	text, err := decodeText(data)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return Normalise(text), nil
}

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
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return "", fmt.Errorf("binary data at byte %d, no text", i)
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || strings.ContainsRune(string(out), utf8.RuneError) {
		return "", fmt.Errorf("%w (first wrong byte at %d)", ErrEncoding, invalidAt(data))
	}
	return string(out), nil
}

// guessUTF16 recognises UTF-16 without BOM by the byte order in which the
// line feeds, stops and commas of a Chinese text come out as such.
func guessUTF16(data []byte) binary.ByteOrder {
	if len(data) < 4 || len(data)%2 != 0 || utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
		return nil
	}
	var little, big int
	for i := 0; i+1 < min(len(data), 8192); i += 2 {
		if punctuation(binary.LittleEndian.Uint16(data[i:])) {
			little++
		}
		if punctuation(binary.BigEndian.Uint16(data[i:])) {
			big++
		}
	}
	units := min(len(data), 8192) / 2
	switch {
	case little > 3*big && little*50 >= units:
		return binary.LittleEndian
	case big > 3*little && big*50 >= units:
		return binary.BigEndian
	}
	return nil
}

func punctuation(u uint16) bool {
	return u == '\n' || u == '，' || u == '。' || u == '、' || u == ' ' || u == '；'
}

func decodeUTF16(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%2 != 0 {
		return "", errors.New("UTF-16 text of an odd number of bytes: the file is cut off")
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units)), nil
}

// invalidAt is the offset of the first byte of data that is not UTF-8.
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

// Normalise returns text as reports are kept: valid UTF-8, lines that end in
// LF, no BOM, no NUL or other control characters (gojieba stops at a NUL and
// gives nothing for a text with a single invalid byte).
func Normalise(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\r', c == '\u2028', c == '\u2029', c == '\u0085', c == '\v', c == '\f':
			return '\n'
		case c == '\n', c == '\t':
			return c
		case c == '\ufeff', unicode.IsControl(c):
			return -1
		}
		return c
	}, text)
}
