package handlers_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/store"
)

// sent keeps whole replies.
type sent struct{ b *strings.Builder }

func (s sent) Send(ctx context.Context, c chat.Chat, r chat.Reply) error {
	fmt.Fprintf(s.b, "to %s\n%s", c.ID, whole(r))
	return nil
}

// TestNotices keeps what subscribers are told of each kind of change, all of it
// or what is of their topics, in their language.
func TestNotices(t *testing.T) {
	c := begin(t, handlers.Options{})
	for _, s := range []handlers.Subscription{
		{Chat: chat.Chat{ID: "1"}}, {Chat: chat.Chat{ID: "2"}, Lang: chat.English, Topics: []string{"教育"}}, {Chat: chat.Chat{ID: "3"}, Lang: chat.Hant, Topics: []string{"教育", "交通"}},
		{Chat: chat.Chat{ID: "4"}, Topics: []string{"教育"}, Reports: []string{"云岭"}},
	} {
		if err := c.store.Subscribe(s); err != nil {
			t.Fatal(err)
		}
	}
	const changed, added, dropped = handlers.Changed, handlers.Added, handlers.Dropped
	many := func(n int, text string) (out []handlers.Change) {
		for i := range n {
			out = append(out, handlers.Change{Kind: added, New: fmt.Sprint(text, i)})
		}
		return out
	}
	var b strings.Builder
	for _, x := range []struct {
		name    string
		changes []handlers.Change
	}{
		{"nothing", nil},
		{"values", []handlers.Change{
			{Kind: changed, Name: "学位", Year: "2024", Aim: true, Old: "学位4000个", New: "学位4200个", OldValue: "4000个", NewValue: "4200个"},
			{Kind: changed, Name: "学位", Year: "2023", Old: "学位3000个", New: "学位3200个", OldValue: "3000个", NewValue: "3200个"},
			{Kind: changed, Name: "粮食", Old: "粮食3万吨", New: "粮食4万吨", OldValue: "3万吨", NewValue: "4万吨"},
		}},
		{"words", []handlers.Change{{Kind: changed, Old: "改建公路", New: "新建公路"}, {Kind: added, New: "修缮校舍"}, {Kind: dropped, Old: "厉行节约"}, {Kind: changed, Name: "x", Old: "甲", New: "乙", OldValue: "1"}}},
		{"of no topic", []handlers.Change{{Kind: dropped, Old: "厉行节约"}}},
		{"results", []handlers.Change{{Kind: changed, Result: true, Name: "学位", Year: "2024", Old: "学位4000个", New: "学位4200个", OldValue: "4000个", NewValue: "4200个"}}},
		{"results of no topic", []handlers.Change{{Kind: changed, Result: true, Name: "粮食", Year: "2024", Old: "粮食", New: "粮食", OldValue: "3", NewValue: "4"}}},
		{"eight", many(8, "新建校舍")},
		{"nine", many(9, "新建校舍")},
		{"long ones", many(7, "新建校舍"+strings.Repeat("长", 600))},
	} {
		fmt.Fprintf(&b, "== %s\n", x.name)
		if n, skipped, err := c.bot.Announce(t.Context(), sent{&b}, c.report, x.changes, ""); err != nil || n != 3 || skipped != 0 {
			t.Errorf("%s: %d sent, %d skipped, %v; want 3", x.name, n, skipped, err)
		}
	}
	b.WriteString("== of another report\n")
	other := extract.ParseText("云岭县2024年政府工作报告\n\n一、2023年工作回顾\n\n新增学位3200个。\n")
	if n, _, err := c.bot.Announce(t.Context(), sent{&b}, other, many(1, "新建校舍"), ""); err != nil || n != 1 {
		t.Errorf("of another report: %d sent, %v; want 1", n, err)
	}
	golden.Check(t, "testdata/notices.txt", strings.ReplaceAll(b.String(), strings.Repeat("长", 600), "长…"))
}

// TestSubscriptions: what is followed by the words behind the command and the
// buttons below.
func TestSubscriptions(t *testing.T) {
	c := begin(t, handlers.Options{Topics: topics{"教育": {"学位"}, "交通港口": {"地铁"}}})
	followed := func() string {
		t.Helper()
		s, ok, err := c.store.Subscription(c.from.Chat.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return "-"
		}
		return strings.Join(s.Topics, "+")
	}
	for _, x := range []struct{ did, reply, topics string }{
		{"/subscribe 火箭", "选择主题", "-"},
		{"/subscribe 教育", "已订阅：教育", "教育"},
		{"/subscribe 火箭", "选择主题", "教育"},
		{"/subscribe", "已订阅：教育", "教育"},
		{"* 全部主题", "已订阅：全部主题", ""},
		{"* 教育", "已订阅：教育", "教育"},
		{"* 教育", "已订阅：全部主题", ""},
		{"/subscribe 学位", "已订阅：教育", "教育"},
		{"* 退订", "已退订", "-"},
	} {
		label, press := strings.CutPrefix(x.did, "* ")
		var r chat.Reply
		if press {
			r = c.press(label)
			if !r.Edit {
				t.Errorf("%s: no edit", x.did)
			}
		} else {
			r = c.say(x.did)
		}
		want(t, r, x.reply)
		if got := followed(); got != x.topics {
			t.Errorf("%s: follows %q, want %q", x.did, got, x.topics)
		}
	}
	c.say("/subscribe")
	all := c.button("全部主题").Data
	if r := c.data(all); r.Notice != "已保存" || len(r.Blocks) > 0 {
		t.Errorf("all topics once more: %q\n%s", r.Notice, r.Plain())
	}
	topic := c.button("教育").Data
	for _, bad := range []string{strings.Replace(topic, ":0", ":99", 1), strings.Replace(topic, ":0", ":x", 1)} {
		if r := c.data(bad); !strings.Contains(r.Notice, "无法识别") {
			t.Errorf("%s: %q", bad, r.Notice)
		}
	}
	c.from.Chat = chat.Chat{ID: "telegram:-7", Kind: chat.Group}
	c.from.User.Leads = func(context.Context) (bool, error) { return false, errors.New("not reached") }
	if r := c.data(topic); !strings.Contains(r.Notice, "群管理员") {
		t.Errorf("a stranger's choice: %q", r.Notice)
	}
	c.from.User.Admin = true
	if r := c.data(topic); r.Notice != "已保存" {
		t.Errorf("an admin's choice: %q", r.Notice)
	}
}

// While the state is away a notice waits, longer each time but not more than
// half a minute, and goes out once it is back.
func TestNoticeWaits(t *testing.T) {
	c := begin(t, handlers.Options{})
	report, index := c.report, indexOf(t, c.report)
	synctest.Test(t, func(t *testing.T) {
		o := &outage{Engine: store.NewMemory(time.Now).Engine()}
		state := store.New(o, time.Now)
		if err := state.Subscribe(handlers.Subscription{Chat: chat.Chat{ID: "1"}}); err != nil {
			t.Fatal(err)
		}
		b := handlers.New(index, state, handlers.Options{Salt: []byte("salt"), Topics: ourTopics})
		o.away.Store(true)
		began := time.Now()
		time.AfterFunc(9*time.Second, func() { o.away.Store(false) })
		out := &outbox{sent: make(map[string]string)}
		if n, _, err := b.Announce(t.Context(), out, report, nil, "told:1"); n != 1 || err != nil {
			t.Errorf("Announce = %d, %v; want 1", n, err)
		}
		if took := time.Since(began); took != 10*time.Second { // 1 + 2 + 3 + 4
			t.Errorf("it took %v, want 10s", took)
		}
		o.away.Store(true)
		began = time.Now()
		time.AfterFunc(500*time.Second, func() { o.away.Store(false) })
		if _, _, err := b.Announce(t.Context(), out, report, nil, ""); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took != 525*time.Second { // 1 + … + 29 is 435, and 30 each
			t.Errorf("it took %v, want 525s", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		o.away.Store(true)
		began = time.Now()
		if _, _, err := b.Announce(ctx, out, report, nil, ""); err == nil || time.Since(began) != 2*time.Second {
			t.Errorf("Announce that is stopped = %v after %v", err, time.Since(began))
		}
	})
}
