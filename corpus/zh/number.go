package zh

import "strings"

// digits are the Chinese numerals below ten.
var digits = map[rune]int{'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// Digit returns the number that the Chinese numeral c below ten stands for; false
// if it is none.
func Digit(c rune) (int, bool) {
	d, ok := digits[c]
	return d, ok
}

// scales are the numerals that multiply; those from 万 up close a section.
var scales = map[rune]float64{'十': 10, '百': 100, '千': 1000, '万': 1e4, '亿': 1e8}

// Scale returns what the numeral c multiplies by: 1e4 of 万; 0 if it is no scale.
func Scale(c rune) float64 { return scales[c] }

// Number returns the number that the Chinese numerals of s name by place: 二千三百万.
// A scale without a digit before it stands for one (千 is 1000). Two digits in a
// row (三五: about as many) and whatever is no numeral make it false.
func Number(s string) (float64, bool) {
	if s == "" {
		return 0, false
	}
	var total, section, digit, last float64 // last is the scale from 万 up that was read before
	held := false                           // a digit waits for its scale
	for _, c := range s {
		if d, ok := digits[c]; ok {
			if held && digit != 0 {
				return 0, false
			}
			digit, held = float64(d), true
			continue
		}
		f, ok := scales[c]
		switch {
		case !ok:
			return 0, false
		case f < 1e4:
			if !held || digit == 0 {
				digit = 1
			}
			section += digit * f
		default:
			section += digit
			if section == 0 && total == 0 {
				section = 1
			}
			if f < last && section != 0 {
				total += section * f // 一亿三千万
			} else {
				total = (total + section) * f
			}
			section, last = 0, f
		}
		digit, held = 0, false
	}
	return total + section + digit, true
}

// Numeral returns the whole number that the Chinese numerals of s make, read as
// digits (二〇二六) or by place (二十七); 0 if they are none.
func Numeral(s string) int {
	if strings.ContainsAny(s, "十百千万亿") {
		n, _ := Number(s)
		return int(n)
	}
	n := 0
	for _, c := range s {
		d, ok := digits[c]
		if !ok || n > 1e8 {
			return 0
		}
		n = n*10 + d
	}
	return n
}
