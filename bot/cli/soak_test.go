package cli

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jinwen/bot/bottest"
)

var soak = flag.Duration("soak", 0, "how long TestSoak loads the bot; 0 skips it")

// TestSoak runs the program under 200 updates a second, with a Telegram that
// tells chats to wait, is slow, breaks off and shows error pages, and looks every
// 30 seconds at what must not grow. Of the time to a reply what was injected into
// its chat meanwhile does not count:
//
//	go test ./bot/cli -run Soak -soak=10m -timeout 20m -v
func TestSoak(t *testing.T) {
	if *soak == 0 {
		t.Skip("needs -soak=10m")
	}
	const rate, people = 200, 3000
	s := bottest.NewServer(t)
	addr := freeAddr(t)
	p := newProgram(t, s, "JINWEN_LISTEN="+addr)
	var users []bottest.User
	for i := range people {
		users = append(users, s.User("x", []string{"zh-hans", "zh-hant", "en", ""}[i%4]))
	}
	asked := []string{"口袋公园", "今年GDP目标是多少", "燃气管网改造多少公里", "地铁", "娃上学学位今年加多少", "教育 量化任务", "老舊小區改造",
		"how many new jobs", "集装箱吞吐量 23年 24年", "上海今年GDP", "/figures", "/outline", "/commitments 教育", "养老床位", "嘿嘿"}
	waits := newDelays()
	s.Inject("sendMessage", waits.fault)
	send := func(i int) {
		u := users[i%people]
		switch i % 20 {
		case 7:
			s.Inline(u, asked[i/20%8], "")
		case 13:
			s.PressData(u, bottest.Message{}, "cmd:-:outline")
		default:
			began := time.Now()
			m := s.Text(u.Private(), u, asked[i%len(asked)])
			waits.ask(u.ID, m.ID, began)
		}
	}
	p.start()
	send(0)
	s.Drained()

	began := time.Now()
	var table strings.Builder
	fmt.Fprintf(&table, "%8s %10s %10s %9s %9s %11s %7s %7s\n", "time", "asked", "handled", "RSS MB", "heap MB", "goroutines", "queue", "CPU s")
	type sample struct{ rss, goroutines float64 }
	var samples []sample
	look := func(n int) {
		m := gauges(t, addr)
		samples = append(samples, sample{m["process_resident_memory_bytes"], m["go_goroutines"]})
		row := fmt.Sprintf("%8v %10d %10.0f %9.1f %9.1f %11.0f %7.0f %7.1f", time.Since(began).Round(time.Second), n, m["jinwen_updates_handled_total"],
			m["process_resident_memory_bytes"]/1e6, m["go_memstats_heap_inuse_bytes"]/1e6, m["go_goroutines"], m["jinwen_queue_length"], m["process_cpu_seconds_total"])
		fmt.Fprintln(&table, row)
		t.Log(row)
	}
	n := 1
	look(n)
	for next := began.Add(30 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		past := time.Since(began)
		for ; n < int(past.Seconds()*rate); n++ {
			send(n)
		}
		if time.Now().After(next) {
			look(n)
			next = next.Add(30 * time.Second)
		}
		if past >= *soak {
			break
		}
	}
	s.Drained()
	for end := time.Now().Add(time.Minute); gauges(t, addr)["jinwen_queue_length"] > 0 && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	look(n)
	t.Logf("\n%s", table.String())
	for _, le := range []string{"0.05", "0.1", "0.25", "0.5", "1", "2.5"} {
		m := gauges(t, addr)
		t.Logf("in the bot: %.4f within %s s", m[`jinwen_answer_seconds_bucket{le="`+le+`"}`]/m["jinwen_answer_seconds_count"], le)
	}
	if m := gauges(t, addr); int(m["jinwen_updates_handled_total"]) != n {
		t.Errorf("%.0f updates handled, want %d", m["jinwen_updates_handled_total"], n)
	}
	p.stop()
	took := waits.latencies(s.Requests("sendMessage"))
	at := func(q float64) time.Duration { return quantile(took, q).Round(time.Millisecond) }
	t.Logf("%d replies, %d faults; beyond the injected delays p50 %v, p90 %v, p99 %v, the longest %v",
		len(took), waits.n, at(.5), at(.9), at(.99), at(1))
	if at(.99) > time.Second {
		t.Errorf("p99 of the replies is %v beyond the injected delays, want a second at most", at(.99))
	}
	// Caches fill and the heap finds its size in the first minute.
	first, last := samples[min(2, len(samples)-1)], samples[len(samples)-1]
	if last.rss > 1.15*first.rss {
		t.Errorf("resident memory grew from %.0f to %.0f MB", first.rss/1e6, last.rss/1e6)
	}
	if last.goroutines > first.goroutines+20 {
		t.Errorf("goroutines grew from %.0f to %.0f", first.goroutines, last.goroutines)
	}
	for _, r := range s.Rejected() {
		t.Errorf("%s was rejected: %s", r.Method, r.Error)
	}
}

// delays are the faults that were injected, and what they cost.
type delays struct {
	mu    sync.Mutex
	n     int
	of    map[string][]delay   // by chat
	asked map[string]time.Time // by chat and message
}

func newDelays() *delays {
	return &delays{of: make(map[string][]delay), asked: make(map[string]time.Time)}
}

type delay struct {
	at   time.Time
	cost time.Duration
}

// fault breaks one call in fifty, in one of five ways. Beyond a delay and
// retry_after what the bot waits before it tries again counts as injected.
func (d *delays) fault(r bottest.Request) *bottest.Fault {
	var f bottest.Fault
	cost := 1500 * time.Millisecond // half a second at first, and jitter
	switch n := rand.IntN(10_000); {
	case n < 5:
		f.Error, cost = &bottest.Error{Code: 429, Description: "Too Many Requests: retry after 2", RetryAfter: 2}, 2500*time.Millisecond
	case n < 105:
		f.Delay, cost = 300*time.Millisecond, 300*time.Millisecond
	case n < 145:
		f.Page = 502
	case n < 185:
		f.Reset = true
	case n < 200:
		f.Truncate, f.After = true, true
	default:
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.n++
	chat := r.Params["chat_id"]
	d.of[chat] = append(d.of[chat], delay{time.Now(), cost})
	return &f
}

func (d *delays) ask(chat, message int64, at time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked[fmt.Sprint(chat, " ", message)] = at
}

// latencies are the times to the first message of each reply, without what was
// injected into its chat meanwhile, in order.
func (d *delays) latencies(sent []bottest.Request) []time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	var took []time.Duration
	for _, r := range sent {
		var to struct {
			ID int64 `json:"message_id"`
		}
		if !r.Done || json.Unmarshal([]byte(r.Params["reply_parameters"]), &to) != nil {
			continue
		}
		chat := r.Params["chat_id"]
		key := fmt.Sprint(chat, " ", to.ID)
		asked, ok := d.asked[key]
		if !ok {
			continue
		}
		delete(d.asked, key)
		wait := r.Time.Sub(asked)
		for _, x := range d.of[chat] {
			if x.at.After(asked) && !x.at.After(r.Time) {
				wait -= x.cost
			}
		}
		took = append(took, max(0, wait))
	}
	slices.Sort(took)
	return took
}
