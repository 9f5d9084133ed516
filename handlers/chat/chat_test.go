package chat

import "testing"

func TestID(t *testing.T) {
	for _, tt := range []struct {
		scheme, id, local string
		ok                bool
	}{
		{Telegram, ID(Telegram, "-1001234"), "-1001234", true},
		{WeChat, ID(WeChat, "o6:x"), "o6:x", true},
		{Telegram, ID(WeCom, "7"), "", false},
		{Telegram, "7", "", false},
		{Telegram, "telegram:", "", false},
		{Telegram, "", "", false},
	} {
		if local, ok := Local(tt.scheme, tt.id); local != tt.local || ok != tt.ok {
			t.Errorf("Local(%q, %q) = %q, %v, want %q, %v", tt.scheme, tt.id, local, ok, tt.local, tt.ok)
		}
	}
}

func TestClean(t *testing.T) {
	for s, want := range map[string]string{
		"今年\tGDP\n目标":                        "今年\tGDP\n目标",
		"a\x00b\x1b[31mc\r":                  "ab[31mc",
		"\u202e倒过来\u202c\u2066x\u2069":       "倒过来x",
		"口\u200b袋\u200d公\ufeff园\u00ad\u2060": "口袋公园",
		"坏\xff字":                             "坏字",
	} {
		if got := Clean(s); got != want {
			t.Errorf("Clean(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestTextsCheck(t *testing.T) {
	type words struct {
		Title string
		List  []string
		ByKey map[string]string
	}
	all := Texts[words]{
		Hans:    words{"共 %d 条", []string{"一"}, map[string]string{"a": "甲"}},
		Hant:    words{"共 %d 條", []string{"一"}, map[string]string{"a": "甲"}},
		English: words{"%d entries", []string{"one"}, map[string]string{"a": "A"}},
	}
	if wrong := all.Check(); len(wrong) > 0 {
		t.Errorf("Check of whole texts = %q", wrong)
	}
	for name, spoil := range map[string]func(*words){
		"missing": func(w *words) { w.Title = "" }, "verb": func(w *words) { w.Title = "%s" },
		"list": func(w *words) { w.List = nil }, "map": func(w *words) { w.ByKey = nil },
	} {
		bad := all
		spoil(&bad.English)
		if wrong := bad.Check(); len(wrong) != 1 {
			t.Errorf("Check with %s spoiled = %q, want one line", name, wrong)
		}
	}
}
