package render

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jinwen/handlers/chat"
)

func TestTexts(t *testing.T) {
	for _, wrong := range table.Check() {
		t.Error(wrong)
	}
}

func sample() chat.Reply {
	return chat.Reply{
		Blocks: []chat.Block{
			{Kind: chat.Answer, Text: "50个 · 口袋*公园*", Strong: []chat.Range{{Start: 0, End: 5}}},
			{Kind: chat.Quote, Text: "新建口袋公园50个", Strong: []chat.Range{{Start: 18, End: 23}}},
			{Kind: chat.Place, Text: "二、目标"},
			{Kind: chat.Item, Text: "甲"}, {Kind: chat.Table, Text: "a  b"},
		},
		Buttons: [][]chat.Button{{{Text: "去年", Data: "y"}, {Text: "👍", Data: "v", Minor: true}}, {{Text: "网页", URL: "https://example.com/a"}, {Text: "复制", Copy: "x"}}},
		Files:   []chat.Attachment{{Name: "a.xlsx", Caption: "表"}},
	}
}

func TestReply(t *testing.T) {
	for name, tt := range map[string]struct {
		opt  Options
		want string
	}{
		"plain": {Options{}, "50个 · 口袋*公园*\n「新建口袋公园50个」\n—— 二、目标\n\n• 甲\n\na  b\n\n（文件 a.xlsx 在这里发不出来）\n\n网页：https://example.com/a\n回复数字：\n1. 去年"},
		"Markdown": {Options{Markdown: true}, "**50个** · 口袋\\*公园\\*\n> 新建口袋公园**50个**\n—— 二、目标\n\n- 甲\n\n```\na  b\n```\n\n" +
			"（文件 a.xlsx 在这里发不出来）\n\n网页：https://example.com/a\n回复数字：\n1. 去年"},
		"buttons and files of its own": {Options{Buttons: true, Files: true}, "50个 · 口袋*公园*\n「新建口袋公园50个」\n—— 二、目标\n\n• 甲\n\na  b\n\n表"},
	} {
		got := Reply(sample(), tt.opt)
		if len(got) != 1 {
			t.Fatalf("%s: %d messages, want 1", name, len(got))
		}
		if diff := cmp.Diff(tt.want, got[0].Text); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := Reply(chat.Reply{}, Options{}); got != nil {
		t.Errorf("nothing is %v, want no message", got)
	}
	then := chat.Say("二")
	if got := Reply(chat.Reply{Notice: "一", Then: &then}, Options{}); len(got) != 2 || got[0].Text != "一" || got[1].Text != "二" {
		t.Errorf("a notice and what follows = %v", got)
	}
}

// TestMessages: what makes a message of its own, and what goes with the last.
func TestMessages(t *testing.T) {
	press := [][]chat.Button{{{Text: "甲", Data: "a"}}}
	file := []chat.Attachment{{Name: "a.xlsx"}}
	choose := "回复数字：\n1. 甲"
	for _, tt := range []struct {
		name  string
		reply chat.Reply
		opt   Options
		want  []string
	}{
		{"a notice before blocks", chat.Reply{Notice: "记下了", Blocks: []chat.Block{{Text: "一"}}}, Options{}, []string{"记下了\n\n一"}},
		{"just room for the choices", chat.Reply{Blocks: []chat.Block{{Text: "一"}}, Buttons: press}, Options{Limit: 3 + 2 + len(choose)}, []string{"一\n\n" + choose}},
		{"no room for the choices", chat.Reply{Blocks: []chat.Block{{Text: "一"}}, Buttons: press}, Options{Limit: 3 + 1 + len(choose)}, []string{"一", choose}},
		{"choices alone", chat.Reply{Buttons: press}, Options{}, []string{choose}},
		{"a button without words", chat.Reply{Blocks: []chat.Block{{Text: "一"}}, Buttons: [][]chat.Button{{{Text: " ", Data: "a"}}}}, Options{}, []string{"一"}},
		{"a button that does nothing here", chat.Reply{Blocks: []chat.Block{{Text: "一"}}, Buttons: [][]chat.Button{{{Text: "复制", Copy: "x"}}}}, Options{}, []string{"一"}},
		{"a file alone", chat.Reply{Files: file}, Options{Files: true}, []string{""}},
		{"a file that is not shown", chat.Reply{Files: file}, Options{}, []string{"（文件 a.xlsx 在这里发不出来）"}},
		{"strong words over two lines stay plain", chat.Reply{Blocks: []chat.Block{{Text: "一\n二", Strong: []chat.Range{{Start: 0, End: len("一\n二")}}}}}, Options{Markdown: true}, []string{"一\n二"}},
		{"a quote of two lines", chat.Reply{Blocks: []chat.Block{{Kind: chat.Quote, Text: "一\n二"}}}, Options{Markdown: true}, []string{"> 一\n> 二"}},
	} {
		var got []string
		messages := Reply(tt.reply, tt.opt)
		for _, m := range messages {
			got = append(got, m.Text)
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
			continue
		}
		for i, m := range messages {
			last := i == len(messages)-1
			if files := last && tt.opt.Files && len(tt.reply.Files) > 0; (len(m.Files) > 0) != files {
				t.Errorf("%s: message %d has %d files", tt.name, i, len(m.Files))
			}
			if !last && len(m.Buttons) > 0 {
				t.Errorf("%s: message %d has buttons", tt.name, i)
			}
		}
	}
}

// FuzzReply: no message is over its limit, and no word is lost.
func FuzzReply(f *testing.F) {
	f.Add("一二三。四五六", "choice", 40, true)
	f.Add(strings.Repeat("津", 300)+"😀", "", 2047, false)
	f.Fuzz(func(t *testing.T, text, label string, limit int, bytes bool) {
		opt := Options{Limit: 20 + max(limit, -limit, 0)%5000, Measure: UTF16}
		if bytes {
			opt.Measure = Bytes
		}
		got := Reply(chat.Reply{Blocks: []chat.Block{{Text: text}, {Kind: chat.Quote, Text: text}}, Buttons: [][]chat.Button{{{Text: label, Data: "x"}}}}, opt)
		var all strings.Builder
		for _, m := range got {
			if n := opt.Measure.Length(m.Text); n > opt.Limit || !utf8.ValidString(m.Text) {
				t.Fatalf("message of %d, limit %d: %q", n, opt.Limit, m.Text)
			}
			all.WriteString(m.Text)
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if blocks := chat.Visible([]chat.Block{{Text: text}}); len(blocks) > 0 && !strings.Contains(squeeze(all.String()), squeeze(blocks[0].Text)) {
			t.Fatalf("words lost: %q of %q", all.String(), text)
		}
	})
}
