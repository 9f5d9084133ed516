package store_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"jinwen/handlers"
	"jinwen/handlers/questions"
	"jinwen/handlers/store"
	"jinwen/index"
)

// Two machines share their questions: each counts all of them, also what was
// asked while the state was away; nothing is counted twice.
func TestQuestionsShared(t *testing.T) {
	f := newFlaky()
	machine := func(dir string) (*questions.Log, func()) {
		l := questions.Open(dir, questions.Options{Location: time.UTC, Shared: store.Lines{Engine: f}})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { l.Ship(ctx); close(done) }()
		return l, func() { cancel(); <-done; l.Close() }
	}
	now := time.Now()
	ask := func(l *questions.Log, n int) {
		for i := range n {
			l.Record(handlers.Event{Time: now, User: fmt.Sprint(i % 7), Question: "口袋公园", Status: index.Answered})
		}
	}
	count := func(l *questions.Log) int {
		t.Helper()
		s, err := l.Stats(now.Add(-time.Hour), now.Add(time.Hour))
		if err != nil {
			t.Error(err)
		}
		return s.Questions
	}
	dirA, dirB := t.TempDir(), t.TempDir()
	a, endA := machine(dirA)
	b, endB := machine(dirB)
	saltA, err1 := a.Salt(now)
	saltB, err2 := b.Salt(now)
	if err1 != nil || err2 != nil || !bytes.Equal(saltA, saltB) || len(saltA) < 16 {
		t.Errorf("salts %x, %x, %v, %v; want the same", saltA, saltB, err1, err2)
	}
	ask(a, 1200)
	ask(b, 30)
	f.fail(store.ErrAway)
	ask(a, 5)
	if got := count(b); got != 30 {
		t.Errorf("while the others are not reached %d are counted, want its own 30", got)
	}
	endA() // in the middle of it, with lines that wait
	f.fail(nil)
	a, endA = machine(dirA)
	ask(a, 1)
	endA()
	endB()
	a, endA = machine(dirA) // ships nothing again
	endA()
	for _, l := range []*questions.Log{a, b} {
		if got := count(l); got != 1236 {
			t.Errorf("%d are counted, want 1236", got)
		}
	}
}

// Lines that are too old go, and the oldest days while there is too much.
func TestQuestionsTrimmed(t *testing.T) {
	lines := store.Lines{Engine: store.NewMemory(nil).Engine()}
	today := time.Now().UTC()
	for i := range 40 {
		day := today.AddDate(0, 0, -i).Format(time.DateOnly)
		if err := lines.Put(map[string][]byte{day + "/m/0001/000000000000": make([]byte, 1<<20)}); err != nil {
			t.Fatal(err)
		}
	}
	l := questions.Open(t.TempDir(), questions.Options{Location: time.UTC, Days: 30, Bytes: 10 << 20, Shared: lines})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { l.Ship(ctx); close(done) }()
	left := func() (n int) {
		lines.Scan("", func(string, []byte) bool { n++; return true })
		return n
	}
	for end := time.Now().Add(2 * time.Minute); left() > 10 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	cancel()
	<-done
	if n := left(); n != 10 {
		t.Errorf("%d days are left, want 10", n)
	}
}

// However many questions two machines have been asked in a day, what they share
// stays within its bound and an eighth for each; the last are there.
func TestQuestionsBound(t *testing.T) {
	const most = 80_000
	lines := store.Lines{Engine: store.NewMemory(nil).Engine()}
	size := func() (n int64) {
		lines.Scan("", func(_ string, line []byte) bool { n += int64(len(line)); return true })
		return n
	}
	now := time.Now().UTC().AddDate(0, 0, -1).Truncate(24 * time.Hour).Add(time.Hour)
	dirs := []string{t.TempDir(), t.TempDir()}
	for i := range 40 {
		l := questions.Open(dirs[i%2], questions.Options{Location: time.UTC, Bytes: most, Shared: lines})
		for range 50 {
			now = now.Add(time.Second)
			l.Record(handlers.Event{Time: now, User: "u", Question: "口袋公园", Status: index.Answered})
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		l.Ship(ctx) // ships, and trims as it begins
		l.Close()
		if got := size(); got > most+2*most/8 {
			t.Fatalf("%d bytes are shared, want %d at most", got, most)
		}
	}
	if got := size(); got < most/2 {
		t.Errorf("%d bytes are shared, want nearly %d", got, most)
	}
	l := questions.Open(t.TempDir(), questions.Options{Location: time.UTC, Shared: lines})
	if s, err := l.Stats(now.Add(-90*time.Second), now.Add(time.Second)); err != nil || s.Questions != 91 {
		t.Errorf("%d of the last 91 questions are there, %v", s.Questions, err)
	}
}
