package handlers_test

import (
	"strings"
	"testing"

	"jinwen/handlers"
	"jinwen/handlers/chat"
)

// FuzzLink opens the bot with any payload: /start PAYLOAD, as a deep link does.
func FuzzLink(f *testing.F) {
	c := begin(f, handlers.Options{BotName: "jinwen_bot", NoCharts: true})
	id := c.report.ID[:8]
	for _, s := range []string{
		"", "help", "p_" + id + "_2", "c_" + id + "_0", "f_" + id + "_999999999999999999999", "p_00000000_1", "p_" + id + "_-1", "p_" + id + "_007",
		"q_kX2_bQ9aLm0P", "t_5Lit5bm0R0RQ", "t_AA", "t_gICA", "t_", "x", "p__", "../../etc/passwd", "中", "p_" + id + "_1_2",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, payload string) {
		if strings.ContainsAny(payload, "%％") {
			t.Skip() // check takes it for a mistake of ours
		}
		c.t = t
		m := c.from
		m.Text, m.Command, m.Args = "/start "+payload, "start", payload
		c.send(m)
	})
}

// FuzzPress presses a button with any data, whoever opened the message.
func FuzzPress(f *testing.F) {
	c := begin(f, handlers.Options{BotName: "jinwen_bot", NoCharts: true})
	id := c.report.ID
	for _, s := range []string{
		"", ":", "::::::::", "view:" + id + ":AAAAAAAAAAAA:0:1", "view:" + id + ":" + id + ":-1:99", "sect:" + id + ":3:0", "sect:" + id + ":-3:x",
		"list:" + id + ":fig:-:1", "list:" + id + ":com:-:99999999999999999999", "filt:" + id + ":com:-:p0", "filt:" + id + ":fig:-:y2024", "filt:" + id + ":fig:-:t",
		"chart:" + id + ":fig0:-", "quote:" + id + ":10:40", "quote:" + id + ":40:10", "quote:" + id + ":0:999999999", "quote:000000000000:1:2",
		"topic:-:0", "topic:-:all", "topic:-:none", "lang:-:en", "lang:-:xx", "cmd:-:outline", "cmd:-:import", "xlsx:" + id + ":-", "adm:-:act:" + id,
	} {
		f.Add(s, "telegram:10")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, data string, opener string) {
		if strings.ContainsAny(data, "%％") {
			t.Skip()
		}
		c.t = t
		m := c.from
		m.Kind, m.Data, m.Opener = chat.KindButton, data, opener
		c.send(m)
	})
}
