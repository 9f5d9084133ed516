package handlers_test

import (
	"cmp"
	"context"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"go.uber.org/goleak"

	"jinwen/corpus"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(closing{m}, goleak.IgnoreCurrent()) }

// A chat is a conversation with a bot, as one user has it.
type testChat struct {
	t      testing.TB
	bot    *handlers.Bot
	report *corpus.Report
	store  *store.State
	clock  time.Time
	from   chat.Message // kind of chat, user, language

	mu     sync.Mutex
	events []handlers.Event

	last chat.Reply // to press its buttons
}

// begin opens a private chat with a bot that answers from the county's report.
func begin(t testing.TB, opt handlers.Options) *testChat {
	t.Helper()
	return beginOn(t, county(t, reportText), opt)
}

func beginOn(t testing.TB, r *corpus.Report, opt handlers.Options) *testChat {
	t.Helper()
	c := &testChat{t: t, report: r, clock: time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)}
	c.store = store.NewMemory(c.now)
	opt.Clock = c.now
	opt.Salt = []byte("salt")
	if opt.Topics == nil {
		opt.Topics = ourTopics
	}
	opt.Recorder = handlers.RecorderFunc(func(e handlers.Event) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.events = append(c.events, e)
	})
	c.bot = handlers.New(indexOf(t, r), c.store, opt)
	c.from = chat.Message{Chat: chat.Chat{ID: "telegram:10"}, User: chat.User{ID: "telegram:10"}, Lang: "zh-hans"}
	return c
}

func (c *testChat) now() time.Time { return c.clock }

// send gives m to the bot and checks what comes back.
func (c *testChat) send(m chat.Message) chat.Reply {
	c.t.Helper()
	r, err := c.bot.Handle(context.Background(), m, nil)
	if err != nil {
		c.t.Fatalf("Handle(%+v): %v", m, err)
	}
	check(c.t, c.report, r)
	if len(r.Blocks) > 0 {
		c.last = r
	}
	return r
}

// say writes a message; one that begins with / is a command.
func (c *testChat) say(text string) chat.Reply {
	c.t.Helper()
	m := c.from
	m.Text = text
	if rest, ok := strings.CutPrefix(text, "/"); ok {
		m.Command, m.Args, _ = strings.Cut(rest, " ")
	}
	return c.send(m)
}

// button is the data of the first button of the last reply whose text holds label.
func (c *testChat) button(label string) chat.Button {
	c.t.Helper()
	var have []string
	for _, row := range c.last.Buttons {
		for _, b := range row {
			if strings.Contains(b.Text, label) {
				return b
			}
			have = append(have, b.Text)
		}
	}
	c.t.Fatalf("no button %q among %q under:\n%s", label, have, c.last.Plain())
	return chat.Button{}
}

func (c *testChat) press(label string) chat.Reply {
	c.t.Helper()
	return c.data(c.button(label).Data)
}

func (c *testChat) data(data string) chat.Reply {
	c.t.Helper()
	m := c.from
	m.Kind, m.Data, m.Opener = chat.KindButton, data, c.from.User.ID
	return c.send(m)
}

func (c *testChat) inline(query, offset string) chat.Reply {
	c.t.Helper()
	m := c.from
	m.Kind, m.Text, m.Offset, m.Chat = chat.KindInline, query, offset, chat.Chat{}
	return c.send(m)
}

// labels are the texts of all buttons of r.
func labels(r chat.Reply) string {
	var out []string
	for _, row := range r.Buttons {
		for _, b := range row {
			out = append(out, b.Text)
		}
	}
	return strings.Join(out, "|")
}

// want checks that text is part of what r says.
func want(t testing.TB, r chat.Reply, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if !strings.Contains(r.Plain(), s) {
			t.Errorf("reply lacks %q:\n%s", s, r.Plain())
		}
	}
}

// wantNo checks that no text is part of what r says.
func wantNo(t testing.TB, r chat.Reply, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(r.Plain(), s) {
			t.Errorf("reply has %q:\n%s", s, r.Plain())
		}
	}
}

var (
	startParam = regexp.MustCompile(`^[A-Za-z0-9_-]{0,64}$`)
	digits     = regexp.MustCompile(`[0-9][0-9.]*(?:%|万吨|亿元|个百分点|公里|个|所|条)`)
)

// check holds r to what transports and users may rely on: the limits of the
// Bot API, and quotes that are the report's own words.
func check(t testing.TB, report *corpus.Report, r chat.Reply) {
	t.Helper()
	if n := utf8.RuneCountInString(r.Notice); n > 200 {
		t.Errorf("notice of %d characters", n)
	}
	checkBlocks(t, report, r.Blocks)
	checkButtons(t, r.Buttons)
	if len(r.Blocks) == 0 && len(r.Buttons) > 0 {
		t.Errorf("buttons without a text: %s", labels(r))
	}
	for _, f := range r.Files {
		if f.Name == "" || strings.ContainsAny(f.Name, `/\`) || len(f.Data) == 0 || utf8.RuneCountInString(f.Caption) > 1024 {
			t.Errorf("attachment %q of %d bytes, caption %q", f.Name, len(f.Data), f.Caption)
		}
	}
	if in := r.Inline; in != nil {
		if len(in.Results) > 50 || len(in.Next) > 64 || utf8.RuneCountInString(in.StartText) > 64 || !startParam.MatchString(in.StartParam) {
			t.Errorf("inline: %d results, next %q, start %q %q", len(in.Results), in.Next, in.StartText, in.StartParam)
		}
		ids := make(map[string]bool)
		for _, x := range in.Results {
			if x.ID == "" || len(x.ID) > 64 || ids[x.ID] || x.Title == "" || len(x.Blocks) == 0 {
				t.Errorf("inline result %+v", x)
			}
			ids[x.ID] = true
			checkBlocks(t, report, x.Blocks)
			checkButtons(t, x.Buttons)
		}
	}
	if r.Then != nil {
		check(t, report, *r.Then)
	}
}

func checkBlocks(t testing.TB, report *corpus.Report, blocks []chat.Block) {
	t.Helper()
	for _, b := range blocks {
		if strings.TrimSpace(b.Text) == "" || !utf8.ValidString(b.Text) || strings.Contains(b.Text, "%!") {
			t.Errorf("block %+v", b)
		}
		if b.Kind == chat.Quote && report != nil && !strings.Contains(report.Text, b.Text) {
			t.Errorf("quote is not in the report: %q", b.Text)
		}
	}
	if n := utf8.RuneCountInString(chat.Reply{Blocks: blocks}.Plain()); n > 4096 {
		t.Errorf("reply of %d characters", n)
	}
}

func checkButtons(t testing.TB, rows [][]chat.Button) {
	t.Helper()
	for _, row := range rows {
		if len(row) == 0 || len(row) > 8 {
			t.Errorf("row of %d buttons", len(row))
		}
		for _, b := range row {
			n := 0
			for _, s := range []string{b.Data, b.URL, b.Copy, b.Share} {
				if s != "" {
					n++
				}
			}
			copied := len(utf16.Encode([]rune(b.Copy)))
			if b.Text == "" || n != 1 || len(b.Data) > 64 || copied > 256 || utf8.RuneCountInString(b.Share) > 256 {
				t.Errorf("button %+v", b)
			}
			if _, param, ok := strings.Cut(b.URL, "?start="); ok && !startParam.MatchString(param) {
				t.Errorf("link %s", b.URL)
			}
		}
	}
}

// checkNumbers checks that every number of the report that r shows stands in
// one of its quotes.
func checkNumbers(t testing.TB, r chat.Reply) {
	t.Helper()
	var quotes, others strings.Builder
	for _, b := range r.Blocks {
		if _, q, ok := strings.Cut(b.Text, "「"); b.Kind == chat.Quote || ok {
			quotes.WriteString(cmp.Or(q, b.Text) + "\n")
		} else if !strings.Contains(b.Text, "比") && !strings.Contains(b.Text, "较") && !strings.Contains(b.Text, "較") && !strings.Contains(b.Text, "against") {
			others.WriteString(b.Text + "\n")
		}
	}
	for _, n := range digits.FindAllString(others.String(), -1) {
		if !strings.Contains(quotes.String(), n) {
			t.Errorf("number %s without its clause:\n%s", n, r.Plain())
		}
	}
}
