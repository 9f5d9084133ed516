package zh

import (
	"strings"
	"sync"
	"unicode"

	"github.com/longbridgeapp/opencc"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// FoldRune maps a code point to the one that it is compared by: half-width,
// lower case, one kind of dash. Code points that NFKC would turn into several
// stay as they are, so that one code point stays one.
func FoldRune(c rune) rune {
	switch {
	case c < 0x80:
		if 'A' <= c && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	case c >= 0x4e00 && c <= 0x9fff:
		return c
	}
	dash := c == '～' // NFKC makes ~ of it
	if n := []rune(norm.NFKC.String(string(c))); len(n) == 1 {
		c = n[0]
	}
	if dash || strings.ContainsRune("—–−〜", c) {
		return '-'
	}
	return unicode.ToLower(c)
}

// Silent reports whether c is left out of folded text: quotation marks and
// spaces, which people do not type where a report prints them (“专精特新”).
func Silent(c rune) bool {
	if c >= 0xfe30 && c <= 0xfe6f || c >= 0xff00 { // forms for vertical writing, small and full-width ones
		c = FoldRune(c)
	}
	return strings.ContainsRune("“”‘’\"'「」『』《》〈〉\u2329\u232a\u200b", c) || unicode.IsSpace(c)
}

// Fold returns s as text is compared: without quotation marks and spaces.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		if !Silent(c) {
			b.WriteRune(FoldRune(c))
		}
	}
	return b.String()
}

// OpenCC's tables, Taiwan's words included. They take some 100 ms to load, so
// only a text that may be Traditional pays for them.
var traditional = sync.OnceValues(func() (*opencc.OpenCC, error) { return opencc.New("tw2sp") })

// Simplify returns s in Simplified characters and whether it had others.
func Simplify(s string) (string, bool) {
	maybe := false
	for _, c := range s {
		if unicode.Is(unicode.Han, c) && !inGB2312(c) {
			maybe = true
			break
		}
	}
	if !maybe {
		return s, false
	}
	cc, err := traditional()
	if err != nil {
		return s, false // the tables are embedded; nothing to mend at run time
	}
	parts := strings.Split(s, newlyAdded)
	for i, p := range parts {
		if parts[i], err = cc.Convert(p); err != nil {
			return s, false
		}
	}
	out := strings.Join(parts, newlyAdded)
	return out, out != s
}

// newlyAdded is a word of both scripts that the table of words takes for the
// one that Taiwan says instead of 添加.
const newlyAdded = "新增"

// inGB2312 reports whether c is one of the 6,763 characters of GB 2312-80,
// which has no Traditional forms: GBK keeps them at lead bytes 0xB0–0xF7 and
// trail bytes from 0xA1.
func inGB2312(c rune) bool {
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(c)))
	return err == nil && len(b) == 2 && b[0] >= 0xb0 && b[0] <= 0xf7 && b[1] >= 0xa1
}

// IsLatin reports whether c, a folded code point, is a Latin letter.
func IsLatin(c rune) bool { return 'a' <= c && c <= 'z' }

// IsLatinText reports whether s holds no Han character, but a Latin letter.
func IsLatinText(s string) bool {
	latin := false
	for _, c := range s {
		if c >= 0x2e80 {
			return false
		}
		latin = latin || IsLatin(FoldRune(c))
	}
	return latin
}

// IsDigit reports whether c is a digit, half or full width.
func IsDigit(c rune) bool { return '0' <= c && c <= '9' || '０' <= c && c <= '９' }

// IsHan reports whether c is a Han character, 〇 included.
func IsHan(c rune) bool {
	return 0x3400 <= c && c <= 0x9fff || c > unicode.MaxLatin1 && unicode.Is(unicode.Han, c)
}
