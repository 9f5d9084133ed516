package texts

import (
	"strings"
	"unicode"

	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
)

// Script returns the language that text is written in; "" if it does not tell,
// as 天津港 (the same in both scripts) or GDP (used in both languages).
func Script(text string) chat.Lang {
	var han, hant, hans, words int
	inWord := 0
	for _, c := range text {
		switch {
		case zh.IsHan(c):
			han++
			if strings.ContainsRune(TraditionalOnly, c) {
				hant++
			} else if strings.ContainsRune(simplifiedOnly, c) {
				hans++
			}
			inWord = 0
		case unicode.IsLetter(c):
			if inWord++; inWord == 2 {
				words++
			}
		default:
			inWord = 0
		}
	}
	switch {
	case hant > hans:
		return chat.Hant
	case hans == 0 && han > 0 && traditional(text): // by a character that is less common
		return chat.Hant
	case hans > 0:
		return chat.Hans
	case han == 0 && words >= 2:
		return chat.English
	}
	return ""
}

func traditional(text string) bool {
	_, yes := zh.Simplify(text)
	return yes
}

// HasHan reports whether s has Chinese characters.
func HasHan(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return zh.IsHan(c) })
}
