package handlers_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jinwen/corpus"
	"jinwen/handlers"
	"jinwen/handlers/chat"
)

func TestCommandsAreWhole(t *testing.T) {
	c := begin(t, handlers.Options{})
	names := make(map[string]bool)
	for _, cmd := range c.bot.Commands() {
		names[cmd.Name] = true
		for _, l := range chat.Langs {
			if cmd.About[l] == "" {
				t.Errorf("/%s says nothing in %s", cmd.Name, l)
			}
		}
		if r := c.say("/" + cmd.Name); len(r.Blocks) == 0 {
			t.Errorf("/%s says nothing", cmd.Name)
		}
		want(t, c.say("/"+cmd.Name[:len(cmd.Name)-1]), "没有这个命令")
	}
	for _, name := range []string{"start", "help", "ask", "outline", "figures", "commitments", "compare", "export", "subscribe", "unsubscribe", "lang", "about"} {
		if !names[name] {
			t.Errorf("no /%s", name)
		}
	}
	want(t, c.say("/HELP"), "/figures")
	want(t, c.say("/ask 青溪大桥"), "青溪大桥建成通车")
	want(t, c.say("/ask"), "请在 /ask 后面写上问题")
}

func TestGroups(t *testing.T) {
	c := begin(t, handlers.Options{})
	c.from.Chat = chat.Chat{ID: "telegram:-100", Kind: chat.Group}
	m := c.from
	m.Kind = chat.KindJoined
	want(t, c.send(m), "大家好", "/ask")
	want(t, c.say("青溪大桥"), "青溪大桥建成通车")
	if r := c.say("/nosuch"); len(r.Blocks) > 0 || r.Notice != "" || len(r.Files) > 0 {
		t.Errorf("answered another bot's command:\n%s", r.Plain())
	}
	m = c.from
	m.Kind = chat.KindOther
	if r := c.send(m); len(r.Blocks) > 0 || r.Notice != "" || len(r.Files) > 0 {
		t.Errorf("answered a sticker in a group:\n%s", r.Plain())
	}

	// Anybody may turn pages; only who opened the menu may choose.
	c.say("/outline")
	page := c.button("二、").Data
	c.say("/lang")
	choice := c.button("English").Data
	m = c.from
	m.Kind, m.User.ID, m.Opener = chat.KindButton, "telegram:77", "telegram:10"
	m.Data = page
	want(t, c.send(m), "主要预期目标是")
	for _, opener := range []string{"telegram:10", ""} {
		m.Data, m.Opener = choice, opener
		if r := c.send(m); r.Notice != "只有打开这个菜单的人可以更改设置。" {
			t.Errorf("a stranger's choice, opener %q: %q", opener, r.Notice)
		}
	}
	m.Opener = "telegram:77"
	if r := c.send(m); r.Notice != "Saved" {
		t.Errorf("the opener's choice: %q", r.Notice)
	}
}

// Whoever replies to an answer goes on from it.
func TestGroupsGoOn(t *testing.T) {
	c := begin(t, handlers.Options{})
	c.from.Chat = chat.Chat{ID: "telegram:-100", Kind: chat.Group}
	answer := c.say("今年新增多少义务教育学位")
	want(t, answer, "4000个")
	c.say("青溪大桥") // something else meanwhile
	m := c.from
	m.User.ID, m.Text, m.ReplyText = "telegram:77", "那去年呢", answer.Plain()
	for _, row := range answer.Buttons {
		for _, b := range row {
			if b.Data != "" {
				m.ReplyData = append(m.ReplyData, b.Data)
			}
		}
	}
	want(t, c.send(m), "3200个")
	m.Quote = "改建农村公路86公里" // a part that was marked decides
	m.Text = "今年呢"
	want(t, c.send(m), "100公里")

	// Only those who run a group decide what it follows.
	m = c.from
	m.User.Leads = func(context.Context) (bool, error) { return false, nil }
	m.Command = "subscribe"
	want(t, c.send(m), "群管理员")
	m.Command = "unsubscribe"
	want(t, c.send(m), "群管理员")
	m.User.Leads = func(context.Context) (bool, error) { return true, nil }
	want(t, c.send(m), "没有订阅")
}

func TestOddMessages(t *testing.T) {
	c := begin(t, handlers.Options{})
	m := c.from
	m.Kind = chat.KindOther
	want(t, c.send(m), "只看得懂文字")
	m.Text = "青溪大桥"
	want(t, c.send(m), "青溪大桥建成通车")
	m.Text = ""
	m.Kind, m.File = chat.KindFile, &chat.File{Name: "x.txt"}
	want(t, c.send(m), "只有管理员")
	m.Text = "青溪大桥" // what is written under a file is asked
	want(t, c.send(m), "青溪大桥建成通车")
	m.Text = ""
	m.Kind = chat.KindLeft
	if r := c.send(m); len(r.Blocks) > 0 || r.Notice != "" || len(r.Files) > 0 {
		t.Error("answered who left")
	}
	if blocked, _ := c.store.Blocked("telegram:10"); !blocked {
		t.Error("who left is not remembered")
	}
	c.say("青溪大桥")
	if blocked, _ := c.store.Blocked("telegram:10"); blocked {
		t.Error("who came back is still blocked")
	}
	m = c.from
	m.Kind, m.Chat = chat.KindJoined, chat.Chat{ID: "telegram:10"}
	want(t, c.send(m), "津问")
}

// admin records what reaches it.
type admin struct{ got []string }

func (a *admin) Commands() []handlers.Command {
	return []handlers.Command{{Command: chat.Command{Name: "stats", Scope: chat.ForAdmins, About: map[chat.Lang]string{chat.Hans: "统计", chat.Hant: "統計", chat.English: "Statistics"}},
		Run: func(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
			a.got = append(a.got, "stats")
			return chat.Reply{Blocks: []chat.Block{{Kind: chat.Para, Text: "ok"}}}, nil
		}}}
}
func (a *admin) File(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	a.got = append(a.got, "file "+t.Message.File.Name)
	return chat.Reply{}, nil
}
func (a *admin) Button(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	a.got = append(a.got, "button "+strings.Join(args, " "))
	return chat.Reply{Notice: "ok"}, nil
}

func TestAdminHook(t *testing.T) {
	a := &admin{}
	c := begin(t, handlers.Options{Admin: a})
	c.from.User.Admin = true
	c.say("/stats")
	want(t, c.say("/help"), "管理", "/stats — 统计")
	c.data(handlers.AdminData("go", "7"))
	m := c.from
	m.Kind, m.File = chat.KindFile, &chat.File{Name: "r.txt"}
	c.send(m)
	if got := strings.Join(a.got, ", "); got != "stats, button go 7, file r.txt" {
		t.Errorf("admin got %s", got)
	}
	c.from.User.Admin = false
	wantNo(t, c.say("/help"), "/stats")
	m.User.Admin = false
	want(t, c.send(m), "只有管理员")
}

func TestButtonsOfLongAgo(t *testing.T) {
	c := begin(t, handlers.Options{})
	c.say("青溪大桥")
	fresh := c.button("👍").Data
	id := c.report.ID
	for name, step := range map[string]struct{ data, notice string }{
		"another version": {strings.Replace(fresh, id, "0123456789ab", 1), "旧版本"},
		"no version":      {strings.Replace(fresh, id, "-", 1), "无法识别"},
		"unknown action":  {"nosuch:" + id + ":1", "无法识别"},
		"nothing":         {"", "无法识别"},
		"too long":        {strings.Repeat("x", 65), "无法识别"},
		"wrong count":     {"view:" + id + ":abc", "无法识别"},
		"wrong number":    {"sect:" + id + ":99999:0", "无法识别"},
		"signed number":   {"sect:" + id + ":+1:0", "无法识别"},
		"not ours":        {"view:" + id + ":甲:0:0", "无法识别"},
		"unknown id":      {"view:" + id + ":AAAAAAAAAAAA:0:0", "已过期"},
		"quote too long":  {"quote:" + id + ":0:99999999", "无法识别"},
		"admin's":         {handlers.AdminData("x"), "无法识别"},
		"command of none": {"cmd:-:nosuch", "无法识别"},
	} {
		if r := c.data(step.data); !strings.Contains(r.Notice, step.notice) || len(r.Blocks) > 0 {
			t.Errorf("%s: notice %q, want %q", name, r.Notice, step.notice)
		}
	}
	c.clock = c.clock.Add(31 * 24 * time.Hour)
	if r := c.data(fresh); !strings.Contains(r.Notice, "已过期") {
		t.Errorf("after a month: %q", r.Notice)
	}
}

func TestLinks(t *testing.T) {
	c := begin(t, handlers.Options{BotName: "jinwen_bot"})
	v := c.report.ID[:8]
	want(t, c.say("/start p_"+v+"_3"), "一、2023年工作回顾")
	want(t, c.say("/start c_"+v+"_4"), "建成南门公交枢纽")
	r := c.say("/start f_" + v + "_1")
	want(t, r, "36.2亿元", "一般公共预算收入达到36.2亿元")
	want(t, c.press("所在章节"), "一、2023年工作回顾")
	want(t, c.say("/start t_6Z2S5rqq5aSn5qGl"), "问：青溪大桥", "青溪大桥建成通车")
	for payload, text := range map[string]string{
		"p_00000000_3": "旧版本", "p_" + v + "_99999": "打不开", "p_" + v + "_-1": "打不开", "x": "打不开", "t_%%": "打不开", "t_": "打不开",
		"q_AAAAAAAAAAAA": "已过期", "p_" + v: "打不开", strings.Repeat("p", 80): "打不开",
	} {
		want(t, c.say("/start "+payload), text)
	}
	want(t, c.say("/start help"), "/figures")
}

func TestInline(t *testing.T) {
	c := begin(t, handlers.Options{BotName: "jinwen_bot"})
	in := c.inline("", "").Inline
	if len(in.Results) != 2 || in.StartParam == "" || !strings.Contains(in.Results[0].Title, "（一）") {
		t.Errorf("empty query: %+v", in)
	}
	in = c.inline("农村公路", "").Inline
	if len(in.Results) < 2 || in.Private {
		t.Fatalf("%d results, private %v", len(in.Results), in.Private)
	}
	for _, x := range in.Results {
		if !strings.Contains(chat.Reply{Blocks: x.Blocks}.Plain(), "《青溪县2024年政府工作报告》") || len(x.Buttons) != 1 {
			t.Errorf("result without its source or link: %+v", x)
		}
	}
	in = c.inline("航天发射场", "").Inline
	if len(in.Results) != 0 || in.StartText == "" || in.StartParam == "" {
		t.Errorf("nothing found: %+v", in)
	}
	if in := c.inline("p_"+c.report.ID[:8]+"_3", "").Inline; len(in.Results) != 1 {
		t.Errorf("a shared passage: %d results", len(in.Results))
	}
	for _, bad := range []string{"x", "-1", "99999999999999999999"} {
		if in := c.inline("公路", bad).Inline; len(in.Results) != 0 {
			t.Errorf("page %q has results", bad)
		}
	}

	c = beginOn(t, county(t, numbered(40)), handlers.Options{})
	seen := make(map[string]bool)
	next := ""
	for range 10 {
		in := c.inline("水库工程", next).Inline
		if len(in.Results) > 20 {
			t.Errorf("page of %d", len(in.Results))
		}
		for _, x := range in.Results {
			if seen[x.ID] {
				t.Errorf("%s comes twice", x.ID)
			}
			seen[x.ID] = true
		}
		if next = in.Next; next == "" {
			break
		}
	}
	if len(seen) < 21 || next != "" {
		t.Errorf("%d results, then %q", len(seen), next)
	}
}

// outbox keeps what was sent; chats in it that are blocked take nothing.
type outbox struct {
	sent    map[string]string
	blocked map[string]bool
}

func (o *outbox) Send(ctx context.Context, c chat.Chat, r chat.Reply) error {
	if o.blocked[c.ID] {
		return chat.ErrBlocked
	}
	if c.ID == "13" {
		return errors.New("no route")
	}
	o.sent[c.ID] = r.Plain()
	return nil
}

func TestSubscribersAreTold(t *testing.T) {
	c := begin(t, handlers.Options{})
	want(t, c.say("/subscribe"), "已订阅：全部主题")
	r := c.press("教育")
	want(t, r, "已订阅：教育")
	if !strings.Contains(labels(r), "✓ 教育") || !r.Edit {
		t.Errorf("buttons %s", labels(r))
	}
	for id, say := range map[string]string{"11": "/subscribe 交通", "12": "/subscribe", "13": "/subscribe", "14": "/subscribe"} {
		c.from.Chat.ID, c.from.User.ID = id, id
		c.say(say)
	}
	want(t, c.press("退订"), "已退订") // 13 or whoever came last
	last := c.from.Chat.ID
	c.say("/subscribe")
	changes := []handlers.Change{
		{Kind: handlers.Changed, Name: "新增义务教育学位", Old: "新增义务教育学位4000个", New: "新增义务教育学位4200个", OldValue: "4000个", NewValue: "4200个"},
		{Kind: handlers.Added, New: "建成南门公交枢纽"},
		{Kind: handlers.Dropped, Old: "厉行节约"},
	}
	out := &outbox{sent: make(map[string]string), blocked: map[string]bool{"14": true}}
	sent, skipped, err := c.bot.Announce(t.Context(), out, c.report, changes, "told:1")
	if sent != 3 || skipped != 2 || err == nil {
		t.Errorf("Announce = %d, %d, %v; want 3 sent, 2 skipped and an error (last %s)", sent, skipped, err, last)
	}
	for id, words := range map[string][]string{"telegram:10": {"教育", "4000个 → 4200个"}, "11": {"公交枢纽"}, "12": {"3 处变化", "公交枢纽", "厉行节约"}} {
		for _, w := range words {
			if !strings.Contains(out.sent[id], w) {
				t.Errorf("chat %s was not told %q:\n%s", id, w, out.sent[id])
			}
		}
	}
	if strings.Contains(out.sent["telegram:10"], "公交枢纽") {
		t.Errorf("chat 10 was told of another topic:\n%s", out.sent["telegram:10"])
	}
	if blocked, _ := c.store.Blocked("14"); !blocked {
		t.Error("a blocked chat is not remembered")
	}
	// Once more, as after a crash: only who was not told hears of it.
	again := &outbox{sent: make(map[string]string)}
	if sent, _, _ := c.bot.Announce(t.Context(), again, c.report, changes, "told:1"); sent != 0 || len(again.sent) != 0 {
		t.Errorf("told again: %v", again.sent)
	}
	if sent, _, _ := c.bot.Announce(t.Context(), again, c.report, changes, "told:2"); sent != 3 {
		t.Errorf("%d told of the next, want 3", sent)
	}
	c.from.Chat.ID, c.from.User.ID = "telegram:10", "telegram:10"
	want(t, c.say("/unsubscribe"), "已退订")
	want(t, c.say("/unsubscribe"), "没有订阅")
}

// none is a source before the first report is there.
type none struct{ handlers.Source }

func (none) Report() *corpus.Report { return nil }

func TestNoReport(t *testing.T) {
	b := handlers.New(none{}, begin(t, handlers.Options{}).store, handlers.Options{})
	for _, m := range []chat.Message{
		{Text: "青溪大桥"}, {Command: "start"}, {Command: "figures"}, {Kind: chat.KindButton, Data: "cmd:-:outline"},
		{Kind: chat.KindInline, Text: "x"}, {Kind: chat.KindJoined}, {Kind: chat.KindOther}, {Kind: chat.KindEdit, Text: "x"},
	} {
		r, err := b.Handle(t.Context(), m, nil)
		if err != nil {
			t.Errorf("%+v: %v", m, err)
		}
		check(t, nil, r)
	}
}

func TestEndedContext(t *testing.T) {
	c := begin(t, handlers.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.bot.Handle(ctx, chat.Message{Text: "x"}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Handle = %v, want context.Canceled", err)
	}
}

// stopping is a Sender that ends the context after a number of messages, when
// the one in hand was sent or instead of it.
type stopping struct {
	got   map[string]int
	left  int
	end   context.CancelFunc
	after bool
}

func (s *stopping) Send(ctx context.Context, to chat.Chat, r chat.Reply) error {
	if s.left--; s.left == 0 {
		s.end()
		if !s.after {
			return ctx.Err()
		}
	}
	s.got[to.ID]++
	return nil
}

// A notice to 10,000 that is stopped again and again reaches each once.
func TestAnnounceGoesOn(t *testing.T) {
	const people = 10_000
	c := begin(t, handlers.Options{})
	for i := range people {
		if err := c.store.Subscribe(handlers.Subscription{Chat: chat.Chat{ID: fmt.Sprint("telegram:", i+1)}}); err != nil {
			t.Fatal(err)
		}
	}
	s := &stopping{got: make(map[string]int)}
	total := 0
	for stops := 0; ; stops++ {
		ctx, cancel := context.WithCancel(t.Context())
		s.left, s.end, s.after = 700, cancel, stops%2 == 0
		sent, _, err := c.bot.Announce(ctx, s, c.report, nil, "told:1")
		cancel()
		if total += sent; err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) || stops > 20 {
			t.Fatalf("stop %d: %v", stops, err)
		}
	}
	if total != people || len(s.got) != people {
		t.Errorf("%d sent to %d chats, want %d", total, len(s.got), people)
	}
	for id, n := range s.got {
		if n != 1 {
			t.Fatalf("%s was told %d times", id, n)
		}
	}
}
