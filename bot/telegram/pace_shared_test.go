package telegram

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// memoryPace is what processes share, until it is away.
type memoryPace struct {
	mu    sync.Mutex
	at    map[string]time.Time
	away  bool
	other int // processes
}

var errAway = errors.New("away")

func (p *memoryPace) move(name string, every, ahead time.Duration, always bool) (wait time.Duration, ok bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.away {
		return 0, false, errAway
	}
	now, at := time.Now(), p.at[name]
	if at.Before(now) {
		at = now
	}
	wait = max(0, at.Sub(now)-ahead)
	if ok = always || wait == 0; ok {
		p.at[name] = at.Add(every)
	}
	return wait, ok, nil
}

func (p *memoryPace) Take(_ context.Context, name string, every time.Duration, burst int) (time.Duration, error) {
	wait, _, err := p.move(name, every, time.Duration(burst-1)*every, true)
	return wait, err
}

func (p *memoryPace) Try(_ context.Context, name string, every time.Duration, burst int) (bool, error) {
	_, ok, err := p.move(name, every, time.Duration(burst-1)*every, false)
	return ok, err
}

func (p *memoryPace) Hold(_ context.Context, name string, every time.Duration, burst int, d time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at[name] = time.Now().Add(d + time.Duration(burst-1)*every)
	return nil
}

func (p *memoryPace) Processes() int { return 1 + p.other }

// sentBy has each of several processes send many messages, one to each of
// chats, and returns when they went out.
func sentBy(t *testing.T, n int, chats func(process, i int) int64, processes ...*scheduler) []time.Time {
	t.Helper()
	var mu sync.Mutex
	var sent []time.Time
	var wg sync.WaitGroup
	for p, s := range processes {
		for i := range n {
			wg.Go(func() {
				s.sendTo(t.Context(), chats(p, i), func(context.Context, int64) error {
					mu.Lock()
					defer mu.Unlock()
					sent = append(sent, time.Now())
					return nil
				})
			})
		}
	}
	wg.Wait()
	return sent
}

// Three processes send: together they keep the limits of the bot, of a chat and
// of a group, and nearly reach that of the bot.
func TestPaceTogether(t *testing.T) {
	for _, tt := range []struct {
		name  string
		chats func(process, i int) int64
		span  time.Duration
		most  int
		least time.Duration // that all may take
	}{
		{"all chats", func(p, i int) int64 { return int64(1000*p + i + 1) }, time.Second, 30, 10 * time.Second},
		{"one chat", func(int, int) int64 { return 7 }, 60 * time.Second, 63, 290 * time.Second},
		{"a group", func(int, int) int64 { return -7 }, 60 * time.Second, 20, 28 * time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shared := &memoryPace{at: make(map[string]time.Time)}
				began := time.Now()
				sent := sentBy(t, 100, tt.chats, pacedScheduler(t, shared), pacedScheduler(t, shared), pacedScheduler(t, shared))
				if n := most(sent, tt.span); n > tt.most {
					t.Errorf("%d messages within %v, want %d at most", n, tt.span, tt.most)
				}
				if took := time.Since(began); took < tt.least || took > tt.least*3/2 {
					t.Errorf("300 messages took %v, want %v or little more", took, tt.least)
				}
			})
		})
	}
}

// What Telegram tells one process all keep: of a chat, and of the bot.
func TestPaceHeldTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shared := &memoryPace{at: make(map[string]time.Time)}
		a, b := pacedScheduler(t, shared), pacedScheduler(t, shared)
		told := func(chat int64) {
			first := true
			a.sendTo(t.Context(), chat, func(context.Context, int64) error {
				if first {
					first = false
					return &apiError{code: 429, retryAfter: 20}
				}
				return nil
			})
		}
		waits := func(chat int64) time.Duration {
			began := time.Now()
			b.sendTo(t.Context(), chat, func(context.Context, int64) error { return nil })
			return time.Since(began)
		}
		go told(1)
		synctest.Wait()
		if d := waits(2); d > time.Second {
			t.Errorf("another chat waits %v for one that was told to", d)
		}
		if d := waits(1); d < 18*time.Second {
			t.Errorf("the other process waits %v, want 20 s", d)
		}
		time.Sleep(time.Minute)
		for chat := range int64(3) {
			go told(10 + chat)
		}
		synctest.Wait()
		if d := waits(20); d < 18*time.Second {
			t.Errorf("after the bot was told the other process waits %v, want 20 s", d)
		}
		time.Sleep(time.Minute)
	})
}

// While the others are not reached each of two processes keeps to its half.
func TestPaceAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shared := &memoryPace{at: make(map[string]time.Time), away: true, other: 1}
		sent := sentBy(t, 100, func(p, i int) int64 { return int64(1000*p + i + 1) }, pacedScheduler(t, shared), pacedScheduler(t, shared))
		if n := most(sent, time.Second); n > 30 {
			t.Errorf("%d messages within a second, want 30 at most", n)
		}
	})
}
