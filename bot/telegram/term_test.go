package telegram

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"jinwen/bot/bottest"
	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// rights are a lease that several bots of a test want.
type rights struct {
	mu     sync.Mutex
	holder *share
	free   chan struct{} // gets a value when it is given up
}

// share is the lease as one bot sees it.
type share struct {
	of     *rights
	cancel context.CancelFunc
	lost   bool // another has it; the bot finds out by Check
}

func newRights() *rights {
	r := &rights{free: make(chan struct{}, 1)}
	r.free <- struct{}{}
	return r
}

func (r *rights) lease() *share { return &share{of: r} }

// takeAway takes the lease from its holder, who is not told.
func (r *rights) takeAway() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.holder.lost = true
	r.free <- struct{}{}
}

func (s *share) Hold(ctx context.Context) (context.Context, func(), error) {
	select {
	case <-s.of.free:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	held, cancel := context.WithCancel(ctx)
	s.of.mu.Lock()
	defer s.of.mu.Unlock()
	s.of.holder, s.cancel, s.lost = s, cancel, false
	return held, func() {
		cancel()
		s.of.mu.Lock()
		defer s.of.mu.Unlock()
		if !s.lost {
			s.of.free <- struct{}{}
		}
	}, nil
}

func (s *share) Check(context.Context) error {
	s.of.mu.Lock()
	defer s.of.mu.Unlock()
	if s.lost {
		s.cancel()
		return errors.New("lost")
	}
	return nil
}

func (s *share) Certain() bool { return s.Check(context.Background()) == nil }

// One of two bots polls, the other stands by. When the first is told by its
// lease that the other has taken over, it says nothing more and marks nothing:
// the other answers.
func TestLease(t *testing.T) {
	s := bottest.NewServer(t)
	r := newRights()
	seen := dispatch.NewMemorySeen(0)
	in := make(chan string)
	out := make(chan struct{})
	slow := func(name string) chat.Handler {
		return answering(func(m chat.Message) chat.Reply {
			if m.Text == "slow" {
				in <- name
				<-out
			}
			return para(name + ": " + m.Text)
		})
	}
	first := start(t, s, slow("first"), Options{Lease: r.lease(), Seen: seen})
	ann := s.User("Ann", "")
	s.Text(ann.Private(), ann, "one")
	if m := s.Next(ann.Private()); m.Text != "first: one" {
		t.Fatalf("%q, want the first bot's answer", m.Text)
	}
	second := start(t, s, slow("second"), Options{Lease: r.lease(), Seen: seen})
	s.Text(ann.Private(), ann, "slow")
	s.Text(ann.Private(), ann, "after")
	if name := <-in; name != "first" {
		t.Fatalf("%s has it", name)
	}
	r.takeAway()
	if name := <-in; name != "second" {
		t.Fatalf("%s has it", name)
	}
	out <- struct{}{} // the first, whose answer nobody gets
	for metric(t, first, "jinwen_lease_losses_total") == 0 {
		time.Sleep(time.Millisecond)
	}
	out <- struct{}{}
	for _, want := range []string{"second: slow", "second: after"} {
		if m := s.Next(ann.Private()); m.Text != want {
			t.Errorf("%q, want %q", m.Text, want)
		}
	}
	s.Drained()
	if n := len(s.Said(ann.Private())); n != 3 {
		t.Errorf("%d answers, want 3", n)
	}
	if metric(t, first, "jinwen_leads") != 0 || metric(t, second, "jinwen_leads") != 1 {
		t.Error("not the second leads")
	}
	if why := first.notReady(); why != "" {
		t.Errorf("who stands by is not ready: %s", why)
	}
}

// lanes are a shared queue in memory.
type lanes struct {
	share  *share
	mu     sync.Mutex
	down   bool
	byLane map[string][]entry
	inHand map[string]bool
	told   chan struct{}
}

type entry struct {
	id  string
	raw []byte
}

func newLanes() *lanes {
	return &lanes{share: newRights().lease(), byLane: make(map[string][]entry), inHand: make(map[string]bool), told: make(chan struct{}, 1000)}
}

func (l *lanes) Lease() dispatch.Lease { return l.share }

func (l *lanes) Add(id, lane string, seq int64, raw []byte, take bool) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		return false, errors.New("down")
	}
	l.byLane[lane] = append(l.byLane[lane], entry{id, raw})
	if take = take && !l.inHand[lane]; take {
		l.inHand[lane] = true
	}
	l.told <- struct{}{}
	return take, nil
}

func (l *lanes) Take(ctx context.Context, n int) ([]string, error) {
	for {
		l.mu.Lock()
		for lane, list := range l.byLane {
			if len(list) > 0 && !l.inHand[lane] {
				l.inHand[lane] = true
				l.mu.Unlock()
				return []string{lane}, nil
			}
		}
		l.mu.Unlock()
		select {
		case <-l.told:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (l *lanes) Next(lane string, handled []string) (string, []byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		return "", nil, errors.New("down")
	}
	l.byLane[lane] = l.byLane[lane][len(handled):]
	if len(l.byLane[lane]) == 0 {
		l.inHand[lane] = false
		return "", nil, nil
	}
	return l.byLane[lane][0].id, l.byLane[lane][0].raw, nil
}

func (l *lanes) Lanes(int) (waiting []string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		return nil, errors.New("down")
	}
	for lane, list := range l.byLane {
		if len(list) > 0 {
			waiting = append(waiting, lane)
		}
	}
	return waiting, nil
}

// While the queue is not reached, what comes of a chat waits if others of it are
// known to be in the queue, whoever put them there, and is handled else, once
// that is no short outage.
func TestMustWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := new(open)
		o.see([]string{"theirs"})
		o.add("mine", 1, nil)
		wait := func(lane string, id int64, want bool) {
			t.Helper()
			o.add(lane, id, nil)
			if got := o.mustWait(lane, id); got != want {
				t.Errorf("an update of lane %s must wait: %v, want %v", lane, got, want)
			}
		}
		wait("new", 2, true)
		time.Sleep(awayTime)
		wait("new", 2, false)
		wait("mine", 3, true)
		wait("theirs", 4, true)
		time.Sleep(time.Hour) // in which nobody can know
		wait("mine", 3, true)
		wait("theirs", 4, true)
		o.done("mine", 1)
		o.reached()
		o.see(nil)
		wait("new", 5, true) // another outage
		time.Sleep(awayTime)
		wait("mine", 6, false)
		wait("theirs", 7, false)
	})
}

// A crew that is full goes on once a lane is worked off.
func TestCrewFull(t *testing.T) {
	done := make(chan struct{})
	c := &crew{room: make(chan struct{}, 1), lanes: make(map[string]int), work: func(string) { <-done }}
	c.take("first")
	go func() {
		time.Sleep(10 * time.Millisecond) // until the second waits for room
		close(done)
	}()
	c.take("second")
	c.end()
	if c.has("first") || c.has("second") {
		t.Error("lanes are in hand after the end")
	}
}

// Updates that Telegram pushes are acknowledged once they are in the shared
// queue, and handled where they came in while it is not reached.
func TestSharedWebhook(t *testing.T) {
	s := bottest.NewServer(t)
	l := newLanes()
	hook := freePort(t)
	bot := start(t, s, echo, Options{Shared: l, Webhook: Webhook{URL: "http://" + hook + "/hook", Listen: hook, Secret: "word"}})
	ann, bob := s.User("Ann", ""), s.User("Bob", "")
	for _, text := range []string{"1", "2", "3"} {
		s.Text(ann.Private(), ann, text)
		s.Text(bob.Private(), bob, text)
	}
	for _, u := range []bottest.User{ann, bob} {
		for _, want := range []string{"答：1", "答：2", "答：3"} {
			if m := s.Next(u.Private()); m.Text != want {
				t.Errorf("%q, want %q", m.Text, want)
			}
		}
	}
	for idle := false; !idle; time.Sleep(time.Millisecond) { // what is in hand then waits
		l.mu.Lock()
		idle = !l.inHand[idOf(ann.ID)] && !l.inHand[idOf(bob.ID)] && !waitedFor(bot, idOf(ann.ID))
		l.down = idle
		l.mu.Unlock()
	}
	s.Text(ann.Private(), ann, "4")
	if m := s.Next(ann.Private()); m.Text != "答：4" {
		t.Errorf("%q, want an answer without the queue", m.Text)
	}
	s.Drained()
	if metric(t, bot, "jinwen_updates_direct_total") != 1 {
		t.Error("want one update handled without the queue")
	}
}

// What was kept while the bot polled goes into the shared queue in order, once
// that is reached.
func TestHandOver(t *testing.T) {
	s := bottest.NewServer(t)
	l := newLanes()
	l.down = true
	ann := s.User("Ann", "")
	box := &memoryInbox{Seen: dispatch.NewMemorySeen(0), kept: make(map[string][]byte)}
	const kept = 12
	for i := range kept {
		box.kept[idOf(int64(95+i))] = fmt.Appendf(nil, `{"update_id":%d,"message":{"message_id":%d,"date":1,"text":"%d","from":{"id":%d,"first_name":"Ann"},"chat":{"id":%d,"type":"private"}}}`,
			95+i, 1000+i, i, ann.ID, ann.ID)
	}
	hook := freePort(t)
	bot := start(t, s, echo, Options{Shared: l, Seen: box, Webhook: Webhook{URL: "http://" + hook + "/hook", Listen: hook, Secret: "word"}})
	if box.len() != kept {
		t.Fatalf("%d are kept while the queue is not reached, want %d", box.len(), kept)
	}
	l.mu.Lock()
	l.down = false
	l.mu.Unlock()
	for i := range kept {
		if m, want := s.Next(ann.Private()), fmt.Sprintf("答：%d", i); m.Text != want {
			t.Errorf("%q, want %q", m.Text, want)
		}
	}
	for box.len() > 0 { // the last may be answered before it is dropped
		time.Sleep(time.Millisecond)
	}
	if n := metric(t, bot, "jinwen_updates_direct_total"); n != 0 {
		t.Errorf("%v updates handled without the queue, want none", n)
	}
}

// waitedFor reports whether updates of a lane waited when the queue was looked at last.
func waitedFor(t *Telegram, lane string) bool {
	t.open.mu.Lock()
	defer t.open.mu.Unlock()
	return t.open.seen[lane]
}
