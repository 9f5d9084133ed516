package handlers_test

import (
	"strings"
	"testing"

	"jinwen/handlers"
	"jinwen/handlers/chat"
)

// Any text, command, button and inline query gets a valid reply.
func FuzzHandle(f *testing.F) {
	c := begin(f, handlers.Options{BotName: "jinwen_bot", NoCharts: true})
	id := c.report.ID
	for _, s := range []string{
		"", "青溪大桥", "还有吗", "那去年呢", "/", "？？？", "\x00\xff", "今年有哪些目标？去年呢？", "🀄️𠮷", "公路 学位 2024",
		"view:" + id + ":AAAAAAAAAAAA:0:1", "sect:" + id + ":3:0", "list:" + id + ":fig:-:1", "filt:" + id + ":com:-:p0", "filt:" + id + ":fig:-:y2024",
		"chart:" + id + ":fig0:-", "quote:" + id + ":10:40", "topic:-:0", "topic:-:all", "lang:-:en", "cmd:-:outline", "xlsx:" + id + ":-",
		"p_" + id[:8] + "_2", "t_6Z2S5rqq", "q_x",
	} {
		for kind := range 5 {
			f.Add(s, uint8(kind), uint8(len(s)))
		}
	}
	commands := c.bot.Commands()
	langs := []string{"", "zh-hans", "zh-tw", "en"}
	f.Fuzz(func(t *testing.T, text string, kind, pick uint8) {
		if strings.ContainsAny(text, "%％") {
			t.Skip() // check takes it for a mistake of ours
		}
		c.t = t
		m := c.from
		m.Lang = langs[int(pick)%len(langs)]
		if pick%3 == 1 {
			m.Chat = chat.Chat{ID: "telegram:-5", Kind: chat.Group}
		}
		m.Text = text
		switch kind % 5 {
		case 1:
			m.Kind, m.Data, m.Opener = chat.KindButton, text, m.User.ID
		case 2:
			m.Kind, m.Offset = chat.KindInline, []string{"", "0", "7", text}[int(pick)%4]
		case 3:
			m.Command, m.Args = commands[int(pick)%len(commands)].Name, text
		case 4:
			m.Kind = chat.Kind(pick % 9)
		}
		c.send(m)
	})
}
