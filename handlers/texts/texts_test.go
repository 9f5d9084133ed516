package texts

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"jinwen/handlers/chat"
)

// Every language has every text, fills it with the same arguments and is
// written in its own characters.
func TestTexts(t *testing.T) {
	for _, wrong := range table.Check() {
		t.Error(wrong)
	}
	for _, l := range chat.Langs {
		eachString(reflect.ValueOf(*Of(l)), "", func(name, s string) {
			if l == chat.Hans && strings.ContainsAny(s, TraditionalOnly) {
				t.Errorf("%s has Traditional characters in %s: %s", name, l, s)
			}
			if l == chat.Hant && strings.ContainsAny(s, simplifiedOnly) {
				t.Errorf("%s has Simplified characters in %s: %s", name, l, s)
			}
			if l == chat.English && HasHan(s) {
				t.Errorf("%s has Chinese in %s: %s", name, l, s)
			}
		})
		if p := Profile(l); utf8.RuneCountInString(p.Short) > 120 || utf8.RuneCountInString(p.Long) > 512 {
			t.Errorf("profile in %s is too long", l)
		}
		for _, n := range []string{Of(l).InlineNothing} {
			if utf8.RuneCountInString(n) > 60 {
				t.Errorf("start button in %s: %q", l, n)
			}
		}
	}
}

// eachString calls f with each string in v and where it stands.
func eachString(v reflect.Value, name string, f func(name, s string)) {
	switch v.Kind() {
	case reflect.String:
		f(name, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			eachString(v.Field(i), name+"."+v.Type().Field(i).Name, f)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			eachString(v.MapIndex(k), name+"."+k.String(), f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachString(v.Index(i), name, f)
		}
	}
}

func TestScript(t *testing.T) {
	for s, want := range map[string]chat.Lang{
		"": "", "GDP": "", "天津港": "", "今年老旧小区改造多少": chat.Hans, "今年要啟動改造的老舊小區": chat.Hant,
		"how many parks": chat.English, "GDP目标": chat.Hans, "5G": "", "台中": "", "著名高校": "",
	} {
		if got := Script(s); got != want {
			t.Errorf("Script(%q) = %q, want %q", s, got, want)
		}
	}
	for tag, want := range map[string]chat.Lang{"": "", "zh": chat.Hans, "zh-CN": chat.Hans, "zh_TW": chat.Hant, "zh-Hant-HK": chat.Hant, "en-US": chat.English, "de": chat.English} {
		if got := chat.LangOf(tag); got != want {
			t.Errorf("clientLang(%q) = %q, want %q", tag, got, want)
		}
	}
}
