package chat

import "strings"

// A Lang is a language of replies. Quotes are verbatim in all of them.
type Lang string

const (
	Hans    Lang = "zh-Hans"
	Hant    Lang = "zh-Hant"
	English Lang = "en"
)

// Langs are all languages, the default first.
var Langs = []Lang{Hans, Hant, English}

// Valid reports whether l is one of Langs.
func (l Lang) Valid() bool { return l == Hans || l == Hant || l == English }

// LangOf returns the language for a tag as transports give it: zh-TW, zh-hant,
// en-GB. Whoever uses a client in a third language reads English rather than
// Chinese; "" is unknown.
func LangOf(tag string) Lang {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	switch {
	case tag == "":
		return ""
	case tag == "zh" || strings.HasPrefix(tag, "zh-"):
		for _, s := range []string{"hant", "tw", "hk", "mo"} {
			if strings.Contains(tag, "-"+s) {
				return Hant
			}
		}
		return Hans
	}
	return English
}
