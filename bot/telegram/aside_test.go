package telegram

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jinwen/bot/bottest"
	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// waits is a handler that waits for ever at 等, whatever its context says, until
// free is closed.
func waits(free <-chan struct{}) chat.Handler {
	return chat.HandlerFunc(func(_ context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		if m.Text == "等" {
			<-free
		}
		return para("答：" + m.Text), nil
	})
}

// A message that is never done is set aside after the third time, its chat goes
// on, /readyz says what is stuck; and it is handled once an admin wants it to be.
func TestSetAside(t *testing.T) {
	s := bottest.NewServer(t)
	free := make(chan struct{})
	dead := dispatch.OpenDeadLetters(t.TempDir(), nil)
	heard := make(chan dispatch.DeadLetter, 10)
	journal, err := dispatch.OpenJournal(filepath.Join(t.TempDir(), "handling"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer journal.Close()
	addr := freePort(t)
	bot := start(t, s, waits(free), Options{Dead: dead, Journal: journal, Watch: dispatch.NewWatch(), Health: addr,
		HandleTime: 50 * time.Millisecond, SetAside: func(l dispatch.DeadLetter) { heard <- l }, Logger: new(lockedBuffer).logger()})
	ann := s.User("Ann", "zh-hans")
	s.Text(ann.Private(), ann, "等")
	s.Text(ann.Private(), ann, "地铁")
	if m := s.Next(ann.Private()); !strings.Contains(m.Text, "先搁下了") {
		t.Errorf("the message that is never done is answered %q", m.Text)
	}
	if m := s.Next(ann.Private()); m.Text != "答：地铁" {
		t.Errorf("the chat does not go on: %q", m.Text)
	}
	l := <-heard
	if l.Reason != dispatch.ReasonLate || l.Tries != 3 || l.Kind != "text" || !strings.Contains(string(l.Update), "等") {
		t.Errorf("set aside: %+v", l)
	}
	resp, err := http.Get("http://" + addr + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if resp.StatusCode != 503 || !strings.HasPrefix(string(body), "a worker is stuck: a message is being handled for ") {
		t.Errorf("/readyz = %d %q", resp.StatusCode, body)
	}
	if n := metric(t, bot, "jinwen_dead_letters_total"); n != 1 {
		t.Errorf("%v dead letters counted", n)
	}
	if n := metric(t, bot, "jinwen_handler_timeouts_total"); n != 3 {
		t.Errorf("%v time-outs counted", n)
	}
	close(free)
	if err := dead.Retry(l.ID); err != nil {
		t.Fatal(err)
	}
	if m := s.Next(ann.Private()); m.Text != "答：等" || m.ReplyTo == 0 {
		t.Errorf("the message that is tried once more is answered %q", m.Text)
	}
	s.Until("the letter to be gone", func() bool { left, err := dead.Wanted(); return err == nil && len(left) == 0 })
	noRejects(t, s)
}

// An answer whose first message takes the place of another, as of a sign of
// progress, is not sent again where a crash came before it was marked: not that
// message, and no other in its stead.
func TestEditedAgain(t *testing.T) {
	s := bottest.NewServer(t)
	journal, err := dispatch.OpenJournal(filepath.Join(t.TempDir(), "handling"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer journal.Close()
	bot := start(t, s, echo, Options{Journal: journal})
	ann := s.User("Ann", "")
	s.Text(ann.Private(), ann, "问")
	progress := s.Next(ann.Private())
	reply, next := para("一"), para("二")
	reply.Then = &next
	for _, edit := range [][]int64{{progress.ID}, nil, {progress.ID}} {
		if _, err := bot.post(t.Context(), target{chat: ann.ID, edit: edit, parts: journal.Parts("telegram:9")}, reply); err != nil {
			t.Fatal(err)
		}
	}
	var said []string
	for _, m := range s.Said(ann.Private()) {
		if !m.Deleted {
			said = append(said, m.Text)
		}
	}
	if strings.Join(said, " ") != "一 二" {
		t.Errorf("said %q, want 一 and 二 once each", said)
	}
}

// awayLetters are letters that are not reached for the next so many reads and
// removals.
type awayLetters struct {
	*dispatch.DeadLetters
	reads, removals int
}

func (a *awayLetters) Wanted() ([]dispatch.DeadLetter, error) {
	if a.reads--; a.reads >= 0 {
		return nil, errors.New("away")
	}
	return a.DeadLetters.Wanted()
}

func (a *awayLetters) Over(id string) error {
	if a.removals--; a.removals >= 0 {
		return errors.New("away")
	}
	return a.DeadLetters.Over(id)
}

// A letter that was handled once more while letters could not be removed goes
// when they can; that they are not read is said once.
func TestLettersAway(t *testing.T) {
	dead := &awayLetters{dispatch.OpenDeadLetters(t.TempDir(), nil), 3, 2}
	at := time.Now()
	if err := errors.Join(dead.Put(dispatch.DeadLetter{ID: "telegram:7", Time: at, Update: []byte(`{"update_id":7}`)}), dead.Retry("telegram:7")); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		seen := dispatch.NewMemorySeen(0)
		log := new(lockedBuffer)
		bot, err := New("1:x", echo, Options{Dead: dead, Seen: seen, Logger: log.logger()})
		if err != nil {
			t.Fatal(err)
		}
		seen.Mark("telegram:7/" + strconv.FormatInt(at.Unix(), 36))
		ctx, cancel := context.WithTimeout(t.Context(), 10*reviveEvery)
		defer cancel()
		bot.revive(ctx)
		if left, err := dead.Wanted(); len(left) != 0 || err != nil {
			t.Errorf("%d letters are left, %v", len(left), err)
		}
		if n := strings.Count(log.String(), "dead letters are not read"); n != 1 {
			t.Errorf("it is said %d times that letters are not read", n)
		}
	})
}
