package wecom

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"jinwen/handlers/chat"
)

// TestDecodeFrames: who wrote where, and what is not to be answered.
func TestDecodeFrames(t *testing.T) {
	d := &decoder{name: "津问", admins: map[string]bool{"boss": true}, lang: "zh"}
	for _, tt := range []struct{ name, cmd, req, body, want string }{
		{"from one", cmdMessage, "r1", `{"msgid":"m1","from":{"userid":"ann"},"text":{"content":" 公园 "}}`, "ann false | wecom:ann wecom:ann false | text 公园"},
		{"from an admin", cmdMessage, "r1", `{"from":{"userid":"boss"},"text":{"content":"x"}}`, "boss false | wecom:boss wecom:boss true | text x"},
		{"in a group", cmdMessage, "r1", `{"chattype":"group","chatid":"g","from":{"userid":"ann"},"text":{"content":"@津问 公园"}}`, "g true | wecom:g wecom:ann false | text 公园"},
		{"a mention to the bot alone stays", cmdMessage, "r1", `{"from":{"userid":"ann"},"text":{"content":"@津问 公园"}}`, "ann false | wecom:ann wecom:ann false | text @津问 公园"},
		{"in a group without an id", cmdMessage, "r1", `{"chattype":"group","from":{"userid":"ann"},"text":{"content":"x"}}`, "no"},
		{"from nobody", cmdMessage, "r1", `{"chattype":"group","chatid":"g","text":{"content":"x"}}`, "no"},
		{"without a request", cmdMessage, "", `{"from":{"userid":"ann"},"text":{"content":"x"}}`, "no"},
		{"torn", cmdMessage, "r1", `{"from`, "error"},
		{"entering", cmdEvent, "r1", `{"from":{"userid":"ann"},"event":{"eventtype":"enter_chat"}}`, "ann false | wecom:ann wecom:ann false | text /start"},
		{"a press", cmdEvent, "r1", `{"from":{"userid":"ann"},"event":{"eventtype":"template_card_event","template_card_event":{"event_key":"k","task_id":"t"}}}`, "ann false | wecom:ann wecom:ann false | button k of t"},
		{"a press of nothing", cmdEvent, "r1", `{"from":{"userid":"ann"},"event":{"eventtype":"template_card_event"}}`, "no"},
		{"another event", cmdEvent, "r1", `{"from":{"userid":"ann"},"event":{"eventtype":"feedback_event"}}`, "no"},
		{"a quote beside words", cmdMessage, "r1", `{"from":{"userid":"ann"},"text":{"content":"去年呢"},"quote":{"text":{"content":"公园"}}}`, "ann false | wecom:ann wecom:ann false | text 去年呢 to 公园"},
		{"a quote under nothing", cmdMessage, "r1", `{"from":{"userid":"ann"},"text":{"content":" "},"quote":{"text":{"content":"公园"}}}`, "ann false | wecom:ann wecom:ann false | text 公园"},
		{"a quote under a picture with words", cmdMessage, "r1", `{"from":{"userid":"ann"},"mixed":{"msg_item":[{"msgtype":"image"}]},"quote":{"text":{"content":"公园"}}}`, "ann false | wecom:ann wecom:ann false | text 公园"},
		{"a quote under a picture", cmdMessage, "r1", `{"from":{"userid":"ann"},"msgtype":"image","quote":{"text":{"content":"公园"}}}`, "ann false | wecom:ann wecom:ann false | other to 公园"},
		{"nothing at all", cmdMessage, "r1", `{"from":{"userid":"ann"},"text":{"content":""}}`, "ann false | wecom:ann wecom:ann false | other"},
		{"words of several parts", cmdMessage, "r1", `{"from":{"userid":"ann"},"mixed":{"msg_item":[{"text":{"content":"一"}},{"msgtype":"image"},{"voice":{"content":"二"}}]}}`, "ann false | wecom:ann wecom:ann false | text 一\n二"},
	} {
		c, ok, err := d.decode(frame{Cmd: tt.cmd, Headers: headers{tt.req}, Body: json.RawMessage(tt.body)})
		got := ""
		switch {
		case err != nil:
			got = "error"
		case !ok:
			got = "no"
		default:
			m := c.msg
			got = fmt.Sprint(c.to.ID, " ", c.to.Group, " | ", m.Chat.ID, " ", m.User.ID, " ", m.User.Admin, " | ")
			switch {
			case m.Kind == chat.KindButton:
				got += "button " + m.Data + " of " + c.task
			case m.Kind == chat.KindOther:
				got += "other"
			case m.Command != "":
				got += "text /" + m.Command
			default:
				got += "text " + m.Text
			}
			if m.ReplyText != "" {
				got += " to " + m.ReplyText
			}
			if (m.Chat.Kind == chat.Group) != c.to.Group || m.Lang != "zh" || c.reqID != "r1" {
				t.Errorf("%s: %+v", tt.name, c)
			}
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestUnmention(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"津问 助手", "@津问 助手 公园", "公园"}, {"津问 助手", "公园@津问 助手", "公园"}, {"津问 助手", "公园 @津问 助手 多少", "公园   多少"}, {"津问 助手", "@津问 助手", ""},
		{"津问", "@别人 公园", "公园"}, {"津问", "公园 @别人", "公园 @别人"}, {"", "@津问 公园", "公园"}, {"", "@津问\u2005公园", "公园"}, {"", "@津问", ""}, {"", "@", ""},
		{"", "@ 公园", "公园"}, {"", "公园", "公园"}, {"", "", ""},
	} {
		d := &decoder{name: tt.name}
		if got := d.unmention(tt.in); got != tt.want {
			t.Errorf("%q: unmention(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestCommand(t *testing.T) {
	for in, want := range map[string]string{
		"": "|", "find": "|", "/": "|", "/ find": "|", "/find": "find|", "/find 公园": "find|公园", "/find  公园 绿道 ": "find|公园 绿道", "/find\n公园": "find|公园", "/find\u3000公园": "find|公园",
		"/find公园": "|", "/find/x": "|", "/Find": "|", "/a_z": "a_z|", "/az09": "az09|", "/a`": "|", "/a{": "|", "/a:": "|", "/9 x": "9|x", "/0": "0|", "//": "|",
	} {
		if name, args := command(in); name+"|"+args != want {
			t.Errorf("command(%q) = %s|%s, want %s", in, name, args, want)
		}
	}
}

// TestCardOf: a card shows all buttons as they are, or none.
func TestCardOf(t *testing.T) {
	row := func(n int) (row []chat.Button) {
		for i := range n {
			row = append(row, chat.Button{Text: fmt.Sprint("按钮", i), Data: fmt.Sprint("k", i)})
		}
		return row
	}
	long := func(n int) chat.Button { return chat.Button{Text: strings.Repeat("长", n), Data: "k"} }
	data := func(n int) chat.Button { return chat.Button{Text: "x", Data: strings.Repeat("k", n)} }
	for _, tt := range []struct {
		name string
		rows [][]chat.Button
		want int // buttons; 0 is no card
	}{
		{"none", nil, 0}, {"an empty row", [][]chat.Button{{}}, 0}, {"one", [][]chat.Button{row(1)}, 1}, {"as many as may be", [][]chat.Button{row(6)}, 6},
		{"too many", [][]chat.Button{row(7)}, 0}, {"too many in two rows", [][]chat.Button{row(6), {{Text: "x", Data: "x"}}}, 0},
		{"as long as may be", [][]chat.Button{{long(10)}}, 1}, {"too long", [][]chat.Button{{long(11)}}, 0}, {"as much data as may be", [][]chat.Button{{data(1024)}}, 1},
		{"too much data", [][]chat.Button{{data(1025)}}, 0}, {"a link", [][]chat.Button{row(1), {{Text: "网页", URL: "https://x"}}}, 0}, {"the same twice", [][]chat.Button{row(1), row(1)}, 0},
	} {
		c, ok := cardOf(tt.rows, "题", "t1")
		if ok != (tt.want > 0) || ok && len(c.Buttons) != tt.want {
			t.Errorf("%s: %v with %d buttons, want %d", tt.name, ok, len(c.Buttons), tt.want)
		}
		if ok && (c.Title.Title != "题" || c.TaskID != "t1" || c.Buttons[0].Style != 2 || c.Buttons[0].Key != tt.rows[0][0].Data || c.Buttons[0].Text != tt.rows[0][0].Text) {
			t.Errorf("%s: %+v", tt.name, c)
		}
	}
	if p := pressed("题", "t1", cardButton{Text: "甲", Style: 2, Key: "k"}); len(p.Buttons) != 1 || p.Buttons[0] != (cardButton{"甲", 1, "k"}) || p.TaskID != "t1" || p.Title.Title != "题" {
		t.Errorf("pressed: %+v", p)
	}
}

// TestRefusal: which error an ack is.
func TestRefusal(t *testing.T) {
	if err := refused("send", frame{}); err != nil || code(nil) != 0 || code(errors.New("x")) != 0 {
		t.Errorf("an ack without a code: %v", err)
	}
	err := refused("send", frame{Code: codeChat, Message: "no chat"})
	if code(err) != codeChat || code(fmt.Errorf("reply: %w", err)) != codeChat || err.Error() != "wecom: send: no chat (93006)" {
		t.Errorf("%v, code %d", err, code(err))
	}
	if b, err := encode(map[string]string{"a": "<&>"}); err != nil || string(b) != `{"a":"<&>"}` {
		t.Errorf("encode: %s, %v", b, err)
	}
	if eventType([]byte(`{"event":{"eventtype":"enter_chat"}}`)) != eventEnter || eventType([]byte(`{`)) != "" || eventType([]byte(`{}`)) != "" {
		t.Error("the type of an event")
	}
}
