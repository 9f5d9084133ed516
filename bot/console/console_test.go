package console

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// talk runs a console over pipes and returns what it wrote.
func talk(t *testing.T, h chat.Handler, opt Options, lines ...string) (out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	opt.In, opt.Out, opt.Err = strings.NewReader(strings.Join(lines, "\n")), &o, &e
	if err := New(h, opt).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return o.String(), e.String()
}

func TestConsole(t *testing.T) {
	dir := t.TempDir()
	h := chat.HandlerFunc(func(_ context.Context, m chat.Message, progress func(chat.Reply)) (chat.Reply, error) {
		switch {
		case m.Text == "panic":
			panic("x")
		case m.Kind == chat.KindButton:
			return para("按了" + m.Data), nil
		case m.Kind == chat.KindFile:
			f, err := m.File.Open(t.Context())
			if err != nil {
				return chat.Reply{}, err
			}
			defer f.Close()
			data, err := io.ReadAll(f)
			return para(m.File.Name + "=" + string(data)), err
		case m.Command != "":
			return para(m.Command + "|" + m.Args), nil
		}
		progress(para("正在找"))
		return chat.Reply{
			Blocks: []chat.Block{{Kind: chat.Answer, Text: m.Text}, {Kind: chat.Quote, Text: "引文"}, {Kind: chat.Place, Text: "一"}},
			Buttons: [][]chat.Button{{{Text: "下一页", Data: "p2"}, {Text: "复制", Copy: "引文"}},
				{{Text: "分享", Share: "GDP"}, {Text: "网页", URL: "https://example.com"}}},
			Files: []chat.Attachment{{Name: "../../a.xlsx", Data: []byte("PK")}},
		}, nil
	})
	file := filepath.Join(dir, "r.txt")
	if err := os.WriteFile(file, []byte("正文"), 0o600); err != nil {
		t.Fatal(err)
	}
	saved := filepath.Join(dir, "a.xlsx")
	for _, tt := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"a question", []string{"GDP"}, "GDP\n「引文」\n—— 一\n已保存：" + saved + "\n[1] 下一页  [2] 复制\n[3] 分享  [4] 网页\n"},
		{"nothing is overwritten, buttons by number", []string{"GDP", "1", "2", "3", "4", "5"},
			"GDP\n「引文」\n—— 一\n已保存：" + filepath.Join(dir, "a-2.xlsx") + "\n[1] 下一页  [2] 复制\n[3] 分享  [4] 网页\n按了p2\n复制：引文\n分享：GDP\nhttps://example.com\n" +
				"5\n「引文」\n—— 一\n已保存：" + filepath.Join(dir, "a-3.xlsx") + "\n[1] 下一页  [2] 复制\n[3] 分享  [4] 网页\n"},
		{"commands", []string{"/find 口袋公园", "/find：口袋公园", "", "/help"}, "find|口袋公园\nfind|口袋公园\nhelp|\n"},
		{"leaving", []string{"/quit", "/help"}, ""},
		{"a file", []string{"/file " + file}, "r.txt=正文\n"},
		{"a panic", []string{"panic", "/help"}, dispatch.TextsOf("").Apology + "\nhelp|\n"},
	} {
		got, _ := talk(t, h, Options{Dir: dir}, tt.lines...)
		if got != tt.want {
			t.Errorf("%s:\n%s\nwant:\n%s", tt.name, got, tt.want)
		}
	}
	if _, errs := talk(t, h, Options{Dir: dir}, "x", "/file /does/not/exist"); !strings.Contains(errs, "正在找") || !strings.Contains(errs, "打不开文件") {
		t.Errorf("standard error: %q", errs)
	}
	if entries, err := os.ReadDir(filepath.Dir(dir)); err == nil {
		for _, e := range entries {
			if e.Name() == "a.xlsx" {
				t.Error("a file left its folder")
			}
		}
	}
}

// People write as they do in a group, where the bot must be named.
func TestConsoleNames(t *testing.T) {
	h := answering(func(m chat.Message) chat.Reply {
		return para(fmt.Sprintf("%s|%s|%s", m.Command, m.Args, m.Text))
	})
	for _, tt := range []struct{ line, want string }{
		{"/help@jinwen_bot", "help||/help\n"},
		{"/find@Jinwen_Bot 口袋公园", "find|口袋公园|/find 口袋公园\n"},
		{"/find@anybody：口袋公园", "find|口袋公园|/find：口袋公园\n"},
		{"@jinwen_bot /find 口袋公园", "find|口袋公园|/find 口袋公园\n"},
		{"/find@jinwen_bot天津港", "||/find天津港\n"}, // as "/find天津港"
		{"/quit@jinwen_bot", ""},
		{"@jinwen_bot 口袋公园", "||口袋公园\n"},
		{"@jinwen_bot，口袋公园", "||口袋公园\n"},
		{"@jinwen_bot口袋公园", "||口袋公园\n"},
		{"口袋公园 @Jinwen_Bot", "||口袋公园\n"},
		{"@jinwen_bot", "||\n"},
		{"x@robot.cn 公园", "||x@robot.cn 公园\n"},
		{"@tianjin 口袋公园", "||@tianjin 口袋公园\n"}, // a person's name is part of the text
	} {
		if got, _ := talk(t, h, Options{}, tt.line); got != tt.want {
			t.Errorf("%s = %q, want %q", tt.line, got, tt.want)
		}
	}
}

// A line without end took all memory.
func TestConsoleLongLine(t *testing.T) {
	h := answering(func(m chat.Message) chat.Reply { return para(fmt.Sprint(len(m.Text))) })
	out, _ := talk(t, h, Options{}, "\ufeffGDP", strings.Repeat("x", 3*MaxLine), "口袋公园")
	if want := fmt.Sprintf("3\n%d\n12\n", MaxLine); out != want {
		t.Errorf("answers %q, want %q", out, want)
	}
}

func TestConsoleEndsWithContext(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- New(echo, Options{In: r, Out: io.Discard, Err: io.Discard}).Run(ctx) }()
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Fatal("Run does not end")
	}
}

func TestConsoleColours(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	blocks := []chat.Block{{Kind: chat.Answer, Text: "4.5%"}, {Kind: chat.Quote, Text: "a\nb"}}
	c := New(echo, Options{In: strings.NewReader(""), Out: io.Discard, Terminal: true})
	if got, want := c.paintAll(blocks), "\x1b[1m4.5%\x1b[0m\n\x1b[33m│ \x1b[0ma\n\x1b[33m│ \x1b[0mb"; got != want {
		t.Errorf("on a terminal %q, want %q", got, want)
	}
	t.Setenv("NO_COLOR", "1")
	c = New(echo, Options{In: strings.NewReader(""), Out: io.Discard, Terminal: true})
	if got := c.paintAll(blocks); strings.Contains(got, "\x1b") {
		t.Errorf("with NO_COLOR %q", got)
	}
}
