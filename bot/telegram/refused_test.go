package telegram

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/handlers/chat"
)

// refuse is a fault for requests that have a parameter: what Telegram refuses
// for good.
func refuse(param, description string) func(bottest.Request) *bottest.Fault {
	return func(r bottest.Request) *bottest.Fault {
		if r.Params[param] == "" {
			return nil
		}
		return &bottest.Fault{Error: &bottest.Error{Code: 400, Description: "Bad Request: " + description}}
	}
}

// TestRefused: what Telegram refuses of a message is left out, and the rest is
// sent all the same.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name, method, param, says string
		buttons, markup           bool // of what is sent in the end
		tries                     int
	}{
		{"nothing", "sendMessage", "none", "", true, true, 1},
		{"buttons", "sendMessage", "reply_markup", "BUTTON_DATA_INVALID", false, true, 2},
		{"a keyboard", "sendMessage", "reply_markup", "can't parse keyboard", false, true, 2},
		{"markup", "sendMessage", "parse_mode", "can't parse entities: unsupported start tag", true, false, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := bottest.NewServer(t)
			ann := s.User("Ann", "")
			s.Inject(c.method, refuse(c.param, c.says))
			start(t, s, answering(func(chat.Message) chat.Reply {
				return chat.Reply{Blocks: []chat.Block{{Kind: chat.Note, Text: "注"}}, Buttons: [][]chat.Button{{{Text: "更多", Data: "more"}}}}
			}), Options{})
			s.Text(ann.Private(), ann, "x")
			m := s.Next(ann.Private())
			if m.Text != "注" || (len(m.Buttons) > 0) != c.buttons || (m.ParseMode == "HTML") != c.markup {
				t.Errorf("said %+v, want buttons %v, markup %v", m, c.buttons, c.markup)
			}
			s.Drained()
			if n := len(s.Requests("sendMessage")); n != c.tries {
				t.Errorf("sent %d times, want %d", n, c.tries)
			}
		})
	}
}

// TestEditRefused: a message that can be edited no more is followed by a new one.
func TestEditRefused(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	start(t, s, echo, Options{})
	asked := s.Text(ann.Private(), ann, "甲")
	if m := s.Next(ann.Private()); m.Text != "答：甲" {
		t.Fatalf("said %q", m.Text)
	}
	s.Inject("editMessageText", refuse("text", "message can't be edited"))
	s.Edit(asked, "乙")
	if m := s.Next(ann.Private()); m.Text != "答：乙" {
		t.Errorf("said %q instead of an edit, want a new message", m.Text)
	}
	s.Drained()
}

// TestButtonsAlone: a reply that edits and has nothing but buttons changes those
// of the message that was pressed, and leaves its text.
func TestButtonsAlone(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	start(t, s, answering(func(m chat.Message) chat.Reply {
		if m.Kind == chat.KindButton {
			return chat.Reply{Edit: true, Buttons: [][]chat.Button{{{Text: "收起", Data: "fold"}}}}
		}
		if m.Kind == chat.KindInline {
			return chat.Reply{Inline: &chat.Inline{Results: []chat.InlineResult{{ID: "1", Title: "题", Blocks: para("正文").Blocks, Buttons: [][]chat.Button{{{Text: "展开", Data: "open"}}}}}}}
		}
		return chat.Reply{Blocks: para("正文").Blocks, Buttons: [][]chat.Button{{{Text: "展开", Data: "open"}}}}
	}), Options{})
	s.Text(ann.Private(), ann, "x")
	first := s.Next(ann.Private())
	s.CallbackAnswer(s.Press(ann, first, "展开"))
	if m := s.NextEdit(first); m.Text != "正文" || !slices.Equal(m.Labels(), []string{"收起"}) {
		t.Errorf("the message is now %q with %v", m.Text, m.Labels())
	}
	chosen := s.Choose(s.InlineAnswer(s.Inline(ann, "x", "")).Results[0])
	s.CallbackAnswer(s.Press(ann, chosen, "展开"))
	if m := s.NextEdit(chosen); m.Text != "正文" || !slices.Equal(m.Labels(), []string{"收起"}) {
		t.Errorf("the inline message is now %q with %v", m.Text, m.Labels())
	}
	s.Drained()
	noRejects(t, s)
}

// TestMenuOfAChat: a reply that names a language sets the menu of that chat,
// with an admin's commands for admins alone, in every code.
func TestMenuOfAChat(t *testing.T) {
	s := bottest.NewServer(t)
	ann, admin, group := s.User("Ann", ""), s.User("Bob", ""), s.Group(false)
	start(t, s, answering(func(m chat.Message) chat.Reply {
		return chat.Reply{Blocks: para("答").Blocks, Menu: chat.English}
	}), Options{Admins: []int64{admin.ID}, Commands: []chat.Command{
		{Name: "find", About: map[chat.Lang]string{chat.Hans: "查找", chat.English: "Find"}, Scope: chat.InPrivate},
		{Name: "import", About: map[chat.Lang]string{chat.Hans: "导入", chat.English: "Import"}, Scope: chat.ForAdmins},
	}})
	s.Until("settings", func() bool { return s.Setting("setChatMenuButton", "", "") != "" })
	scope := func(id int64) string { return fmt.Sprintf(`{"type":"chat","chat_id":%d}`, id) }
	if got := s.Setting("setMyCommands", scope(admin.ID), ""); !strings.Contains(got, "导入") {
		t.Errorf("an admin's menu before: %s", got)
	}
	s.Text(ann.Private(), ann, "x")
	s.Text(admin.Private(), admin, "x")
	s.Text(group, ann, "@jinwen_bot x")
	s.Drained()
	for _, c := range []struct {
		name, code string
		id         int64
		want       []string
		not        string
	}{
		{"a person's", "", ann.ID, []string{"Find"}, "Import"},
		{"a person's, of a code: that of everybody", "zh", ann.ID, nil, "Find"},
		{"an admin's", "", admin.ID, []string{"Find", "Import"}, "导入"},
		{"an admin's, of each code", "zh", admin.ID, []string{"Find", "Import"}, "导入"},
		{"a group's", "", group.ID, nil, "Find"},
	} {
		got := s.Setting("setMyCommands", scope(c.id), c.code)
		for _, w := range c.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s menu = %s, want %s", c.name, got, w)
			}
		}
		if strings.Contains(got, c.not) {
			t.Errorf("%s menu = %s, has %s", c.name, got, c.not)
		}
	}
}

// TestInlineShort: no results are kept for a moment only; what Telegram would
// refuse of an answer is left out.
func TestInlineShort(t *testing.T) {
	for _, c := range []struct {
		name  string
		in    *chat.Inline
		cache string
		start string
		next  string
		own   bool
	}{
		{"none", nil, "10", "", "", true},
		{"no results, for all", &chat.Inline{Next: "5"}, "10", "", "5", false},
		{"an offset as long as may be", &chat.Inline{Next: strings.Repeat("9", 64)}, "10", "", strings.Repeat("9", 64), false},
		{"an offset that is too long", &chat.Inline{Next: strings.Repeat("9", 65)}, "10", "", "", false},
		{"a start as long as may be", &chat.Inline{StartText: "开始", StartParam: strings.Repeat("a", 64)}, "10", "开始", "", false},
		{"a start that is too long", &chat.Inline{StartText: "开始", StartParam: strings.Repeat("a", 65)}, "10", "", "", false},
		{"a start of nothing", &chat.Inline{StartText: "开始"}, "10", "", "", false},
		{"a start without a text", &chat.Inline{StartText: " ", StartParam: "a"}, "10", "", "", false},
		{"a result", &chat.Inline{Results: []chat.InlineResult{{Title: "题", Blocks: para("文").Blocks}}}, "300", "", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := bottest.NewServer(t)
			ann := s.User("Ann", "")
			start(t, s, answering(func(chat.Message) chat.Reply { return chat.Reply{Inline: c.in} }), Options{})
			a := s.InlineAnswer(s.Inline(ann, "x", ""))
			if a.CacheTime != c.cache || a.Start != c.start || a.Next != c.next || a.Personal != c.own {
				t.Errorf("answer %+v, want cache %s, start %q, next %q, personal %v", a, c.cache, c.start, c.next, c.own)
			}
			s.Drained()
			noRejects(t, s)
		})
	}
}

func TestArticles(t *testing.T) {
	long := strings.Repeat("i", 64)
	text := para("文").Blocks
	for _, c := range []struct {
		name string
		in   []chat.InlineResult
		want []string // ids
	}{
		{"ids that are kept", []chat.InlineResult{{ID: "a", Title: "题", Blocks: text}, {ID: long, Title: "题", Blocks: text}}, []string{"a", long}},
		{"ids that are missing, doubled, too long", []chat.InlineResult{{Title: "题", Blocks: text}, {ID: "a", Title: "题", Blocks: text}, {ID: "a", Title: "题", Blocks: text}, {ID: long + "i", Title: "题", Blocks: text}}, []string{"#0", "a", "#2", "#3"}},
		{"a title of nothing, no text", []chat.InlineResult{{ID: "a", Title: " ", Blocks: text}, {ID: "b", Title: "题"}, {ID: "c", Title: "题", Blocks: text}}, []string{"c"}},
	} {
		var got []string
		for _, a := range articles(c.in) {
			got = append(got, a.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestStartParam(t *testing.T) {
	for s, want := range map[string]bool{"": false, "a": true, "azAZ09_-": true, strings.Repeat("a", 64): true, strings.Repeat("a", 65): false,
		"a b": false, "a/": false, "a:": false, "a@": false, "a[": false, "a`": false, "a{": false, "津": false} {
		if got := startParam(s); got != want {
			t.Errorf("startParam(%q) = %v", s, got)
		}
	}
}

// TestInlineTooLate: people type on, so an answer that comes too late is no error.
func TestInlineTooLate(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	var log lockedBuffer
	start(t, s, answering(func(chat.Message) chat.Reply {
		s.Expire()
		return chat.Reply{Inline: &chat.Inline{}}
	}), Options{Logger: log.logger()})
	s.Inline(ann, "x", "")
	s.Drained()
	if got := log.String(); strings.Contains(got, "level=WARN") || strings.Contains(got, "level=ERROR") {
		t.Errorf("log:\n%s", got)
	}
}

// TestKeyboardBounds: a row is as long as Telegram shows it, a keyboard no longer
// than it takes.
func TestKeyboardBounds(t *testing.T) {
	var row []chat.Button
	for i := range 19 {
		row = append(row, chat.Button{Text: "键", Data: fmt.Sprint(i)})
	}
	m, dropped := keys([][]chat.Button{row[:8], row})
	var rows []int
	for _, r := range m.Rows {
		rows = append(rows, len(r))
	}
	if !slices.Equal(rows, []int{8, 8, 8, 3}) || dropped != 0 {
		t.Errorf("rows of %v, %d dropped", rows, dropped)
	}
	if m, dropped = keys([][]chat.Button{row, row, row, row, row, row}); len(m.data()) != 100 || dropped != 14 {
		t.Errorf("%d buttons, %d dropped, want 100 and 14", len(m.data()), dropped)
	}
}

func TestMe(t *testing.T) {
	s := bottest.NewServer(t)
	opt := Options{Endpoint: s.Endpoint(), Logger: testLog(t), Limits: quick}
	name, clock, err := Me(t.Context(), s.Token, opt)
	if err != nil || name != s.Name || time.Since(clock).Abs() > time.Hour {
		t.Errorf("Me = %q %v %v", name, clock, err)
	}
	if _, _, err := Me(t.Context(), "123456:wrong-token_of-somebody-else", opt); !errors.Is(err, ErrToken) || !strings.Contains(err.Error(), "BotFather") {
		t.Errorf("Me of a wrong token: %v", err)
	}
	s.Inject("getMe", bottest.Once(100, bottest.Fault{Error: &bottest.Error{Code: 400, Description: "Bad Request: no"}}))
	if _, _, err := Me(t.Context(), s.Token, opt); err == nil || errors.Is(err, ErrToken) {
		t.Errorf("Me while Telegram refuses: %v", err)
	}
}

func TestHealthy(t *testing.T) {
	status := http.StatusOK
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/healthz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	defer s.Close()
	addr := strings.TrimPrefix(s.URL, "http://")
	if err := Healthy(t.Context(), addr); err != nil {
		t.Errorf("Healthy = %v", err)
	}
	status = http.StatusServiceUnavailable
	if err := Healthy(t.Context(), addr); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("Healthy = %v, want 503", err)
	}
	s.Close()
	if err := Healthy(t.Context(), addr); err == nil {
		t.Error("Healthy is fine where nothing listens")
	}
}
