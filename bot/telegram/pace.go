package telegram

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"jinwen/bot/dispatch"
)

// The numbers of the pacer; seconds are those of Limits.
const (
	// bulkShare is the part of the overall pace that broadcasts may use: a half,
	// so that a notice to thousands leaves room for answers.
	bulkShare = 2
	// bulkPatience is after how many seconds a broadcast's message takes its
	// turn among answers, which go before it otherwise.
	bulkPatience = 10
	// idle is after how many seconds without a message a chat's pace is
	// forgotten: by then all its limits are as new.
	idle = 120
	// maxPaces is how many chats' paces are known at once; beyond it those that
	// nobody waits for are forgotten early, which costs a burst at most.
	maxPaces = 20_000
	// So many chats that are told to wait within so many seconds mean that the
	// bot is, and not they: what Telegram says of one chat and of the whole bot
	// looks the same.
	botChats  = 3
	botWithin = 2
)

// pacer decides when a message may go out. Safe for concurrent use.
//
// A token bucket of burst b that refills at r a second lets b+r through in its
// first second. So that no stretch sees more than the limit, burst and refill
// share it: half and half in a group, where people ask in bursts, and a tenth
// for the burst overall, where the pace counts.
type pacer struct {
	limits  Limits
	shared  dispatch.Pace // nil: there are no other processes
	part    *rate.Limiter // this process's part of the overall pace while others are not reached
	overall *rate.Limiter
	bulk    *rate.Limiter
	answers atomic.Int64 // that wait for the overall pace

	mu    sync.Mutex
	paces map[int64]*pace
	swept time.Time
	until time.Time      // nothing goes out before; from retry_after
	tolds [botChats]told // the last, one each
}

// told is a chat that was told to wait.
type told struct {
	chat      int64
	at, until time.Time
}

// pace limits the messages to one chat.
type pace struct {
	turn   chan struct{} // held while a reply's messages go out, so that they stay together
	second *rate.Limiter
	minute *rate.Limiter // nil but for groups
	until  time.Time     // not before; from retry_after
	users  int
	used   time.Time
}

func newPacer(l Limits, shared dispatch.Pace) *pacer {
	return &pacer{
		limits:  l,
		shared:  shared,
		part:    l.window(l.Overall, 1, 1),
		overall: l.window(l.Overall, l.Overall/10, 1),
		bulk:    l.window(l.Overall/bulkShare, 1, 1),
		paces:   make(map[int64]*pace),
	}
}

// window lets at most n through in any stretch of so many seconds, burst of
// them at once.
func (l Limits) window(n, burst int, seconds float64) *rate.Limiter {
	burst = max(burst, 1)
	refill := float64(max(n-burst, 1)) / seconds
	return rate.NewLimiter(rate.Limit(refill/l.Second.Seconds()), burst)
}

// enter gives the pace of a chat; leave must follow.
func (s *pacer) enter(chat int64) *pace {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if now.Sub(s.swept) > s.limits.seconds(idle) {
		s.sweep(now, s.limits.seconds(idle))
	}
	p := s.paces[chat]
	if p == nil {
		if len(s.paces) >= maxPaces {
			s.sweep(now, 0)
		}
		p = &pace{turn: make(chan struct{}, 1),
			second: rate.NewLimiter(rate.Limit(float64(s.limits.Chat)/s.limits.Second.Seconds()), s.limits.Burst)}
		if chat < 0 { // groups have negative ids
			p.minute = s.limits.window(s.limits.Group, s.limits.Group/2, 60)
		}
		s.paces[chat] = p
	}
	p.users++
	return p
}

// sweep forgets the paces that were not used for so long.
func (s *pacer) sweep(now time.Time, age time.Duration) {
	s.swept = now
	for id, p := range s.paces {
		if p.users == 0 && now.Sub(p.used) >= age && now.After(p.until) {
			delete(s.paces, id)
		}
	}
}

func (s *pacer) leave(p *pace) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.users--
	p.used = time.Now()
}

// wait waits until one more message may go to the chat.
func (s *pacer) wait(ctx context.Context, chat int64) error {
	p := s.enter(chat)
	defer s.leave(p)
	if err := s.place(ctx, rowOf("second", chat), p.second); err != nil {
		return err
	}
	if p.minute != nil {
		if err := s.place(ctx, rowOf("minute", chat), p.minute); err != nil {
			return err
		}
	}
	if err := s.pass(ctx, p); err != nil {
		return err
	}
	if !spend(ctx) {
		s.answers.Add(1)
		err := s.place(ctx, rowAll, s.overall)
		s.answers.Add(-1)
		if err != nil {
			return err
		}
	}
	return s.pass(ctx, p) // the bot may have been told to wait meanwhile
}

// Rows of the shared Pace: one of all messages, and of each chat one or two.
const rowAll = "all"

func rowOf(what string, chat int64) string { return what + " " + strconv.FormatInt(chat, 10) }

// every returns how often a limiter lets one through.
func every(l *rate.Limiter) time.Duration {
	return time.Duration(float64(time.Second) / float64(l.Limit()))
}

// place waits for a place by a limiter of this process, and then for one that
// no other process takes. While the others are not reached each keeps to its
// part of the overall pace, and to its own of a chat, which is in the hand of
// one process at a time.
func (s *pacer) place(ctx context.Context, row string, l *rate.Limiter) error {
	if err := l.Wait(ctx); err != nil {
		return cause(ctx, err)
	}
	if s.shared == nil {
		return nil
	}
	wait, err := s.shared.Take(ctx, row, every(l), l.Burst())
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil && wait == 0:
		return nil
	case err == nil:
		return sleep(ctx, wait)
	case row != rowAll:
		return nil
	}
	if err := s.ownShare().Wait(ctx); err != nil {
		return cause(ctx, err)
	}
	return nil
}

// room takes a place in the overall pace that no other process takes, if there
// is one now.
func (s *pacer) room(ctx context.Context) bool {
	if s.shared == nil {
		return true
	}
	ok, err := s.shared.Try(ctx, rowAll, every(s.overall), s.overall.Burst())
	if err != nil {
		return s.ownShare().Allow()
	}
	return ok
}

// ownShare returns this process's part of the overall pace.
func (s *pacer) ownShare() *rate.Limiter {
	s.part.SetLimit(s.overall.Limit() / rate.Limit(max(1, s.shared.Processes())))
	return s.part
}

// tell has the other processes wait too, as pause said.
func (s *pacer) tell(ctx context.Context, chat int64, held string, d time.Duration) {
	if s.shared == nil {
		return
	}
	p := s.enter(chat)
	defer s.leave(p)
	row, l := rowOf("second", chat), p.second
	if held == "bot" {
		row, l = rowAll, s.overall
	}
	s.shared.Hold(ctx, row, every(l), l.Burst(), d) // else they are told by Telegram as well
}

// pass waits for as long as the bot, or the chat whose pace is p, was told to.
func (s *pacer) pass(ctx context.Context, p *pace) error {
	for {
		s.mu.Lock()
		until := s.until
		if p != nil && p.until.After(until) {
			until = p.until
		}
		s.mu.Unlock()
		pause := time.Until(until)
		if pause <= 0 {
			return nil
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// waitBulk waits until one more message that nobody waits for may go out. The
// context that it returns is for that message, which has its place in the
// overall pace by then.
func (s *pacer) waitBulk(ctx context.Context) (context.Context, error) {
	if err := s.bulk.Wait(ctx); err != nil {
		return ctx, cause(ctx, err)
	}
	give := time.Now().Add(s.limits.seconds(bulkPatience))
	for {
		if err := s.pass(ctx, nil); err != nil {
			return ctx, err
		}
		if s.answers.Load() == 0 && s.overall.Allow() && s.room(ctx) {
			break
		}
		if time.Now().After(give) {
			if err := s.place(ctx, rowAll, s.overall); err != nil {
				return ctx, err
			}
			break
		}
		if err := sleep(ctx, s.limits.Second/time.Duration(s.limits.Overall)); err != nil {
			return ctx, err
		}
	}
	return context.WithValue(ctx, placeKey{}, new(atomic.Bool)), nil
}

// placeKey is of a place in the overall pace that was waited for already; the
// value says whether it is taken.
type placeKey struct{}

// spend takes the place that ctx holds, if it holds one.
func spend(ctx context.Context) bool {
	taken, ok := ctx.Value(placeKey{}).(*atomic.Bool)
	return ok && !taken.Swap(true)
}

// pause keeps everything from the chat for a while, and from all chats if so
// many were told to wait that the bot must be meant. It returns who is held:
// "chat" or "bot".
func (s *pacer) pause(chat int64, d time.Duration) string {
	p := s.enter(chat)
	defer s.leave(p)
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	until := now.Add(d)
	if until.After(p.until) {
		p.until = until
	}
	at := 0 // the chat's own place, else that of who was told first
	for i, t := range s.tolds {
		if t.chat == chat {
			at = i
			break
		}
		if t.at.Before(s.tolds[at].at) {
			at = i
		}
	}
	s.tolds[at] = told{chat, now, until}
	last := until
	for _, t := range s.tolds {
		if now.Sub(t.at) > s.limits.seconds(botWithin) {
			return "chat"
		}
		if t.until.After(last) {
			last = t.until
		}
	}
	if last.After(s.until) {
		s.until = last
	}
	return "bot"
}
