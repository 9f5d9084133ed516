package cli

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"jinwen/bot/bottest"
)

// TestServe runs the program as a whole on a fake Telegram: a question, a
// report imported by another process, questions to the new one, a stop.
func TestServe(t *testing.T) {
	s := bottest.NewServer(t)
	report, err := filepath.Abs("testdata/qingxi.txt")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	ann := s.User("Ann", "zh-hans")
	boss := s.User("Boss", "zh-hans")
	addr := freeAddr(t)
	t.Setenv("TELEGRAM_BOT_TOKEN", s.Token)
	t.Setenv("JINWEN_TELEGRAM_API_ENDPOINT", s.Endpoint())
	t.Setenv("JINWEN_ADMINS", strconv.FormatInt(boss.ID, 10))
	t.Setenv("JINWEN_LISTEN", addr)

	ctx, cancel := context.WithCancel(t.Context())
	var logs lockedBuffer
	done := make(chan int, 1)
	go func() { done <- Main(ctx, nil, strings.NewReader(""), io.Discard, &logs) }()
	stop := sync.OnceValue(func() int { cancel(); return <-done })
	defer stop()

	s.Text(ann.Private(), ann, "口袋公园")
	if m := s.Next(ann.Private()); !strings.Contains(m.Text, "56个") {
		t.Errorf("口袋公园 = %q, want the quote of the report that ships", m.Text)
	}
	if out, code := command(t, "check", "--health"); code != exitFine {
		t.Errorf("check --health of a running bot: exit %d: %s", code, out)
	}
	if out, code := command(t, "check"); code != exitFine || !strings.Contains(out, "ok    telegram     @"+s.Name) {
		t.Errorf("check: exit %d:\n%s", code, out)
	}

	// A second bot on the same data would answer everything twice.
	if out, code := command(t); code != exitFailed || !strings.Contains(out, "data is in use: another Jinwen runs on this data folder") {
		t.Errorf("second bot: exit %d: %s", code, out)
	}

	// Another process activates a text: the bot answers from it.
	if out, code := command(t, "import", report, "--activate"); code != exitFine {
		t.Fatalf("import: exit %d: %s", code, out)
	}
	found := false
	for range 100 { // until it has been noticed
		s.Text(ann.Private(), ann, "新建口袋公园")
		if m := s.Next(ann.Private()); strings.Contains(m.Text, "新建口袋公园15个") {
			found = true
			break
		}
	}
	if !found {
		t.Error("the bot does not answer from the version that another process activated")
	}

	// What the shell can do, the admin can in the chat.
	s.Text(boss.Private(), boss, "/versions")
	if m := s.Next(boss.Private()); !strings.Contains(m.Text, "青溪市") {
		t.Errorf("/versions = %q, want the imported one in it", m.Text)
	}
	if code := stop(); code != exitFine {
		t.Errorf("stopped with exit %d", code)
	}
	if out, code := command(t, "stats", "--json"); code != exitFine || !strings.Contains(out, `"users":1`) {
		t.Errorf("stats: exit %d: %s", code, out)
	}
	for _, r := range s.Rejected() {
		t.Errorf("%s was rejected: %s", r.Method, r.Error)
	}
	_, secret, _ := strings.Cut(s.Token, ":")
	if strings.Contains(logs.String(), secret) {
		t.Error("the token is in the log")
	}
	if !strings.Contains(logs.String(), "telegram started") {
		t.Errorf("a running bot logs nothing:\n%s", logs.String())
	}
	filepath.WalkDir("data", func(path string, d os.DirEntry, err error) error {
		if info, err := d.Info(); err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v: others can read it", path, info.Mode())
		}
		return nil
	})
}

// TestServeBadToken: the bot says what to do, and ends.
func TestServeBadToken(t *testing.T) {
	s := bottest.NewServer(t)
	t.Chdir(t.TempDir())
	t.Setenv("TELEGRAM_BOT_TOKEN", "1:wrongwrongwrong")
	t.Setenv("JINWEN_TELEGRAM_API_ENDPOINT", s.Endpoint())
	out, code := command(t)
	last := out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:]
	if code != exitFailed || !strings.HasPrefix(last, "jinwen: telegram: token is refused: ") || strings.Contains(out, "wrongwrong") {
		t.Errorf("exit %d: %s", code, out)
	}
	if out, code := command(t, "check"); code != exitFailed || !strings.Contains(out, "FAIL  telegram") || !strings.Contains(out, "@BotFather") {
		t.Errorf("check: exit %d:\n%s", code, out)
	}
}

// A folder that cannot be watched: the log says which, why, and what to do,
// and the bot answers all the same.
func TestServeWatchDir(t *testing.T) {
	for _, tt := range []struct{ name, dir, want string }{
		{"a file", "file", `level=ERROR msg="watched folder is not watched" watch_dir=file err="inbox: mkdir file: not a directory" hint="give the bot a folder`},
		{"not there", "new", `level=WARN msg="watched folder was not there: it is made now" watch_dir=new`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := bottest.NewServer(t)
			t.Chdir(t.TempDir())
			if err := os.WriteFile("file", nil, 0o600); err != nil {
				t.Fatal(err)
			}
			t.Setenv("TELEGRAM_BOT_TOKEN", s.Token)
			t.Setenv("JINWEN_TELEGRAM_API_ENDPOINT", s.Endpoint())
			t.Setenv("JINWEN_WATCH_DIR", tt.dir)
			ctx, cancel := context.WithCancel(t.Context())
			var logs lockedBuffer
			done := make(chan int, 1)
			go func() { done <- Main(ctx, nil, strings.NewReader(""), io.Discard, &logs) }()
			ann := s.User("Ann", "zh-hans")
			for i := 0; i == 0 || i < 100 && !strings.Contains(logs.String(), tt.want); i++ { // until it is in the log
				s.Text(ann.Private(), ann, "口袋公园")
				s.Next(ann.Private())
			}
			if !strings.Contains(logs.String(), tt.want) {
				t.Errorf("the log is\n%s\nwant in it %s", logs.String(), tt.want)
			}
			cancel()
			if code := <-done; code != exitFine {
				t.Errorf("exit %d", code)
			}
		})
	}
}

// command runs a command to its end and returns all that it printed.
func command(t *testing.T, args ...string) (string, int) {
	t.Helper()
	var out lockedBuffer
	code := Main(t.Context(), args, strings.NewReader(""), &out, &out)
	return out.String(), code
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
