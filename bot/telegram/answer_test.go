package telegram

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"jinwen/bot/bottest"
	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// TestNothingToSay: what has nothing to show sends nothing, and what has only a
// part of a reply sends that.
func TestNothingToSay(t *testing.T) {
	then := para("然后")
	file := []chat.Attachment{{Name: " ", Data: []byte("x"), Caption: han(1024)}}
	for _, tt := range []struct {
		name  string
		reply chat.Reply
		want  string // of each message
	}{
		{"nothing", chat.Reply{}, ""}, {"an edit of nothing", chat.Reply{Edit: true}, ""}, {"buttons under nothing", chat.Reply{Buttons: [][]chat.Button{{{Text: "x", Data: "x"}}}}, ""},
		{"an edit of buttons where nothing was pressed", chat.Reply{Edit: true, Buttons: [][]chat.Button{{{Text: "x", Data: "x"}}}}, ""},
		{"what follows", chat.Reply{Then: &then}, "然后"}, {"a file", chat.Reply{Files: file}, "file file/1024 [] "}, {"a file with buttons", chat.Reply{Files: file, Buttons: [][]chat.Button{{{Text: "x", Data: "x"}}}}, "file file/1024 [x] "},
		{"a notice", chat.Reply{Notice: "好"}, ""},
	} {
		s := bottest.NewServer(t)
		ann := s.User("Ann", "")
		bot, stop := launch(t, s, answering(func(chat.Message) chat.Reply { return tt.reply }), Options{})
		s.Text(ann.Private(), ann, "x")
		s.Drained()
		got := ""
		for _, m := range s.Said(ann.Private()) {
			if m.File != nil {
				got += fmt.Sprintf("file %s/%d %v ", m.File.Name, bottest.Units(m.Caption), m.Labels())
			} else {
				got += m.Text
			}
		}
		if got != tt.want {
			t.Errorf("%s: said %q, want %q", tt.name, got, tt.want)
		}
		noRejects(t, s)
		if n := metric(t, bot, "jinwen_updates_handled_total"); n != 1 {
			t.Errorf("%s: %v updates are handled", tt.name, n)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	}
}

// TestEditedFiles: when a question is edited the files of its old answer go, and
// the texts are replaced.
func TestEditedFiles(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	start(t, s, answering(func(m chat.Message) chat.Reply {
		if strings.HasPrefix(m.Text, "表") {
			return chat.Reply{Files: []chat.Attachment{{Name: m.Text + ".xlsx", Data: []byte("PK"), Caption: strings.Repeat("长", 1025)}}}
		}
		return para("答：" + m.Text)
	}), Options{})
	q := s.Text(ann.Private(), ann, "表一")
	file, caption := s.Next(ann.Private()), s.Next(ann.Private())
	if file.File == nil || bottest.Units(caption.Text) != 1025 {
		t.Fatalf("said %+v and %+v", file, caption)
	}
	s.Edit(q, "字")
	if m := s.Next(ann.Private()); m.Text != "答：字" {
		t.Errorf("said %q", m.Text)
	}
	s.Drained()
	if !s.Now(file).Deleted || !s.Now(caption).Deleted {
		t.Error("the old file or its words are still there")
	}
	s.Edit(q, "表二")
	s.Drained()
	said := s.Said(ann.Private())
	if m := said[len(said)-2]; m.File == nil || m.File.Name != "表二.xlsx" || m.Deleted {
		t.Errorf("after the third version: %+v", m)
	}
	noRejects(t, s)
}

// TestNoticeLength: a notice has as much of its words as Telegram shows.
func TestNoticeLength(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	start(t, s, answering(func(m chat.Message) chat.Reply {
		if m.Kind == chat.KindButton {
			return chat.Reply{Notice: " " + han(250)}
		}
		return chat.Reply{Blocks: para("x").Blocks, Buttons: [][]chat.Button{{{Text: "go", Data: "go"}}}}
	}), Options{Limits: Limits{Request: quick.Request, Poll: quick.Poll}}) // whole seconds: no early answer
	s.Text(ann.Private(), ann, "x")
	if a := s.CallbackAnswer(s.Press(ann, s.Next(ann.Private()), "go")); a.Text != han(200) || a.Alert {
		t.Errorf("a notice of %d", bottest.Units(a.Text))
	}
	s.Drained()
	noRejects(t, s)
}

// stuckSeen cannot keep what was handled.
type stuckSeen struct{ dispatch.Seen }

func (stuckSeen) Mark(string) error { return errors.New("the disk is full") }

// TestAnsweredIsKnown: what was answered whole is known to be, even if it could
// not be marked.
func TestAnsweredIsKnown(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	j, err := dispatch.OpenJournal(filepath.Join(t.TempDir(), "handling"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	bot := start(t, s, echo, Options{Journal: j, Seen: stuckSeen{dispatch.NewMemorySeen(0)}, Logger: (&lockedBuffer{}).logger()})
	s.Text(ann.Private(), ann, "x")
	s.Next(ann.Private())
	s.Drained()
	found := false
	for id := range 10_000 {
		found = found || j.Answered(idOf(int64(id)))
	}
	if !found {
		t.Error("nothing is known to be answered")
	}
	if n := metric(t, bot, "jinwen_updates_handled_total"); n != 1 {
		t.Errorf("%v updates are handled", n)
	}
}
