package cli

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/handlers/store"
)

// A program is Jinwen in a process of its own, on a fake Telegram, with limits
// that do not slow the test down.
type program struct {
	t    testing.TB
	s    *bottest.Server
	dir  string // working folder, with the data in it
	env  []string
	logs lockedBuffer
	cmd  *exec.Cmd
}

func newProgram(t testing.TB, s *bottest.Server, env ...string) *program {
	return &program{t: t, s: s, dir: t.TempDir(), env: append([]string{
		"TELEGRAM_BOT_TOKEN=" + s.Token, "JINWEN_TELEGRAM_API_ENDPOINT=" + s.Endpoint(),
		"JINWEN_LIMIT_ALL_PER_SECOND=1000", "JINWEN_LIMIT_CHAT_PER_SECOND=1000", "JINWEN_LIMIT_USER_PENDING=1000",
	}, env...)}
}

// command is the program with arguments; TestMain has put it into PATH.
func (p *program) command(args ...string) *exec.Cmd {
	cmd := exec.Command("jinwen", args...)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), p.env...)
	return cmd
}

func (p *program) start() {
	p.t.Helper()
	p.cmd = p.command()
	p.cmd.Stdout, p.cmd.Stderr = io.Discard, &p.logs
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { p.cmd.Process.Kill() }) // in vain once it has ended
}

// kill ends the program without a warning, and waits for the last of what it
// sent to arrive.
func (p *program) kill() {
	p.t.Helper()
	p.cmd.Process.Kill()
	p.cmd.Wait()
	p.s.Quiet()
}

// stop asks the program to end and waits for it. It must end well.
func (p *program) stop() time.Duration {
	p.t.Helper()
	began := time.Now()
	p.cmd.Process.Signal(syscall.SIGTERM)
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("stopped with %v:\n%s", err, p.logs.String())
	}
	return time.Since(began)
}

// state opens what the program keeps on disk; it must not run.
func (p *program) state() *store.Bolt {
	p.t.Helper()
	b, err := store.Open(filepath.Join(p.dir, "data", "state.db"), nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return b
}

// replies counts the answers to each message of the people: only the first
// message of an answer is a reply to it.
func replies(s *bottest.Server, people []bottest.User) map[int64]int {
	m := make(map[int64]int)
	for _, u := range people {
		for _, said := range s.Said(u.Private()) {
			if said.ReplyTo != 0 {
				m[said.ReplyTo]++
			}
		}
	}
	return m
}

// SIGTERM: what is in hand is answered, and not again after the next start.
func TestStoppedProgram(t *testing.T) {
	s := bottest.NewServer(t)
	p := newProgram(t, s, "JINWEN_STOP_TIMEOUT=10s")
	ann := s.User("Ann", "zh-hans")
	sending := make(chan struct{}, 100)
	s.Inject("sendMessage", func(bottest.Request) *bottest.Fault {
		sending <- struct{}{}
		return &bottest.Fault{Delay: 500 * time.Millisecond}
	})
	p.start()
	for range 3 {
		s.Text(ann.Private(), ann, "口袋公园")
	}
	<-sending
	p.stop()
	if n := len(s.Said(ann.Private())); n != 3 || s.Pending() != 0 {
		t.Errorf("%d of 3 answered, %d not confirmed", n, s.Pending())
	}
	s.Inject("sendMessage", nil)
	p.start()
	s.Text(ann.Private(), ann, "地铁")
	s.Drained()
	p.stop()
	if n := len(replies(s, []bottest.User{ann})); n != 4 {
		t.Errorf("%d questions answered, want 4", n)
	}
}

// An answer that takes longer than stop_timeout is cut off, and given after
// the next start.
func TestStopTimeout(t *testing.T) {
	s := bottest.NewServer(t)
	p := newProgram(t, s, "JINWEN_STOP_TIMEOUT=1s")
	ann := s.User("Ann", "zh-hans")
	sending := make(chan struct{}, 100)
	s.Inject("sendMessage", func(bottest.Request) *bottest.Fault {
		sending <- struct{}{}
		return &bottest.Fault{Delay: bottest.Patience}
	})
	p.start()
	s.Text(ann.Private(), ann, "口袋公园")
	<-sending
	if took := p.stop(); took < time.Second || took > 8*time.Second {
		t.Errorf("stopped after %v, want a second or little more", took)
	}
	if s.Pending() != 1 || len(s.Said(ann.Private())) != 0 {
		t.Errorf("%d not confirmed, %d answered; want the question to wait", s.Pending(), len(s.Said(ann.Private())))
	}
	s.Inject("sendMessage", nil)
	p.start()
	s.Drained()
	p.stop()
	if n := len(s.Said(ann.Private())); n != 1 {
		t.Errorf("%d answers after the next start, want 1", n)
	}
}

// A version that goes live while the bot does not run, and a bot that is
// killed while it tells of it: each subscriber is told once.
func TestToldAfterKill(t *testing.T) {
	report, err := filepath.Abs("testdata/qingxi.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := bottest.NewServer(t)
	p := newProgram(t, s)
	var people []bottest.User
	for range 6 {
		people = append(people, s.User("x", "zh-hans"))
	}
	p.start()
	for _, u := range people {
		s.Text(u.Private(), u, "/subscribe")
		s.Next(u.Private())
	}
	s.Drained()
	p.stop()
	if out, err := p.command("import", report, "--activate").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	held := make(chan struct{}, 1)
	s.Inject("sendMessage", func(r bottest.Request) *bottest.Fault {
		if r.Params["chat_id"] == fmt.Sprint(people[3].ID) {
			select {
			case held <- struct{}{}:
			default:
			}
			return &bottest.Fault{Delay: bottest.Patience}
		}
		return nil
	})
	p.start()
	<-held
	p.kill()
	s.Inject("sendMessage", nil)
	p.start()
	for _, u := range people {
		if m := s.Next(u.Private()); !strings.Contains(m.Text, "青溪市") {
			t.Errorf("told %q", m.Text)
		}
	}
	p.stop()
	p.start() // all were told: nothing more comes
	s.Text(people[0].Private(), people[0], "公园")
	s.Drained()
	p.stop()
	for i, u := range people {
		want := 2
		if i == 0 {
			want = 3
		}
		if n := len(s.Said(u.Private())); n != want {
			t.Errorf("%d messages to subscriber %d, want %d", n, i, want)
		}
	}
}

// gauges reads metrics of a running bot by name.
func gauges(t testing.TB, addr string) map[string]float64 {
	t.Helper()
	resp, err := http.Get("http://" + addr + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	m := make(map[string]float64)
	for line := range strings.Lines(string(body)) {
		var name string
		var v float64
		if n, _ := fmt.Sscan(line, &name, &v); n == 2 {
			m[name] = v
		}
	}
	return m
}
