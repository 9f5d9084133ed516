package render

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/handlers/chat"
)

// TestScreens: a long reply comes in so many messages and the rest when it is
// asked for, once; numbers press the buttons of the last reply that had some.
func TestScreens(t *testing.T) {
	long := func(n int) chat.Reply {
		var r chat.Reply
		for i := range n {
			r.Blocks = append(r.Blocks, chat.Block{Text: strings.Repeat(string(rune('a'+i)), 40)})
		}
		return r
	}
	buttons := func(texts ...string) (rows [][]chat.Button) {
		for _, s := range texts {
			rows = append(rows, []chat.Button{{Text: s, Data: "d:" + s}})
		}
		return rows
	}
	say := func(s *Screens, text string) (string, chat.Message) {
		m := chat.Message{Chat: chat.Chat{ID: "1"}, User: chat.User{ID: "u"}, Text: text}
		rest := s.Read(&m)
		var out []string
		for _, x := range rest {
			out = append(out, x.Text)
		}
		return strings.Join(out, "|"), m
	}
	for _, most := range []int{0, 1, 2} {
		s := NewScreens(Options{Limit: 100}, most)
		r := long(5)
		shown := s.Show("1", r)
		more := table.In("").More
		if most == 0 && len(shown) < 3 || most > 0 && len(shown) != most {
			t.Errorf("at most %d: %d messages", most, len(shown))
		}
		if has := strings.Contains(shown[len(shown)-1].Text, more); has != (most > 0) {
			t.Errorf("at most %d: the last says that there is more: %v", most, has)
		}
		all := ""
		for _, m := range shown {
			all += m.Text
		}
		for range 6 {
			rest, m := say(s, "更多。")
			if m.Kind != chat.KindText || !m.Lacks.Buttons {
				t.Errorf("更多 became %v", m.Kind)
			}
			all += rest
		}
		for i := range 5 {
			if n := strings.Count(all, strings.Repeat(string(rune('a'+i)), 40)); n != 1 {
				t.Errorf("at most %d: block %d came %d times", most, i, n)
			}
		}
	}

	s := NewScreens(Options{Limit: 400}, 1)
	r := long(1)
	r.Buttons = buttons("x", "y")
	s.Show("1", r)
	for _, c := range []struct{ text, data string }{
		{"1", "d:x"}, {"２", "d:y"}, {"①", "d:x"}, {"②", "d:y"}, {" 2。", "d:y"}, {"3", ""}, {"0", ""}, {"-1", ""}, {"+1", ""}, {"001", ""}, {"12", ""}, {"x", ""}, {"", ""}, {"9", ""}, {"⑨", ""},
	} {
		_, m := say(s, c.text)
		kind := chat.KindText
		if c.data != "" {
			kind = chat.KindButton
		}
		if m.Data != c.data || m.Kind != kind || (m.Text == "") != (c.data != "" || c.text == "") || (m.Opener == "u") != (c.data != "") {
			t.Errorf("%q: %+v, want the button %q", c.text, m, c.data)
		}
	}
	s.Show("1", long(1)) // no buttons: those before stay
	if _, m := say(s, "1"); m.Data != "d:x" {
		t.Errorf("after a reply without buttons 1 is %q", m.Data)
	}
	m := chat.Message{Chat: chat.Chat{ID: "other"}, Text: "1"}
	if s.Read(&m); m.Data != "" || !m.Lacks.Buttons {
		t.Errorf("another chat's number presses %q", m.Data)
	}
	m = chat.Message{Kind: chat.KindEdit, Chat: chat.Chat{ID: "1"}, Text: "1"}
	if s.Read(&m); m.Data != "" {
		t.Errorf("an edited message presses %q", m.Data)
	}
	r.Buttons = nil
	if got := fmt.Sprint(len(NewScreens(Options{}, 3).Show("1", long(4)))); got != "1" {
		t.Errorf("without a limit %s messages", got)
	}
}

// TestScreensFill: what fits is sent whole, without a line that promises more,
// and with that line no message is over its limit.
func TestScreensFill(t *testing.T) {
	text := func(n int) chat.Reply { return chat.Say(strings.Repeat("a", n)) }
	two := text(40)
	then := text(30)
	two.Then = &then
	more := len("\n\n" + table.In("").More)
	for _, tt := range []struct {
		name  string
		reply chat.Reply
		limit int
		most  int
		want  []int // lengths of the messages
	}{
		{"one that fits", text(100), 100, 1, []int{100}},
		{"as many as may be", text(200), 100, 2, []int{100, 100}},
		{"one too many", text(201), 100, 2, []int{100 - more, 100}},
		{"of any number", text(250), 100, 0, []int{100, 100, 50}},
		{"of any length", two, 0, 1, []int{40 + more}},
	} {
		var got []int
		for _, m := range NewScreens(Options{Limit: tt.limit}, tt.most).Show("1", tt.reply) {
			got = append(got, len(m.Text))
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s: lengths (-want +got):\n%s", tt.name, d)
		}
	}
}

// TestChoice: the numbers from one on, as people type them.
func TestChoice(t *testing.T) {
	for s, want := range map[string]int{
		"1": 1, "9": 9, "10": 10, "99": 99, "100": 0, "": 0, "+1": 0, "x": 0, "1.": 0,
		"０": 0, "１": 1, "９": 9, "１０": 10, "①": 1, "⑨": 9, "⑩": 0, "／": 0, "：": 0, "一": 0,
	} {
		if got := choice(s); got != want {
			t.Errorf("choice(%q) = %d, want %d", s, got, want)
		}
	}
}
