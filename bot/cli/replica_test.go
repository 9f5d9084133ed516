package cli

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/handlers/store/pgtest"
)

var away = flag.Duration("away", 12*time.Second, "how long TestReplicas has the database away")

// takeover is how long it may take until another machine answers, and atLast
// how long a test waits for what must come, however busy this machine is.
const (
	takeover = 15 * time.Second
	atLast   = 3 * time.Minute
)

// A replica is one of several programs that share a database.
type replica struct {
	*program
	health, web string
}

func newReplica(t testing.TB, s *bottest.Server, state string, env ...string) *replica {
	r := &replica{health: freeAddress(t), web: freeAddress(t)}
	r.program = newProgram(t, s, append(env, "JINWEN_STATE="+state, "JINWEN_LISTEN="+r.health, "JINWEN_WEB_LISTEN="+r.web)...)
	r.start()
	return r
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// kill is kill -9. The others' requests go on: there is nothing to wait for.
func (r *replica) kill() {
	r.cmd.Process.Kill()
	r.cmd.Wait()
}

// leads reports whether the replica has the lease to poll, or to take updates
// from the queue; false while it does not answer at all.
func (r *replica) leads() bool { return shows(r.health+"/metrics", "\njinwen_leads 1\n") }

// shows reports whether the replica's page is of a report.
func (r *replica) shows(title string) bool { return shows(r.web+"/", title) }

func shows(page, text string) bool {
	c := http.Client{Timeout: 10 * time.Second}
	resp, err := c.Get("http://" + page)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return strings.Contains(string(body), text)
}

// takePart waits until all the replicas lead.
func takePart(t *testing.T, all ...*replica) {
	t.Helper()
	for end := time.Now().Add(atLast); ; time.Sleep(50 * time.Millisecond) {
		i := slices.IndexFunc(all, func(r *replica) bool { return !r.leads() })
		if i < 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("machine %d takes no updates:\n%s", i, all[i].logs.String())
		}
	}
}

// leader waits until one of the replicas leads, and returns it first.
func leader(t *testing.T, all ...*replica) (first, second *replica) {
	t.Helper()
	for end := time.Now().Add(atLast); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		for i, r := range all {
			if r.leads() {
				return r, all[(i+1)%len(all)]
			}
		}
	}
	for _, r := range all {
		t.Logf("%s", r.logs.String())
	}
	t.Fatal("nobody leads")
	return nil, nil
}

// writers write without a break, until end is called.
type writers struct {
	s      *bottest.Server
	people []bottest.User
	mu     sync.Mutex
	order  map[int64][]int64 // by person, messages as they were written
	asked  *delays           // when
	turn   atomic.Int64
	stop   chan struct{}
	wg     sync.WaitGroup
}

func newWriters(s *bottest.Server, people int, pause time.Duration) *writers {
	w := &writers{s: s, order: make(map[int64][]int64), asked: newDelays(), stop: make(chan struct{})}
	for range people + spare {
		w.people = append(w.people, s.User("x", "zh-hans"))
	}
	asked := []string{"口袋公园", "今年GDP目标是多少", "燃气管网改造多少公里", "地铁", "/figures", "教育 量化任务"}
	w.wg.Go(func() {
		for n, began := 0, time.Now(); ; n++ {
			select {
			case <-w.stop:
				return
			case <-time.After(time.Until(began.Add(time.Duration(n) * pause))):
				w.write(w.people[n%people], asked[n%len(asked)])
			}
		}
	})
	return w
}

func (w *writers) write(u bottest.User, text string) int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	began := time.Now()
	m := w.s.Text(u.Private(), u, text)
	w.asked.ask(u.ID, m.ID, began)
	w.order[u.ID] = append(w.order[u.ID], m.ID)
	return m.ID
}

// spare is how many people write only when they are asked to.
const spare = 3

// answered waits until a message that is written now, in a chat in which
// nothing waits, is answered, and returns how long that took.
func (w *writers) answered(t *testing.T, what string) time.Duration {
	t.Helper()
	began := time.Now()
	u := w.people[len(w.people)-1-int(w.turn.Add(1))%spare]
	id := w.write(u, "口袋公园")
	for time.Since(began) < atLast {
		if slices.ContainsFunc(w.s.Said(u.Private()), func(m bottest.Message) bool { return m.ReplyTo == id }) {
			return time.Since(began)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s: no answer within %v", what, atLast)
	return 0
}

// settled waits until all that was written so far is answered, and returns how
// long that took.
func (w *writers) settled(t *testing.T, what string) time.Duration {
	t.Helper()
	began := time.Now()
	w.mu.Lock()
	waiting := make(map[int64][]int64)
	for u, ids := range w.order {
		waiting[u] = slices.Clone(ids)
	}
	w.mu.Unlock()
	for time.Since(began) < atLast {
		if w.unanswered(waiting) == 0 {
			return time.Since(began)
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s: not all is answered within %v", what, atLast)
	return 0
}

// waiting returns how many messages are not answered yet.
func (w *writers) waiting() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.unanswered(w.order)
}

// unanswered returns how many of the messages, by person, have no answer yet.
func (w *writers) unanswered(written map[int64][]int64) (n int) {
	got := replies(w.s, w.people)
	for _, ids := range written {
		for _, id := range ids {
			if got[id] == 0 {
				n++
			}
		}
	}
	return n
}

// end ends the writing and, once all is answered, the replicas. It checks what
// became of the messages and sums it up; most is how many may be doubled.
func (w *writers) end(t *testing.T, most int, all ...*replica) string {
	t.Helper()
	close(w.stop)
	w.wg.Wait()
	w.settled(t, "the rest")
	w.s.Drained()
	for _, r := range all {
		r.stop()
	}
	w.s.Quiet()
	n := 0
	for _, ids := range w.order {
		n += len(ids)
	}
	lost, doubled := w.check(t)
	if doubled > most {
		t.Errorf("%d replies doubled, want %d at most", doubled, most)
		for i, r := range all {
			t.Logf("machine %d:\n%s", i, r.logs.String())
		}
	}
	return fmt.Sprintf("%d messages, lost: %d, doubled: %d", n, lost, doubled)
}

// check finds messages without an answer, and chats out of order.
func (w *writers) check(t *testing.T) (lost, doubled int) {
	t.Helper()
	got := replies(w.s, w.people)
	for _, u := range w.people {
		for _, q := range w.order[u.ID] {
			if got[q] == 0 {
				lost++
			}
		}
		var first []int64
		for _, m := range w.s.Said(u.Private()) {
			if m.ReplyTo != 0 && !slices.Contains(first, m.ReplyTo) {
				first = append(first, m.ReplyTo)
			}
		}
		if !slices.Equal(first, w.order[u.ID]) {
			t.Errorf("chat %d: answered in the order %v, written as %v", u.ID, first, w.order[u.ID])
		}
	}
	if lost > 0 {
		t.Errorf("%d messages are not answered", lost)
	}
	_, doubled, most := copies(w.s, w.people)
	if most > 2 {
		t.Errorf("a reply came %d times", most)
	}
	return lost, doubled
}

// A timetable is what a test lets happen, and when people were answered then.
type timetable struct {
	t       *testing.T
	w       *writers
	text    strings.Builder
	doubled int           // up to the last row
	slack   time.Duration // what the first row says of how busy this machine is
}

func newTimetable(t *testing.T, w *writers) *timetable {
	tt := &timetable{t: t, w: w}
	fmt.Fprintf(&tt.text, "%-28s %12s %8s\n", "", "answered", "doubled")
	return tt
}

func (tt *timetable) row(what string, took time.Duration) {
	tt.t.Helper()
	_, n, _ := copies(tt.w.s, tt.w.people)
	fmt.Fprintf(&tt.text, "%-28s %10.1f s %8d\n", what, took.Seconds(), n-tt.doubled)
	tt.doubled = n
	switch {
	case tt.slack == 0:
		tt.slack = 10 * took
	case took > takeover+tt.slack:
		tt.t.Errorf("%s: answered after %v, want %v", what, took, takeover)
	}
}

// most is how many replies may be doubled. On a busy machine more are on their
// way at once.
func (tt *timetable) most() int {
	if tt.slack > 5*time.Second {
		return len(tt.w.people)
	}
	return 8
}

// answered is a row of a message that is written now, settled of all that was
// written so far.
func (tt *timetable) answered(what string) { tt.t.Helper(); tt.row(what, tt.w.answered(tt.t, what)) }
func (tt *timetable) settled(what string) {
	tt.t.Helper()
	tt.row(what+", all", tt.w.settled(tt.t, what))
}

// Two machines share a database, and people write all the time. The one that
// asks Telegram is killed, stopped for a while, and told to end; the database is
// away for a while, and restarted. Nothing is lost, a chat's order is kept, the
// other takes over in time.
//
//	go test ./bot/cli -run TestReplicas -away 60s -v
func TestReplicas(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	pg := pgtest.New(t)
	s := bottest.NewServer(t)
	state := pg.URL()
	a, b := newReplica(t, s, state), newReplica(t, s, state)
	w := newWriters(s, 30, 25*time.Millisecond)
	first, _ := leader(t, a, b)
	quick := w.answered(t, "at the beginning")
	table := newTimetable(t, w)
	table.row("nothing happened", quick)

	first.kill()
	table.answered("killed")
	first.start()
	first, second := leader(t, a, b)

	time.Sleep(time.Second)
	first.cmd.Process.Signal(syscall.SIGSTOP)
	table.answered("stopped for a while")
	if !second.leads() {
		t.Error("nobody took over from who was stopped")
	}
	first.cmd.Process.Signal(syscall.SIGCONT)
	time.Sleep(2 * time.Second)
	if first.leads() || !second.leads() {
		t.Error("who was stopped leads again")
	}
	table.answered("woken up late")

	first, _ = leader(t, a, b)
	first.stop()
	table.answered("told to end")
	first.start()

	pg.Kill()
	table.answered("database gone")
	time.Sleep(*away)
	table.answered(fmt.Sprintf("database gone for %v", *away))
	pg.Start()
	table.answered("database back")
	time.Sleep(3 * time.Second)
	table.answered("a little later")

	sum := w.end(t, table.most(), a, b)
	t.Logf("%s\n%s", sum, table.text.String())
	if got := pg.SQL(state, "SELECT count(*) FROM jinwen_kv WHERE bucket = 'kept'"); got != "0" {
		t.Errorf("%s updates are still kept", got)
	}
}

// balance passes what Telegram pushes to the replicas by turns, as a load
// balancer does, and returns its address.
func balance(t *testing.T, hooks ...string) string {
	t.Helper()
	var turn atomic.Int64
	client := http.Client{Timeout: 2 * time.Second}
	front := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		first := int(turn.Add(1))
		for i := range hooks {
			req, err := http.NewRequest("POST", "http://"+hooks[(first+i)%len(hooks)]+r.URL.Path, bytes.NewReader(body))
			if err != nil {
				break
			}
			req.Header = r.Header.Clone()
			if resp, err := client.Do(req); err == nil {
				resp.Body.Close()
				if resp.StatusCode == http.StatusOK {
					return
				}
			}
		}
		http.Error(w, "nobody takes it", http.StatusBadGateway)
	}))
	t.Cleanup(func() { client.CloseIdleConnections(); front.Close() })
	before := http.DefaultTransport // by which the fake Telegram pushes
	http.DefaultTransport = front.Client().Transport
	t.Cleanup(func() { http.DefaultTransport = before })
	return front.URL
}

// Telegram pushes to two machines by turns. One is killed, one is stopped for a
// while, the database goes and comes back: each message is answered once, a
// chat's in order.
func TestReplicasPushed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	pg := pgtest.New(t)
	s := bottest.NewServer(t)
	state := pg.URL()
	hooks := []string{freeAddress(t), freeAddress(t)}
	front := balance(t, hooks...)
	var all []*replica
	for _, hook := range hooks {
		all = append(all, newReplica(t, s, state, "JINWEN_WEBHOOK_URL="+front+"/hook", "JINWEN_WEBHOOK_SECRET=word", "JINWEN_WEBHOOK_LISTEN="+hook))
	}
	a, b := all[0], all[1]
	takePart(t, a, b)
	w := newWriters(s, 30, 25*time.Millisecond)
	table := newTimetable(t, w)
	time.Sleep(2 * time.Second)
	table.settled("nothing happened")
	a.kill()
	time.Sleep(500 * time.Millisecond)
	table.settled("one killed")
	a.start()
	takePart(t, a)
	b.cmd.Process.Signal(syscall.SIGSTOP)
	time.Sleep(500 * time.Millisecond)
	table.settled("one stopped for a while")
	b.cmd.Process.Signal(syscall.SIGCONT)
	time.Sleep(2 * time.Second)
	table.settled("woken up late")
	b.stop()
	table.settled("one told to end")
	b.start()
	takePart(t, b)
	pg.Kill()
	time.Sleep(500 * time.Millisecond)
	table.answered("database gone, a new one")
	time.Sleep(*away)
	table.answered(fmt.Sprintf("… for %v, a new one", *away))
	fmt.Fprintf(&table.text, "%-28s %12d\n", "… messages that wait then", w.waiting())
	pg.Start()
	time.Sleep(3 * time.Second)
	table.settled("database back")

	sum := w.end(t, table.most(), a, b)
	t.Logf("%s\n%s", sum, table.text.String())
	if left := pg.SQL(state, "SELECT count(*) FROM jinwen_queue"); left != "0" {
		t.Errorf("%s updates are still in the queue", left)
	}
}

// A cable lies between one machine and the database, until it is cut.
type cable struct {
	mu    sync.Mutex
	isCut bool
	open  map[net.Conn]bool
}

// newCable returns an address of the database that leads over a cable.
func newCable(t *testing.T, address string) (*cable, string) {
	t.Helper()
	_, dir, _ := strings.Cut(address, "host=")
	mine, err := os.MkdirTemp("", "cable") // short: the path of a socket has 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(mine) })
	const socket = ".s.PGSQL.5432"
	l, err := net.Listen("unix", filepath.Join(mine, socket))
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{open: make(map[net.Conn]bool)}
	var wg sync.WaitGroup
	t.Cleanup(func() { l.Close(); c.cut(true); wg.Wait() })
	wg.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("unix", filepath.Join(dir, socket))
			if err != nil || !c.plug(near, far) {
				near.Close()
				continue
			}
			for _, pair := range [][2]net.Conn{{near, far}, {far, near}} {
				wg.Go(func() {
					io.Copy(pair[0], pair[1])
					near.Close()
					far.Close()
				})
			}
		}
	})
	return c, strings.ReplaceAll(address, dir, mine)
}

func (c *cable) plug(conns ...net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range conns {
		if c.isCut {
			conn.Close()
		} else {
			c.open[conn] = true
		}
	}
	return !c.isCut
}

// cut cuts the cable, or mends it.
func (c *cable) cut(yes bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.isCut = yes
	for conn := range c.open {
		conn.Close()
		delete(c.open, conn)
	}
}

// The machine that asks Telegram is cut off from the database alone. It goes on
// until the other takes over, and then stands by; what it had to note changes
// nothing.
func TestReplicaCutOff(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	pg := pgtest.New(t)
	s := bottest.NewServer(t)
	state := pg.URL()
	cable, far := newCable(t, state)
	a := newReplica(t, s, far)
	leader(t, a)
	b := newReplica(t, s, state)
	w := newWriters(s, 30, 25*time.Millisecond)
	slack := 10 * w.answered(t, "at the beginning")
	cable.cut(true)
	quick := w.answered(t, "cut off")
	began := time.Now()
	for !b.leads() || a.leads() {
		if time.Since(began) > atLast {
			t.Fatalf("a leads: %v, b leads: %v\n%s\n%s", a.leads(), b.leads(), a.logs.String(), b.logs.String())
		}
		time.Sleep(50 * time.Millisecond)
	}
	took := time.Since(began)
	all := w.settled(t, "the other leads")
	cable.cut(false)
	time.Sleep(3 * time.Second)
	if a.leads() {
		t.Error("who was cut off leads again")
	}
	sum := w.end(t, len(w.people), a, b) // one of each chat may be on its way, and is not noted
	t.Logf("%s; answered meanwhile after %.1f s, the other leads after %.1f s, all answered %.1f s later", sum, quick.Seconds(), took.Seconds(), all.Seconds())
	if took > takeover+slack {
		t.Errorf("want %v", takeover)
	}
}
