package question

import (
	_ "embed"
	"strings"
)

//go:embed dialect.txt
var dialectFile string

// dialect writes regional question words as they are asked elsewhere.
var dialect = func() *strings.Replacer {
	var pairs []string
	for line := range strings.Lines(dialectFile) {
		if from, to, ok := strings.Cut(strings.TrimSpace(line), " "); ok && from != "#" {
			pairs = append(pairs, from, to)
		}
	}
	return strings.NewReplacer(pairs...)
}()

// standard is folded text with regional question words as they are asked
// elsewhere. 好多 is much as often as how much: in a text that asks for a
// number in another way it stays.
func standard(text string) string {
	if strings.Contains(text, "多少") || newWording(text).has(cueNumber) {
		return text
	}
	return dialect.Replace(text)
}
