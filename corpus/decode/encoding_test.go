package decode

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
)

// utf16Of is s in UTF-16 without a mark of its order.
func utf16Of(order binary.AppendByteOrder, s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

// TestEncodings: what an encoding is told by, at each side of its limits.
func TestEncodings(t *testing.T) {
	little, big := binary.LittleEndian, binary.BigEndian
	join := func(bs ...[]byte) []byte { return bytes.Join(bs, nil) }
	han := func(n int) string { return strings.Repeat("建", n) }
	for _, c := range []struct {
		name string
		data []byte
		want string
		err  error
	}{
		{"UTF-8 with a mark", []byte("\xef\xbb\xbf新建"), "新建", nil},
		{"UTF-16 with a mark", join([]byte("\xff\xfe"), utf16Of(little, "新建𠀀")), "新建𠀀", nil},
		{"the other order", join([]byte("\xfe\xff"), utf16Of(big, "新建")), "新建", nil},
		{"an odd number of bytes", []byte("\xff\xfea\x00b"), "", ErrDamaged},
		{"UTF-16 without a mark", utf16Of(little, "新建，公园。"), "新建，公园。", nil},
		{"the other order without a mark", utf16Of(big, "新建，公园。"), "新建，公园。", nil},
		{"each mark that tells", utf16Of(big, "新\n建、公 园；路"), "新\n建、公 园；路", nil},
		{"one mark in fifty", utf16Of(big, han(49)+"。"), han(49) + "。", nil},
		{"one mark in fifty-one", utf16Of(big, han(50)+"。"), "", ErrEncoding},
		{"UTF-8 with a NUL", []byte("新建\x00公园"), "新建\uFFFD公园", nil},
		{"two controls", []byte("a\x01\x02"), "a\x01\x02", nil},
		{"three controls", []byte("a\x01\x02\x03"), "", ErrBinary},
		{"one in a hundred", []byte(strings.Repeat("a", 297) + "\x01\x02\x7f"), strings.Repeat("a", 297) + "\x01\x02\x7f", nil},
		{"more than one in a hundred", []byte(strings.Repeat("a", 296) + "\x01\x02\x7f"), "", ErrBinary},
		{"white space is no control", []byte("a\n\r\t\f\n\r\t\f"), "a\n\r\t\f\n\r\t\f", nil},
		{"cut off in a character", []byte("新建\xe5\x85"), "", ErrDamaged},
		{"cut off after one character", []byte("新\xe5\x85"), "", ErrEncoding},
		{"one wrong byte in twenty characters", []byte(han(10) + "\xff" + han(10)), han(10) + "\uFFFD" + han(10), nil},
		{"one wrong byte in nineteen", []byte(han(10) + "\xff" + han(9)), "", ErrEncoding},
		{"a wrong stretch is one", []byte(han(10) + "\xff\xfe\xff" + han(10)), han(10) + "\uFFFD" + han(10), nil},
		{"two wrong stretches are two", []byte(han(10) + "\xff建\xff" + han(10)), "", ErrEncoding},
		{"a letter parts them", []byte(han(20) + "\xffa\xff" + han(20)), han(20) + "\uFFFDa\uFFFD" + han(20), nil},
		{"GB18030", gbk("今年，新建公园"), "今年，新建公园", nil},
	} {
		got, err := decodeText(c.data)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: decodeText = %q, %v, want %q, %v", c.name, got, err, c.want, c.err)
		}
	}
}

// TestChinese: a text with lost characters is in the right encoding if they are
// few, and those that every text has are there.
func TestChinese(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"", true}, {"abc", true}, {"建", true}, {"\uFFFD", false},
		{strings.Repeat("建", 20) + "\uFFFD，", true}, {strings.Repeat("建", 19) + "\uFFFD，", false}, {strings.Repeat("建", 20) + "\uFFFD", false},
		{strings.Repeat("建", 50) + "\uFFFD的", true}, {strings.Repeat("建", 51) + "\uFFFD的", false},
	} {
		if got := chinese(c.text); got != c.want {
			t.Errorf("chinese(%q) = %v", c.text, got)
		}
	}
}

// TestWrongBytes: an error names the first byte that is wrong.
func TestWrongBytes(t *testing.T) {
	for text, want := range map[string]int{"": 0, "新": 3, "a\xff": 1, "新\xe5": 3, "\xff": 0, "新\uFFFDa\xff": 7} {
		if got := invalidAt([]byte(text)); got != want {
			t.Errorf("invalidAt(%q) = %d, want %d", text, got, want)
		}
	}
	if i, ok := controls([]byte("ab\x01c\x02\x03")); i != 2 || !ok {
		t.Errorf("controls = %d, %v", i, ok)
	}
	// Pictures by their first bytes, but for two letters that a text may begin with.
	if _, err := refuseBitmap([]byte("BM" + strings.Repeat("x", 30) + "\x00")); err != nil {
		t.Errorf("a NUL behind 32 bytes: %v", err)
	}
	if _, err := refuseBitmap([]byte("BM" + strings.Repeat("x", 29) + "\x00")); !errors.Is(err, ErrBinary) {
		t.Errorf("a NUL within 32 bytes: %v", err)
	}
}
