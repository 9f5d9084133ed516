package render_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jinwen/bot/dispatch"
	"jinwen/bot/render"
	"jinwen/handlers/chat"
)

// A whole transport: lines "who: what" come in, short plain messages go out.
// It has no buttons, no pictures and no files; messages take 90 bytes.

type lines struct {
	handler chat.Handler
	screens *render.Screens
	mu      sync.Mutex
	out     io.Writer
}

func newLines(h chat.Handler, out io.Writer) *lines {
	return &lines{handler: dispatch.NewGuard(h, 4, time.Second, nil), out: out,
		screens: render.NewScreens(render.Options{Limit: 90}, 1)}
}

// run answers every line until the input ends.
func (l *lines) run(ctx context.Context, in io.Reader) error {
	queue := dispatch.New(100, 10, func(j dispatch.Job[chat.Message]) { l.answer(ctx, j.Work, j.Flood) })
	defer queue.Wait(ctx)
	for sc := bufio.NewScanner(in); sc.Scan(); {
		who, text, _ := strings.Cut(sc.Text(), ": ")
		id := chat.ID("lines", who)
		m := chat.Message{Chat: chat.Chat{ID: id}, User: chat.User{ID: id}, Text: chat.Clean(text),
			Lacks: chat.Lacks{Buttons: true, Pictures: true, Files: true, Edits: true}}
		if _, err := queue.Add(ctx, dispatch.Job[chat.Message]{Work: m, Lane: id, User: id}); err != nil {
			return err
		}
	}
	return nil
}

func (l *lines) answer(ctx context.Context, m chat.Message, flood bool) {
	if rest := l.screens.Read(&m); rest != nil {
		l.print(m.Chat.ID, rest)
		return
	}
	r, err := l.handler.Handle(ctx, m, nil)
	switch {
	case flood:
		r = chat.Say(dispatch.TextsOf(m.Lang).Flood)
	case err != nil:
		r = chat.Say(dispatch.TextsOf(m.Lang).Apology)
	}
	l.print(m.Chat.ID, l.screens.Show(m.Chat.ID, r))
}

func (l *lines) print(id string, messages []render.Message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range messages {
		fmt.Fprintf(l.out, "%s < %s\n", id, strings.ReplaceAll(m.Text, "\n", " / "))
	}
}

func TestTransport(t *testing.T) {
	h := chat.HandlerFunc(func(_ context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		switch {
		case m.Text == "坏":
			panic("x")
		case m.Kind == chat.KindButton:
			return chat.Say("按了" + m.Data), nil
		}
		r := chat.Reply{Blocks: []chat.Block{{Kind: chat.Answer, Text: "50个"}}}
		if m.Text == "公园" {
			r.Blocks = append(r.Blocks, chat.Block{Kind: chat.Quote, Text: "新建提升口袋公园50个，新增城市绿道，完善公园体系。"})
		}
		r.Buttons = [][]chat.Button{{{Text: "去年", Data: "y"}, {Text: "👍", Data: "v", Minor: true}}, {{Text: "复制", Copy: "x"}}}
		return r, nil
	})
	for name, tt := range map[string]struct{ in, want string }{
		"a long reply comes in parts": {"李: 公园\n李: 更多\n李: 继续",
			"李 < 50个 / 「新建提升口袋公园50个， /  / （未完，回复“更多”看下文）\n" +
				"李 < 新增城市绿道，完善公园体系。」 /  / （未完，回复“更多”看下文）\n" +
				"李 < 回复数字： / 1. 去年\n"},
		"a number presses, in any form":  {"李: 短\n李: １", "李 < 50个 /  / 回复数字： / 1. 去年\n李 < 按了y\n"},
		"others' numbers stay questions": {"李: 短\n王: 1", "李 < 50个 /  / 回复数字： / 1. 去年\n王 < 50个 /  / 回复数字： / 1. 去年\n"},
		"a number that is not there":     {"李: 短\n李: 2", "李 < 50个 /  / 回复数字： / 1. 去年\n李 < 50个 /  / 回复数字： / 1. 去年\n"},
		"a handler that breaks":          {"李: 坏", "李 < 抱歉，刚才出了点问题，没能回答。请稍后再试一次。\n"},
		"more of nothing is a question":  {"李: 更多", "李 < 50个 /  / 回复数字： / 1. 去年\n"},
	} {
		var out strings.Builder
		if err := newLines(h, &out).run(t.Context(), strings.NewReader(tt.in)); err != nil {
			t.Fatal(err)
		}
		got := strings.SplitAfter(strings.ReplaceAll(out.String(), "lines:", ""), "\n")
		slices.SortStableFunc(got[:len(got)-1], func(a, b string) int { return strings.Compare(a[:3], b[:3]) }) // chats go in parallel
		if diff := cmp.Diff(tt.want, strings.Join(got, "")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
