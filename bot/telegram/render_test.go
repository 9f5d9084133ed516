package telegram

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/bot/bottest"
	"jinwen/handlers/chat"
)

func TestRender(t *testing.T) {
	b := func(kind chat.BlockKind, text string) chat.Block {
		return chat.Block{Kind: kind, Text: text}
	}
	for _, tt := range []struct {
		name   string
		blocks []chat.Block
		want   []string
	}{
		{"an answer with its quote and place",
			[]chat.Block{b(chat.Answer, "4.5%左右"), b(chat.Quote, "地区生产总值增长4.5%左右"), b(chat.Place, "二、目标"), b(chat.Note, "2024年")},
			[]string{"<b>4.5%左右</b>\n<blockquote>地区生产总值增长4.5%左右</blockquote>\n—— 二、目标\n\n<i>2024年</i>"}},
		{"a heading with items and a table",
			[]chat.Block{b(chat.Title, "目标"), b(chat.Item, "甲"), b(chat.Item, "乙"), b(chat.Table, "  a  1\nb  2")},
			[]string{"<b>目标</b>\n• 甲\n• 乙\n\n<pre>  a  1\nb  2</pre>"}},
		{"markup in the text is inert",
			[]chat.Block{b(chat.Answer, `<b>a & "b"</b> &amp; <script>`)},
			[]string{`<b>&lt;b&gt;a &amp; &quot;b&quot;&lt;/b&gt; &amp;amp; &lt;script&gt;</b>`}},
		{"an address ends before the full stop",
			[]chat.Block{b(chat.Para, "见 https://example.com/a?b=1&c=2。")},
			[]string{`见 <a href="https://example.com/a?b=1&amp;c=2">https://example.com/a?b=1&amp;c=2</a>。`}},
		{"a long quote is folded",
			[]chat.Block{b(chat.Quote, han(161))},
			[]string{"<blockquote expandable>" + han(161) + "</blockquote>"}},
		{"blocks stay whole over messages",
			[]chat.Block{b(chat.Para, han(3000)), b(chat.Para, han(2000))},
			[]string{han(3000), han(2000)}},
		{"a place goes where its quote goes",
			[]chat.Block{b(chat.Para, han(4060)), b(chat.Quote, han(20)), b(chat.Place, han(20))},
			[]string{han(4060), "<blockquote>" + han(20) + "</blockquote>\n—— " + han(20)}},
		{"a block too long for a message is cut, each piece marked up",
			[]chat.Block{b(chat.Note, han(4000)+"。"+han(200))},
			[]string{"<i>" + han(4000) + "。</i>", "<i>" + han(200) + "</i>"}},
		{"what shows nothing is left out",
			[]chat.Block{b(chat.Para, " \n\u200b\u3164"), b(chat.Para, "x\x00\x01y"), b(chat.Quote, "")},
			[]string{"xy"}},
		{"nothing", nil, nil},
	} {
		var got []string
		for _, p := range messages(tt.blocks, maxText) {
			got = append(got, p.html)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// checkParts fails unless Telegram would take every part as it is, with and
// without markup.
func checkParts(t *testing.T, parts []part, limit int) {
	t.Helper()
	for _, p := range parts {
		text, entities, err := bottest.ParseHTML(p.html)
		switch {
		case err != nil:
			t.Fatalf("html %q: %v", p.html, err)
		case bottest.Units(text) > limit || bottest.Units(p.plain) > limit:
			t.Fatalf("part of %d and %d units, limit %d", bottest.Units(text), bottest.Units(p.plain), limit)
		case bottest.Blank(text), bottest.Blank(p.plain):
			t.Fatalf("part shows nothing: %q", p.html)
		case len(entities) > maxEntities:
			t.Fatalf("part has %d entities", len(entities))
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("4.5%左右", "地区生产总值<b>&amp;", 2, 4096)
	f.Add("https://example.com/一。"+strings.Repeat("http://a.bc ", 200), "\u200b", 7, 100)
	f.Add(strings.Repeat("😀", 3000), "\xff\x00", 3, 4096)
	f.Fuzz(func(t *testing.T, one, two string, kind, limit int) {
		limit = 20 + abs(limit)%5000
		k := func(i int) chat.BlockKind { return chat.BlockKind((abs(kind) + i) % 9) }
		blocks := []chat.Block{{Kind: k(0), Text: one}, {Kind: k(1), Text: two}, {Kind: k(2), Text: one + two}, {Kind: chat.Place, Text: two}}
		parts := messages(blocks, limit)
		checkParts(t, parts, limit)
		// No word is lost: the text without markup and white space is there.
		var want, got strings.Builder
		for _, b := range chat.Visible(blocks) {
			want.WriteString(b.Text)
		}
		for _, p := range parts {
			text, _, _ := bottest.ParseHTML(p.html)
			got.WriteString(text)
		}
		squeeze := func(s string) string {
			return strings.Map(func(r rune) rune {
				if chat.Blank(string(r)) || strings.ContainsRune("•—", r) {
					return -1
				}
				return r
			}, s)
		}
		if squeeze(got.String()) != squeeze(want.String()) {
			t.Fatalf("words lost:\n%q\n%q", squeeze(want.String()), squeeze(got.String()))
		}
	})
}

func TestKeyboard(t *testing.T) {
	rows := [][]chat.Button{
		{{Text: "下一页", Data: "p2"}, {Text: "太长", Data: strings.Repeat("x", 65)}, {Text: " ", Data: "x"}},
		{{Text: "复制", Copy: han(256)}, {Text: "复制", Copy: han(257)}},
		{{Text: "网页", URL: "https://example.com"}, {Text: "坏", URL: "javascript:alert(1)"}, {Text: "空"}},
		{{Text: "分享", Share: han(300)}},
	}
	got, dropped := keyboard(rows)
	want := `{"inline_keyboard":[[{"text":"下一页","callback_data":"p2"}],` +
		`[{"text":"复制","copy_text":{"text":"` + han(256) + `"}}],` +
		`[{"text":"网页","url":"https://example.com"}],` +
		`[{"text":"分享","switch_inline_query_chosen_chat":{"query":"` + han(256) + `","allow_user_chats":true,"allow_group_chats":true,"allow_channel_chats":true}}]]}`
	if diff := cmp.Diff(want, got); diff != "" || dropped != 5 {
		t.Errorf("keyboard: %d dropped, want 5 (-want +got):\n%s", dropped, diff)
	}
	if got, _ := keyboard([][]chat.Button{{{Text: "x"}}, nil}); got != "" {
		t.Errorf("keyboard without buttons = %q, want none", got)
	}
}

// TestRenderReadsLikePlain: a message without its markup is what scripts and
// the console read.
func TestRenderReadsLikePlain(t *testing.T) {
	kinds := []chat.BlockKind{chat.Para, chat.Answer, chat.Title, chat.Quote, chat.Place, chat.Item, chat.Note, chat.Table}
	for _, a := range kinds {
		for _, b := range kinds {
			for _, c := range kinds {
				r := chat.Reply{Blocks: []chat.Block{{Kind: a, Text: "一"}, {Kind: b, Text: "二"}, {Kind: c, Text: "三"}}}
				if got := messages(r.Blocks, maxText); len(got) != 1 || got[0].plain != r.Plain() {
					t.Fatalf("blocks %d, %d, %d: %+v, want %q", a, b, c, got, r.Plain())
				}
			}
		}
	}
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}
