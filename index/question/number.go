package question

import (
	"regexp"
	"strconv"
	"strings"

	"jinwen/corpus/zh"
)

// quantity is a number with a unit as people type it: 2300万标准箱, 145条, 13.4%.
var quantity = regexp.MustCompile(`(?:^|[^0-9a-z.+·-])([0-9]+(?:\.[0-9]+)?)(多|余|几)?([万亿千百]*)((?:多|余)?(?:个百分点|%|[\p{Han}]{0,3}))`)

// chineseQuantity is one in Chinese numerals; it needs a numeral of weight so
// that 三大工程 and 一件事 are none.
var chineseQuantity = regexp.MustCompile(`([一二两三四五六七八九][一二两三四五六七八九零十百千点]*[十百千][一二两三四五六七八九零十百千]*[万亿]*|[一二两三四五六七八九十百千]+[万亿]+)([\p{Han}]{1,3})`)

// nameAfterDigit are the words that make a name of the number before them.
var nameAfterDigit = lists.Pattern(`^<behindNumber>`)

// readNumbers finds the quantities in q.Subject. Which of the characters
// behind a number are its unit depends on the report.
func readNumbers(q *Question) {
	text := q.Subject
	for at := 0; ; {
		m := quantity.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		for i := range m {
			m[i] += at
		}
		digits, scale, tail := text[m[2]:m[3]], text[m[6]:m[7]], text[m[8]:m[9]]
		at = m[7]
		if nameAfterDigit.MatchString(text[m[3]:]) {
			continue
		}
		tail = strings.TrimPrefix(strings.TrimPrefix(tail, "多"), "余")
		if scale == "" && tail == "" {
			continue // a bare number is looked for as a word
		}
		v, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			continue
		}
		for _, c := range scale {
			v *= zh.Scale(c)
		}
		q.Numbers = append(q.Numbers, Quantity{Text: digits + scale, Value: v, Tail: tail, Start: m[2], End: m[9] - len(tail)})
	}
	if !strings.ContainsAny(text, "十百千万亿") {
		return
	}
	for _, m := range chineseQuantity.FindAllStringSubmatchIndex(text, -1) {
		if v, ok := Numeral(text[m[2]:m[3]]); ok {
			q.Numbers = append(q.Numbers, Quantity{Text: text[m[2]:m[3]], Value: v, Tail: text[m[4]:m[5]], Start: m[2], End: m[4]})
		}
	}
}

// Scaled reports whether n is written with a scale (万, 亿), which makes it a
// quantity whatever stands behind it.
func (n Quantity) Scaled() bool {
	return strings.ContainsAny(n.Text, "万亿千百") && n.Text[0] < 0x80
}

// Numeral reads 二千三百万 and the like.
func Numeral(s string) (float64, bool) { return zh.Number(strings.ReplaceAll(s, "点", "")) }
