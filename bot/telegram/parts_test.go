package telegram

import (
	"context"
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

// TestDecodeEdges: what nobody can be answered for, what is pressed that cannot
// be seen any more, and who is asked whether somebody leads a group.
func TestDecodeEdges(t *testing.T) {
	const from, private, group = `"from":{"id":7}`, `"chat":{"id":7,"type":"private"}`, `"chat":{"id":-5,"type":"group"}`
	press := func(message string) string {
		return `"callback_query":{"id":"1",` + from + `,"data":"x","message":` + message + `}`
	}
	for _, tt := range []struct {
		name, update string
		ok           bool
		message      int64 // that is answered
		pressed      bool
	}{
		{"a text", `"message":{"message_id":5,` + from + `,` + private + `,"text":"x"}`, true, 5, false},
		{"of nobody", `"message":{"message_id":5,` + private + `,"text":"x"}`, false, 0, false},
		{"nowhere", `"message":{"message_id":5,` + from + `,"chat":{"id":0,"type":"private"},"text":"x"}`, false, 0, false},
		{"in no group", `"message":{"message_id":5,` + from + `,"chat":{"id":0,"type":"group"},"text":"x"}`, false, 0, false},
		{"forwarded by itself", `"message":{"message_id":5,` + from + `,` + private + `,"is_automatic_forward":true,"text":"x"}`, false, 0, false},
		{"by another bot's inline mode", `"message":{"message_id":5,` + from + `,` + private + `,"via_bot":{"id":41},"text":"x"}`, true, 5, false},
		{"a file with words", `"message":{"message_id":5,` + from + `,` + private + `,"document":{"file_id":"f"},"caption":"看"}`, true, 5, false},
		{"a file, edited", `"edited_message":{"message_id":5,` + from + `,` + private + `,"document":{"file_id":"f"}}`, false, 0, false},
		{"an animation with words", `"message":{"message_id":5,` + from + `,` + private + `,"animation":{},"document":{"file_id":"f"},"caption":"看"}`, true, 5, false},
		{"a group that moves", `"message":{"message_id":5,` + from + `,` + group + `,"migrate_to_chat_id":-6}`, false, 0, false},
		{"an anonymous admin", `"message":{"message_id":5,"from":{"id":9,"is_bot":true},"sender_chat":{"id":-5},` + group + `,"entities":[{"type":"mention","offset":0,"length":11}],"text":"@jinwen_bot x"}`, true, 5, false},
		{"a press", press(`{"message_id":6,"date":1,` + group + `}`), true, 6, true},
		{"a press on what cannot be seen", press(`{"message_id":6,"date":0,` + group + `}`), true, 6, false},
		{"a press in a channel", press(`{"message_id":6,"date":1,"chat":{"id":-5,"type":"channel"}}`), false, 0, false},
		{"a press without an id", `"callback_query":{` + from + `,"data":"x"}`, false, 0, false},
		{"a press of nobody", `"callback_query":{"id":"1","data":"x"}`, false, 0, false},
		{"a query without an id", `"inline_query":{` + from + `,"query":"x"}`, false, 0, false},
		{"a query of nobody", `"inline_query":{"id":"1","query":"x"}`, false, 0, false},
		{"unblocked", `"my_chat_member":{` + from + `,` + private + `,"old_chat_member":{"status":"kicked"},"new_chat_member":{"status":"member"}}`, false, 0, false},
		{"removed from a group", `"my_chat_member":{` + from + `,` + group + `,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"left"}}`, true, 0, false},
		{"restricted in a group", `"my_chat_member":{` + from + `,` + group + `,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"restricted","is_member":true}}`, false, 0, false},
	} {
		u, _, err := parseUpdate([]byte(`{"update_id":3,` + tt.update + `}`))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		moved := int64(0)
		d := testDecoder()
		d.migrate = func(from, to int64) { moved = to }
		in, ok := d.decode(u)
		if ok != tt.ok || ok && (in.message != tt.message || (in.pressed != nil) != tt.pressed) {
			t.Errorf("%s: %v, answers %d, pressed %v, want %v, %d, %v", tt.name, ok, in.message, in.pressed != nil, tt.ok, tt.message, tt.pressed)
		}
		if (moved == -6) != (tt.name == "a group that moves") {
			t.Errorf("%s: moved to %d", tt.name, moved)
		}
	}
	d := testDecoder()
	d.leads = func(_ context.Context, chat, user int64) (bool, error) { return chat == -5 && user == 7, nil }
	for _, tt := range []struct {
		name string
		c    room
		u    int64
		as   *room
		want string
	}{
		{"in private", room{7, "private"}, 7, nil, "nobody asks"}, {"an admin", room{-5, "group"}, 7, nil, "true"}, {"a member", room{-5, "group"}, 8, nil, "false"},
		{"in the group's name", room{-5, "group"}, 9, &room{-5, "group"}, "true"}, {"in a channel's name", room{-5, "group"}, 7, &room{-6, "channel"}, "false"},
	} {
		got := "nobody asks"
		if who := d.sender(tt.c, user{ID: tt.u}, tt.as); who.Leads != nil {
			leads, err := who.Leads(t.Context())
			got = fmt.Sprint(leads)
			if err != nil {
				t.Error(err)
			}
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
