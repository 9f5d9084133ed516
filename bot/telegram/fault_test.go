package telegram

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/handlers/chat"
	"jinwen/handlers/store"
)

// chaos decides on faults with a fixed seed: what happens to a request depends
// only on what it says and how often that was said before, not on timing.
type chaos struct {
	seed uint64
	mu   sync.Mutex
	said map[string]int
}

func (c *chaos) fault(r bottest.Request) *bottest.Fault {
	key := r.Method + r.Params["chat_id"] + r.Params["text"]
	c.mu.Lock()
	c.said[key]++
	n := c.said[key]
	c.mu.Unlock()
	h := fnv.New64a()
	fmt.Fprint(h, key, n)
	rng := rand.New(rand.NewPCG(c.seed, h.Sum64()))
	polling := r.Method == "getUpdates"
	switch rng.IntN(50) {
	case 0:
		return &bottest.Fault{Error: &bottest.Error{Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1}}
	case 1:
		return &bottest.Fault{Error: &bottest.Error{Code: 500, Description: "Internal Server Error"}}
	case 2:
		return &bottest.Fault{Page: 502}
	case 3:
		return &bottest.Fault{Truncate: true}
	case 4:
		return &bottest.Fault{Truncate: true, After: true}
	case 5:
		return &bottest.Fault{Reset: true}
	case 6:
		return &bottest.Fault{Reset: true, After: true}
	case 7:
		return &bottest.Fault{Delay: time.Duration(rng.IntN(20)) * time.Millisecond}
	case 8:
		if polling {
			return &bottest.Fault{Error: &bottest.Error{Code: 401, Description: "Unauthorized"}}
		}
	case 9:
		if polling {
			return &bottest.Fault{Error: &bottest.Error{Code: 409, Description: "Conflict: terminated by other getUpdates request"}}
		}
	}
	return nil
}

// asked is a question of the fault suite.
type asked struct {
	chat, message, update int64
}

// slow is whether the race detector is on.
var slow bool

func TestFaultSuite(t *testing.T) {
	updates, crashes := 10_000, 10
	if testing.Short() || slow {
		updates, crashes = 1000, 3
	}
	const second = 5 * time.Millisecond
	s := bottest.NewServer(t)
	faults := &chaos{seed: 20240123, said: make(map[string]int)}
	for _, m := range []string{"sendMessage", "getUpdates", "getMe", "deleteWebhook"} {
		s.Inject(m, faults.fault)
	}
	var (
		rng       = rand.New(rand.NewPCG(1, 2))
		chats     []bottest.Chat
		people    []bottest.User
		questions []asked
	)
	for i := range 400 {
		u := s.User("x", "")
		c := u.Private()
		if i%20 == 0 {
			c = s.Group(false)
		}
		people, chats = append(people, u), append(chats, c)
	}
	for i := range updates {
		who := rng.IntN(len(chats))
		// Update ids count up from the first.
		m := s.Text(chats[who], people[who], fmt.Sprintf("@%s 第%d问", s.Name, i))
		questions = append(questions, asked{chats[who].ID, m.ID, 5001 + int64(i)})
	}

	path := filepath.Join(t.TempDir(), "state.db")
	var seen *store.Bolt // what the program has on disk
	open := func() {
		var err error
		if seen, err = store.Open(path, nil); err != nil {
			t.Fatal(err)
		}
	}
	h := chat.HandlerFunc(func(_ context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		return para("答：" + m.Text), nil
	})
	run := func() (*Telegram, func() error) {
		open()
		return launch(t, s, h, Options{Seen: seen, PerUser: updates, Logger: slog.New(slog.DiscardHandler),
			Limits: Limits{Second: second, Poll: time.Second, Request: 5 * time.Second}})
	}
	answered := func() map[[2]int64]int {
		count := make(map[[2]int64]int)
		for _, c := range chats {
			for _, m := range s.Said(c) {
				count[[2]int64{c.ID, m.ReplyTo}]++
			}
		}
		return count
	}
	// A crash leaves some questions unmarked; those that Telegram has the
	// answer to by then, or gets it just now, are the window.
	type crash struct {
		at       time.Time
		unmarked map[[2]int64]bool
	}
	var crashed []crash
	for i := range crashes {
		bot, stop := run()
		bot.testOnlyCrash = true // read only when it stops
		goal := updates * (i + 1) / (crashes + 1)
		s.Until("some answers", func() bool { return s.Total() >= goal })
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		s.Quiet() // what was on its way has arrived
		c := crash{time.Now(), make(map[[2]int64]bool)}
		for _, q := range questions {
			if !seen.Handled(idOf(q.update)) {
				c.unmarked[[2]int64{q.chat, q.message}] = true
			}
		}
		crashed = append(crashed, c)
		seen.Close()
	}
	bot, stop := run()
	s.Drained()
	s.Until("what was kept to be answered", func() bool { return bot.hand.count() == 0 })
	if err := stop(); err != nil {
		t.Fatal(err)
	}

	if kept, err := seen.Kept(); err != nil || len(kept) > 0 {
		t.Errorf("%d updates are still kept, %v", len(kept), err)
	}
	seen.Close()

	// All answered, and none twice outside the window that Seen describes.
	window := make(map[[2]int64]bool)
	unsure := make(map[[2]int64]bool) // the answer to the request was lost
	for _, r := range s.Requests("sendMessage") {
		if !r.Done {
			continue
		}
		id, _ := strconv.ParseInt(r.Params["chat_id"], 10, 64)
		k := [2]int64{id, s.Now(bottest.Message{ChatID: id, ID: r.Result}).ReplyTo}
		if r.Fault != nil && r.Fault.After {
			unsure[k] = true
		}
		for _, c := range crashed {
			if r.Time.Before(c.at) && c.unmarked[k] {
				window[k] = true
			}
		}
	}
	count, twice := answered(), 0
	for i, q := range questions {
		k := [2]int64{q.chat, q.message}
		if count[k] == 0 {
			t.Errorf("question %d is not answered", i)
		}
		if count[k] > 1 {
			if twice++; !window[k] && !unsure[k] {
				t.Errorf("question %d is answered %d times", i, count[k])
			}
		}
	}
	t.Logf("%d questions, %d requests, %d crashes; answered twice: %d (in the window of a crash %d, answer lost %d)",
		updates, len(s.Requests("")), crashes, twice, len(window), len(unsure))

	// In order: the first answers of a chat are in the order of its questions.
	for _, c := range chats {
		last, known := int64(0), make(map[int64]bool)
		for _, m := range s.Said(c) {
			if known[m.ReplyTo] {
				continue
			}
			known[m.ReplyTo] = true
			if m.ReplyTo < last {
				t.Errorf("chat %d: question %d is answered after %d", c.ID, m.ReplyTo, last)
			}
			last = m.ReplyTo
		}
	}

	// Within the limits, seen from the server: over stretches long enough that
	// the jitter of a busy machine does not matter.
	byChat := make(map[string][]time.Time)
	var all []time.Time
	for _, r := range s.Requests("sendMessage") {
		byChat[r.Params["chat_id"]] = append(byChat[r.Params["chat_id"]], r.Time)
		all = append(all, r.Time)
	}
	if got := most(all, 100*second); got > 100*30+300 {
		t.Errorf("%d messages in 100 seconds", got)
	}
	// A restart starts the pace of a chat anew, so a stretch may hold two bursts.
	for chat, times := range byChat {
		limit, d := 100+3+30, 100*second
		if chat[0] == '-' {
			limit, d = 20+10+5, 60*second
		}
		if got := most(times, d); got > limit {
			t.Errorf("chat %s: %d messages in %v, limit %d", chat, got, d/second*time.Second, limit)
		}
	}
	for _, r := range s.Rejected() {
		t.Errorf("%s refused: %s", r.Method, r.Error)
	}
}
