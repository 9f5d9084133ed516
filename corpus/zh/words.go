package zh

import (
	"regexp"
	"strings"
)

// A Words is a set of words that are looked for at the start or the end of a
// text, the longest first.
type Words struct {
	set map[string]bool
	max int
}

// List returns the set of the words in list.
func List(list ...string) Words {
	w := Words{set: make(map[string]bool, len(list))}
	for _, s := range list {
		w.set[s] = true
		w.max = max(w.max, len([]rune(s)))
	}
	return w
}

// Has reports whether s is one of the words.
func (w Words) Has(s string) bool { return w.set[s] }

// Prefix returns the length of the longest word that s begins with; 0 if none.
func (w Words) Prefix(s []rune) int {
	for n := min(w.max, len(s)); n > 0; n-- {
		if w.set[string(s[:n])] {
			return n
		}
	}
	return 0
}

// Suffix returns the length of the longest word that s ends with; 0 if none.
func (w Words) Suffix(s []rune) int {
	for n := min(w.max, len(s)); n > 0; n-- {
		if w.set[string(s[len(s)-n:])] {
			return n
		}
	}
	return 0
}

// Index returns the place of the first word in s at or after from, and its length;
// -1, 0 if there is none. Words in quotation marks do not count.
func (w Words) Index(s []rune, from int) (pos, n int) {
	var open Nesting
	for i, c := range s {
		open.Read(c)
		if open == 0 && i >= from {
			if n := w.Prefix(s[i:]); n > 0 {
				return i, n
			}
		}
	}
	return -1, 0
}

// Longest returns the length of the longest word in code points.
func (w Words) Longest() int { return w.max }

// Set returns the words of text, parted by white space, as a set.
func Set(text string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// Lists are word lists by name.
type Lists map[string][]string

// Sections reads word lists: a line [name] opens one, the lines below hold its
// words, parted by spaces. What follows the name, and lines that open with #,
// are comments.
func Sections(text string) Lists {
	out := make(Lists)
	name := ""
	for _, line := range strings.Split(text, "\n") {
		if rest, ok := strings.CutPrefix(line, "["); ok {
			name, _, _ = strings.Cut(rest, "]")
			out[name] = nil
			continue
		}
		if !strings.HasPrefix(line, "#") && name != "" {
			out[name] = append(out[name], strings.Fields(line)...)
		}
	}
	return out
}

// Of returns the list of that name. It panics if there is none: the lists are
// part of the program.
func (l Lists) Of(name string) []string {
	words, ok := l[name]
	if !ok {
		panic("zh: no word list " + name)
	}
	return words
}

// List returns the list of that name as List does.
func (l Lists) List(name string) Words { return List(l.Of(name)...) }

// Set returns the list of that name as Set does.
func (l Lists) Set(name string) map[string]bool { return List(l.Of(name)...).set }

// listName stands in a pattern for any word of a list.
var listName = regexp.MustCompile(`<[A-Za-z]+>`)

// Pattern compiles a regular expression in which <name> is any word of that
// list, tried in its order.
func (l Lists) Pattern(expr string) *regexp.Regexp {
	return regexp.MustCompile(listName.ReplaceAllStringFunc(expr, func(name string) string {
		words := l.Of(strings.Trim(name, "<>"))
		quoted := make([]string, len(words))
		for i, w := range words {
			quoted[i] = regexp.QuoteMeta(w)
		}
		return "(?:" + strings.Join(quoted, "|") + ")"
	}))
}
