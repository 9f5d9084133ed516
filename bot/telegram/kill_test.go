package telegram

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// The environment of a test binary that is a bot instead of running tests.
const (
	childEndpoint = "JINWEN_BOT_TEST_ENDPOINT"
	childToken    = "JINWEN_BOT_TEST_TOKEN"
	childSeen     = "JINWEN_BOT_TEST_SEEN"
)

// child runs a bot until it is interrupted or killed.
func child() {
	seen, err := openFileSeen(os.Getenv(childSeen))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	journal, err := dispatch.OpenJournal(os.Getenv(childSeen)+".handling", nil)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	bot, err := New(os.Getenv(childToken), fragile, Options{Endpoint: os.Getenv(childEndpoint), Seen: seen,
		Journal: journal, Dead: dispatch.OpenDeadLetters(os.Getenv(childSeen)+".dead", nil),
		Limits: quick, PerUser: 1000, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bot.Run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// fragile is echo that ends the process at one word.
var fragile = answering(func(m chat.Message) chat.Reply {
	if m.Text == "崩" {
		os.Exit(exitFragile)
	}
	return para("答：" + m.Text)
})

const exitFragile = 3

// A message that ends the process is set aside after the third time; the chat
// and the others go on, and nothing else is.
func TestPoison(t *testing.T) {
	s := bottest.NewServer(t)
	path := filepath.Join(t.TempDir(), "seen")
	ann, bob := s.User("Ann", ""), s.User("Bob", "")
	for i := range 20 {
		s.Text(bob.Private(), bob, fmt.Sprint(i))
	}
	s.Text(ann.Private(), ann, "崩")
	s.Text(ann.Private(), ann, "地铁")
	crashes := 0
	for ; ; crashes++ {
		cmd := childOf(t, s, path)
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		var err error
		told := false // once: a second signal would end it before it is done
		for look, over := time.NewTicker(10*time.Millisecond), false; !over; {
			select {
			case err = <-ended:
				over = true
			case <-look.C:
				if !told && s.Pending() == 0 && len(s.Said(ann.Private())) > 1 {
					told = true
					cmd.Process.Signal(os.Interrupt)
				}
			case <-time.After(time.Minute):
				cmd.Process.Kill()
				t.Fatal("after a minute Ann has no answers")
			}
		}
		if err == nil {
			break
		}
		if cmd.ProcessState.ExitCode() != exitFragile || crashes > 5 {
			t.Fatalf("crash %d: %v", crashes, err)
		}
	}
	if crashes != dispatch.MaxTries {
		t.Errorf("%d crashes, want %d", crashes, dispatch.MaxTries)
	}
	var said []string
	for _, m := range s.Said(ann.Private()) {
		said = append(said, m.Text)
	}
	if len(said) != 2 || !strings.Contains(said[0], "could not be handled") && !strings.Contains(said[0], "先搁下了") || said[1] != "答：地铁" {
		t.Errorf("said %q", said)
	}
	left, err := dispatch.OpenDeadLetters(path+".dead", nil).List()
	if err != nil {
		t.Fatal(err)
	}
	// What was on its way to Bob at two crashes is set aside as unsure.
	unsure := 0
	for _, l := range left {
		switch {
		case l.ID == "telegram:5021" && l.Reason == dispatch.ReasonCrash:
		case l.Reason == dispatch.ReasonUnsure:
			unsure++
		default:
			t.Errorf("dead letter %s: %s", l.ID, l.Reason)
		}
	}
	if len(left) != 1+unsure {
		t.Errorf("%d dead letters, %d of them unsure; want one that crashed", len(left), unsure)
	}
	if n := len(s.Said(bob.Private())); n < 20-unsure || n > 20+crashes {
		t.Errorf("%d answers to 20 questions of another person, %d unsure", n, unsure)
	}
}

// childOf starts a bot in a process of its own.
func childOf(t *testing.T, s *bottest.Server, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEndpoint+"="+s.Endpoint(), childToken+"="+s.Token, childSeen+"="+path)
	cmd.Stderr = t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// fileSeen is a Seen in a file, one id a line.
type fileSeen struct {
	mu  sync.Mutex
	f   *os.File
	ids map[string]bool
}

func openFileSeen(path string) (*fileSeen, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	s := &fileSeen{f: f, ids: make(map[string]bool)}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		s.ids[lines.Text()] = true
	}
	return s, lines.Err()
}

func (s *fileSeen) Handled(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ids[id]
}

func (s *fileSeen) Mark(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids[id] = true
	_, err := fmt.Fprintln(s.f, id)
	return err
}

// TestKill kills a bot in a process of its own, again and again.
func TestKill(t *testing.T) {
	s := bottest.NewServer(t)
	path := filepath.Join(t.TempDir(), "seen")
	var people []bottest.User
	for range 30 {
		people = append(people, s.User("x", ""))
	}
	const each = 10
	questions := make(map[int64]int64) // message id to update id
	for i := range each * len(people) {
		u := people[i%len(people)]
		questions[s.Text(u.Private(), u, fmt.Sprint(i)).ID] = 5001 + int64(i)
	}
	run := func() *exec.Cmd { return childOf(t, s, path) }
	count := func() map[int64]int {
		m := make(map[int64]int)
		for _, u := range people {
			for _, said := range s.Said(u.Private()) {
				m[said.ReplyTo]++
			}
		}
		return m
	}
	window := make(map[int64]bool) // answered, but not marked when the kill came
	for i := range 3 {
		cmd := run()
		goal := (i + 1) * len(questions) / 4
		s.Until("some answers", func() bool { return s.Total() >= goal })
		cmd.Process.Kill()
		cmd.Wait()
		s.Quiet()
		seen, err := openFileSeen(path)
		if err != nil {
			t.Fatal(err)
		}
		seen.f.Close()
		for q := range count() {
			if !seen.ids[idOf(questions[q])] {
				window[q] = true
			}
		}
	}
	cmd := run()
	s.Drained()
	cmd.Process.Signal(os.Interrupt)
	if err := cmd.Wait(); err != nil {
		t.Errorf("the last one stopped with %v", err)
	}
	answered := count()
	for q := range questions {
		switch n := answered[q]; {
		case n == 0:
			t.Errorf("question %d is not answered", q)
		case n > 1 && !window[q]:
			t.Errorf("question %d is answered %d times", q, n)
		}
	}
	if len(window) > 3*len(people) { // one reply may be on its way to each chat
		t.Errorf("%d questions in the window of three kills", len(window))
	}
	t.Logf("%d questions, %d in the window of three kills, %s", len(questions), len(window), strings.TrimSpace(fmt.Sprint(s.Total(), " messages")))
}
