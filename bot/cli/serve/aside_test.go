package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/bot/config"
	"jinwen/bot/dispatch"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/store"
)

// TestDeadLettersCommand: what was set aside is listed, shown and given to the
// bot once more.
func TestDeadLettersCommand(t *testing.T) {
	dir := t.TempDir()
	run := func(c DeadLetters) string {
		t.Helper()
		var out bytes.Buffer
		a := &base.App{Out: print.New(&out, func(string) string { return "" }), Err: io.Discard, Flags: &base.Globals{DataDir: dir}, Now: time.Now}
		err := c.Run(a)
		a.Out.Flush()
		if err != nil {
			fmt.Fprintf(&out, "error: %v\n", err)
		}
		return out.String()
	}
	if got := run(DeadLetters{}); got != "No message was set aside.\n" {
		t.Errorf("before any: %s", got)
	}
	if got := run(DeadLetters{JSON: true}); got != "" {
		t.Errorf("before any, as objects: %s", got)
	}
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.Local)
	d := dispatch.OpenDeadLetters(filepath.Join(dir, "dead-letters"), func() time.Time { return at })
	for i, id := range []string{"telegram:1", "telegram:22"} {
		if err := d.Put(dispatch.DeadLetter{ID: id, Time: at.Add(time.Duration(i) * time.Minute), Kind: "text", Reason: dispatch.ReasonCrash, Tries: 3, Update: []byte(`{"text":"公园"}`)}); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff("telegram:1   2026-03-01 12:00:00  text  crash  3 tries\ntelegram:22  2026-03-01 12:01:00  text  crash  3 tries\n", run(DeadLetters{})); d != "" {
		t.Errorf("listed (-want +got):\n%s", d)
	}
	if got := run(DeadLetters{JSON: true}); strings.Count(got, "\n") != 2 || !strings.HasPrefix(got, `{"id":"telegram:1"`) {
		t.Errorf("as objects: %s", got)
	}
	if got := run(DeadLetters{Show: "telegram:22"}); !strings.HasPrefix(got, "{\n  \"id\": \"telegram:22\"") || !strings.Contains(got, "公园") {
		t.Errorf("shown: %s", got)
	}
	if got := run(DeadLetters{Show: "telegram:22", JSON: true}); strings.Count(got, "\n") != 1 || !strings.Contains(got, "公园") {
		t.Errorf("shown as an object: %s", got)
	}
	for _, c := range []DeadLetters{{Show: "telegram:9"}, {Retry: "telegram:9"}} {
		if got := run(c); !strings.HasPrefix(got, "error: telegram:9: no such dead letter") {
			t.Errorf("%+v: %s", c, got)
		}
	}
	if got := run(DeadLetters{Show: "a", Retry: "b"}); got != "error: --show and --retry are two things: give one of them\n" {
		t.Errorf("both: %s", got)
	}
	if got := run(DeadLetters{Retry: "telegram:22"}); got != "telegram:22 is handled once more by the bot that runs, or the next that is started.\n" {
		t.Errorf("retried: %s", got)
	}
	if got := run(DeadLetters{Retry: "all", JSON: true}); got != `{"id":"telegram:1","retry":true}`+"\n" {
		t.Errorf("all retried: %s", got)
	}
	if got := run(DeadLetters{}); got != "No message was set aside.\n" {
		t.Errorf("after that: %s", got)
	}
}

// An outbox is a sender that keeps what it is given.
type outbox struct {
	sent []string
	err  error
}

func (o *outbox) Send(_ context.Context, to chat.Chat, r chat.Reply) error {
	o.sent = append(o.sent, to.ID+" "+r.Plain())
	return o.err
}

// TestTellAdmins: admins hear in their language of what was set aside, and of a
// full disk once an hour; without a way to them nothing is done.
func TestTellAdmins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &base.App{Err: io.Discard, Flags: &base.Globals{DataDir: t.TempDir()}, Environ: []string{"JINWEN_ADMINS=5,6"}}
		if err := a.Configure(); err != nil {
			t.Fatal(err)
		}
		users := store.NewMemory(nil)
		if err := users.SaveSettings("telegram:6", handlers.Settings{Lang: chat.English}); err != nil {
			t.Fatal(err)
		}
		out := &outbox{}
		s := &Service{sender: out, users: users, aside: make(chan dispatch.DeadLetter, 2)}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { s.tellAside(ctx, a); close(done) }()
		l := dispatch.DeadLetter{ID: "telegram:1", Kind: "text", Reason: dispatch.ReasonCrash, Tries: 3}
		s.noteSetAside(l)
		synctest.Wait()
		want := []string{"telegram:5 " + dispatch.Told(l, chat.Hans), "telegram:6 " + dispatch.Told(l, chat.English)}
		if d := cmp.Diff(want, out.sent); d != "" {
			t.Errorf("of a letter (-want +got):\n%s", d)
		}
		out.sent, out.err = nil, errors.New("blocked")
		full := func() { a.Log.Error("write", "err", fmt.Errorf("write: %w", syscall.ENOSPC)) }
		full()
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if want := []string{"telegram:5 " + dispatch.FullDisk(chat.Hans), "telegram:6 " + dispatch.FullDisk(chat.English)}; !cmp.Equal(want, out.sent) {
			t.Errorf("of a full disk: %q", out.sent)
		}
		out.sent = nil
		full()
		time.Sleep(fullAgain - 5*time.Second)
		synctest.Wait()
		if len(out.sent) != 0 {
			t.Errorf("again too early: %q", out.sent)
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		full()
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if len(out.sent) != 2 {
			t.Errorf("an hour later: %q", out.sent)
		}
		cancel()
		<-done
		for range 5 { // nobody reads: it must not wait
			s.noteSetAside(l)
		}
		tellAdmins(t.Context(), a, &Service{}, func(chat.Lang) chat.Reply { t.Error("said to nobody"); return chat.Reply{} })
	})
}

// TestCounting: what becomes of notices is counted; a careful sender asks first
// whether it may.
func TestCounting(t *testing.T) {
	v := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "notices"}, []string{"outcome"})
	for want, err := range map[string]error{"ok": nil, "blocked": fmt.Errorf("x: %w", chat.ErrBlocked), "failed": errors.New("x")} {
		c := counting{&outbox{err: err}, v}
		if got := c.Send(t.Context(), chat.Chat{}, chat.Reply{}); got != err {
			t.Errorf("Send = %v, want %v", got, err)
		}
		var m dto.Metric
		if v.WithLabelValues(want).Write(&m); m.GetCounter().GetValue() != 1 {
			t.Errorf("%s: %v", want, m.GetCounter().GetValue())
		}
	}
	l, out := &oneLease{}, &outbox{}
	c := careful{l, out}
	if err := c.Send(t.Context(), chat.Chat{ID: "1"}, chat.Say("x")); err != nil || len(out.sent) != 1 {
		t.Errorf("while it leads: %v", err)
	}
	l.lost.Store(true)
	if err := c.Send(t.Context(), chat.Chat{ID: "1"}, chat.Say("x")); err == nil || len(out.sent) != 1 {
		t.Error("it tells although another process leads")
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a/b"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, n := range map[string]int{"x": 3, "a/y": 5, "a/b/z": 7} {
		if err := os.WriteFile(filepath.Join(dir, name), make([]byte, n), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("x", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if got := sizeOf(dir); got != 15 {
		t.Errorf("the folder has %d bytes, want 15", got)
	}
	if got := sizeOf(filepath.Join(dir, "none")); got != 0 {
		t.Errorf("a folder that is not there has %d bytes", got)
	}
}

// TestWords: the words of this machine and those of the others become the same:
// a change wins, of two the own; who comes anew takes the others', and keeps its
// own beside them.
func TestWords(t *testing.T) {
	for _, tt := range []struct {
		name               string
		mine, theirs       string // at first
		edit, push         string // what is changed then; "" is nothing
		once, twice, aside string // both after the first step and the second, and what is set aside
	}{
		{"nothing", "", "", "", "", "", "", ""},
		{"mine alone", "m", "", "", "", "m", "m", ""},
		{"theirs alone", "", "t", "", "", "t", "t", ""},
		{"the same", "s", "s", "", "", "s", "s", ""},
		{"both, that differ", "m", "t", "", "", "t", "t", "m"},
		{"changed here", "s", "s", "e", "", "s", "e", ""},
		{"changed there", "s", "s", "", "p", "s", "p", ""},
		{"changed on both", "s", "s", "e", "p", "s", "e", ""},
	} {
		dir := t.TempDir()
		a := &base.App{Cfg: config.Config{DataDir: dir}, Log: slog.New(slog.DiscardHandler)}
		w := &words{path: filepath.Join(dir, "deep", "lexicon.yaml"), engine: store.NewMemory(nil).Engine()}
		file := func(name string) string {
			b, err := os.ReadFile(name)
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			return string(b)
		}
		put := func(mine, theirs string) {
			t.Helper()
			if mine != "" {
				if err := w.write([]byte(mine)); err != nil {
					t.Fatal(err)
				}
			}
			if theirs != "" {
				if err := w.engine.Update(func(tx store.Tx) error { return tx.Put(wordsBucket, wordsKey, []byte(theirs)) }); err != nil {
					t.Fatal(err)
				}
			}
		}
		both := func(want string) {
			t.Helper()
			if err := w.step(a); err != nil {
				t.Fatal(err)
			}
			shared := ""
			w.engine.View(func(tx store.Tx) error { v, err := tx.Get(wordsBucket, wordsKey); shared = string(v); return err })
			if got := file(w.path); got != want || shared != want {
				t.Errorf("%s: here %q, there %q, want %q", tt.name, got, shared, want)
			}
		}
		put(tt.mine, tt.theirs)
		both(tt.once)
		put(tt.edit, tt.push)
		both(tt.twice)
		if got := file(w.path + ".own"); got != tt.aside {
			t.Errorf("%s: set aside is %q, want %q", tt.name, got, tt.aside)
		}
	}
}

// TestLanguageTag: the language of a terminal's messages.
func TestLanguageTag(t *testing.T) {
	for _, tt := range []struct{ all, messages, lang, want string }{
		{"", "", "", ""}, {"", "", "zh_TW.UTF-8", "zh-TW"}, {"", "en_GB", "zh_CN", "en-GB"}, {"C", "en_GB", "zh_CN", ""}, {"POSIX", "", "", ""}, {"", "", "C.UTF-8", ""}, {"zh_CN@pinyin", "", "", "zh-CN"},
	} {
		t.Setenv("LC_ALL", tt.all)
		t.Setenv("LC_MESSAGES", tt.messages)
		t.Setenv("LANG", tt.lang)
		if got := languageTag(); got != tt.want {
			t.Errorf("%+v: %q", tt, got)
		}
	}
}
