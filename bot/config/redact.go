package config

import (
	"regexp"
	"strings"
)

// An error shows the line that it is about, so that a mistake is seen at once,
// but never a secret: neither where one belongs, nor under a mistyped key
// ("tokne: 123:abc"), nor in a value that only looks like one. Everything else
// is shown.

// sourceLine returns the line of data with that number, trimmed, its secrets taken
// out; key is the setting that it is about, if that is known.
func sourceLine(data []byte, line int, key string) string {
	lines := strings.Split(string(data), "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	s := printable(strings.TrimSpace(lines[line-1]))
	switch head, value, ok := strings.Cut(s, ":"); {
	case !holdsSecret(key, s) && !holdsSecret("", above(lines[:line])):
	case ok && strings.TrimSpace(value) == "":
	case ok:
		return head + ": " + redacted
	default:
		return redacted
	}
	s = redact(s)
	if r := []rune(s); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return s
}

// above returns the line that the last of lines stands under: the nearest one that
// is indented less. A secret may be on the line after its key.
func above(lines []string) string {
	last := len(lines) - 1
	for i := last - 1; i >= 0; i-- {
		if strings.TrimSpace(lines[i]) != "" && indent(lines[i]) < indent(lines[last]) {
			return lines[i]
		}
	}
	return ""
}

func indent(s string) int { return len(s) - len(strings.TrimLeft(s, " \t")) }

// keyForm finds the keys of a line: {token: x, proxy: y} has two.
var keyForm = regexp.MustCompile(`([\pL\pN_-]+)["']?\s*:`)

// holdsSecret reports whether a key, or one in the line, is that of a secret
// or may be meant for one.
func holdsSecret(key, line string) bool {
	words := strings.Split(key, ".")
	for _, m := range keyForm.FindAllStringSubmatch(line, -1) {
		words = append(words, m[1])
	}
	for _, w := range words {
		w = strings.ToLower(w)
		if strings.HasSuffix(w, "_file") {
			continue
		}
		if w == "state" || w == "key" || w == "apikey" || strings.HasSuffix(w, "_key") {
			return true
		}
		for _, part := range []string{"tok", "secr", "prox", "pass", "pwd", "aes"} {
			if strings.Contains(w, part) {
				return true
			}
		}
		for _, s := range []string{"token", "secret", "proxy", "password"} {
			if distance(w, s) <= 2 {
				return true
			}
		}
	}
	return false
}

// A bot token, and a URL's user with its password, wherever they stand.
var (
	tokenIn    = regexp.MustCompile(`[0-9]{3,}:[A-Za-z0-9_-]{10,}`)
	hashIn     = regexp.MustCompile(`\$argon2[^\s"',]*(,[^\s"']*)?`)
	userInfoIn = regexp.MustCompile(`([A-Za-z0-9+]+://)?[^\s/"':]*:[^\s"']*@`)
)

// redact takes out of s what looks like a secret.
func redact(s string) string {
	s = tokenIn.ReplaceAllLiteralString(s, redacted)
	s = hashIn.ReplaceAllLiteralString(s, redacted)
	return userInfoIn.ReplaceAllString(s, "${1}"+redacted+"@")
}
