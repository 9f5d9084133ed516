package telegram

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/time/rate"
)

// TestDefaults: what holds where nothing is set is what the options say, and what
// is set stays.
func TestDefaults(t *testing.T) {
	want := Limits{Second: time.Second, Overall: 30, Chat: 1, Burst: 3, Group: 20, Poll: 50 * time.Second, Request: 30 * time.Second, GiveUp: 24 * time.Hour}
	o := Options{}.withDefaults()
	if d := cmp.Diff(want, o.Limits); d != "" {
		t.Errorf("limits (-want +got):\n%s", d)
	}
	if got, want := fmt.Sprint(o.HandleTime, o.StopTime, o.Parallel, o.Queue, o.PerUser, o.MaxFile, o.Logger != nil, o.Seen != nil), "1m0s 20s 16 1000 10 20971520 true true"; got != want {
		t.Errorf("options %s, want %s", got, want)
	}
	set := Options{HandleTime: 1, StopTime: 2, Parallel: 3, Queue: 4, PerUser: 5, MaxFile: 6, Limits: Limits{7, 8, 9, 10, 11, 12, 13, 14}}
	o = set.withDefaults()
	if d := cmp.Diff(set.Limits, o.Limits); d != "" || fmt.Sprint(o.HandleTime, o.StopTime, o.Parallel, o.Queue, o.PerUser, o.MaxFile) != "1ns 2ns 3 4 5 6" {
		t.Errorf("what was set is %+v (-want +got):\n%s", o, d)
	}
}

// TestWindow: burst and refill together let no more through than the limit in
// any stretch, and no less over time.
func TestWindow(t *testing.T) {
	l := Limits{Second: time.Second}
	for _, tt := range []struct {
		n, burst int
		seconds  float64
		limit    rate.Limit
		at       int
	}{{30, 3, 1, 27, 3}, {30, 0, 1, 29, 1}, {20, 10, 60, 10.0 / 60, 10}, {1, 1, 1, 1, 1}, {2, 1, 1, 1, 1}, {3, 1, 1, 2, 1}, {5, 9, 1, 1, 9}} {
		w := l.window(tt.n, tt.burst, tt.seconds)
		if w.Limit() != tt.limit || w.Burst() != tt.at {
			t.Errorf("window(%d, %d, %v): %v a second, %d at once, want %v, %d", tt.n, tt.burst, tt.seconds, w.Limit(), w.Burst(), tt.limit, tt.at)
		}
	}
	p := newPacer(Options{}.withDefaults().Limits, nil)
	if got := fmt.Sprint(p.overall.Limit(), p.overall.Burst(), p.bulk.Limit(), p.bulk.Burst(), p.part.Limit(), p.part.Burst()); got != "27 3 14 1 29 1" {
		t.Errorf("the paces of all: %s", got)
	}
	person, group := p.enter(5), p.enter(-5)
	if person.minute != nil || group.minute == nil || group.minute.Burst() != 10 || person.second.Limit() != 1 || person.second.Burst() != 3 {
		t.Errorf("the paces of a person %+v and a group %+v", person, group)
	}
	if got := every(rate.NewLimiter(4, 1)); got != 250*time.Millisecond {
		t.Errorf("four a second are one every %v", got)
	}
}

// TestSweep: a chat's pace is forgotten once it rests, and not while somebody
// waits for it or it must wait itself.
func TestSweep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := testScheduler(t)
		s.leave(s.enter(1))
		used := s.enter(2)
		s.pause(3, 3*idle*time.Second)
		known := func(want string) {
			t.Helper()
			got := ""
			for id := range int64(6) {
				if s.paces[id] != nil {
					got += fmt.Sprint(id)
				}
			}
			if got != want {
				t.Errorf("known are %s, want %s", got, want)
			}
		}
		time.Sleep(idle*time.Second - time.Second)
		s.leave(s.enter(4)) // too early to look
		known("1234")
		time.Sleep(2 * time.Second)
		s.leave(s.enter(5)) // 4 was used a moment ago
		known("2345")
		s.leave(used)
		time.Sleep(3 * idle * time.Second)
		s.leave(s.enter(5))
		known("5")
	})
}

// TestPause: a chat waits as long as it was told to, the longest counts, and
// once the bot is meant all do.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := testScheduler(t)
		began := time.Now()
		waits := func(chat int64) time.Duration {
			p := s.enter(chat)
			defer s.leave(p)
			from := time.Now()
			if err := s.pass(t.Context(), p); err != nil {
				t.Error(err)
			}
			return time.Since(from)
		}
		s.pause(1, 10*time.Second)
		s.pause(1, 4*time.Second)
		if d := waits(2); d != 0 {
			t.Errorf("another chat waits %v", d)
		}
		if d := waits(1); d != 10*time.Second {
			t.Errorf("the chat waits %v, want the longer time", d)
		}
		time.Sleep(time.Minute)
		s.pause(1, 5*time.Second)
		time.Sleep(botWithin * time.Second / 2)
		s.pause(2, 30*time.Second)
		time.Sleep(botWithin * time.Second / 2)
		if got := s.pause(3, 7*time.Second); got != "bot" { // the first was told just so long ago
			t.Errorf("held: %s", got)
		}
		if d := waits(9); d != 29*time.Second {
			t.Errorf("all wait %v, want as long as any was told", d)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		s.pause(1, time.Hour)
		p := s.enter(1)
		if err := s.pass(ctx, p); err == nil {
			t.Error("who gives up waits on")
		}
		s.leave(p)
		if time.Since(began) > time.Hour {
			t.Errorf("it took %v", time.Since(began))
		}
	})
}

// TestBulk: a broadcast takes its turn after a while even if answers wait, and
// its place once.
func TestBulk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := testScheduler(t)
		s.answers.Store(1)
		began := time.Now()
		ctx, err := s.waitBulk(t.Context())
		if took := time.Since(began); err != nil || took < bulkPatience*time.Second || took > (bulkPatience+1)*time.Second {
			t.Errorf("waited %v, %v, want %d s", took, err, bulkPatience)
		}
		if !spend(ctx) || spend(ctx) || spend(t.Context()) {
			t.Error("the place is taken twice, or by who has none")
		}
		s.answers.Store(0)
		time.Sleep(time.Second)
		began = time.Now()
		if _, err := s.waitBulk(t.Context()); err != nil || time.Since(began) > 0 {
			t.Errorf("with nobody waiting: %v, %v", time.Since(began), err)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.waitBulk(ended); err == nil {
			t.Error("a broadcast that ended goes on")
		}
	})
}

// TestMoves: a chat is found under the id that it has by now, over a few moves,
// and never in a circle.
func TestMoves(t *testing.T) {
	s := testScheduler(t)
	for from := range int64(6) {
		s.migrate(from+1, from+2)
	}
	s.migrate(50, 50)
	s.migrate(60, 0)
	for chat, want := range map[int64]int64{1: 5, 3: 7, 6: 7, 7: 7, 50: 50, 60: 60, 99: 99} {
		if got := s.currentID(chat); got != want {
			t.Errorf("%d is %d by now, want %d", chat, got, want)
		}
	}
	s.block(5)
	if !s.isBlocked(5) || s.isBlocked(6) {
		t.Error("which chat is blocked")
	}
	s.unblock(5)
	s.unblock(6)
	if s.isBlocked(5) || s.isBlocked(6) {
		t.Error("a chat stays blocked")
	}
	for _, d := range []time.Duration{0, 9, time.Second, time.Hour} {
		for range 100 {
			if j := jitter(d); j < d || j > d+d/10 {
				t.Fatalf("jitter(%v) = %v", d, j)
			}
		}
	}
}
