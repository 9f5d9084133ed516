package telegram

import (
	"encoding/json"
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

func testDecoder() *decoder {
	return &decoder{self: user{ID: 42, Name: "Jinwen_bot", IsBot: true}, admins: []int64{9},
		known: map[string]bool{"find": true, "start": true}, albums: dispatch.NewRecent[string, struct{}](10),
		migrate: func(int64, int64) {}}
}

func TestDecode(t *testing.T) {
	const (
		from    = `"from":{"id":7,"language_code":"zh-hans"},`
		private = `"message_id":5,"date":1,` + from + `"chat":{"id":7,"type":"private"},`
		group   = `"message_id":5,"date":1,` + from + `"chat":{"id":-100,"type":"supergroup"},`
		own     = `"reply_to_message":{"message_id":4,"from":{"id":42},"chat":{"id":-100,"type":"supergroup"},"text":"答"},`
	)
	mention := func(kind string, offset, length int) string {
		return fmt.Sprintf(`"entities":[{"type":%q,"offset":%d,"length":%d}],`, kind, offset, length)
	}
	inPrivate := chat.Chat{ID: "telegram:7", Kind: chat.Private}
	inGroup := chat.Chat{ID: "telegram:-100", Kind: chat.Group}
	text := func(c chat.Chat, text string) *chat.Message {
		return &chat.Message{Chat: c, User: chat.User{ID: "telegram:7"}, Text: text, Lang: "zh-hans"}
	}
	with := func(m *chat.Message, f func(*chat.Message)) *chat.Message { f(m); return m }
	command := func(c chat.Chat, all, name, args string) *chat.Message {
		return with(text(c, all), func(m *chat.Message) { m.Command, m.Args = name, args })
	}
	for _, tt := range []struct {
		name   string
		update string
		want   *chat.Message // nil is ignored
	}{
		{"a question", `"message":{` + private + `"text":"今年GDP目标"}`, text(inPrivate, "今年GDP目标")},
		{"an admin's question", `"message":{"message_id":5,"from":{"id":9},"chat":{"id":9,"type":"private"},"text":"a"}`,
			&chat.Message{Chat: chat.Chat{ID: "telegram:9"}, User: chat.User{ID: "telegram:9", Admin: true}, Text: "a"}},
		{"a command", `"message":{` + private + mention("bot_command", 0, 5) + `"text":"/find 口袋公园"}`,
			command(inPrivate, "/find 口袋公园", "find", "口袋公园")},
		{"a command with wide space", `"message":{` + private + mention("bot_command", 0, 5) + `"text":"/find　口袋公园"}`,
			command(inPrivate, "/find　口袋公园", "find", "口袋公园")},
		{"a command with a colon", `"message":{` + private + mention("bot_command", 0, 5) + `"text":"/FIND：口袋公园"}`,
			command(inPrivate, "/find：口袋公园", "find", "口袋公园")},
		{"a command by name", `"message":{` + private + mention("bot_command", 0, 16) + `"text":"/find@jinwen_BOT 口袋公园"}`,
			command(inPrivate, "/find 口袋公园", "find", "口袋公园")},
		{"a deep link", `"message":{` + private + mention("bot_command", 0, 6) + `"text":"/start -q_5"}`,
			command(inPrivate, "/start -q_5", "start", "-q_5")},
		{"text stuck to a slash is no command", `"message":{` + private + `"text":"/find天津港"}`, text(inPrivate, "/find天津港")},
		{"another bot's command in private is a text", `"message":{` + private + mention("bot_command", 0, 10) + `"text":"/find@Other x"}`,
			text(inPrivate, "/find@Other x")},
		{"an unknown command in private", `"message":{` + private + mention("bot_command", 0, 4) + `"text":"/foo"}`,
			command(inPrivate, "/foo", "foo", "")},
		{"group talk is ignored", `"message":{` + group + `"text":"你们好"}`, nil},
		{"another bot's command in a group", `"message":{` + group + mention("bot_command", 0, 10) + `"text":"/find@Other x"}`, nil},
		{"an unknown bare command in a group", `"message":{` + group + mention("bot_command", 0, 4) + `"text":"/ban x"}`, nil},
		{"a known bare command in a group", `"message":{` + group + mention("bot_command", 0, 5) + `"text":"/find x"}`,
			command(inGroup, "/find x", "find", "x")},
		{"a mention after an emoji", `"message":{` + group + mention("mention", 2, 11) + `"text":"😀@jinwen_bot 口袋公园"}`,
			text(inGroup, "😀 口袋公园")},
		{"a mention first", `"message":{` + group + mention("mention", 0, 11) + `"text":"@jinwen_bot，今年GDP"}`, text(inGroup, "今年GDP")},
		{"a mention without a name", `"message":{` + group + `"entities":[{"type":"text_mention","offset":0,"length":2,"user":{"id":42}}],"text":"津问 GDP"}`,
			text(inGroup, "GDP")},
		{"someone else is mentioned", `"message":{` + group + mention("mention", 0, 4) + `"text":"@foo GDP"}`, nil},
		{"a mention and a command", `"message":{` + group + `"entities":[{"type":"mention","offset":0,"length":11},{"type":"bot_command","offset":12,"length":4}],"text":"@jinwen_bot /foo x"}`,
			command(inGroup, "/foo x", "foo", "x")},
		{"a reply to the bot", `"message":{` + group + own + `"text":"那去年呢"}`,
			with(text(inGroup, "那去年呢"), func(m *chat.Message) { m.ReplyText = "答" })},
		{"a topic that the bot began is no reply to it",
			`"message":{` + group + `"reply_to_message":{"message_id":4,"from":{"id":42},"forum_topic_created":{"name":"x"}},"text":"那去年呢"}`, nil},
		{"a forum topic", `"message":{` + group + own + `"message_thread_id":3,"is_topic_message":true,"text":"x"}`,
			with(text(inGroup, "x"), func(m *chat.Message) { m.ReplyText, m.Thread = "答", 3 })},
		{"a thread of replies is no topic", `"message":{` + group + own + `"message_thread_id":3,"text":"x"}`,
			with(text(inGroup, "x"), func(m *chat.Message) { m.ReplyText = "答" })},
		{"an edited question", `"edited_message":{` + private + `"text":"b"}`,
			with(text(inPrivate, "b"), func(m *chat.Message) { m.Kind = chat.KindEdit })},
		{"what is written under a picture is asked", `"message":{` + private + `"photo":[],"caption":"今年GDP目标"}`, text(inPrivate, "今年GDP目标")},
		{"under a picture, edited", `"edited_message":{` + private + `"photo":[],"caption":"去年"}`,
			with(text(inPrivate, "去年"), func(m *chat.Message) { m.Kind = chat.KindEdit })},
		{"under a picture in a group", `"message":{` + group + `"photo":[],"caption":"你们好"}`, nil},
		{"a mention alone in reply to a person's question", `"message":{` + group + mention("mention", 0, 11) + `"text":"@jinwen_bot","reply_to_message":{"message_id":4,"from":{"id":8},"text":"今年建多少学校"}}`,
			text(inGroup, "今年建多少学校")},
		{"a mention alone in reply to a picture", `"message":{` + group + mention("mention", 0, 11) + `"text":"@jinwen_bot","reply_to_message":{"message_id":4,"from":{"id":8},"photo":[],"caption":"今年建多少学校"}}`,
			text(inGroup, "今年建多少学校")},
		{"a mention alone, with a part marked", `"message":{` + group + mention("mention", 0, 11) + `"text":"@jinwen_bot","quote":{"text":"建多少学校"},"reply_to_message":{"message_id":4,"from":{"id":8},"text":"大家好，今年建多少学校"}}`,
			text(inGroup, "建多少学校")},
		{"a part of the answer is marked", `"message":{` + group + own + `"quote":{"text":"新增学位2万个"},"text":"去年呢"}`,
			with(text(inGroup, "去年呢"), func(m *chat.Message) { m.ReplyText, m.Quote = "答", "新增学位2万个" })},
		{"the buttons of the answer", `"message":{` + group + `"reply_to_message":{"message_id":4,"from":{"id":42},"text":"答","reply_markup":{"inline_keyboard":[[{"text":"👍","callback_data":"vote:1:2:+"}]]}},"text":"去年呢"}`,
			with(text(inGroup, "去年呢"), func(m *chat.Message) { m.ReplyText, m.ReplyData = "答", []string{"vote:1:2:+"} })},
		{"a moving location", `"edited_message":{` + private + `"location":{"latitude":1}}`, nil},
		{"a voice", `"message":{` + private + `"voice":{"file_id":"x"}}`,
			with(text(inPrivate, ""), func(m *chat.Message) { m.Kind = chat.KindOther })},
		{"a file", `"message":{` + private + `"document":{"file_id":"x","file_name":"../a\u0000.txt","file_size":12}}`,
			with(text(inPrivate, ""), func(m *chat.Message) {
				m.Kind, m.File = chat.KindFile, &chat.File{Name: "../a.txt", Size: 12}
			})},
		{"an animation is no file", `"message":{` + private + `"animation":{},"document":{"file_id":"x"}}`,
			with(text(inPrivate, ""), func(m *chat.Message) { m.Kind = chat.KindOther })},
		{"someone joined the group", `"message":{` + group + `"new_chat_members":[]}`, nil},
		{"a channel", `"message":{"message_id":1,"from":{"id":7},"chat":{"id":-1,"type":"channel"},"text":"x"}`, nil},
		{"another bot", `"message":{"message_id":1,"from":{"id":8,"is_bot":true},"chat":{"id":8,"type":"private"},"text":"x"}`, nil},
		{"our own inline result", `"message":{` + private + `"via_bot":{"id":42},"text":"x"}`, nil},
		{"offsets outside the text", `"message":{` + private + mention("bot_command", 0, 99) + `"text":"/find"}`, text(inPrivate, "/find")},
		{"a button", `"callback_query":{"id":"1",` + from + `"data":"p2","message":{"message_id":6,"date":1,"from":{"id":42},"chat":{"id":-100,"type":"supergroup"},"text":"x","reply_to_message":{"message_id":5,"from":{"id":8}}}}`,
			&chat.Message{Kind: chat.KindButton, Chat: inGroup, User: chat.User{ID: "telegram:7"}, Data: "p2", Lang: "zh-hans", Opener: "telegram:8"}},
		{"a button under an inline message", `"callback_query":{"id":"1",` + from + `"data":"p2","inline_message_id":"abc"}`,
			&chat.Message{Kind: chat.KindButton, Chat: inPrivate, User: chat.User{ID: "telegram:7"}, Data: "p2", Lang: "zh-hans"}},
		{"an inline query", `"inline_query":{"id":"1",` + from + `"query":" 公园 ","offset":"20"}`,
			&chat.Message{Kind: chat.KindInline, Chat: inPrivate, User: chat.User{ID: "telegram:7"}, Text: "公园", Offset: "20", Lang: "zh-hans"}},
		{"added to a group", `"my_chat_member":{` + from + `"chat":{"id":-100,"type":"supergroup"},"old_chat_member":{"status":"left"},"new_chat_member":{"status":"member"}}`,
			&chat.Message{Kind: chat.KindJoined, Chat: inGroup, User: chat.User{ID: "telegram:7"}, Lang: "zh-hans"}},
		{"blocked", `"my_chat_member":{` + from + `"chat":{"id":7,"type":"private"},"old_chat_member":{"status":"member"},"new_chat_member":{"status":"kicked"}}`,
			&chat.Message{Kind: chat.KindLeft, Chat: inPrivate, User: chat.User{ID: "telegram:7"}, Lang: "zh-hans"}},
		{"made an admin of the group", `"my_chat_member":{` + from + `"chat":{"id":-100,"type":"supergroup"},"old_chat_member":{"status":"member"},"new_chat_member":{"status":"administrator"}}`, nil},
		{"a kind not known yet", `"guest_message":{"text":"x"}`, nil},
	} {
		u, field, err := parseUpdate([]byte(`{"update_id":3,` + tt.update + `}`))
		if err != nil {
			t.Errorf("%s: %v at %s", tt.name, err, field)
			continue
		}
		in, ok := testDecoder().decode(u)
		if ok != (tt.want != nil) {
			t.Errorf("%s: decoded %v, want %v: %+v", tt.name, ok, tt.want != nil, in.msg)
			continue
		}
		if !ok {
			continue
		}
		if in.id != 3 {
			t.Errorf("%s: update id %d, want 3", tt.name, in.id)
		}
		if diff := cmp.Diff(*tt.want, in.msg, cmpopts.IgnoreFields(chat.File{}, "Open"), cmpopts.IgnoreFields(chat.User{}, "Leads")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestDecodeAlbum(t *testing.T) {
	d := testDecoder()
	answered := 0
	for i := range 3 {
		u, _, err := parseUpdate(fmt.Appendf(nil, `{"update_id":%d,"message":{"message_id":%d,"from":{"id":7},"chat":{"id":7,"type":"private"},"photo":[],"media_group_id":"g"}}`, i+1, i+1))
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := d.decode(u); ok {
			answered++
		}
	}
	if answered != 1 {
		t.Errorf("an album of three pictures gives %d messages, want 1", answered)
	}
}

func TestParseUpdatePoison(t *testing.T) {
	for _, tt := range []struct {
		raw   string
		id    int64
		field string
	}{
		{`{"update_id":8,"message":{"text":5}}`, 8, "message.text"},
		{`{"update_id":8,"message":[]}`, 8, "message"},
		{`{"message":{}}`, 0, "update_id"},
		{`"update_id"`, 0, ""},
		{`null`, 0, "update_id"},
	} {
		u, field, err := parseUpdate([]byte(tt.raw))
		if err != errPoison || u.ID != tt.id || field != tt.field {
			t.Errorf("parseUpdate(%s) = %d, %q, %v, want %d, %q, %v", tt.raw, u.ID, field, err, tt.id, tt.field, errPoison)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"update_id":3,"message":{"message_id":5,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":"/find x","entities":[{"type":"bot_command","offset":0,"length":5}]}}`))
	f.Add([]byte(`{"update_id":3,"callback_query":{"id":"1","from":{"id":7},"message":{"message_id":1,"date":0,"chat":{"id":7,"type":"private"}}}}`))
	f.Add([]byte(`{"update_id":3,"message":{"message_id":5,"from":{"id":7},"chat":{"id":-7,"type":"group"},"text":"😀@jinwen_bot","entities":[{"type":"mention","offset":2,"length":11},{"type":"mention","offset":-9,"length":9223372036854775807}]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		u, _, err := parseUpdate(raw)
		if err != nil {
			return
		}
		if u.ID <= 0 {
			t.Fatalf("id %d without an error", u.ID)
		}
		in, ok := testDecoder().decode(u)
		if !ok {
			return
		}
		m := in.msg
		for _, s := range []string{m.Text, m.Command, m.Args, m.Data, m.ReplyText} {
			if !utf8.ValidString(s) || chat.Clean(s) != s {
				t.Fatalf("%q is not clean", s)
			}
		}
		if m.Chat.ID == "" {
			t.Fatal("no chat")
		}
		if _, err := json.Marshal(m.Text); err != nil {
			t.Fatal(err)
		}
	})
}
