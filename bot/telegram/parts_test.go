package telegram

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/handlers/chat"
)

// TestPartBounds: a message is filled to its last unit and entity, and no more.
func TestPartBounds(t *testing.T) {
	para := func(n int) chat.Block { return chat.Block{Kind: chat.Para, Text: han(n)} }
	strong := func(n int) (b chat.Block) { // n entities
		for i := range n {
			b.Strong = append(b.Strong, chat.Range{Start: 2 * i, End: 2*i + 1})
		}
		b.Text = strings.Repeat("a ", n)
		return b
	}
	kind := func(k chat.BlockKind, n int) chat.Block { return chat.Block{Kind: k, Text: han(n)} }
	for _, tt := range []struct {
		name   string
		blocks []chat.Block
		want   string // units and entities of each message
	}{
		{"just room", []chat.Block{para(60), para(38)}, "100/0"},
		{"one too many", []chat.Block{para(60), para(39)}, "60/0 39/0"},
		{"whole to the last", []chat.Block{para(100)}, "100/0"},
		{"longer than a message", []chat.Block{para(101)}, "98/0 3/0"},
		{"a rest that others join", []chat.Block{para(101), para(95)}, "98/0 100/0"},
		{"as many entities as may be", []chat.Block{strong(25), {Kind: chat.Note, Text: "a"}}, "52/26"},
		{"a title with what follows", []chat.Block{para(60), kind(chat.Title, 20), para(18)}, "60/0 40/1"},
		{"a title at the end", []chat.Block{para(10), kind(chat.Title, 5)}, "17/1"},
		{"a place with its quote", []chat.Block{para(60), kind(chat.Quote, 22), kind(chat.Place, 12)}, "60/0 40/1"},
		{"too long together", []chat.Block{kind(chat.Quote, 60), kind(chat.Place, 60)}, "62/1 63/0"},
	} {
		var got []string
		for _, p := range messages(tt.blocks, 100) {
			got = append(got, fmt.Sprintf("%d/%d", p.units, p.entities))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
		}
	}
	// More entities than a message keeps begin another one.
	var got []int
	for _, p := range messages([]chat.Block{strong(60), strong(40), strong(1)}, maxText) {
		got = append(got, p.entities)
	}
	if d := cmp.Diff([]int{100, 1}, got); d != "" {
		t.Errorf("entities (-want +got):\n%s", d)
	}
	if p := messages([]chat.Block{{Text: strings.Repeat("http://a.bc ", 101)}}, maxText); len(p) != 1 || p[0].entities != 0 || strings.Contains(p[0].html, "<a ") {
		t.Errorf("more links than Telegram keeps: %d messages, %+.80v", len(p), p)
	}
	if p := messages([]chat.Block{{Text: strings.Repeat("http://a.bc ", 100)}}, maxText); len(p) != 1 || p[0].entities != 100 {
		t.Errorf("as many links as Telegram keeps: %d messages, %d", len(p), p[0].entities)
	}
	for n, folded := range map[int]bool{longQuote: false, longQuote + 1: true} {
		if got := strings.Contains(mark(kind(chat.Quote, n)).html, "expandable"); got != folded {
			t.Errorf("a quote of %d is folded: %v", n, got)
		}
	}
}

// TestRead: a text apart from whom it is said to, by entities that may overlap,
// lie outside, or be another bot's.
func TestRead(t *testing.T) {
	d := &decoder{self: user{ID: 7, Name: "jinwen_bot"}, known: map[string]bool{"find": true}}
	e := func(kind string, offset, length int) entity {
		return entity{Type: kind, Offset: offset, Length: length}
	}
	me := entity{Type: "text_mention", Offset: 0, Length: 2, User: &user{ID: 7}}
	ann := entity{Type: "text_mention", Offset: 0, Length: 2, User: &user{ID: 8}}
	for _, tt := range []struct {
		name, text string
		entities   []entity
		want       string // text|command|args, then m for mentioned and f for foreign
	}{
		{"nothing", "", nil, "||"}, {"words", " 公园 ", nil, "公园||"},
		{"a mention before", "@jinwen_bot，公园", []entity{e("mention", 0, 11)}, "公园||m"},
		{"a mention behind", "公园 @Jinwen_Bot", []entity{e("mention", 3, 11)}, "公园||m"},
		{"a mention between", "😀 @jinwen_bot 公园", []entity{e("mention", 3, 11)}, "😀  公园||m"},
		{"another's mention", "@other_bot 公园", []entity{e("mention", 0, 10)}, "@other_bot 公园||"},
		{"a mention by name", "津问 公园", []entity{me}, "公园||m"}, {"another's by name", "安娜 公园", []entity{ann}, "安娜 公园||"},
		{"a command", "/Find 公园", []entity{e("bot_command", 0, 5)}, "/find 公园|find|公园"},
		{"a command with marks", "/find：公园", []entity{e("bot_command", 0, 5)}, "/find：公园|find|公园"},
		{"a command to us", "/find@JINWEN_bot 公园", []entity{e("bot_command", 0, 16)}, "/find 公园|find|公园"},
		{"a command to another", "/find@other_bot 公园", []entity{e("bot_command", 0, 15)}, "/find@other_bot 公园||f"},
		{"a command that we do not know", "/start 公园", []entity{e("bot_command", 0, 6)}, "/start 公园|start|公园f"},
		{"one that we do not know, said to us", "/start@jinwen_bot", []entity{e("bot_command", 0, 17)}, "/start|start|"},
		{"one that we do not know behind a mention", "@jinwen_bot /start", []entity{e("mention", 0, 11), e("bot_command", 12, 6)}, "/start|start|m"},
		{"a command in a sentence", "用 /find 公园", []entity{e("bot_command", 2, 5)}, "用 /find 公园||"},
		{"two commands", "/find /find", []entity{e("bot_command", 0, 5), e("bot_command", 6, 5)}, "/find /find|find|/find"},
		{"in any order", "/find @jinwen_bot 公园", []entity{e("mention", 6, 11), e("bot_command", 0, 5)}, "/find  公园|find|公园m"},
		{"over each other", "@jinwen_bot公园", []entity{e("mention", 0, 11), e("mention", 5, 8)}, "公园||m"},
		{"side by side", "@jinwen_bot@jinwen_bot", []entity{e("mention", 0, 11), e("mention", 11, 11)}, "||m"},
		{"empty", "@jinwen_bot", []entity{e("mention", 0, 0)}, "@jinwen_bot||"}, {"of less than nothing", "@jinwen_bot", []entity{e("mention", 0, -1)}, "@jinwen_bot||"},
		{"before the text", "@jinwen_bot", []entity{e("mention", -1, 11)}, "@jinwen_bot||"}, {"behind the text", "公园", []entity{e("mention", 3, 1)}, "公园||"},
		{"at its end", "公园", []entity{e("mention", 2, 1)}, "公园||"}, {"beyond it", "@jinwen_bot", []entity{e("mention", 0, 12)}, "@jinwen_bot||"},
		{"of a length beyond all", "@jinwen_bot", []entity{e("mention", 1, 1<<62)}, "@jinwen_bot||"},
	} {
		a := d.read(tt.text, tt.entities)
		got := a.text + "|" + a.command + "|" + a.args
		if a.mentioned {
			got += "m"
		}
		if a.foreign {
			got += "f"
		}
		if got != tt.want {
			t.Errorf("%s: read(%q) = %s, want %s", tt.name, tt.text, got, tt.want)
		}
	}
}

// TestButtonBounds: what Telegram takes of a button, to the last byte.
func TestButtonBounds(t *testing.T) {
	for _, tt := range []struct {
		name string
		b    chat.Button
		ok   bool
	}{
		{"data", chat.Button{Text: "x", Data: strings.Repeat("d", 64)}, true}, {"too much data", chat.Button{Text: "x", Data: strings.Repeat("d", 65)}, false}, {"data that changes", chat.Button{Text: "x", Data: "a\x00"}, false},
		{"no words", chat.Button{Text: " ", Data: "d"}, false}, {"nothing to do", chat.Button{Text: "x"}, false},
		{"a link", chat.Button{Text: "x", URL: "https://a.example"}, true}, {"a plain link", chat.Button{Text: "x", URL: "http://a.example"}, true}, {"a link of Telegram's", chat.Button{Text: "x", URL: "tg://user?id=1"}, true},
		{"a link to nowhere", chat.Button{Text: "x", URL: "https://localhost"}, false}, {"another kind of link", chat.Button{Text: "x", URL: "ftp://a.example"}, false}, {"no link", chat.Button{Text: "x", URL: "https://a b.example"}, false},
		{"a copy", chat.Button{Text: "x", Copy: han(256)}, true}, {"too long a copy", chat.Button{Text: "x", Copy: han(257)}, false}, {"a copy of nothing", chat.Button{Text: "x", Copy: "\u200b"}, false},
		{"a share", chat.Button{Text: "x", Share: han(257)}, true},
	} {
		k, ok := button(tt.b)
		if ok != tt.ok {
			t.Errorf("%s: %v", tt.name, ok)
		}
		if k.Share != nil && (measure.Length(k.Share.Query) != 256 || !k.Share.Users || !k.Share.Groups || !k.Share.Channels) {
			t.Errorf("%s: %+v", tt.name, k.Share)
		}
	}
	var none *markup
	if none.data() != nil {
		t.Error("a nil markup has data")
	}
}
