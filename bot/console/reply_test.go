package console

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// TestMessage: what is a command, with which words, and what is a text.
func TestMessage(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "r.txt")
	if err := os.WriteFile(file, []byte("正文"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := New(echo, Options{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard, Lang: "en"})
	for _, tt := range []struct{ line, want string }{
		{"公园", "text | 公园"}, {"/", "text | /"}, {"//", "text | //"}, {"/天津", "text | /天津"}, {"/ask天津港", "text | /ask天津港"}, {"/ask.x", "text | /ask.x"},
		{"/ask", "text ask| /ask"}, {"/ASK", "text ask| /ASK"}, {"/aZ_09", "text az_09| /aZ_09"},
		{"/a`b", "text | /a`b"}, {"/a{b", "text | /a{b"}, {"/a@", "text | /a@"}, {"/a[b", "text | /a[b"}, {"/a/b", "text | /a/b"}, {"/a:b", "text | /a:b"},
		{"/az x", "text az|x /az x"}, {"/AZ x", "text az|x /AZ x"}, {"/09 x", "text 09|x /09 x"}, {"/a\tx", "text a|x /a\tx"}, {"/a　x", "text a|x /a　x"}, {"/a：x", "text a|x /a：x"},
		{"/a  ：， x、", "text a|x、 /a  ：， x、"}, {"/a 1 2", "text a|1 2 /a 1 2"},
		{"/file", "text file| /file"}, {"/file " + file, "file |" + file + " "}, {"/file " + dir, "file |" + dir + " "}, {"/files x", "text files|x /files x"},
	} {
		m := c.message(tt.line)
		kind := map[chat.Kind]string{chat.KindText: "text", chat.KindFile: "file"}[m.Kind]
		if got := fmt.Sprintf("%s %s|%s %s", kind, m.Command, m.Args, m.Text); got != tt.want {
			t.Errorf("%q is %q, want %q", tt.line, got, tt.want)
		}
		if (m.File != nil) != (tt.line == "/file "+file) {
			t.Errorf("%q: file %v", tt.line, m.File)
		}
		if m.Lang != "en" || !m.User.Admin || m.Chat.Kind != chat.Console || m.User.ID != m.Chat.ID {
			t.Errorf("%q is from %+v in %+v, language %q", tt.line, m.User, m.Chat, m.Lang)
		}
	}
	if f := c.message("/file " + file).File; f.Name != "r.txt" || f.Size != int64(len("正文")) {
		t.Errorf("the file is %q, %d bytes", f.Name, f.Size)
	}
}

// TestPrint: a reply as it is read, and which buttons its numbers press then.
func TestPrint(t *testing.T) {
	then := chat.Reply{Blocks: []chat.Block{{Kind: chat.Para, Text: "二"}}, Buttons: [][]chat.Button{{{Text: "丙", Data: "c"}}}}
	buttons := chat.Reply{Buttons: [][]chat.Button{{{Text: "甲", Data: "a"}, {Text: "乙", Data: "b"}}, {}}, Then: &then}
	h := answering(func(m chat.Message) chat.Reply {
		switch {
		case m.Kind == chat.KindButton:
			if m.Opener != m.User.ID || m.Text != "" {
				return para(fmt.Sprintf("%q opened by %q", m.Text, m.Opener))
			}
			return para("按了" + m.Data)
		case m.Text == "buttons":
			return buttons
		case m.Text == "other":
			return chat.Reply{Notice: "记下了", Buttons: [][]chat.Button{{{Text: "丁", Data: "d"}}}}
		case m.Text == "english":
			return chat.Reply{Lang: chat.English, Buttons: [][]chat.Button{{{Text: "Copy", Copy: "GDP"}}}}
		case m.Text == "nothing":
			return chat.Reply{}
		}
		return para(m.Text)
	})
	for _, tt := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"what follows a reply", []string{"buttons"}, "[1] 甲  [2] 乙\n二\n[3] 丙\n"},
		{"each number its button", []string{"buttons", "1", "2", "3"}, "[1] 甲  [2] 乙\n二\n[3] 丙\n按了a\n按了b\n按了c\n"},
		{"no such number", []string{"buttons", "0", "4", "-1", "01x"}, "[1] 甲  [2] 乙\n二\n[3] 丙\n0\n4\n-1\n01x\n"},
		{"a number before any button", []string{"1"}, "1\n"},
		{"new buttons take the old one's place", []string{"buttons", "other", "1", "2"}, "[1] 甲  [2] 乙\n二\n[3] 丙\n记下了\n[1] 丁\n按了d\n2\n"},
		{"a reply without buttons leaves them", []string{"other", "x", "1"}, "记下了\n[1] 丁\nx\n按了d\n"},
		{"nothing to say", []string{"nothing"}, ""},
		{"the language of the last reply", []string{"english", "1"}, "[1] Copy\n" + fmt.Sprintf(table.In(chat.English).Copied, "GDP") + "\n"},
		{"nothing between lines", []string{"", "  ", "x", "\x00", ""}, "x\n"},
		{"leaving by another word", []string{"/exit", "x"}, ""},
		{"leaving takes no words", []string{"/quit now", "x"}, "/quit now\nx\n"},
	} {
		if got, errs := talk(t, h, Options{}, tt.lines...); got != tt.want || errs != "" {
			t.Errorf("%s: %q, and %q on standard error; want %q", tt.name, got, errs, tt.want)
		}
	}
}

// TestPaint: on a terminal the parts of a reply look different, with the same
// room between them.
func TestPaint(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	c := New(echo, Options{In: strings.NewReader(""), Out: io.Discard, Terminal: true})
	got := c.paintAll([]chat.Block{{Kind: chat.Title, Text: "题"}, {Kind: chat.Para, Text: "段"}, {Kind: chat.Item, Text: "项"}, {Kind: chat.Item, Text: "二"}, {Kind: chat.Quote, Text: "引"}, {Kind: chat.Place, Text: "处"}, {Kind: chat.Note, Text: "注"}})
	want := "\x1b[1m题\x1b[0m\n\n段\n\n• 项\n• 二\n\x1b[33m│ \x1b[0m引\n\x1b[2m—— 处\x1b[0m\n\n\x1b[2m注\x1b[0m"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestSave: a file keeps its name within the folder, one of its own each time,
// and its words behind it.
func TestSave(t *testing.T) {
	for _, tt := range []struct {
		name  string
		saved []string
	}{
		{"a.xlsx", []string{"a.xlsx", "a-2.xlsx", "a-3.xlsx"}}, {"报告", []string{"报告", "报告-2"}}, {"", []string{"file", "file-2"}}, {".", []string{"file"}}, {"/", []string{"file"}},
		{"..", []string{"file"}}, {"../../b.csv", []string{"b.csv"}}, {"a/b/c.txt", []string{"c.txt"}}, {"a.tar.gz", []string{"a.tar.gz", "a.tar-2.gz"}},
	} {
		dir := t.TempDir()
		for i, want := range tt.saved {
			var out bytes.Buffer
			c := New(echo, Options{In: strings.NewReader(""), Out: &out, Err: io.Discard, Dir: dir})
			data := fmt.Sprint("data ", i)
			c.save(chat.Attachment{Name: tt.name, Data: []byte(data), Caption: "图" + data})
			path := filepath.Join(dir, want)
			if got, err := os.ReadFile(path); err != nil || string(got) != data {
				t.Errorf("%q, time %d: %q, %v, want it in %s", tt.name, i+1, got, err, want)
			}
			if want := fmt.Sprintf(c.text().Saved+"\n", path) + "图" + data + "\n"; out.String() != want {
				t.Errorf("%q, time %d: says %q, want %q", tt.name, i+1, out.String(), want)
			}
		}
		if list, err := os.ReadDir(dir); err != nil || len(list) != len(tt.saved) {
			t.Errorf("%q: %d files, %v", tt.name, len(list), err)
		}
	}
	var out, errs bytes.Buffer
	c := New(echo, Options{In: strings.NewReader(""), Out: &out, Err: &errs, Dir: filepath.Join(t.TempDir(), "none")})
	if c.save(chat.Attachment{Name: "a.xlsx"}); out.Len() > 0 || !strings.Contains(errs.String(), "no such file") {
		t.Errorf("without a folder: %q, and %q on standard error", out.String(), errs.String())
	}
}

// TestTroubles: what goes wrong is said on standard error, an apology where the
// answer would stand, and the talk goes on.
func TestTroubles(t *testing.T) {
	h := chat.HandlerFunc(func(ctx context.Context, m chat.Message, progress func(chat.Reply)) (chat.Reply, error) {
		switch m.Text {
		case "error":
			return chat.Reply{}, errors.New("no index\x1b[31m")
		case "slow":
			progress(chat.Reply{})
			progress(para("还在找"))
			<-ctx.Done()
			return chat.Reply{}, ctx.Err()
		}
		return para(m.Text), nil
	})
	sorry := dispatch.TextsOf("en").Apology + "\n"
	for within, want := range map[time.Duration]time.Duration{0: time.Minute, time.Second: time.Second} {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			out, errs := talk(t, h, Options{Lang: "en", HandleTime: within}, "error", "slow", "x")
			if took := time.Since(began); out != sorry+sorry+"x\n" || took != want {
				t.Errorf("said %q in %v, want that in %v", out, took, want)
			}
			if lines := strings.Split(errs, "\n"); len(lines) != 4 || lines[0] != "jinwen: no index[31m" || lines[1] != "还在找" || !strings.HasPrefix(lines[2], "jinwen: ") {
				t.Errorf("standard error: %q", errs)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	var said, errOut bytes.Buffer
	c := New(answering(func(chat.Message) chat.Reply { cancel(); panic("left") }), Options{In: strings.NewReader("x\ny\n"), Out: &said, Err: &errOut})
	if err := c.Run(ctx); err != nil || said.Len() > 0 || errOut.Len() > 0 {
		t.Errorf("cut off: %v, %q, %q", err, said.String(), errOut.String())
	}
	c = New(echo, Options{In: failing{}, Out: io.Discard, Err: io.Discard})
	if err := c.Run(t.Context()); err == nil || err.Error() != "console: broken pipe of a test" {
		t.Errorf("an input that breaks: %v", err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("broken pipe of a test") }
