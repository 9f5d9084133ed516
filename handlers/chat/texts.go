package chat

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// Texts are what people read, in three languages: T is a struct of strings
// (and of maps, slices and structs of them), one for each language. All
// packages that say something to people hold their words in one of these, and
// a test of theirs asks Check.
type Texts[T any] struct{ Hans, Hant, English T }

// In returns the texts of a language; those of Simplified Chinese for "".
func (t *Texts[T]) In(l Lang) *T {
	switch l {
	case Hant:
		return &t.Hant
	case English:
		return &t.English
	}
	return &t.Hans
}

// Check returns what is wrong with the texts, a line each: one that is missing
// in a language, or whose verbs (%d, %s) are others there.
func (t *Texts[T]) Check() []string {
	var wrong []string
	for _, l := range []struct {
		name  Lang
		texts *T
	}{{Hant, &t.Hant}, {English, &t.English}} {
		compare("", reflect.ValueOf(&t.Hans).Elem(), reflect.ValueOf(l.texts).Elem(), func(where, what string) {
			wrong = append(wrong, fmt.Sprintf("%s in %s: %s", where, l.name, what))
		})
	}
	return wrong
}

var verb = regexp.MustCompile(`%(\[\d+\])?[-+# 0-9.]*[a-zA-Z]`)

// verbs returns those of a format, sorted, without the order in which they take
// their arguments.
func verbs(format string) []string {
	var out []string
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		out = append(out, strings.Replace(m[0], m[1], "", 1))
	}
	slices.Sort(out)
	return out
}

// compare tells of every string in which b is not a translation of a.
func compare(where string, a, b reflect.Value, tell func(where, what string)) {
	switch a.Kind() {
	case reflect.String:
		va, vb := verbs(a.String()), verbs(b.String())
		switch {
		case a.Len() == 0 && b.Len() == 0:
			tell(where, "says nothing, nor does it in "+string(Hans))
		case a.Len() == 0 || b.Len() == 0:
			tell(where, fmt.Sprintf("%q, but %q in %s", b, a, Hans))
		case !slices.Equal(va, vb):
			tell(where, fmt.Sprintf("verbs %v, but %v in %s", vb, va, Hans))
		}
	case reflect.Struct:
		for i := range a.NumField() {
			compare(where+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i), tell)
		}
	case reflect.Map:
		for _, k := range append(a.MapKeys(), b.MapKeys()...) {
			x, y := a.MapIndex(k), b.MapIndex(k)
			if !x.IsValid() || !y.IsValid() {
				tell(fmt.Sprintf("%s[%v]", where, k), "is in one of the languages only")
				continue
			}
			compare(fmt.Sprintf("%s[%v]", where, k), x, y, tell)
		}
	case reflect.Slice, reflect.Array:
		if a.Len() != b.Len() {
			tell(where, fmt.Sprintf("%d of them, but %d in %s", b.Len(), a.Len(), Hans))
			return
		}
		for i := range a.Len() {
			compare(fmt.Sprintf("%s[%d]", where, i), a.Index(i), b.Index(i), tell)
		}
	}
}
