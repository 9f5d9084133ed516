package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

func TestQuestionAndAnswer(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "zh-hans")
	start(t, s, answering(func(m chat.Message) chat.Reply {
		return chat.Reply{
			Blocks: []chat.Block{{Kind: chat.Answer, Text: "4.5%左右"}, {Kind: chat.Quote, Text: "地区生产总值增长4.5%左右"},
				{Kind: chat.Place, Text: "二、目标"}},
			Buttons: [][]chat.Button{{{Text: "复制", Copy: "引文"}, {Text: "去年", Data: "y:2023"}}, {{Text: "分享", Share: "GDP"}}},
		}
	}), Options{})
	q := s.Text(ann.Private(), ann, "今年GDP目标")
	m := s.Next(ann.Private())
	if want := "4.5%左右\n地区生产总值增长4.5%左右\n—— 二、目标"; m.Text != want {
		t.Errorf("text %q, want %q", m.Text, want)
	}
	if m.ReplyTo != q.ID {
		t.Errorf("reply to %d, want %d", m.ReplyTo, q.ID)
	}
	if got := fmt.Sprint(m.Labels()); got != "[复制 去年 分享]" {
		t.Errorf("buttons %s", got)
	}
	if opts := s.Requests("sendMessage")[0].Params["link_preview_options"]; !strings.Contains(opts, `"is_disabled":true`) {
		t.Errorf("link previews are on: %s", opts)
	}
	s.Drained()
	noRejects(t, s)
}

func TestLongReply(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	start(t, s, answering(func(chat.Message) chat.Reply {
		r := chat.Reply{Buttons: [][]chat.Button{{{Text: "更多", Data: "m"}}}, Then: &chat.Reply{Blocks: para("另外").Blocks}}
		for range 30 {
			r.Blocks = append(r.Blocks, chat.Block{Kind: chat.Quote, Text: strings.Repeat("一<二>&三。", 60)})
		}
		return r
	}), Options{})
	q := s.Text(ann.Private(), ann, "x")
	s.Drained()
	said := s.Said(ann.Private())
	if len(said) < 4 {
		t.Fatalf("%d messages, want more", len(said))
	}
	for i, m := range said {
		if (m.ReplyTo == q.ID) != (i == 0) {
			t.Errorf("message %d is a reply to %d", i, m.ReplyTo)
		}
		if (len(m.Buttons) > 0) != (i == len(said)-2) {
			t.Errorf("message %d of %d has buttons %v", i, len(said), m.Labels())
		}
	}
	if last := said[len(said)-1]; last.Text != "另外" {
		t.Errorf("last message %q", last.Text)
	}
	noRejects(t, s)
}

func TestButtons(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	next := [][]chat.Button{{{Text: "下一页", Data: "next"}, {Text: "提示", Data: "notice"}, {Text: "同样", Data: "same"}, {Text: "新的", Data: "new"}}}
	start(t, s, answering(func(m chat.Message) chat.Reply {
		switch {
		case m.Kind == chat.KindText:
			return chat.Reply{Blocks: para("第一页").Blocks, Buttons: next}
		case m.Data == "next":
			return chat.Reply{Blocks: para("第二页").Blocks, Buttons: next, Edit: true}
		case m.Data == "same":
			return chat.Reply{Blocks: para("第二页").Blocks, Buttons: next, Edit: true}
		case m.Data == "new":
			return para("新的一条")
		}
		return chat.Reply{Notice: "好", Alert: true}
	}), Options{})
	s.Text(ann.Private(), ann, "x")
	m := s.Next(ann.Private())
	s.CallbackAnswer(s.Press(ann, m, "下一页"))
	m = s.NextEdit(m)
	if m.Text != "第二页" || len(m.Labels()) != 4 {
		t.Errorf("edited to %q with %q", m.Text, m.Labels())
	}
	if a := s.CallbackAnswer(s.Press(ann, m, "提示")); a.Text != "好" || !a.Alert {
		t.Errorf("notice %+v", a)
	}
	s.CallbackAnswer(s.Press(ann, m, "新的"))
	if n := s.Next(ann.Private()); n.Text != "新的一条" || n.ReplyTo != m.ID {
		t.Errorf("new message %q, reply to %d", n.Text, n.ReplyTo)
	}
	s.Drained()
	noRejects(t, s)

	// An edit that changes nothing, and a query that is too old, are no trouble.
	s.Press(ann, m, "同样")
	s.Drained()
	id := s.Press(ann, m, "提示")
	s.Expire()
	s.Drained()
	if n := len(s.Said(ann.Private())); n != 2 {
		t.Errorf("%d messages in the chat, want 2 (callback %s)", n, id)
	}
}

func TestSlowButtonIsAnsweredFirst(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	release := make(chan struct{})
	start(t, s, answering(func(m chat.Message) chat.Reply {
		if m.Kind == chat.KindText {
			return chat.Reply{Blocks: para("x").Blocks, Buttons: [][]chat.Button{{{Text: "go", Data: "go"}}}}
		}
		<-release
		return chat.Reply{Notice: "做完了"}
	}), Options{})
	s.Text(ann.Private(), ann, "x")
	id := s.Press(ann, s.Next(ann.Private()), "go")
	if a := s.CallbackAnswer(id); a.Text != "" {
		t.Errorf("early answer %q, want none", a.Text)
	}
	close(release)
	if m := s.Next(ann.Private()); m.Text != "做完了" {
		t.Errorf("the notice came as %q", m.Text)
	}
	s.Drained()
	noRejects(t, s)
}

func TestEditedQuestion(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	start(t, s, answering(func(m chat.Message) chat.Reply {
		if strings.HasPrefix(m.Text, "长") {
			return para(strings.Repeat("长", 5000))
		}
		return para("答：" + m.Text)
	}), Options{})
	q := s.Text(ann.Private(), ann, "长的")
	first, second := s.Next(ann.Private()), s.Next(ann.Private())
	s.Edit(q, "去年")
	if m := s.NextEdit(first); m.Text != "答：去年" {
		t.Errorf("edited to %q", m.Text)
	}
	s.Drained()
	if !s.Now(second).Deleted {
		t.Error("the second half of the old answer is still there")
	}
	s.Edit(q, "长的")
	s.Drained()
	if said := s.Said(ann.Private()); len(said) != 3 || said[0].Edits != 2 || said[2].Deleted {
		t.Errorf("%d messages after the third version", len(said))
	}
	noRejects(t, s)
}

func TestGroupAndTopic(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	forum := s.Group(true)
	start(t, s, echo, Options{})
	s.Text(forum, ann, "随便说说")
	s.Write(forum, ann, bottest.Draft{Text: "@jinwen_bot 口袋公园", Thread: 7})
	m := s.Next(forum)
	if m.Text != "答：口袋公园" || m.Thread != 7 {
		t.Errorf("answer %q in topic %d", m.Text, m.Thread)
	}
	s.Write(forum, ann, bottest.Draft{Text: "那去年呢", Thread: 7, ReplyTo: &m})
	if m := s.Next(forum); m.Text != "答：那去年呢" || m.Thread != 7 {
		t.Errorf("answer %q in topic %d", m.Text, m.Thread)
	}
	s.Drained()
	noRejects(t, s)
}

func TestMigratedGroup(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	old := s.Group(false)
	bot := start(t, s, echo, Options{})
	now := s.Migrate(old)
	if err := bot.Send(t.Context(), chat.Chat{ID: idOf(old.ID), Kind: chat.Group}, para("通知")); err != nil {
		t.Fatal(err)
	}
	if m := s.Next(now); m.Text != "通知" {
		t.Errorf("said %q", m.Text)
	}
	_ = ann
}

func TestInline(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	start(t, s, answering(func(m chat.Message) chat.Reply {
		if m.Kind == chat.KindButton {
			return chat.Reply{Blocks: para("展开了").Blocks, Edit: true, Notice: "好"}
		}
		in := &chat.Inline{Next: m.Offset + "20", Private: true, StartText: "打开津问", StartParam: "q_5"}
		for i := range 60 {
			in.Results = append(in.Results, chat.InlineResult{ID: fmt.Sprint(i / 2), Title: m.Text, Description: "描述",
				Blocks: para("结果").Blocks, Buttons: [][]chat.Button{{{Text: "展开", Data: "open"}}}})
		}
		return chat.Reply{Inline: in}
	}), Options{})
	a := s.InlineAnswer(s.Inline(ann, "公园", ""))
	if len(a.Results) != 50 || a.Next != "20" || !a.Personal || a.Start != "打开津问" || a.Param != "q_5" {
		t.Fatalf("answer with %d results: %+v", len(a.Results), a)
	}
	m := s.Choose(a.Results[0])
	if a := s.CallbackAnswer(s.Press(ann, m, "展开")); a.Text != "好" {
		t.Errorf("notice %q", a.Text)
	}
	if m := s.NextEdit(m); m.Text != "展开了" {
		t.Errorf("edited to %q", m.Text)
	}
	s.Drained()
	noRejects(t, s)
}

func TestIncomingFile(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	seen := make(chan struct{}) // else the answer may be there before the progress was looked at
	start(t, s, chat.HandlerFunc(func(ctx context.Context, m chat.Message, progress func(chat.Reply)) (chat.Reply, error) {
		progress(para("正在读"))
		<-seen
		f, err := m.File.Open(ctx)
		if err != nil {
			return para("打不开"), nil
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		if err != nil {
			return chat.Reply{}, err
		}
		return para(m.File.Name + "：" + string(data)), nil
	}), Options{MaxFile: 100})
	for _, f := range []struct {
		name string
		data []byte
		want string
	}{
		{"报告.txt", []byte("正文"), "报告.txt：正文"},
		{"大.txt", make([]byte, 101), "打不开"},
	} {
		s.File(ann.Private(), ann, f.name, f.data)
		progress := s.Next(ann.Private())
		if progress.Text != "正在读" {
			t.Errorf("%s: the progress says %q", f.name, progress.Text)
		}
		seen <- struct{}{}
		if m := s.NextEdit(progress); m.Text != f.want {
			t.Errorf("answer to %s: %q, want %q", f.name, m.Text, f.want)
		}
	}
	s.Drained()
	noRejects(t, s)
}

func TestOutgoingFiles(t *testing.T) {
	var picture bytes.Buffer
	png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2)))
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	start(t, s, answering(func(chat.Message) chat.Reply {
		return chat.Reply{Blocks: para("图表").Blocks, Files: []chat.Attachment{
			{Name: "图.png", Caption: "来源", Image: true, Data: picture.Bytes()},
			{Name: "坏.png", Image: true, Data: []byte("no picture")},
			{Name: "表.xlsx", Caption: strings.Repeat("长", 1025), Data: []byte("PK")},
		}}
	}), Options{})
	s.Text(ann.Private(), ann, "x")
	s.Drained()
	said := s.Said(ann.Private())
	if len(said) != 5 {
		t.Fatalf("%d messages, want 5", len(said))
	}
	if m := said[1]; !m.Photo || m.Caption != "来源" || m.File.Name != "图.png" {
		t.Errorf("picture: %+v", m)
	}
	if m := said[2]; m.Photo || m.File == nil || m.File.Name != "坏.png" {
		t.Errorf("a picture that is none goes out as a file: %+v", m)
	}
	if m := said[3]; m.File == nil || m.Caption != "" {
		t.Errorf("document: %+v", m)
	}
	if m := said[4]; bottest.Units(m.Text) != 1025 {
		t.Errorf("the long caption is lost: %+v", m)
	}
}

func TestHandlerFails(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "en")
	bot := start(t, s, chat.HandlerFunc(func(_ context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		switch m.Text {
		case "panic":
			var none *chat.File
			_ = none.Name
		case "error":
			return chat.Reply{}, errors.New("disk is full")
		}
		return para("fine"), nil
	}), Options{})
	for _, q := range []string{"panic", "error", "x"} {
		s.Text(ann.Private(), ann, q)
		want := dispatch.TextsOf("en").Apology
		if q == "x" {
			want = "fine"
		}
		if m := s.Next(ann.Private()); m.Text != want {
			t.Errorf("answer to %s: %q, want %q", q, m.Text, want)
		}
	}
	s.Drained()
	if got := metric(t, bot, "jinwen_panics_total"); got != 1 {
		t.Errorf("%v panics counted, want 1", got)
	}
	noRejects(t, s)
}

func TestPoisonIsSkipped(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	s.PushRaw(func(id int64) string { return fmt.Sprintf(`{"update_id":%d,"message":{"text":{"a":1}}}`, id) })
	s.PushRaw(func(int64) string { return `{"message":[]}` })
	s.PushRaw(func(int64) string { return `"nonsense"` })
	s.Text(ann.Private(), ann, "x")
	bot := start(t, s, echo, Options{})
	s.Next(ann.Private())
	s.Drained()
	if got := metric(t, bot, "jinwen_updates_poison_total"); got < 1 {
		t.Errorf("%v poison updates counted", got)
	}
}

func TestFloodNotice(t *testing.T) {
	s := bottest.NewServer(t)
	ann, bob := s.User("Ann", "en"), s.User("Bob", "en")
	for i := range 50 {
		s.Text(ann.Private(), ann, fmt.Sprint(i))
	}
	s.Text(bob.Private(), bob, "me too")
	taken := make(chan struct{}) // else some are answered before the last came in
	bot := start(t, s, answering(func(m chat.Message) chat.Reply {
		if m.Text != "me too" {
			<-taken
		}
		return para("答：" + m.Text)
	}), Options{PerUser: 5})
	if m := s.Next(bob.Private()); m.Text != "答：me too" {
		t.Errorf("Bob gets %q", m.Text)
	}
	s.Until("the flood is dropped", func() bool { return metric(t, bot, "jinwen_updates_flooded_total") == 50-5-1 })
	close(taken)
	s.Drained()
	var notices, answers int
	for _, m := range s.Said(ann.Private()) {
		if m.Text == dispatch.TextsOf("en").Flood {
			notices++
		} else {
			answers++
		}
	}
	if notices != 1 || answers != 5 {
		t.Errorf("%d notices and %d answers to a flood of 50, want 1 and 5", notices, answers)
	}
}

func TestRefusedMarkupGoesPlain(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	s.Inject("sendMessage", func(r bottest.Request) *bottest.Fault {
		if r.Params["parse_mode"] == "" {
			return nil
		}
		return &bottest.Fault{Error: &bottest.Error{Code: 400, Description: "Bad Request: can't parse entities: whatever"}}
	})
	start(t, s, answering(func(chat.Message) chat.Reply {
		return chat.Reply{Blocks: []chat.Block{{Kind: chat.Quote, Text: "a <b> & c"}}}
	}), Options{})
	s.Text(ann.Private(), ann, "x")
	if m := s.Next(ann.Private()); m.Text != "「a <b> & c」" || m.ParseMode != "" {
		t.Errorf("said %q with parse mode %q", m.Text, m.ParseMode)
	}
}

func TestBlocked(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	var left atomic.Int32
	bot := start(t, s, answering(func(m chat.Message) chat.Reply {
		if m.Kind == chat.KindLeft {
			left.Add(1)
		}
		return para("x")
	}), Options{})
	s.Block(ann.Private(), ann)
	s.Drained()
	if left.Load() != 1 {
		t.Errorf("handler heard %d times of it", left.Load())
	}
	to := chat.Chat{ID: idOf(ann.ID), Kind: chat.Private}
	before := len(s.Requests("sendMessage"))
	if err := bot.Send(t.Context(), to, para("通知")); !errors.Is(err, chat.ErrBlocked) {
		t.Errorf("Send = %v, want %v", err, chat.ErrBlocked)
	}
	if n := len(s.Requests("sendMessage")); n != before {
		t.Error("a blocked chat was asked again")
	}
	s.Add(ann.Private(), ann)
	s.Text(ann.Private(), ann, "x")
	s.Next(ann.Private())
	if err := bot.Send(t.Context(), to, para("通知")); err != nil {
		t.Errorf("Send after unblocking = %v", err)
	}
}

// TestSendStopped: a notice that is on its way when the bot is told to stop
// arrives, and the sender hears of it; one that waits for its turn does not go.
func TestSendStopped(t *testing.T) {
	s := bottest.NewServer(t)
	ann, bob := s.User("Ann", ""), s.User("Bob", "")
	bot := start(t, s, echo, Options{})
	ctx, stop := context.WithCancel(t.Context())
	// The stop comes while the request is in flight.
	s.Inject("sendMessage", func(bottest.Request) *bottest.Fault {
		stop()
		return &bottest.Fault{Delay: 50 * time.Millisecond}
	})
	if err := bot.Send(ctx, chat.Chat{ID: idOf(ann.ID), Kind: chat.Private}, para("通知")); err != nil {
		t.Errorf("Send = %v, want nil", err)
	}
	if err := bot.Send(ctx, chat.Chat{ID: idOf(bob.ID), Kind: chat.Private}, para("通知")); !errors.Is(err, context.Canceled) {
		t.Errorf("Send after the stop = %v, want %v", err, context.Canceled)
	}
	if n := len(s.Requests("sendMessage")); n != 1 {
		t.Errorf("%d messages were sent, want 1", n)
	}
}

// TestSendGivesUp: a notice that does not get through ends soon after the stop.
func TestSendGivesUp(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	bot := start(t, s, echo, Options{StopTime: 50 * time.Millisecond})
	ctx, stop := context.WithCancel(t.Context())
	s.Inject("sendMessage", func(bottest.Request) *bottest.Fault {
		stop()
		return &bottest.Fault{Reset: true}
	})
	if err := bot.Send(ctx, chat.Chat{ID: idOf(ann.ID), Kind: chat.Private}, para("通知")); !errors.Is(err, context.Canceled) {
		t.Errorf("Send = %v, want %v", err, context.Canceled)
	}
}

func TestSetup(t *testing.T) {
	s := bottest.NewServer(t)
	admin := s.User("Ann", "")
	start(t, s, echo, Options{
		Admins: []int64{admin.ID, 5}, // the second has never written
		Commands: []chat.Command{
			{Name: "find", About: map[chat.Lang]string{chat.Hans: "查找", chat.English: "Find"}, Scope: chat.InPrivate | chat.InGroup},
			{Name: "import", About: map[chat.Lang]string{chat.Hans: "导入", chat.English: "Import"}, Scope: chat.ForAdmins},
		},
		Profile: map[chat.Lang]chat.Profile{chat.Hans: {Short: "津问", Long: "津问"}, chat.English: {Long: "Jinwen"}},
	})
	s.Until("settings", func() bool { return s.Setting("setChatMenuButton", "", "") != "" })
	for _, tt := range []struct{ method, scope, lang, want string }{
		{"setMyCommands", `{"type":"all_private_chats"}`, "", "查找"},
		{"setMyCommands", `{"type":"all_group_chats"}`, "en", "Find"},
		{"setMyCommands", fmt.Sprintf(`{"type":"chat","chat_id":%d}`, admin.ID), "en", "Import"},
		{"setMyDescription", "", "en", "Jinwen"},
		{"setMyShortDescription", "", "", "津问"},
	} {
		if got := s.Setting(tt.method, tt.scope, tt.lang); !strings.Contains(got, tt.want) {
			t.Errorf("%s %s %q = %s, want %s", tt.method, tt.scope, tt.lang, got, tt.want)
		}
	}
	if got := s.Setting("setMyCommands", `{"type":"all_private_chats"}`, ""); strings.Contains(got, "import") {
		t.Errorf("everyone is offered an admin's command: %s", got)
	}
}

// An admin whom Telegram did not know at the start had no menu until the next.
func TestAdminWritesLate(t *testing.T) {
	s := bottest.NewServer(t)
	late := s.Stranger("Bob", "")
	var log lockedBuffer
	start(t, s, echo, Options{Admins: []int64{late.ID}, Logger: log.logger(), Commands: []chat.Command{
		{Name: "import", About: map[chat.Lang]string{chat.Hans: "导入", chat.English: "Import"}, Scope: chat.ForAdmins},
	}})
	s.Until("settings", func() bool { return s.Setting("setChatMenuButton", "", "") != "" })
	menu := fmt.Sprintf(`{"type":"chat","chat_id":%d}`, late.ID)
	if got := s.Setting("setMyCommands", menu, ""); got != "" {
		t.Fatalf("menu of a stranger: %s", got)
	}
	if got := log.String(); strings.Contains(got, "blocked") || !strings.Contains(got, "has not written") {
		t.Errorf("log of the start:\n%s", got)
	}
	s.Opens(late)
	s.Text(late.Private(), late, "x")
	s.Drained()
	if got := s.Setting("setMyCommands", menu, "en"); !strings.Contains(got, "Import") {
		t.Errorf("menu after the first message: %q, want Import", got)
	}
}

func TestStopFinishesWhatIsInHand(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	begun, release := make(chan struct{}), make(chan struct{})
	_, stop := launch(t, s, answering(func(m chat.Message) chat.Reply {
		close(begun)
		<-release
		return para("还是答了")
	}), Options{})
	s.Text(ann.Private(), ann, "x")
	<-begun
	time.AfterFunc(20*time.Millisecond, func() { close(release) }) // after the stop has begun
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if m := s.Next(ann.Private()); m.Text != "还是答了" {
		t.Errorf("said %q", m.Text)
	}
	if n := s.Pending(); n != 0 {
		t.Errorf("%d updates left unconfirmed", n)
	}
}

func TestStopCutsOffAndTheNextStartAnswers(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	begun := make(chan struct{}, 1)
	seen := dispatch.NewMemorySeen(0)
	_, stop := launch(t, s, chat.HandlerFunc(func(ctx context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		begun <- struct{}{}
		<-ctx.Done()
		return chat.Reply{}, ctx.Err()
	}), Options{StopTime: time.Millisecond, Seen: seen})
	s.Text(ann.Private(), ann, "x")
	<-begun
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if n := s.Pending(); n != 1 {
		t.Fatalf("%d updates left unconfirmed, want 1", n)
	}
	start(t, s, echo, Options{Seen: seen})
	if m := s.Next(ann.Private()); m.Text != "答：x" {
		t.Errorf("said %q", m.Text)
	}
	s.Drained()
}

func TestSlowChatDoesNotHoldUpOthers(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	s.Inject("sendMessage", func(r bottest.Request) *bottest.Fault {
		if r.Params["chat_id"] == fmt.Sprint(ann.ID) {
			return &bottest.Fault{Error: &bottest.Error{Code: 429, Description: "Too Many Requests: retry after 3600", RetryAfter: 3600}}
		}
		return nil
	})
	box := &memoryInbox{Seen: dispatch.NewMemorySeen(0), kept: make(map[string][]byte)}
	start(t, s, echo, Options{Seen: box, StopTime: time.Millisecond})
	s.Text(ann.Private(), ann, "x")
	var people []bottest.User
	for range 150 { // more than one poll shows
		u := s.User("Bob", "")
		people = append(people, u)
		s.Text(u.Private(), u, "y")
	}
	for _, u := range people {
		s.Next(u.Private())
	}
	s.Until("Ann's update to be kept", func() bool { return box.len() == 1 && s.Pending() < 100 })
}

// A topic that was deleted meanwhile lost the reply.
func TestTopicIsGone(t *testing.T) {
	s := bottest.NewServer(t)
	ann, forum := s.User("Ann", ""), s.Group(true)
	start(t, s, answering(func(m chat.Message) chat.Reply {
		s.DropTopic(forum, 7)
		return chat.Reply{Blocks: para("答").Blocks, Files: []chat.Attachment{{Name: "a.txt", Data: []byte("a")}}}
	}), Options{})
	s.Write(forum, ann, bottest.Draft{Text: "@jinwen_bot 口袋公园", Thread: 7})
	s.Drained()
	said := s.Said(forum)
	if len(said) != 2 || said[0].Text != "答" || said[0].Thread != 0 {
		t.Errorf("said %+v, want the answer and the file in the group itself", said)
	}
}

func TestGroupAdmins(t *testing.T) {
	s := bottest.NewServer(t)
	ann, bob, group := s.User("Ann", ""), s.User("Bob", ""), s.Group(false)
	s.Leads(group, ann)
	start(t, s, chat.HandlerFunc(func(ctx context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		ok, err := m.User.Leads(ctx)
		return para(fmt.Sprint(ok)), err
	}), Options{})
	for _, step := range []struct {
		who  bottest.User
		more map[string]any
		want string
	}{
		{ann, nil, "true"}, {bob, nil, "false"},
		{bob, map[string]any{"sender_chat": map[string]any{"id": group.ID, "type": "supergroup"}}, "true"}, // an anonymous admin
		{ann, map[string]any{"sender_chat": map[string]any{"id": -5, "type": "channel"}}, "false"},
	} {
		s.Write(group, step.who, bottest.Draft{Text: "@jinwen_bot x", Extra: step.more})
		if m := s.Next(group); m.Text != step.want {
			t.Errorf("%s, %v leads: %s, want %s", step.who.Name, step.more, m.Text, step.want)
		}
	}
}

func TestWrongToken(t *testing.T) {
	s := bottest.NewServer(t)
	bot, err := New("9:another-token-of-nobody", echo, Options{Endpoint: s.Endpoint(), Limits: quick, Logger: testLog(t)})
	if err != nil {
		t.Fatal(err)
	}
	err = bot.Run(t.Context())
	if !errors.Is(err, ErrToken) || !strings.Contains(err.Error(), "@BotFather") || strings.Contains(err.Error(), "another-token") {
		t.Errorf("Run = %v", err)
	}
}

func TestSecondPoller(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	var log lockedBuffer
	s.Inject("getUpdates", bottest.Once(3, bottest.Fault{Error: &bottest.Error{Code: 409, Description: "Conflict: terminated by other getUpdates request"}}))
	start(t, s, echo, Options{Logger: log.logger()})
	s.Text(ann.Private(), ann, "x")
	s.Next(ann.Private())
	if n := strings.Count(log.String(), "another program receives this bot's updates"); n != 1 {
		t.Errorf("explained %d times, want once:\n%s", n, log.String())
	}
}

// TestProgressOfButton: what goes on after a press shows in the message under
// the button, and nothing of it stays behind, whatever the reply is.
func TestProgressOfButton(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	start(t, s, chat.HandlerFunc(func(_ context.Context, m chat.Message, progress func(chat.Reply)) (chat.Reply, error) {
		switch m.Data {
		case "":
			return chat.Reply{Blocks: para("启用？").Blocks, Buttons: [][]chat.Button{{{Text: "好", Data: "yes"}, {Text: "不好", Data: "no"}}}}, nil
		default:
			r := para("正在建索引")
			r.Edit = true
			progress(r)
		}
		if m.Data == "no" {
			return chat.Reply{Notice: "别人正在启用", Alert: true}, nil
		}
		return chat.Reply{Blocks: para("已启用").Blocks, Edit: true}, nil
	}), Options{})
	for label, want := range map[string]string{"好": "已启用", "不好": "别人正在启用"} {
		s.Text(ann.Private(), ann, "x")
		s.Drained()
		said := s.Said(ann.Private())
		m := said[len(said)-1]
		s.Press(ann, m, label)
		s.Drained()
		if got := s.Now(m).Text; got != want || len(s.Said(ann.Private())) != len(said) {
			t.Errorf("%s: message is %q of %d, want %q and no other", label, got, len(s.Said(ann.Private())), want)
		}
	}
	noRejects(t, s)
}
